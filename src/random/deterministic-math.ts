/**
 * Elementary functions from `+ − × ÷` and `√` alone. Those five are rounded exactly by every JavaScript engine, so these
 * functions give the same bits everywhere; `Math.exp`, `Math.log`, `Math.sin` and `Math.pow` may differ in the last bit.
 * Use these wherever a number can reach a weight.
 */

const LOG2_E = 1.4426950408889634;
/** log 2 to 42 bits, so that its product with any exponent of a float64 is exact, and the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
/** 1/3 − the float64 nearest to it. */
const THIRD_LOW = 1.850371707708594e-17;
/** 2²⁷ + 1: Veltkamp's factor, splits a float64 into two halves of 26 bits. */
const SPLITTER = 134217729;

const scratch: DataView = new DataView(new ArrayBuffer(8));

/** 2ⁿ exactly, for n from −1022 to 1023. */
function powerOfTwo(n: number): number {
  scratch.setUint32(0, (n + 1023) << 20);
  scratch.setUint32(4, 0);
  return scratch.getFloat64(0);
}

/** `value · 2ⁿ`, rounded once; n from −2044 to 2046. */
function scale(value: number, n: number): number {
  const half = n >> 1;
  return value * powerOfTwo(half) * powerOfTwo(n - half);
}

/** `left · right − product` exactly, for `product` = the rounded product (Dekker); operands below 2⁹⁹⁶. */
export function productError(left: number, right: number, product: number): number {
  const leftShifted = left * SPLITTER;
  const leftHigh = leftShifted - (leftShifted - left);
  const leftLow = left - leftHigh;
  const rightShifted = right * SPLITTER;
  const rightHigh = rightShifted - (rightShifted - right);
  const rightLow = right - rightHigh;
  return leftHigh * rightHigh - product + leftHigh * rightLow + leftLow * rightHigh + leftLow * rightLow;
}

/**
 * `eˣ`, within 1 ulp. Overflows to Infinity above 709.78, is 0 below −745.13.
 *
 * `x = k log 2 + r`, |r| ≤ ½ log 2; the series of `eʳ` up to r¹³ errs by less than 2⁻⁵⁷.
 */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** `e^(x + low)` for a `low` of at most one ulp of x. */
function expOfSum(x: number, low: number): number {
  if (!(x < 709.8)) return x !== x ? x : Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x * LOG2_E);
  const high = x - k * LN2_HIGH;
  const rest = low - k * LN2_LOW;
  const r = high + rest;
  const lost = high - r + rest;
  let tail = 1 / 6227020800;
  tail = 1 / 479001600 + r * tail;
  tail = 1 / 39916800 + r * tail;
  tail = 1 / 3628800 + r * tail;
  tail = 1 / 362880 + r * tail;
  tail = 1 / 40320 + r * tail;
  tail = 1 / 5040 + r * tail;
  tail = 1 / 720 + r * tail;
  tail = 1 / 120 + r * tail;
  tail = 1 / 24 + r * tail;
  tail = 1 / 6 + r * tail;
  tail = 1 / 2 + r * tail;
  return scale(1 + (r + (r * r * tail + lost)), k);
}

/** `x = m · 2ⁿ` with m from √½ up to √2, for a finite x > 0; the result is valid until the next call. */
const split = { m: 0, n: 0 };
function splitExponent(x: number): void {
  let n = 0;
  let normal = x;
  if (x < 2.2250738585072014e-308) {
    normal = x * 2 ** 54;
    n = -54;
  }
  scratch.setFloat64(0, normal);
  const head = scratch.getUint32(0);
  n += (head >>> 20) - 1023;
  scratch.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let m = scratch.getFloat64(0);
  if (m > Math.SQRT2) {
    m *= 0.5;
    n += 1;
  }
  split.m = m;
  split.n = n;
}

/** `2 (q/5 + q²/7 + …)` up to q¹¹/25: the series of `log((1 + s)/(1 − s)) = 2s + 2s³/3 + …` from s⁵ on, by s³, q = s². */
function logarithmTail(q: number): number {
  let tail = 2 / 25;
  tail = 2 / 23 + q * tail;
  tail = 2 / 21 + q * tail;
  tail = 2 / 19 + q * tail;
  tail = 2 / 17 + q * tail;
  tail = 2 / 15 + q * tail;
  tail = 2 / 13 + q * tail;
  tail = 2 / 11 + q * tail;
  tail = 2 / 9 + q * tail;
  tail = 2 / 7 + q * tail;
  tail = 2 / 5 + q * tail;
  return q * tail;
}

/**
 * Natural logarithm, within 1 ulp. −Infinity at 0, NaN below.
 *
 * `x = m 2ⁿ`, `log m = f − s (f − R)` with f = m − 1, s = f/(2 + f), |s| < 0.172, R the tail of the series of artanh:
 * the leading f is exact, so what is rounded is small.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  splitExponent(x);
  const { m, n } = split;
  const f = m - 1;
  const s = f / (2 + f);
  const q = s * s;
  const correction = s * (f - q * (2 / 3 + logarithmTail(q)));
  return n === 0 ? f - correction : n * LN2_HIGH - (correction - n * LN2_LOW - f);
}

/**
 * `baseᵉˣᵖᵒⁿᵉⁿᵗ`, within 1 ulp where the result is a normal number; special cases as `Math.pow`.
 *
 * `e^(y log x)` with the logarithm in double-double (about 100 bits in its two leading terms), because |y log x| up to
 * 745 would enlarge the rounding of a float64 logarithm a thousandfold.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (base !== base || exponent !== exponent) return NaN;
  const size = Math.abs(base);
  const isOdd = Math.abs(exponent % 2) === 1;
  if (size === 0 || size === Infinity) {
    const isLarge = (size === 0) === exponent < 0;
    const result = isLarge ? Infinity : 0;
    return isOdd && (base < 0 || Object.is(base, -0)) ? -result : result;
  }
  if (size === 1) {
    if (exponent === Infinity || exponent === -Infinity) return NaN;
  } else if (exponent === Infinity || exponent === -Infinity) {
    return size > 1 === exponent > 0 ? Infinity : 0;
  }
  if (base < 0 && exponent % 1 !== 0) return NaN;
  const result = size === 1 ? 1 : exponent === 1 ? size : positivePower(size, exponent);
  return base < 0 && isOdd ? -result : result;
}

function positivePower(base: number, exponent: number): number {
  splitExponent(base);
  const { m, n } = split;
  // s = (m − 1)/(m + 1) as s + sLow.
  const f = m - 1;
  const d = m + 1;
  const dLow = m - (d - 1);
  const s = f / d;
  const product = s * d;
  const sLow = (f - product - productError(s, d, product) - s * dLow) / d;
  // s³ as cube + cubeLow, then s³/3.
  const square = s * s;
  const squareLow = productError(s, s, square) + 2 * s * sLow;
  const cube = square * s;
  const cubeLow = productError(square, s, cube) + square * sLow + squareLow * s;
  const third = cube * (1 / 3);
  const thirdLow = productError(cube, 1 / 3, third) + cube * THIRD_LOW + cubeLow * (1 / 3);
  // log m = 2s + 2s³/3 + s (the tail from s⁴/5 on), added from the large to the small, each remainder kept.
  const high0 = n * LN2_HIGH;
  const high1 = high0 + 2 * s;
  const low1 = n === 0 ? 0 : sumError(high0, 2 * s, high1);
  const high2 = high1 + 2 * third;
  const low2 = sumError(high1, 2 * third, high2);
  const low = low1 + low2 + (2 * (sLow + thirdLow) + n * LN2_LOW + cube * logarithmTail(square));
  const logHigh = high2 + low;
  const logLow = high2 - logHigh + low;
  // Beyond this the result is 0 or Infinity, and the products below could overflow.
  const y = Math.abs(exponent) > 2 ** 64 ? (exponent > 0 ? 2 ** 64 : -(2 ** 64)) : exponent;
  const power = y * logHigh;
  if (!(Math.abs(power) < 800)) return power > 0 ? Infinity : 0;
  return expOfSum(power, productError(y, logHigh, power) + y * logLow);
}

/** `left + right − sum` exactly, for `sum` = the rounded sum (Knuth). */
function sumError(left: number, right: number, sum: number): number {
  const rightPart = sum - left;
  return left - (sum - rightPart) + (right - rightPart);
}
