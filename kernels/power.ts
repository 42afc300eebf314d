// a^b = e^(b ln a), in float64 within, one lane at a time: it is rare, and 2 units in the last place need the digits.

const LN2: f64 = 0.6931471805599453;
const SQRT_HALF_HIGH: u64 = 0x3fe6a09e667f3bcd;

/** Four powers. Cases as Math.pow has them: x^0 = 1 for every x; (±1)^±∞ is NaN. */
export function power(a: v128, b: v128): v128 {
  return f32x4(
    scalarPower(f32x4.extract_lane(a, 0), f32x4.extract_lane(b, 0)),
    scalarPower(f32x4.extract_lane(a, 1), f32x4.extract_lane(b, 1)),
    scalarPower(f32x4.extract_lane(a, 2), f32x4.extract_lane(b, 2)),
    scalarPower(f32x4.extract_lane(a, 3), f32x4.extract_lane(b, 3)),
  );
}

function scalarPower(base: f32, exponent: f32): f32 {
  if (exponent == 0) return 1;
  const size = abs(f64(base));
  const y = f64(exponent);
  const isWhole = floor(y) == y;
  const isOdd = isWhole && floor(y * 0.5) * 2 != y && abs(y) < 16777216; // from 2^24 on every float32 is even
  const isNegative = (reinterpret<u32>(base) >>> 31) != 0;
  const result = f32(exponential(y * logarithm(size)));
  if (!isNegative) return result;
  if (isOdd) return -result;
  return isWhole || size == 0 || size == Infinity ? result : NaN;
}

/** ln x of a positive float64 that was a float32: with s = (m − 1)/(m + 1), ln m = 2 (s + s³/3 + s⁵/5 + …). */
function logarithm(x: f64): f64 {
  if (x == 0) return -Infinity;
  if (!(x < Infinity)) return x;
  const bits = reinterpret<u64>(x);
  const k = (bits - SQRT_HALF_HIGH) as i64 >> 52;
  const m = reinterpret<f64>(bits - (u64(k) << 52));
  const s = (m - 1) / (m + 1);
  const t = s * s;
  let p: f64 = 1.0 / 17.0;
  p = p * t + 1.0 / 15.0;
  p = p * t + 1.0 / 13.0;
  p = p * t + 1.0 / 11.0;
  p = p * t + 1.0 / 9.0;
  p = p * t + 1.0 / 7.0;
  p = p * t + 1.0 / 5.0;
  p = p * t + 1.0 / 3.0;
  return f64(k) * LN2 + 2 * (s + s * t * p);
}

/** e^x as a float64, for results that a float32 can hold; beyond, 0 or ∞ after rounding. */
function exponential(x: f64): f64 {
  if (x != x) return x;
  const bounded = min(max(x, -110), 100);
  const n = nearest(bounded / LN2);
  const r = bounded - n * LN2;
  let p: f64 = 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  return p * reinterpret<f64>(u64(i64(n) + 1023) << 52);
}
