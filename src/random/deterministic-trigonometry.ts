import { productError } from "./deterministic-math.ts";

const TWO_OVER_PI = 0.6366197723675814;
/** π/2 in three parts; the first two have 33 bits, so that their products with a whole number below 2²⁰ are exact. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
/** π − `Math.PI`. */
const PI_LOW = 1.2246467991473532e-16;

/** The sine of `quarters` quarter turns plus (r + low), |r| ≤ π/4. */
function sineOfQuarters(quarters: number, r: number, low: number): number {
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return sineSeries(r, low);
    case 1:
      return cosineSeries(r, low);
    case 2:
      return -sineSeries(r, low);
    default:
      return -cosineSeries(r, low);
  }
}

/** sin(r + low) by its series up to r¹⁷: the next term is below 2⁻⁶³ of the result. */
function sineSeries(r: number, low: number): number {
  const s = r * r;
  let tail = 1 / 355687428096000;
  tail = -1 / 1307674368000 + s * tail;
  tail = 1 / 6227020800 + s * tail;
  tail = -1 / 39916800 + s * tail;
  tail = 1 / 362880 + s * tail;
  tail = -1 / 5040 + s * tail;
  tail = 1 / 120 + s * tail;
  tail = -1 / 6 + s * tail;
  return r + (s * r * tail + low * (1 - 0.5 * s));
}

/** cos(r + low) by its series up to r¹⁸; 1 − r²/2 keeps the part that rounding loses. */
function cosineSeries(r: number, low: number): number {
  const s = r * r;
  const half = 0.5 * s;
  const start = 1 - half;
  let tail = -1 / 6402373705728000;
  tail = 1 / 20922789888000 + s * tail;
  tail = -1 / 87178291200 + s * tail;
  tail = 1 / 479001600 + s * tail;
  tail = -1 / 3628800 + s * tail;
  tail = 1 / 40320 + s * tail;
  tail = -1 / 720 + s * tail;
  tail = 1 / 24 + s * tail;
  return start + (1 - start - half + (s * s * tail - r * low));
}

/** The sine of x plus `quarters` quarter turns. */
function sineFrom(x: number, quarters: number): number {
  if (Math.abs(x) === Infinity) return NaN;
  if (Math.abs(x) >= 2 ** 20) return sineOfLarge(x, quarters);
  const n = Math.round(x * TWO_OVER_PI);
  const first = x - n * HALF_PI_1;
  const second = n * HALF_PI_2;
  const high = first - second;
  const low = first - high - second - n * HALF_PI_3;
  const r = high + low;
  return sineOfQuarters(n + quarters, r, high - r + low);
}

/** `sin(x)`, x in radians, within 1 ulp for any finite x. NaN at ±Infinity. */
export function sin(x: number): number {
  return x === 0 ? x : sineFrom(x, 0);
}

/** `cos(x)`, x in radians, within 1 ulp for any finite x. NaN at ±Infinity. */
export function cos(x: number): number {
  return sineFrom(x, 1);
}

/** `sin(πx)`, exact in the reduction: 0 at every whole number. For |x| below 2⁵⁰. */
export function sinPi(x: number): number {
  return sineOfHalfTurns(x, 0);
}

/** `cos(πx)`, exact in the reduction: 0 at every half. For |x| below 2⁵⁰. */
export function cosPi(x: number): number {
  return sineOfHalfTurns(x, 1);
}

function sineOfHalfTurns(x: number, quarters: number): number {
  const n = Math.round(2 * x);
  const rest = x - n / 2;
  const r = rest * Math.PI;
  return sineOfQuarters(n + quarters, r, productError(rest, Math.PI, r) + rest * PI_LOW);
}

/** Bits of π used for large arguments: 1024 of the exponent, 53 of the result, 60 for cancellation, some to spare. */
const PI_BITS = 1200n;
let piScaled: bigint | null = null;

/** Reduction in whole numbers, x and π both in units of 2⁻¹²⁰⁰. Slow (microseconds), and exact. */
function sineOfLarge(x: number, quarters: number): number {
  piScaled ??= 16n * inverseTangent(5n) - 4n * inverseTangent(239n);
  // A float64 from 2²⁰ to 2⁵³ is a whole multiple of 2⁻³², a larger one a whole number: both conversions are exact.
  const scaled = Math.abs(x) < 2 ** 53 ? BigInt(x * 2 ** 32) << (PI_BITS - 32n) : BigInt(x) << PI_BITS;
  const quarter = piScaled / 2n;
  const n = (scaled * 2n + (scaled > 0n ? quarter : -quarter)) / (2n * quarter);
  const rest = scaled - n * quarter;
  const r = Number(rest >> (PI_BITS - 200n)) * 2 ** -200;
  return sineOfQuarters(Number(n % 4n) + quarters, r, 0);
}

/** arctan(1/n) times 2¹²⁰⁰, by its series (Machin's formula for π uses two of these). */
function inverseTangent(n: bigint): bigint {
  let sum = 0n;
  let power = (1n << PI_BITS) / n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += odd % 4n === 1n ? power / odd : -power / odd;
    power /= n * n;
  }
  return sum;
}
