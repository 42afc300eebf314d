import { type Interval, interval, roundedDown, roundedUp } from "../../formula/index.ts";
import {
  type Constant,
  enclosureOf,
  fractionInterval,
  fractionOf,
  fractionOfNumber,
  multiplyConstants,
  PI_CONSTANT,
  rationalConstant,
} from "./constant.ts";

/** A place on the line, known to lie between two numbers; exact where one of the constants tried is proved to be it. */
export interface Place {
  readonly low: number;
  readonly high: number;
  /** The constant it is, or null when only the bounds are known. */
  readonly exact: Constant | null;
}

/** A number within a place, for people: the exact one, or the middle. */
export function numberOf({ low, high, exact }: Place): number {
  if (exact === null) return middleOf(low, high);
  const enclosure = enclosureOf(exact);
  const nearest = Number(middleOf(enclosure.low, enclosure.high).toPrecision(15));
  return nearest + 0; // no −0
}

export function middleOf(low: number, high: number): number {
  return low + (high - low) / 2;
}

/** An interval that contains an exact constant. */
export function exactInterval(value: Constant): Interval {
  return enclosureOf(value);
}

/**
 * Constants between two numbers that a person might have written: short decimals, fractions with a small denominator,
 * multiples of π/4. The simplest first.
 */
export function candidatesBetween(low: number, high: number): readonly Constant[] {
  const found: Constant[] = [];
  if (low <= 0 && high >= 0) return [rationalConstant(fractionOf(0n))];
  const middle = middleOf(low, high);
  for (let digits = 1; digits <= 15; digits += 1) {
    const value = Number(middle.toPrecision(digits));
    if (value < low || value > high) continue;
    found.push(rationalConstant(fractionOfNumber(value)));
    break;
  }
  for (let below = 2; below <= 24; below += 1) {
    const above = Math.round(middle * below);
    if (!Number.isSafeInteger(above)) break;
    const fraction = fractionOf(BigInt(above), BigInt(below));
    const { low: least, high: most } = fractionInterval(fraction);
    if (fraction.below === BigInt(below) && most >= low && least <= high) found.push(rationalConstant(fraction));
  }
  const quarters = Math.round((middle * 4) / Math.PI);
  if (quarters !== 0 && Math.abs(quarters) < 1e9) {
    const multiple = multiplyConstants(PI_CONSTANT, rationalConstant(fractionOf(BigInt(quarters), 4n)));
    const { low: least, high: most } = enclosureOf(multiple);
    if (most >= low && least <= high) found.push(multiple);
  }
  return found;
}

/** A little more than the numbers from `low` to `high`. */
export function widened(low: number, high: number): Interval {
  return interval(roundedDown(low), roundedUp(high));
}
