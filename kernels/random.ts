import { MULTIPLY_BYTES } from "./multiply";
import { scratch } from "./threads";

// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
const MULTIPLIER_0: u64 = 0xd2511f53;
const MULTIPLIER_1: u64 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9; // fraction of the golden ratio
const WEYL_1: u32 = 0xbb67ae85; // fraction of √3

/** The four words of the last block, in scratch. */
// @ts-ignore: decorator
@inline
function block(): usize {
  return scratch + MULTIPLY_BYTES;
}

/** One instruction: element (i, j) is number (first row + i) · (full width) + j of (seed, stream, step), as 24 bits in [0, 1). */
export function random(pc: usize, seedLow: u32, seedHigh: u32, stepLow: u32, stepHigh: u32): void {
  const rows = load<i32>(pc, 8);
  const columns = load<i32>(pc, 12);
  const fullColumns = load<i32>(pc, 16);
  const stream = load<u32>(pc, 20);
  const output = load<usize>(pc, 24);
  const stride = load<usize>(pc, 28);
  const firstRow = load<i32>(pc, 32);
  let held: u32 = 0;
  let isHeld = false;
  for (let i = 0; i < rows; ++i) {
    const row = output + usize(i) * stride;
    const first = u32((firstRow + i) * fullColumns);
    for (let j = 0; j < columns; ++j) {
      const position = first + u32(j);
      if (!isHeld || position >>> 2 != held) {
        held = position >>> 2;
        isHeld = true;
        philox(held, stream, stepLow, stepHigh, seedLow, seedHigh);
      }
      const word = load<u32>(block() + ((position & 3) << 2));
      f32.store(row + usize(j << 2), f32(word >>> 8) * <f32>5.9604644775390625e-8); // 2^-24
    }
  }
}

/** Fills `block` from a counter of four words and a key of two. */
function philox(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  for (let round = 0; round < 10; ++round) {
    const p0 = u64(c0) * MULTIPLIER_0;
    const p1 = u64(c2) * MULTIPLIER_1;
    c0 = u32(p1 >>> 32) ^ c1 ^ k0;
    c1 = u32(p1);
    c2 = u32(p0 >>> 32) ^ c3 ^ k1;
    c3 = u32(p0);
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  store<u32>(block(), c0);
  store<u32>(block(), c1, 4);
  store<u32>(block(), c2, 8);
  store<u32>(block(), c3, 12);
}
