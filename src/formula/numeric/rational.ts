import { divide, negate, number } from "../build.ts";
import type { Formula } from "../tree.ts";

/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** Whether a decimal (0.5) was among what it was made from; such a number prints as a decimal again if it can. */
  readonly isDecimal: boolean;
}

export const rationalZero: Rational = { numerator: 0n, denominator: 1n, isDecimal: false };
export const rationalOne: Rational = { numerator: 1n, denominator: 1n, isDecimal: false };

/** Integers up to here are exact in float64, so a fraction of two of them can be printed and read back. */
const largestExact = 2n ** 53n;

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let a = left < 0n ? -left : left;
  let b = right < 0n ? -right : right;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** numerator/denominator in lowest terms; the denominator must not be 0. */
export function rational(numerator: bigint, denominator: bigint, isDecimal = false): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor, isDecimal };
}

/**
 * The number as it was written: 0.1 is 1/10, not the float64 nearest to it. Null when it needs integers beyond 2^53
 * (more than about 16 digits, or far from 1).
 */
export function rationalOf(value: number): Rational | null {
  const [mantissa = "", exponentText = "0"] = String(value).split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  const exponent = Number(exponentText) - decimals.length;
  if (Math.abs(exponent) > 40) return null;
  const digits = BigInt(whole + decimals);
  const scale = 10n ** BigInt(Math.abs(exponent));
  const result = exponent < 0 ? rational(digits, scale, true) : rational(digits * scale, 1n);
  return isPrintable(result) ? result : null;
}

/** Whether numerator and denominator are exact in float64. */
export function isPrintable({ numerator, denominator }: Rational): boolean {
  return numerator <= largestExact && numerator >= -largestExact && denominator <= largestExact;
}

export function isInteger(value: Rational): boolean {
  return value.denominator === 1n;
}

export function addRationals(left: Rational, right: Rational): Rational {
  const numerator = left.numerator * right.denominator + right.numerator * left.denominator;
  return rational(numerator, left.denominator * right.denominator, left.isDecimal || right.isDecimal);
}

export function multiplyRationals(left: Rational, right: Rational): Rational {
  const isDecimal = left.isDecimal || right.isDecimal;
  return rational(left.numerator * right.numerator, left.denominator * right.denominator, isDecimal);
}

export function negateRational(value: Rational): Rational {
  return { ...value, numerator: -value.numerator };
}

/** value^exponent for a whole exponent; 0 has no negative power. */
export function powerOfRational(value: Rational, exponent: number): Rational {
  const size = BigInt(Math.abs(exponent));
  const above = value.numerator ** size;
  const below = value.denominator ** size;
  return exponent < 0 ? rational(below, above, value.isDecimal) : rational(above, below, value.isDecimal);
}

/** √value where that is rational, else null. */
export function squareRootOfRational(value: Rational): Rational | null {
  const numerator = wholeSquareRoot(value.numerator);
  const denominator = wholeSquareRoot(value.denominator);
  return numerator === null || denominator === null ? null : rational(numerator, denominator, value.isDecimal);
}

function wholeSquareRoot(value: bigint): bigint | null {
  if (value < 0n || value > largestExact) return null;
  const root = BigInt(Math.round(Math.sqrt(Number(value))));
  return root * root === value ? root : null;
}

/**
 * What a person would take out of a sum with these coefficients: their common size (½a − ½b), or the greatest common
 * divisor of whole numbers (2a + 4b), else 1: 0.9m + 0.1g stays as it is.
 */
export function contentOf(values: readonly Rational[]): Rational {
  const [first] = values;
  if (first === undefined) return rationalOne;
  const size = { ...first, numerator: first.numerator < 0n ? -first.numerator : first.numerator };
  const isSameSize = values.every(
    ({ numerator, denominator }) =>
      denominator === size.denominator && (numerator === size.numerator || -numerator === size.numerator),
  );
  if (isSameSize) return size;
  if (!values.every(isInteger)) return rationalOne;
  return rational(values.map((value) => value.numerator).reduce(greatestCommonDivisor), 1n);
}

/** Whether the number has a finite decimal expansion and came from one. */
export function printsAsDecimal(value: Rational): boolean {
  let rest = value.denominator;
  if (!value.isDecimal || rest === 1n) return false;
  while (rest % 2n === 0n) rest /= 2n;
  while (rest % 5n === 0n) rest /= 5n;
  return rest === 1n;
}

/** The number as a formula: a decimal, a whole number or a quotient, negated when negative. */
export function formulaOfRational(value: Rational): Formula {
  const size = Number(value.numerator < 0n ? -value.numerator : value.numerator);
  const below = Number(value.denominator);
  const magnitude =
    below === 1 ? number(size) : printsAsDecimal(value) ? number(size / below) : divide(number(size), number(below));
  return value.numerator < 0n ? negate(magnitude) : magnitude;
}
