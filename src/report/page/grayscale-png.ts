import type { Image } from "../record/images.ts";

/**
 * An image as a PNG of 8-bit gray, ink dark on white paper. Source: PNG specification, third edition: signature, then the
 * chunks IHDR, IDAT (rows, each after a byte 0 for "no filter", as a zlib stream) and IEND.
 */
export function grayscalePng({ width, pixels }: Image): Uint8Array {
  const height = pixels.length / width;
  const rows = new Uint8Array(height * (width + 1));
  for (const [i, ink] of pixels.entries()) {
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = Math.round(255 * (1 - ink));
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  // 8 bits a pixel, gray; compression, filter and interlace as usual are 0.
  header.setUint8(8, 8);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", zlibStream(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** Length, name, data, and a check sum over the last two. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = joined([new TextEncoder().encode(name), data]);
  return joined([bigEndian(data.length), named, bigEndian(crc32(named))]);
}

/**
 * Bytes as a zlib stream (RFC 1950) of one DEFLATE block with the fixed codes (RFC 1951, 3.2.6), in which bytes that repeat
 * are counted: images of digits are mostly paper.
 */
function zlibStream(bytes: Uint8Array): Uint8Array {
  const bits = bitWriter();
  // The last block, with the fixed codes.
  bits.put(1, 1);
  bits.put(1, 2);
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    bits.putCode(...codeOf(byte));
    at += 1;
    let repeats = 0;
    while (repeats < MOST_REPEATS && at + repeats < bytes.length && bytes[at + repeats] === byte) repeats += 1;
    if (repeats < FEWEST_REPEATS) continue;
    const { code, extra, extraBits } = lengthOf(repeats);
    bits.putCode(...codeOf(code));
    bits.put(extra, extraBits);
    // The distance code of 1 byte back.
    bits.putCode(0, 5);
    at += repeats;
  }
  bits.putCode(...codeOf(END_OF_BLOCK));
  // A window of 32 kB, no dictionary: 0x7801 is a multiple of 31, as it has to be.
  return joined([Uint8Array.of(0x78, 0x01), bits.bytes(), bigEndian(adler32(bytes))]);
}

const FEWEST_REPEATS = 3;
const MOST_REPEATS = 258;
const END_OF_BLOCK = 256;

/** The fixed code of a literal or length, and how many bits it has: the table of RFC 1951, 3.2.6. */
function codeOf(symbol: number): readonly [code: number, bits: number] {
  if (symbol < 144) return [0x30 + symbol, 8];
  if (symbol < 256) return [0x190 + symbol - 144, 9];
  if (symbol < 280) return [symbol - 256, 7];
  return [0xc0 + symbol - 280, 8];
}

/** The symbol for a length of 3 to 258, and the bits that follow it: the table of RFC 1951, 3.2.5. */
function lengthOf(length: number): { readonly code: number; readonly extra: number; readonly extraBits: number } {
  if (length === MOST_REPEATS) return { code: 285, extra: 0, extraBits: 0 };
  const from = length - FEWEST_REPEATS;
  // Four symbols for each number of extra bits; the first eight have none.
  const extraBits = Math.max(0, Math.floor(Math.log2(Math.max(1, from))) - 2);
  const code = 257 + 4 * extraBits + (from >> extraBits);
  return { code, extra: from & ((1 << extraBits) - 1), extraBits };
}

/** Packs numbers into bytes as DEFLATE does: from the lowest bit up; codes begin with their highest bit. */
function bitWriter(): {
  readonly put: (value: number, bits: number) => void;
  readonly putCode: (code: number, bits: number) => void;
  readonly bytes: () => Uint8Array;
} {
  const written: number[] = [];
  let [held, count] = [0, 0];
  const put = (value: number, bits: number): void => {
    for (let bit = 0; bit < bits; bit++) {
      held |= ((value >> bit) & 1) << count;
      count += 1;
      if (count < 8) continue;
      written.push(held);
      [held, count] = [0, 0];
    }
  };
  return {
    put,
    putCode: (code, bits) => {
      for (let bit = bits - 1; bit >= 0; bit--) put(code >> bit, 1);
    },
    bytes: () => Uint8Array.from(count === 0 ? written : [...written, held]),
  };
}

/** Check sum of a PNG chunk: the remainder of its bits by the polynomial 0xEDB88320 (PNG, annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Check sum of a zlib stream (RFC 1950). */
function adler32(bytes: Uint8Array): number {
  let [one, other] = [1, 0];
  for (const byte of bytes) {
    one = (one + byte) % 65_521;
    other = (other + one) % 65_521;
  }
  return other * 65_536 + one;
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
