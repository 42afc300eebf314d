import { highWord, lowWord } from "./seed.ts";

/** Four whole numbers from 0 to 2³² − 1. */
export type Words4 = readonly [number, number, number, number];

/** Names one sequence of random numbers; equal coordinates give equal numbers, on every machine and engine. */
export interface Sequence {
  /** Whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Whole number from 0 to 2³² − 1 that says what the numbers are for: see `streams.ts`. */
  readonly stream: number;
  /** Step or epoch, a whole number from 0 to 2⁵³ − 1. Default 0. */
  readonly step?: number;
}

// Multipliers and Weyl constants of the paper (table 2): the golden ratio and √3 − 1 as 32-bit fractions.
const MULTIPLIER_0_LOW = 0x1f53;
const MULTIPLIER_0_HIGH = 0xd251;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1_LOW = 0x8d57;
const MULTIPLIER_1_HIGH = 0xcd9e;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Value of one unit of the upper 24 bits of a word: a float32 holds every such multiple below 1 exactly. */
const UNIT = 2 ** -24;

/**
 * Philox4x32-10 of `counter` under `key`, into `output[0 … 3]`: ten rounds of two 32 × 32-bit products.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
 */
function philoxInto(
  output: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let x0 = counter0 >>> 0;
  let x1 = counter1 | 0;
  let x2 = counter2 >>> 0;
  let x3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    // The upper half of a 64-bit product, from 16-bit halves; every sum stays below 2⁵³, so it is exact.
    const a0 = x0 & 0xffff;
    const b0 = x0 >>> 16;
    const middle0 = b0 * MULTIPLIER_0_LOW + ((a0 * MULTIPLIER_0_LOW) >>> 16) + a0 * MULTIPLIER_0_HIGH;
    const high0 = b0 * MULTIPLIER_0_HIGH + Math.floor(middle0 / 65536);
    const a1 = x2 & 0xffff;
    const b1 = x2 >>> 16;
    const middle1 = b1 * MULTIPLIER_1_LOW + ((a1 * MULTIPLIER_1_LOW) >>> 16) + a1 * MULTIPLIER_1_HIGH;
    const high1 = b1 * MULTIPLIER_1_HIGH + Math.floor(middle1 / 65536);
    const low0 = Math.imul(MULTIPLIER_0, x0);
    const low1 = Math.imul(MULTIPLIER_1, x2);
    x0 = (high1 ^ x1 ^ k0) >>> 0;
    x1 = low1;
    x2 = (high0 ^ x3 ^ k1) >>> 0;
    x3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  output[0] = x0;
  output[1] = x1;
  output[2] = x2;
  output[3] = x3;
}

/**
 * Philox4x32-10: four random words that are a pure function of a counter and a key. Words from 0 to 2³² − 1.
 *
 * Source: Salmon, Moraes, Dror, Shaw (2011); the tests hold its known answers.
 */
export function philox4x32(counter: Words4, key: readonly [number, number]): Words4 {
  const output = new Uint32Array(4);
  philoxInto(output, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return [output[0]!, output[1]!, output[2]!, output[3]!];
}

/**
 * Random words of a sequence from `position` on, into all of `output`: key = seed (low, high word), counter =
 * (⌊position / 4⌋, stream, step low, step high), word `position mod 4`. `position` is below 2³⁴.
 */
export function fillWords(output: Uint32Array, sequence: Sequence, position = 0): void {
  const { seed, stream, step = 0 } = sequence;
  const key0 = lowWord(seed);
  const key1 = highWord(seed);
  const step0 = lowWord(step);
  const step1 = highWord(step);
  const block = new Uint32Array(4);
  let at = 0;
  while (at < output.length) {
    const here = position + at;
    philoxInto(block, Math.floor(here / 4), stream, step0, step1, key0, key1);
    for (let word = here % 4; word < 4 && at < output.length; word++) output[at++] = block[word]!;
  }
}

/**
 * Number `position` of a sequence of uniform numbers in [0, 1): the upper 24 bits of its word, times 2⁻²⁴. The random
 * instruction of every engine gives the same number, bit for bit.
 */
export function uniform(seed: number, stream: number, step: number, position: number): number {
  const word = new Uint32Array(1);
  fillWords(word, { seed, stream, step }, position);
  return (word[0]! >>> 8) * UNIT;
}

/** Uniform numbers in [0, 1), `uniform` of position 0, 1, 2 …, into all of `output`; exact in float32 too. */
export function fillUniform(output: Float32Array | Float64Array, sequence: Sequence): void {
  const words = new Uint32Array(Math.min(output.length, 1024));
  for (let start = 0; start < output.length; start += words.length) {
    fillWords(words, sequence, start);
    const count = Math.min(words.length, output.length - start);
    for (let i = 0; i < count; i++) output[start + i] = (words[i]! >>> 8) * UNIT;
  }
}

/**
 * Whole numbers drawn one after the other from a sequence, each equally likely from 0 up to but not including `bound`
 * (1 … 2³²): words beyond the last whole multiple of `bound` are passed over, so no number is favored.
 */
export function integersBelow(sequence: Sequence): (bound: number) => number {
  const words = new Uint32Array(256);
  let position = 0;
  return (bound) => {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      if (position % words.length === 0) fillWords(words, sequence, position);
      const word = words[position % words.length]!;
      position += 1;
      if (word < limit) return word % bound;
    }
  };
}
