// Elementary functions on four float32 at once, at most 2 units in the last place from the true value (measured against
// the table of elementary.json), the same bits on every machine: only +, −, ×, ÷, √ and bit operations are used.
//
// Coefficients named NAME_n (of the n-th power) are those that coefficients.py prints, rounded to float32.

// @ts-ignore: decorator
@inline
function all(value: f32): v128 {
  return f32x4.splat(value);
}

/** a · b + c, rounded twice. */
// @ts-ignore: decorator
@inline
function mulAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * c0 + c1 x + … + c5 x⁵. Terms are joined in pairs (Estrin), as in the two below: half as long a chain of dependent
 * operations as Horner's rule, which is what the time goes by.
 */
// @ts-ignore: decorator
@inline
function polynomial5(x: v128, c0: f32, c1: f32, c2: f32, c3: f32, c4: f32, c5: f32): v128 {
  const x2 = f32x4.mul(x, x);
  const high = mulAdd(mulAdd(all(c5), x, all(c4)), x2, mulAdd(all(c3), x, all(c2)));
  return mulAdd(high, x2, mulAdd(all(c1), x, all(c0)));
}

/** c0 + c1 x + … + c7 x⁷ */
// @ts-ignore: decorator
@inline
function polynomial7(x: v128, c0: f32, c1: f32, c2: f32, c3: f32, c4: f32, c5: f32, c6: f32, c7: f32): v128 {
  const x2 = f32x4.mul(x, x);
  const high = mulAdd(mulAdd(all(c7), x, all(c6)), x2, mulAdd(all(c5), x, all(c4)));
  const low = mulAdd(mulAdd(all(c3), x, all(c2)), x2, mulAdd(all(c1), x, all(c0)));
  return mulAdd(high, f32x4.mul(x2, x2), low);
}

/** c0 + c1 x + … + c8 x⁸ */
// @ts-ignore: decorator
@inline
function polynomial8(x: v128, c0: f32, c1: f32, c2: f32, c3: f32, c4: f32, c5: f32, c6: f32, c7: f32, c8: f32): v128 {
  const x2 = f32x4.mul(x, x);
  const top = mulAdd(all(c8), x2, mulAdd(all(c7), x, all(c6)));
  const high = mulAdd(top, x2, mulAdd(all(c5), x, all(c4)));
  const low = mulAdd(mulAdd(all(c3), x, all(c2)), x2, mulAdd(all(c1), x, all(c0)));
  return mulAdd(high, f32x4.mul(x2, x2), low);
}

/** The signs of `x`. */
// @ts-ignore: decorator
@inline
function signBits(x: v128): v128 {
  return v128.and(x, i32x4.splat(0x80000000));
}

/** 1.5 · 2^23 */
const ROUNDING: f32 = 12582912;
const LOG2_E: f32 = 1.4426950408889634;
/** ln 2 in two parts; the first has 9 bits, so that n · LN2_HIGH is exact for every exponent n. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444005469057e-4;

/**
 * e^x. With n = round(x / ln 2), r = x − n ln 2: e^x = 2^n e^r, e^r = 1 + r + r² Q(r).
 * The rounding of 1 + r is carried along, which leaves 0.57 units in the last place.
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  // Beyond these bounds the result is 0 or ∞ all the same. (pmin and pmax are one machine instruction; a NaN that comes
  // first, as here, they keep.)
  const bounded = f32x4.pmax(f32x4.pmin(x, all(128)), all(-110));
  // Added to this constant a float loses its fraction, and its last bits are n as an integer.
  const shifted = f32x4.add(f32x4.mul(bounded, all(LOG2_E)), all(ROUNDING));
  const n = f32x4.sub(shifted, all(ROUNDING));
  const high = f32x4.sub(bounded, f32x4.mul(n, all(LN2_HIGH)));
  const low = f32x4.mul(n, all(LN2_LOW));
  const r = f32x4.sub(high, low);
  const lost = f32x4.sub(f32x4.sub(high, r), low);
  // EXP_0 … EXP_5
  let q = polynomial5(
    r,
    0.50000000134577272,
    0.16666666681614256,
    0.041666465006040049,
    0.0083333109344488685,
    0.0013933641031986701,
    0.00019890980869750326,
  );
  q = mulAdd(q, f32x4.mul(r, r), lost);
  const sum = f32x4.add(all(1), r);
  const rest = f32x4.sub(r, f32x4.sub(sum, all(1)));
  const fraction = f32x4.add(sum, f32x4.add(rest, q));
  // 2^n in two factors: n runs from −159 to 185, beyond what one float holds; the last product rounds denormals once.
  const exponent = i32x4.sub(shifted, i32x4.splat(reinterpret<i32>(ROUNDING)));
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(fraction, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

/** 2^n for −126 ≤ n ≤ 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x − 1: near 0 by its own polynomial x + x² Q(x); elsewhere the difference loses nothing. */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  // EXPM1_0 … EXPM1_5
  let q = polynomial5(
    x,
    0.50000000076032768,
    0.16666668896670704,
    0.041666548423076005,
    0.0083322912065209946,
    0.0013921300835623294,
    0.00020808492325666152,
  );
  const near = v128.or(mulAdd(q, f32x4.mul(x, x), x), signBits(x)); // the sign bit, because −0 + 0 is 0
  const far = f32x4.sub(exp(x), all(1));
  const isNear = v128.and(f32x4.gt(x, all(-0.29)), f32x4.lt(x, all(0.41)));
  return v128.bitselect(near, far, isNear);
}

const SQRT_HALF_BITS: i32 = 0x3f3504f3;

/** ln x for x = 2^k (1 + f), √½ ≤ 1 + f < √2: k ln 2 + f − f²/2 + f³ P(f). */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const isTiny = f32x4.lt(x, all(1.1754943508222875e-38)); // denormal: scale by 2^23
  const scaled = v128.bitselect(f32x4.mul(x, all(8388608)), x, isTiny);
  const shifted = i32x4.sub(scaled, i32x4.splat(SQRT_HALF_BITS));
  const exponent = i32x4.shr_s(shifted, 23);
  const f = f32x4.sub(i32x4.sub(scaled, i32x4.shl(exponent, 23)), all(1));
  const k = f32x4.convert_i32x4_s(i32x4.sub(exponent, v128.and(isTiny, i32x4.splat(23))));
  // LOG_0 … LOG_8
  let p = polynomial8(
    f,
    0.33333331180030048,
    -0.24999996957950882,
    0.20000715748892102,
    -0.16667802319501254,
    0.1424905764569748,
    -0.12425687331451106,
    0.11685419923486739,
    -0.11479733846637636,
    0.069716114714511778,
  );
  const square = f32x4.mul(f, f);
  p = mulAdd(f32x4.mul(p, f), square, f32x4.mul(k, all(LN2_LOW)));
  p = f32x4.sub(p, f32x4.mul(square, all(0.5)));
  const finite = f32x4.add(f32x4.add(f, p), f32x4.mul(k, all(LN2_HIGH)));
  // ln 0 = −∞, ln ∞ = ∞, of a negative number or NaN: NaN.
  let result = v128.bitselect(finite, x, f32x4.lt(x, all(Infinity)));
  result = v128.bitselect(all(-Infinity), result, f32x4.eq(x, all(0)));
  return v128.bitselect(all(NaN), result, f32x4.lt(x, all(0)));
}

/** ln(1 + x): with u = 1 + x rounded, ln u + (x − (u − 1)) / u makes good what the rounding lost. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const u = f32x4.add(all(1), x);
  const difference = f32x4.sub(u, all(1));
  // The larger of 1 and x is what the other was added to.
  const lost = v128.bitselect(
    f32x4.sub(all(1), f32x4.sub(u, x)),
    f32x4.sub(x, difference),
    f32x4.gt(x, all(1)),
  );
  const correction = f32x4.div(lost, u);
  const isPlain = v128.and(f32x4.gt(x, all(-1)), f32x4.lt(x, all(Infinity)));
  const result = f32x4.add(log(u), v128.and(correction, isPlain));
  return v128.or(result, v128.and(signBits(x), isPlain)); // −0 stays −0
}

/**
 * 1 / (1 + e^−x), as e^x / (1 + e^x) for negative x: e^−|x| never overflows. What the rounding of 1 + e lost is made good
 * after the division, to first order; 1/(1 + e) ≈ 1 − e/2 is enough for that. Without, 2.5 units in the last place.
 */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(v128.or(x, i32x4.splat(0x80000000))); // −|x|
  const numerator = v128.bitselect(e, all(1), f32x4.lt(x, all(0)));
  const denominator = f32x4.add(all(1), e);
  const lost = f32x4.sub(e, f32x4.sub(denominator, all(1)));
  const quotient = f32x4.div(numerator, denominator);
  const share = f32x4.mul(lost, f32x4.sub(all(1), f32x4.mul(e, all(0.5))));
  return f32x4.sub(quotient, f32x4.mul(quotient, share));
}

/** Near 0: x + x³ P(x²). Elsewhere, with the sign of x: 1 − 2 / (e^2|x| + 1). */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  // TANH_0 … TANH_5
  let p = polynomial5(
    square,
    -0.33333333172140362,
    0.13333303556915742,
    -0.053959259577204543,
    0.02176891865102821,
    -0.008343945515839152,
    0.0022927448161781423,
  );
  const near = mulAdd(f32x4.mul(p, square), size, size);
  const e = exp(f32x4.add(size, size));
  const far = f32x4.sub(all(1), f32x4.div(all(2), f32x4.add(e, all(1))));
  return v128.or(v128.bitselect(near, far, f32x4.lt(size, all(0.625))), signBits(x));
}

/** Up to 1: x + x P(x²). Beyond, with the sign of x: 1 − e^−R(|x|), where R = −ln erfc; from 4 on that is 1. */
// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  // ERF_0 … ERF_7
  let p = polynomial7(
    square,
    0.12837916706154342,
    -0.3761263846802871,
    0.11283782495236845,
    -0.026865430727670243,
    0.0052210318078580228,
    -0.00084840804055351063,
    0.00011265959025606609,
    -9.6670445714869964e-6,
  );
  const near = mulAdd(p, size, size);
  const s = f32x4.pmin(size, all(4));
  // ERFC_0 … ERFC_8
  const r = polynomial8(
    s,
    -0.00032013804967769884,
    1.130233434841994,
    0.63182605155916301,
    0.11008008294882025,
    -0.026421136005663897,
    0.0047595962932662646,
    -0.00059680562566077971,
    4.6058042689189779e-5,
    -1.6371514145936436e-6,
  );
  const far = f32x4.sub(all(1), exp(f32x4.neg(r)));
  return v128.or(v128.bitselect(near, far, f32x4.lt(size, all(1))), signBits(x));
}

/** −1, 0 or 1 as x; ±0 and NaN stay what they are. */
// @ts-ignore: decorator
@inline
export function sign(x: v128): v128 {
  const isOrdered = f32x4.ne(f32x4.abs(x), all(0));
  const one = v128.or(signBits(x), v128.and(isOrdered, all(1)));
  return v128.bitselect(one, x, f32x4.eq(x, x));
}
