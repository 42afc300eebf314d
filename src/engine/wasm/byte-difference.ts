/**
 * Bytes from others that are nearly the same, and what differs: for each stretch how many bytes are new, these, how many are
 * copied, and from where, counted from where the last copy ended. Numbers are LEB128, as in WebAssembly itself.
 *
 * The kernels are built four times, and nine tenths of their bytes are the same each time. `scripts/byte-difference.mjs`
 * makes the differences.
 */
export function bytesFromDifference(base: Uint8Array, difference: Uint8Array): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(2 * base.length);
  let [at, read, from] = [0, 0, 0];

  /** A whole number from 0 up, seven bits a byte. */
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = difference[read] ?? 0;
      read += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const put = (some: Uint8Array): void => {
    if (at + some.length > bytes.length) {
      const larger = new Uint8Array(2 * (at + some.length));
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(some, at);
    at += some.length;
  };

  while (read < difference.length) {
    const fresh = next();
    put(difference.subarray(read, read + fresh));
    read += fresh;
    const copied = next();
    const step = next();
    from += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    put(base.subarray(from, from + copied));
    from += copied;
  }
  return bytes.slice(0, at);
}
