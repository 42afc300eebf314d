import { callInterval } from "../../formula/index.ts";
import {
  addConstants,
  asFraction,
  type Constant,
  constantKey,
  enclosureOf,
  exponentialOfConstant,
  fractionOf,
  isZero,
  logarithmOfConstant,
  multiplyConstants,
  namedConstant,
  negateConstant,
  ONE,
  PI_CONSTANT,
  powerOfConstant,
  rationalConstant,
  signOf,
  ZERO,
} from "./constant.ts";
import { CONSTANT_GROWTH, directionOf, type ExponentTerm, growthOf, LINEAR_GROWTH, powerGrowth } from "./growth.ts";
import { NotDefined, NotReached } from "./not-reached.ts";
import {
  addSeries,
  boundedBy,
  boundOf,
  coefficientsOf,
  constantSeries,
  eventualSign,
  growthSeries,
  isSmall,
  isZeroSeries,
  multiplySeries,
  negateSeries,
  normalized,
  powerOfSeries,
  powerSeries,
  scaledSeries,
  type Series,
  type SeriesTerm,
} from "./series.ts";
import { isSteady, waveOf } from "./wave.ts";

/** A series in three: what grows, what stays, what tends to 0. The rest belongs to the last; null when it is not small. */
interface Split {
  readonly growing: readonly SeriesTerm[];
  readonly constant: Constant;
  readonly small: Series;
}

function splitOf({ terms, rest }: Series): Split | null {
  if (rest !== null && directionOf(rest) >= 0) return null;
  const growing = terms.filter(({ growth }) => directionOf(growth) > 0);
  const fixed = terms.find(({ growth }) => growth.key === CONSTANT_GROWTH.key);
  if ([...growing, ...(fixed === undefined ? [] : [fixed])].some(({ wave }) => !isSteady(wave))) return null;
  const small = { terms: terms.filter(({ growth }) => directionOf(growth) < 0), rest };
  return { growing, constant: fixed?.wave.mean ?? ZERO, small };
}

function factorialInverse(k: number): Constant {
  let product = 1n;
  for (let i = 2n; i <= BigInt(k); i += 1n) product *= i;
  return rationalConstant(fractionOf(1n, product));
}

/** e^u: what grows becomes a growth, what stays a factor, what is small a power series. */
export function exponentialOf(u: Series): Series {
  const split = splitOf(u);
  if (split === null) {
    // Bounded but for terms that grow and do not oscillate: e^(z + sin z) stays below a constant times e^z.
    const growing = u.terms.filter(({ growth }) => directionOf(growth) > 0);
    const isBounded = (u.rest === null || directionOf(u.rest) <= 0) && growing.every(({ wave }) => isSteady(wave));
    if (!isBounded) throw new NotReached("an exponential of what is not known");
    return boundedBy(growthOfExponential(growing));
  }
  const front = growthSeries(growthOfExponential(split.growing), exponentialOfConstant(split.constant));
  return multiplySeries(front, powerSeries(coefficientsOf(factorialInverse), split.small));
}

/** e^(c ln s) is s^c, e^(c ln ln s) is (ln s)^c; all other terms stay in the exponent. */
function growthOfExponential(growing: readonly SeriesTerm[]): SeriesTerm["growth"] {
  const powers = [ZERO, ZERO, ZERO, ZERO];
  const exponent: ExponentTerm[] = [];
  for (const { wave, growth } of growing) {
    const level = [1, 2, 3].find((each) => growth.key === powerGrowth(ONE, each).key);
    if (level === undefined) exponent.push({ constant: wave.mean, growth });
    else powers[level - 1] = addConstants(powers[level - 1] ?? ZERO, wave.mean);
  }
  return growthOf(powers, exponent);
}

/** ln u = ln c + ln g + ln(1 + ε). */
export function logarithmOf(u: Series): Series {
  if (isZeroSeries(u)) throw new NotDefined();
  const { constant, growth, rest } = normalized(u);
  if (signOf(constant) < 0) throw new NotDefined();
  let sum = constantSeries(logarithmOfConstant(constant));
  for (const [level, power] of growth.powers.entries()) {
    if (isZero(power)) continue;
    if (level === growth.powers.length - 1) throw new NotReached("a logarithm of a logarithm of a logarithm");
    sum = addSeries(sum, growthSeries(powerGrowth(ONE, level + 1), power));
  }
  for (const term of growth.exponent) sum = addSeries(sum, growthSeries(term.growth, term.constant));
  const coefficients = coefficientsOf((k) =>
    k === 0 ? ZERO : rationalConstant(fractionOf(k % 2 === 0 ? -1n : 1n, BigInt(k))),
  );
  return addSeries(sum, powerSeries(coefficients, rest));
}

/** u^v for a v that varies: e^(v ln u). */
export function generalPower(u: Series, v: Series): Series {
  const split = splitOf(v);
  const isFixed = split !== null && split.growing.length === 0 && isZeroSeries(split.small);
  if (isFixed && asFraction(split.constant) !== null) return powerOfSeries(u, split.constant);
  if (isZeroSeries(u)) {
    if (eventualSign(v) > 0) return u;
    throw new NotDefined();
  }
  return exponentialOf(multiplySeries(v, logarithmOf(u)));
}

/** sin u, or with `isCosine` cos u. Of what grows otherwise than a multiple of s, only that it stays within −1 and 1. */
export function sineOf(u: Series, isCosine: boolean): Series {
  const split = splitOf(u);
  const [growing, second] = split?.growing ?? [];
  const isLinear = growing === undefined || growing.growth.key === LINEAR_GROWTH.key;
  if (split === null || second !== undefined || !isLinear) return boundedBy(CONSTANT_GROWTH);
  const { sine, cosine } = circleOf(split.constant);
  const odd = coefficientsOf((k) => (k % 2 === 0 ? ZERO : alternating(k, (k - 1) / 2)));
  const even = coefficientsOf((k) => (k % 2 === 0 ? alternating(k, k / 2) : ZERO));
  const [sineOfSmall, cosineOfSmall] = [powerSeries(odd, split.small), powerSeries(even, split.small)];
  // sin(ω s + c) = cos c sin ω s + sin c cos ω s, cos(ω s + c) = cos c cos ω s − sin c sin ω s.
  const phase = (ofCosine: boolean): Series => {
    if (growing === undefined) return constantSeries(ofCosine ? cosine : sine);
    const [cosinePart, sinePart] = ofCosine ? [cosine, negateConstant(sine)] : [sine, cosine];
    return { terms: [{ wave: waveOf(growing.wave.mean, cosinePart, sinePart), growth: CONSTANT_GROWTH }], rest: null };
  };
  const [a, b] = isCosine ? [phase(true), negateSeries(phase(false))] : [phase(false), phase(true)];
  return addSeries(multiplySeries(a, cosineOfSmall), multiplySeries(b, sineOfSmall));
}

function alternating(k: number, turn: number): Constant {
  const value = factorialInverse(k);
  return turn % 2 === 0 ? value : negateConstant(value);
}

/** sin c and cos c: exactly at the multiples of π/2. */
function circleOf(angle: Constant): { readonly sine: Constant; readonly cosine: Constant } {
  if (isZero(angle)) return { sine: ZERO, cosine: ONE };
  const turns = multiplyConstants(angle, powerOfConstant(PI_CONSTANT, { above: -1n, below: 1n }));
  const halves = asFraction(multiplyConstants(turns, rationalConstant({ above: 2n, below: 1n })));
  if (halves !== null && halves.below === 1n) {
    const quarter = Number(((halves.above % 4n) + 4n) % 4n);
    const [sine, cosine] = [
      [ZERO, ONE, ZERO, negateConstant(ONE)],
      [ONE, ZERO, negateConstant(ONE), ZERO],
    ];
    return { sine: sine[quarter] ?? ZERO, cosine: cosine[quarter] ?? ZERO };
  }
  const key = constantKey(angle);
  return {
    sine: namedConstant(`sin(${key})`, callInterval("sin", enclosureOf(angle), undefined)),
    cosine: namedConstant(`cos(${key})`, callInterval("cos", enclosureOf(angle), undefined)),
  };
}

const INVERSE_ROOT_PI = powerOfConstant(PI_CONSTANT, { above: -1n, below: 2n });
const TWO = rationalConstant({ above: 2n, below: 1n });

/** erf u: near 0 by its series, far away by `1 − e^(−u²)/(√π u) (1 + …)` (Abramowitz and Stegun 7.1.6, 7.1.23). */
export function errorFunctionOf(u: Series): Series {
  const scale = multiplyConstants(TWO, INVERSE_ROOT_PI);
  if (isSmall(u)) {
    const coefficients = [
      ZERO,
      scale,
      ZERO,
      multiplyConstants(scale, rationalConstant({ above: -1n, below: 3n })),
      ZERO,
    ];
    return powerSeries(
      [...coefficients, multiplyConstants(scale, rationalConstant({ above: 1n, below: 10n })), ZERO],
      u,
    );
  }
  const split = splitOf(u);
  if (split === null) return boundedBy(CONSTANT_GROWTH);
  if (split.growing.length === 0) {
    const { constant } = split;
    const square = negateConstant(multiplyConstants(constant, constant));
    const value = namedConstant(`erf(${constantKey(constant)})`, callInterval("erf", enclosureOf(constant), undefined));
    return powerSeries([value, multiplyConstants(scale, exponentialOfConstant(square))], split.small);
  }
  const sign = eventualSign(u);
  const size = sign < 0 ? negateSeries(u) : u;
  const inverse = powerOfSeries(size, negateConstant(ONE));
  const decay = multiplySeries(exponentialOf(negateSeries(multiplySeries(u, u))), inverse);
  const next = boundOf(multiplySeries(inverse, inverse));
  const correction = addSeries(constantSeries(ONE), next === null ? constantSeries(ZERO) : boundedBy(next));
  const tail = scaledSeries(multiplySeries(decay, correction), negateConstant(INVERSE_ROOT_PI));
  const positive = addSeries(constantSeries(ONE), tail);
  return sign < 0 ? negateSeries(positive) : positive;
}
