import {
  containsZero,
  EMPTY,
  type Interval,
  interval,
  isEmpty,
  lesser,
  roundedDown,
  roundedUp,
  withCoverage,
} from "./interval.ts";

/** −u */
export function negateInterval(u: Interval): Interval {
  return isEmpty(u) ? EMPTY : interval(-u.high, -u.low, u.coverage);
}

/** u + v */
export function addIntervals(u: Interval, v: Interval): Interval {
  if (isEmpty(u) || isEmpty(v)) return EMPTY;
  return interval(sum(u.low, v.low, roundedDown), sum(u.high, v.high, roundedUp), lesser(u.coverage, v.coverage));
}

/** u · v */
export function multiplyIntervals(u: Interval, v: Interval): Interval {
  if (isEmpty(u) || isEmpty(v)) return EMPTY;
  const corners: readonly (readonly [number, number])[] = [
    [u.low, v.low],
    [u.low, v.high],
    [u.high, v.low],
    [u.high, v.high],
  ];
  const low = Math.min(...corners.map(([a, b]) => product(a, b, roundedDown)));
  const high = Math.max(...corners.map(([a, b]) => product(a, b, roundedUp)));
  return interval(low, high, lesser(u.coverage, v.coverage));
}

/** u / v; undefined where v is 0. */
export function divideIntervals(u: Interval, v: Interval): Interval {
  if (isEmpty(u) || isEmpty(v) || (v.low === 0 && v.high === 0)) return EMPTY;
  const coverage = lesser(u.coverage, v.coverage);
  if (!containsZero(v)) return multiplyQuotients(u, v, coverage);
  if (u.low === 0 && u.high === 0) return interval(0, 0, lesser(coverage, 1));
  // One end at 0: the quotient keeps its sign where both have one.
  if (v.low === 0 || v.high === 0) {
    const positive = v.low === 0;
    const near = positive ? v.high : v.low;
    if (u.low >= 0 || u.high <= 0) {
      const isUp = u.low >= 0 === positive;
      const least = u.low >= 0 ? u.low : u.high;
      const bound = quotient(least, near, isUp ? roundedDown : roundedUp);
      return isUp ? interval(bound, Infinity, lesser(coverage, 1)) : interval(-Infinity, bound, lesser(coverage, 1));
    }
  }
  return interval(-Infinity, Infinity, lesser(coverage, 1));
}

function multiplyQuotients(u: Interval, v: Interval, coverage: Interval["coverage"]): Interval {
  const corners: readonly (readonly [number, number])[] = [
    [u.low, v.low],
    [u.low, v.high],
    [u.high, v.low],
    [u.high, v.high],
  ];
  const low = Math.min(...corners.map(([a, b]) => quotient(a, b, roundedDown)));
  const high = Math.max(...corners.map(([a, b]) => quotient(a, b, roundedUp)));
  return interval(low, high, coverage);
}

/** u^n for a whole number n; u^0 is 1 everywhere, as in float64. */
export function wholePower(u: Interval, n: number): Interval {
  if (isEmpty(u)) return EMPTY;
  if (n === 0) return interval(1, 1, u.coverage);
  if (n < 0) return divideIntervals(interval(1, 1), wholePower(u, -n));
  const [atLow, atHigh] = [powerBounds(u.low, n), powerBounds(u.high, n)];
  if (n % 2 !== 0) return interval(atLow.low, atHigh.high, u.coverage);
  const high = Math.max(atLow.high, atHigh.high);
  return interval(containsZero(u) ? 0 : Math.min(atLow.low, atHigh.low), high, u.coverage);
}

function powerBounds(base: number, n: number): { low: number; high: number } {
  if (base === 0 || base === 1) return { low: base, high: base };
  if (n === 1) return { low: base, high: base };
  if (n === 2) return { low: product(base, base, roundedDown), high: product(base, base, roundedUp) };
  const value = base ** n;
  const isExact = Number.isInteger(base) && Math.abs(value) < 2 ** 53;
  return isExact ? { low: value, high: value } : { low: roundedDown(value), high: roundedUp(value) };
}

type Rounding = (value: number) => number;

/** a + b, rounded outward only where it is not exact (the two-sum of Knuth). */
function sum(a: number, b: number, rounding: Rounding): number {
  const value = a + b;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return value;
  const back = value - a;
  const lost = a - (value - back) + (b - back);
  return lost === 0 ? value : rounding(value);
}

/** a · b; 0 · ∞ is 0, since an infinite end stands for numbers as large as one likes, not for one of them. */
function product(a: number, b: number, rounding: Rounding): number {
  if (a === 0 || b === 0) return 0;
  const value = a * b;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return value;
  return isExactProduct(a, b, value) ? value : rounding(value);
}

/**
 * a / b with b not 0, as a corner of a quotient of intervals. Over an end without bound it is 0, whatever a is: the divisor grows for a
 * fixed a. Where a has no bound either, the corner with the divisor's other end says so.
 */
function quotient(a: number, b: number, rounding: Rounding): number {
  if (a === 0 || !Number.isFinite(b)) return 0;
  const value = a / b;
  if (!Number.isFinite(a)) return value;
  return isExactProduct(value, b, a) ? value : rounding(value);
}

/** Whether a · b is the float64 `value` exactly (Dekker's product, where nothing overflows). */
function isExactProduct(a: number, b: number, value: number): boolean {
  const size = Math.abs(value);
  if (!(size < 1e290 && size > 1e-250 && Math.abs(a) < 1e150 && Math.abs(b) < 1e150)) return false;
  const [ah, bh] = [highHalf(a), highHalf(b)];
  const [al, bl] = [a - ah, b - bh];
  return ah * bh - value + ah * bl + al * bh + al * bl === 0;
}

function highHalf(a: number): number {
  const scaled = 134217729 * a;
  return scaled - (scaled - a);
}

/** The part of u from `low` up, and whether all of u is there. */
export function restrictedFrom(u: Interval, low: number): Interval {
  if (isEmpty(u) || u.high < low) return EMPTY;
  if (u.low >= low) return u;
  return withCoverage(interval(low, u.high), lesser(u.coverage, 1));
}
