/** Rows of a column that are kept exactly before it is decided how to keep the rest. */
const PROBATION = 4096;
/** Space at first: most files are short. Grows by copying, up to `PROBATION`. */
const FIRST_BLOCK = 64;
/** Elements of one block of a growing array: large enough to be rare, small enough that the last, half-empty one is cheap. */
const BLOCK = 65_536;
/** Rounding to float32 moves a number by up to 2⁻²⁵ of itself; at this ratio, by 2⁻¹³ of the column's range. */
const LARGEST_RATIO_OF_SIZE_TO_RANGE = 2 ** 12;
/** Smaller numbers than this lose digits as float32. */
const SMALLEST_NORMAL_FLOAT32 = 2 ** -126;

/** A list of numbers that grows by blocks, so that nothing is copied until it is finished. */
export interface GrowingNumbers {
  push(value: number): void;
  /** Those so far, in their order. */
  soFar(): Iterable<number>;
  /** All of them. The list must not be used afterwards: its blocks are let go one by one. */
  finish(): Float32Array | Float64Array;
}

type Floats = Float32Array | Float64Array;

/**
 * Numbers of one column, NaN for a missing one, 4 bytes each in the long run. The first 4,096 are kept as float64, so a
 * short file is kept exactly. Then a column goes on as float32, unless that would lose what tells its rows apart: whole
 * numbers from 2²⁴ on (times in seconds, account numbers), or a range that is small beside the numbers themselves.
 *
 * @param isDouble keep float64 whatever comes.
 */
export function growingNumbers(isDouble: boolean): GrowingNumbers {
  let blocks: Floats[] = [];
  let block: Floats = new Float64Array(FIRST_BLOCK);
  let used = 0;
  let keepsDouble = isDouble;

  const nextBlock = (): void => {
    if (block.length < PROBATION) {
      const larger = new Float64Array(8 * block.length);
      larger.set(block);
      block = larger;
      return;
    }
    if (blocks.length === 0) keepsDouble ||= needsDouble(block);
    blocks.push(block);
    block = keepsDouble ? new Float64Array(BLOCK) : new Float32Array(BLOCK);
    used = 0;
  };

  const widen = (): void => {
    keepsDouble = true;
    block = Float64Array.from(block);
  };

  return {
    push(value) {
      if (used === block.length) nextBlock();
      if (!keepsDouble && blocks.length > 0 && !fitsSingle(value)) widen();
      block[used] = value;
      used += 1;
    },
    *soFar() {
      for (const each of blocks) yield* each;
      yield* block.subarray(0, used);
    },
    finish() {
      if (blocks.length === 0) return block.slice(0, used);
      const length = blocks.reduce((sum, each) => sum + each.length, used);
      const all: Floats = keepsDouble ? new Float64Array(length) : new Float32Array(length);
      let at = 0;
      blocks.push(block.subarray(0, used));
      blocks.reverse();
      for (let next = blocks.pop(); next !== undefined; next = blocks.pop()) {
        all.set(next, at);
        at += next.length;
      }
      blocks = [];
      block = new Float64Array(0);
      return all;
    },
  };
}

function needsDouble(values: Floats): boolean {
  let [least, greatest, size] = [Infinity, -Infinity, 0];
  let isExact = true;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!fitsSingle(value)) return true;
    isExact &&= Math.fround(value) === value;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    size = Math.max(size, Math.abs(value));
  }
  return !isExact && size > LARGEST_RATIO_OF_SIZE_TO_RANGE * (greatest - least);
}

/** False for what float32 cannot come near: large whole numbers, overflow, underflow. */
function fitsSingle(value: number): boolean {
  const rounded = Math.fround(value);
  if (rounded === value || Number.isNaN(value)) return true;
  return !Number.isInteger(value) && Number.isFinite(rounded) && Math.abs(value) >= SMALLEST_NORMAL_FLOAT32;
}

/** A list of codes 0 … 65,535 that grows by blocks, 2 bytes each. */
export interface GrowingCodes {
  push(code: number): void;
  /** All of them. */
  finish(): Uint16Array;
}

/** An empty list of codes. */
export function growingCodes(): GrowingCodes {
  const blocks: Uint16Array[] = [];
  let block = new Uint16Array(FIRST_BLOCK);
  let used = 0;
  return {
    push(code) {
      if (used === block.length) {
        blocks.push(block);
        block = new Uint16Array(Math.min(8 * block.length, BLOCK));
        used = 0;
      }
      block[used] = code;
      used += 1;
    },
    finish() {
      if (blocks.length === 0) return block.slice(0, used);
      const all = new Uint16Array(blocks.reduce((sum, each) => sum + each.length, used));
      let at = 0;
      for (const each of blocks) {
        all.set(each, at);
        at += each.length;
      }
      all.set(block.subarray(0, used), at);
      return all;
    },
  };
}
