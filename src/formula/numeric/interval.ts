/**
 * How much of an interval of arguments a value is known for (the decorations of IEEE 1788, shortened):
 * 3 defined and continuous at every argument, 2 defined at every argument, 1 perhaps undefined at some, 0 undefined at all.
 */
export type Coverage = 0 | 1 | 2 | 3;

/**
 * A closed interval of real numbers that contains every value of a formula over an interval of arguments where the formula
 * has one. Ends may be infinite. An empty one (coverage 0) has `low` ∞ and `high` −∞.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly coverage: Coverage;
}

/** No value at all: the formula is undefined for all arguments. */
export const EMPTY: Interval = { low: Infinity, high: -Infinity, coverage: 0 };

/** Every real number. */
export const WHOLE: Interval = { low: -Infinity, high: Infinity, coverage: 3 };

/** The interval from `low` to `high`, both known exactly. Bounds that are NaN (∞ − ∞) become infinite. */
export function interval(low: number, high: number, coverage: Coverage = 3): Interval {
  if (coverage === 0) return EMPTY;
  return { low: Number.isNaN(low) ? -Infinity : low, high: Number.isNaN(high) ? Infinity : high, coverage };
}

/** One number, known exactly. */
export function pointInterval(value: number): Interval {
  return interval(value, value);
}

export function isEmpty({ coverage }: Interval): boolean {
  return coverage === 0;
}

/** Whether it is one number. */
export function isPoint({ low, high }: Interval): boolean {
  return low === high;
}

export function containsZero({ low, high }: Interval): boolean {
  return low <= 0 && high >= 0;
}

/** −1 or 1 when every number in it has that sign, 0 when it is exactly 0, else null. */
export function signOfInterval({ low, high, coverage }: Interval): -1 | 0 | 1 | null {
  if (coverage === 0) return null;
  if (low > 0) return 1;
  if (high < 0) return -1;
  return low === 0 && high === 0 ? 0 : null;
}

/** The largest magnitude in it; 0 for an empty one. */
export function magnitude({ low, high, coverage }: Interval): number {
  return coverage === 0 ? 0 : Math.max(Math.abs(low), Math.abs(high));
}

/** The smallest magnitude in it. */
export function mignitude(value: Interval): number {
  return containsZero(value) ? 0 : Math.min(Math.abs(value.low), Math.abs(value.high));
}

/** The smallest interval that contains both; a value of one or the other, so not known to be continuous. */
export function hull(left: Interval, right: Interval, coverage: Coverage): Interval {
  if (coverage === 0) return EMPTY;
  return interval(Math.min(left.low, right.low), Math.max(left.high, right.high), coverage);
}

export function withCoverage(value: Interval, coverage: Coverage): Interval {
  return coverage === 0 ? EMPTY : { ...value, coverage };
}

/** The less of two: what is known of a value made from both. */
export function lesser(left: Coverage, right: Coverage): Coverage {
  return left < right ? left : right;
}

/** 2⁻⁴⁹: eight units in the last place, more than any engine's exp, log, sin, pow or tanh is off. */
const SLACK = 2 ** -49;
/** The smallest positive float64. */
const TINY = 2 ** -1074;

/** A number not above the true one that `value` was rounded from. */
export function roundedDown(value: number): number {
  return value === -Infinity ? value : value === Infinity ? Number.MAX_VALUE : value - Math.abs(value) * SLACK - TINY;
}

/** A number not below the true one that `value` was rounded from. */
export function roundedUp(value: number): number {
  return value === Infinity ? value : value === -Infinity ? -Number.MAX_VALUE : value + Math.abs(value) * SLACK + TINY;
}
