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
 * Philox4x32-10 of `counter` under `key`, into `output[at … at + 3]`: ten rounds of two 32 × 32-bit products.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
 */
function philoxInto(
  output: Uint32Array,
  at: number,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let x0 = counter0 | 0;
  let x1 = counter1 | 0;
  let x2 = counter2 | 0;
  let x3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    // The upper half of each 64-bit product, from products of 16-bit halves, which fit into 32 bits.
    const a0 = x0 & 0xffff;
    const b0 = x0 >>> 16;
    const low0 = Math.imul(a0, MULTIPLIER_0_HIGH);
    const high0 = Math.imul(b0, MULTIPLIER_0_LOW);
    const carry0 = (Math.imul(a0, MULTIPLIER_0_LOW) >>> 16) + (low0 & 0xffff) + (high0 & 0xffff);
    const upper0 = Math.imul(b0, MULTIPLIER_0_HIGH) + (low0 >>> 16) + (high0 >>> 16) + (carry0 >>> 16);
    const a1 = x2 & 0xffff;
    const b1 = x2 >>> 16;
    const low1 = Math.imul(a1, MULTIPLIER_1_HIGH);
    const high1 = Math.imul(b1, MULTIPLIER_1_LOW);
    const carry1 = (Math.imul(a1, MULTIPLIER_1_LOW) >>> 16) + (low1 & 0xffff) + (high1 & 0xffff);
    const upper1 = Math.imul(b1, MULTIPLIER_1_HIGH) + (low1 >>> 16) + (high1 >>> 16) + (carry1 >>> 16);
    const next0 = upper1 ^ x1 ^ k0;
    const next2 = upper0 ^ x3 ^ k1;
    x1 = Math.imul(MULTIPLIER_1, x2);
    x3 = Math.imul(MULTIPLIER_0, x0);
    x0 = next0;
    x2 = next2;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  output[at] = x0;
  output[at + 1] = x1;
  output[at + 2] = x2;
  output[at + 3] = x3;
}

/**
 * Philox4x32-10: four random words that are a pure function of a counter and a key. Words from 0 to 2³² − 1.
 *
 * Source: Salmon, Moraes, Dror, Shaw (2011); the tests hold its known answers.
 */
export function philox4x32(counter: Words4, key: readonly [number, number]): Words4 {
  const output = new Uint32Array(4);
  philoxInto(output, 0, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
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
    const word = (position + at) % 4;
    const counter0 = Math.floor((position + at) / 4);
    if (word === 0 && at + 4 <= output.length) {
      philoxInto(output, at, counter0, stream, step0, step1, key0, key1);
      at += 4;
      continue;
    }
    philoxInto(block, 0, counter0, stream, step0, step1, key0, key1);
    const part = block.subarray(word, Math.min(4, word + output.length - at));
    output.set(part, at);
    at += part.length;
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
 * (1 … 2³²): see `integerOf`; words that give none are passed over.
 */
export function integersBelow(sequence: Sequence): (bound: number) => number {
  const words = new Uint32Array(256);
  let position = 0;
  return (bound) => {
    for (;;) {
      const at = position % words.length;
      if (at === 0) fillWords(words, sequence, position);
      position += 1;
      const result = integerOf(words[at]!, bound);
      if (result >= 0) return result;
    }
  };
}

/**
 * The whole number from 0 up to but not including `bound` (1 … 2³²) that a random word stands for: the upper half of
 * word · bound; −1 for the few words whose lower half falls short of a whole share, so that no number is favored.
 *
 * Source: Lemire, "Fast random integer generation in an interval" (2019).
 */
export function integerOf(word: number, bound: number): number {
  let result;
  let rest;
  if (bound <= 2 ** 21) {
    // The product is below 2⁵³: exact, and so is its division by a power of two.
    const product = word * bound;
    result = Math.floor(product * 2 ** -32);
    rest = product - result * 2 ** 32;
  } else {
    // word · bound in two steps of 16 bits: every product and sum is below 2⁵³, so nothing is rounded.
    const lower = (word & 0xffff) * bound;
    const carry = Math.floor(lower / 65536);
    const upper = (word >>> 16) * bound + carry;
    result = Math.floor(upper / 65536);
    rest = (upper - result * 65536) * 65536 + (lower - carry * 65536);
  }
  return rest >= bound || rest >= 2 ** 32 % bound ? result : -1;
}
