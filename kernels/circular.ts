// Sine and cosine, in float64 within: four float32 at once are two pairs.

// @ts-ignore: decorator
@inline
function both(value: f64): v128 {
  return f64x2.splat(value);
}

const TWO_OVER_PI: f64 = 0.6366197723675814;
/** π/2 in two parts; the first has 33 bits, so that n · HALF_PI_HIGH is exact up to n = 2^20. */
const HALF_PI_HIGH: f64 = 1.5707963267341256;
const HALF_PI_LOW: f64 = 6.077100506506192e-11;

/**
 * sin x (quarters = 0) or cos x = sin(x + π/2) (quarters = 1), within 1 unit in the last place up to |x| = 10^6;
 * beyond that the angle loses digits, but the result stays within −1 … 1. Of ±∞ and NaN: NaN.
 */
// @ts-ignore: decorator
@inline
function circular(x: v128, quarters: f64): v128 {
  const low = f32x4.demote_f64x2_zero(pair(f64x2.promote_low_f32x4(x), quarters));
  const high = f32x4.demote_f64x2_zero(pair(f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)), quarters));
  const joined = v128.shuffle<f32>(low, high, 0, 1, 4, 5);
  // −0 has a sine of −0; the sum of products above gives 0.
  return quarters == 0 ? v128.bitselect(x, joined, f32x4.eq(x, f32x4.splat(0))) : joined;
}

export function sin(x: v128): v128 {
  return circular(x, 0);
}

export function cos(x: v128): v128 {
  return circular(x, 1);
}

/** With n = round(x / (π/2)), r = x − n π/2: sine or cosine of r by the parity of n, negated by its next bit. */
function pair(x: v128, quarters: f64): v128 {
  const n = f64x2.nearest(f64x2.mul(x, both(TWO_OVER_PI)));
  let r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, both(HALF_PI_HIGH))), f64x2.mul(n, both(HALF_PI_LOW)));
  r = f64x2.max(f64x2.min(r, both(0.7854)), both(-0.7854)); // holds back lost digits of huge angles; keeps NaN
  const s = f64x2.mul(r, r);
  let sine = f64x2.add(f64x2.mul(both(-2.4805636241834763e-8), s), both(2.7555990929565319e-6)); // SIN_4, SIN_3
  sine = f64x2.add(f64x2.mul(sine, s), both(-0.00019841266916985966));
  sine = f64x2.add(f64x2.mul(sine, s), both(0.0083333333310792231));
  sine = f64x2.add(f64x2.mul(sine, s), both(-0.16666666666663886));
  sine = f64x2.add(f64x2.mul(f64x2.mul(sine, s), r), r);
  let cosine = f64x2.add(f64x2.mul(both(2.0665504870122739e-9), s), both(-2.7555855511929505e-7)); // COS_5, COS_4
  cosine = f64x2.add(f64x2.mul(cosine, s), both(2.4801582623351951e-5));
  cosine = f64x2.add(f64x2.mul(cosine, s), both(-0.0013888888882127951));
  cosine = f64x2.add(f64x2.mul(cosine, s), both(0.041666666666630926));
  cosine = f64x2.add(f64x2.mul(cosine, s), both(-0.49999999999999969));
  cosine = f64x2.add(f64x2.mul(cosine, s), both(1));
  // m = n + quarters modulo 4, in floats: 0 … 3, whatever the size of n.
  const m = f64x2.add(n, both(quarters));
  const quadrant = f64x2.sub(m, f64x2.mul(both(4), f64x2.floor(f64x2.mul(m, both(0.25)))));
  const half = f64x2.mul(quadrant, both(0.5));
  const isOdd = f64x2.ne(half, f64x2.floor(half));
  const isNegative = f64x2.ge(quadrant, both(2));
  const value = v128.bitselect(cosine, sine, isOdd);
  return v128.xor(value, v128.and(isNegative, i64x2.splat(0x8000000000000000)));
}
