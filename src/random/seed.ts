import { OptionError } from "../errors.ts";
import { shown } from "../tree/reader.ts";

/**
 * The seed itself, when it is a whole number from 0 to 2⁵³ − 1; `where` is what the message blames.
 *
 * @throws OptionError when it is anything else.
 */
export function checkedSeed(seed: number, where: string): number {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new OptionError({
      where,
      expected: `a seed from 0 to ${Number.MAX_SAFE_INTEGER}`,
      got: shown(seed),
      advice: "Give a whole number, such as 1.",
    });
  }
  return seed;
}

/** Bits 0 to 31 of a whole number below 2⁵³, from 0 to 2³² − 1. */
export function lowWord(value: number): number {
  return value >>> 0;
}

/** Bits 32 to 52 of a whole number below 2⁵³. */
export function highWord(value: number): number {
  return Math.floor(value / 2 ** 32) >>> 0;
}
