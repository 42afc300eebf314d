/** Bytes that two texts must share at least, for a copy to be shorter than the bytes themselves. */
const SHORTEST_COPY = 8;

/**
 * What `bytesFromDifference` of src/engine/wasm/byte-difference.ts makes `target` of, given `base`: for each stretch how many
 * bytes are new, these, how many are copied, and from where, counted from where the last copy ended. Numbers are LEB128.
 */
export function byteDifference(base, target) {
  const places = new Map();
  for (let at = 0; at + SHORTEST_COPY <= base.length; at++) {
    const key = keyAt(base, at);
    if (!places.has(key)) places.set(key, []);
    places.get(key).push(at);
  }
  const written = [];
  let [at, fresh, expected] = [0, 0, 0];
  const write = (length, from) => {
    written.push(
      ...unsigned(at - fresh),
      ...target.subarray(fresh, at),
      ...unsigned(length),
      ...signed(from - expected),
    );
    expected = from + length;
  };
  while (at < target.length) {
    const { length, from } = longestCopy(base, target, { at, places, expected });
    if (length < SHORTEST_COPY) {
      at += 1;
      continue;
    }
    write(length, from);
    at += length;
    fresh = at;
  }
  write(0, expected);
  return Uint8Array.from(written);
}

function keyAt(bytes, at) {
  return bytes.subarray(at, at + SHORTEST_COPY).join();
}

/** The copy that goes furthest; of several, the one that goes on where the last one ended. */
function longestCopy(base, target, { at, places, expected }) {
  let best = { length: 0, from: expected };
  const lengthFrom = (from) => {
    let length = 0;
    while (at + length < target.length && from + length < base.length && base[from + length] === target[at + length])
      length++;
    return length;
  };
  // A difference moves what follows by a few bytes only.
  for (const from of [expected, ...(places.get(keyAt(target, at)) ?? [])]) {
    const length = lengthFrom(from);
    if (length > best.length) best = { length, from };
  }
  return best;
}

/** A whole number from 0 up, seven bits a byte. */
function unsigned(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** Any whole number: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
function signed(value) {
  return unsigned(value < 0 ? -2 * value - 1 : 2 * value);
}
