import {
  type Constant,
  isZero,
  negateConstant,
  ONE,
  powerOfConstant,
  asFraction,
  asWhole,
  signOf,
  rationalConstant,
  wholeConstant,
  multiplyConstants,
  addConstants,
  ZERO,
} from "./constant.ts";
import { compareGrowths, CONSTANT_GROWTH, directionOf, type Growth, multiplyGrowths, powerOfGrowth } from "./growth.ts";
import { NotDefined, NotReached } from "./not-reached.ts";
import { addWaves, isCertain, isSteady, isZeroWave, multiplyWaves, scaledWave, steady, type Wave } from "./wave.ts";

/**
 * A quantity as s → ∞: terms of falling growth, and what is left, which stays below a constant times the growth `rest`
 * (null: nothing is left, the terms are all). A quantity without terms and rest is 0.
 */
export interface Series {
  readonly terms: readonly SeriesTerm[];
  readonly rest: Growth | null;
}

export interface SeriesTerm {
  readonly wave: Wave;
  readonly growth: Growth;
}

/** More terms than this become rest. */
const MOST_TERMS = 6;
/** Powers of what is small that are kept. */
const ORDER = 4;

export function constantSeries(value: Constant): Series {
  return isZero(value)
    ? { terms: [], rest: null }
    : { terms: [{ wave: steady(value), growth: CONSTANT_GROWTH }], rest: null };
}

export function growthSeries(growth: Growth, constant: Constant = ONE): Series {
  return { terms: [{ wave: steady(constant), growth }], rest: null };
}

/** Something that stays below a constant times a growth, of which no more is known. */
export function boundedBy(growth: Growth): Series {
  return { terms: [], rest: growth };
}

export function isZeroSeries({ terms, rest }: Series): boolean {
  return terms.length === 0 && rest === null;
}

/** The growth that bounds it; null for 0. */
export function boundOf({ terms, rest }: Series): Growth | null {
  return terms[0]?.growth ?? rest;
}

/** The largest term. @throws NotReached when none is known, or it is not certain to differ from 0. */
export function leadOf(series: Series): SeriesTerm {
  const [lead] = series.terms;
  if (lead === undefined || !isCertain(lead.wave)) throw new NotReached("a leading term");
  return lead;
}

/** The sign it has from some s on: that of its largest term. */
export function eventualSign(series: Series): -1 | 0 | 1 {
  if (isZeroSeries(series)) return 0;
  const { wave } = leadOf(series);
  if (!isSteady(wave)) throw new NotReached("a sign that stays");
  return signOf(wave.mean);
}

function settled(terms: readonly SeriesTerm[], rest: Growth | null): Series {
  const joined = new Map<string, SeriesTerm>();
  for (const term of terms) {
    const known = joined.get(term.growth.key);
    joined.set(term.growth.key, known === undefined ? term : { ...known, wave: addWaves(known.wave, term.wave) });
  }
  const kept = [...joined.values()]
    .filter(({ wave, growth }) => !isZeroWave(wave) && (rest === null || compareGrowths(growth, rest) > 0))
    .sort((left, right) => compareGrowths(right.growth, left.growth));
  const dropped = kept[MOST_TERMS];
  return dropped === undefined ? { terms: kept, rest } : { terms: kept.slice(0, MOST_TERMS), rest: dropped.growth };
}

function larger(left: Growth | null, right: Growth | null): Growth | null {
  if (left === null || right === null) return left ?? right;
  return compareGrowths(left, right) >= 0 ? left : right;
}

/** A bound of both: for a choice between two that is not known. */
export function eitherOf(left: Series, right: Series): Series {
  const bound = larger(boundOf(left), boundOf(right));
  return bound === null ? left : boundedBy(bound);
}

export function addSeries(left: Series, right: Series): Series {
  return settled([...left.terms, ...right.terms], larger(left.rest, right.rest));
}

export function negateSeries({ terms, rest }: Series): Series {
  return { terms: terms.map((term) => ({ ...term, wave: scaledWave(term.wave, negateConstant(ONE)) })), rest };
}

export function scaledSeries({ terms, rest }: Series, factor: Constant): Series {
  if (isZero(factor)) return { terms: [], rest: null };
  return { terms: terms.map((term) => ({ ...term, wave: scaledWave(term.wave, factor) })), rest };
}

export function multiplySeries(left: Series, right: Series): Series {
  const terms = left.terms.flatMap((one) =>
    right.terms.map((other) => ({
      wave: multiplyWaves(one.wave, other.wave),
      growth: multiplyGrowths(one.growth, other.growth),
    })),
  );
  const rests = [
    [left.rest, boundOf(right)],
    [right.rest, boundOf(left)],
  ].map(([one, other]) =>
    one === null || other === null || one === undefined || other === undefined ? null : multiplyGrowths(one, other),
  );
  return settled(terms, rests.reduce(larger, null));
}

/** Whether it tends to 0. */
export function isSmall(series: Series): boolean {
  const bound = boundOf(series);
  return bound === null || directionOf(bound) < 0;
}

/** Σ cₖ uᵏ for a u that tends to 0, from k = 0 on; beyond the coefficients given, what is left is as large as the next power. */
export function powerSeries(coefficients: readonly Constant[], u: Series): Series {
  if (!isSmall(u)) throw new NotReached("a power series of what is not small");
  let sum = constantSeries(coefficients[0] ?? ZERO);
  let power = constantSeries(ONE);
  for (const coefficient of coefficients.slice(1)) {
    power = multiplySeries(power, u);
    sum = addSeries(sum, scaledSeries(power, coefficient));
  }
  const left = boundOf(multiplySeries(power, u));
  return left === null ? sum : addSeries(sum, boundedBy(left));
}

/** Coefficients cₖ for k = 0 … 4. */
export function coefficientsOf(coefficient: (k: number) => Constant): readonly Constant[] {
  return Array.from({ length: ORDER + 1 }, (_, k) => coefficient(k));
}

/** The series divided by its largest term, and that without the 1 it starts with; the term must not oscillate. */
export function normalized(series: Series): {
  readonly constant: Constant;
  readonly growth: Growth;
  readonly rest: Series;
} {
  const { wave, growth } = leadOf(series);
  if (!isSteady(wave)) throw new NotReached("a leading term that does not oscillate");
  const minusOne = { above: -1n, below: 1n };
  const scale = powerOfConstant(wave.mean, minusOne);
  const inverse = powerOfGrowth(growth, negateConstant(ONE));
  const others = { terms: series.terms.slice(1), rest: series.rest };
  return { constant: wave.mean, growth, rest: scaledSeries(multiplySeries(others, growthSeries(inverse)), scale) };
}

/** u^exponent: `(c g (1 + ε))^q = c^q g^q Σ (q over k) ε^k`. */
export function powerOfSeries(u: Series, exponent: Constant): Series {
  const whole = asWhole(exponent);
  if (whole === 0) return constantSeries(ONE);
  if (isZeroSeries(u)) {
    if (signOf(exponent) < 0) throw new NotDefined();
    return u;
  }
  if (whole !== null && whole > 0 && (whole <= 8 || u.terms.length === 0)) {
    if (whole > 16) throw new NotReached("a high power of what is not known");
    return Array.from({ length: whole - 1 }).reduce<Series>((product) => multiplySeries(product, u), u);
  }
  const { constant, growth, rest } = normalized(u);
  if (signOf(constant) < 0 && whole === null) throw new NotDefined();
  const fraction = asFraction(exponent);
  if (fraction === null) throw new NotReached("a power with an exponent that is no fraction");
  const front = powerOfConstant(constant, fraction);
  let binomial = ONE;
  const coefficients = coefficientsOf((k) => {
    if (k > 0) {
      const next = addConstants(exponent, wholeConstant(1 - k));
      binomial = multiplyConstants(
        multiplyConstants(binomial, next),
        rationalConstant({ above: 1n, below: BigInt(k) }),
      );
    }
    return binomial;
  });
  return multiplySeries(growthSeries(powerOfGrowth(growth, exponent), front), powerSeries(coefficients, rest));
}
