import {
  asFraction,
  type Constant,
  enclosureOf,
  fractionInterval,
  fractionOf,
  fractionOfNumber,
  multiplyConstants,
  negateConstant,
  PI_CONSTANT,
  powerOfConstant,
  rationalConstant,
} from "./constant.ts";

/** Halfway between two numbers. */
export function middleOf(low: number, high: number): number {
  return low + (high - low) / 2;
}

/**
 * Constants between two numbers that a person might have written: short decimals, fractions with a small denominator,
 * multiples of π/4, square roots. The simplest first.
 */
export function candidatesBetween(low: number, high: number): readonly Constant[] {
  const found: Constant[] = [];
  if (low <= 0 && high >= 0) return [rationalConstant(fractionOf(0n))];
  const middle = middleOf(low, high);
  const decimal = shortestBetween(low, high);
  if (decimal !== null) found.push(rationalConstant(fractionOfNumber(decimal)));
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
  const [least, most] = [low * low, high * high].toSorted((one, other) => one - other);
  const square = shortestBetween(least ?? 0, most ?? 0);
  if (square !== null && String(square).length < 8) {
    const root = powerOfConstant(rationalConstant(fractionOfNumber(square)), fractionOf(1n, 2n));
    const signed = middle < 0 ? negateConstant(root) : root;
    const enclosure = enclosureOf(signed);
    if (asFraction(signed) === null && enclosure.high >= low && enclosure.low <= high) found.push(signed);
  }
  return found;
}

/** The decimal of fewest digits between two numbers of one sign; null where fifteen do not do. */
function shortestBetween(low: number, high: number): number | null {
  const middle = middleOf(low, high);
  for (let digits = 1; digits <= 15; digits += 1) {
    const value = Number(middle.toPrecision(digits));
    if (value >= low && value <= high) return value;
  }
  return null;
}
