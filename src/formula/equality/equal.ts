import { spend } from "../budget.ts";
import { breakpointsOf, placesBetween } from "./breakpoints.ts";
import { number } from "../build.ts";
import { evaluate, evaluateWithError } from "../numeric/evaluate.ts";
import { interval, WHOLE } from "../numeric/interval.ts";
import { withoutKnownCases } from "./known-cases.ts";
import { modularEvaluators } from "./modular.ts";
import { comparedOn, hasCases, pieceAt, pieceOn, type Stretch, stretchesOf } from "./pieces.ts";
import { simplify } from "../rewrite/simplify.ts";
import { sameStructure, shareSubformulas, substitute, symbolsOf } from "../structure.ts";
import type { Formula } from "../tree.ts";
import { postorder } from "../walk.ts";

/** Where and how closely two formulas are compared. */
export interface EqualOptions {
  /** Seed of the random points. Default 1; the same seed gives the same verdict. */
  readonly seed?: number;
  /** Relative difference that still counts as equal when sampling. Default 1e-8. */
  readonly tolerance?: number;
  /** A formula that is not 0 where the two are to be compared: `z > 0`. Default: everywhere. */
  readonly domain?: Formula;
  /**
   * Whether `left` may have any value between the two where `right` jumps from one to another, or none, as a derivative has at a kink:
   * 1/2 for the slope of max(0, z) at 0. Default false.
   */
  readonly mayFillJumps?: boolean;
}

/** Whether two formulas are equal, and how that is known. */
export interface EqualVerdict {
  readonly equal: boolean;
  /**
   * `exact`: both are the same tree, as given or simplified, or both are rational functions of their symbols and of
   * exponentials, and were compared as such (wrong with probability below 1e-50). `sampled`: both were evaluated in float64 at random points.
   */
  readonly method: "exact" | "sampled";
  /** Values of the symbols at which the two differ, when such were found. */
  readonly counterexample?: Readonly<Record<string, number>>;
}

/** A verdict, with what is known of cases. */
export interface CaseVerdict extends EqualVerdict {
  /**
   * Where both were compared case by case, each by itself: null where all are equal, else the stretch of the symbol that decides the
   * cases where they are not. Left out where they were not.
   */
  readonly unequalOn?: UnequalCase | null;
}

/** A stretch of a symbol. */
export interface UnequalCase extends Stretch {
  readonly name: string;
}

/**
 * Decides whether two formulas have the same value for all values of their symbols.
 *
 * Rational functions, also of e^u with u linear in the symbols (so tanh, sigmoid, sinh and cosh of it), are compared
 * exactly, as rational functions: z²/z and z are equal. All others are sampled in [−6, 6]: where one has a value and the
 * other has none they differ (log(z²) is not 2·log(z)), overflow apart; a formula with a value at hardly any point
 * equals nothing but the same tree, as given or simplified.
 */
export function equalFormulas(left: Formula, right: Formula, options: EqualOptions = {}): EqualVerdict {
  const { unequalOn: _, ...verdict } = equalByCases(left, right, options);
  return verdict;
}

/** Decides as `equalFormulas` does, and says which case differs. */
export function equalByCases(one: Formula, other: Formula, options: EqualOptions = {}): CaseVerdict {
  // Their structures are looked at for the first time.
  spend(8 * (postorder(one).length + postorder(other).length));
  if (sameStructure(one, other)) return { equal: true, method: "exact" };
  // Both are evaluated at many points: what is written twice is computed once.
  const [left, right] = [shareSubformulas(one), shareSubformulas(other)];
  const random = randomNumbers(options.seed ?? 1);
  const names = [...new Set([...symbolsOf(left), ...symbolsOf(right), ...symbolsOfDomain(options)])];
  const points = samplePoints(names, random).filter((point) => isInDomain(options.domain, point));
  const tolerance = options.tolerance ?? 1e-8;
  const exact = exactVerdict(left, right, random);
  if (exact === false) {
    return withCounterexample(false, "exact", difference(left, right, points.slice(0, shownPoints), tolerance));
  }
  if (exact === true) {
    // Equal modulo the prime; only numbers made to be its multiples could differ, and they would by a lot.
    const gross = difference(left, right, points.slice(0, grossPoints), grossTolerance, true);
    if (gross.point === null) return { equal: true, method: "exact" };
  }
  const found = difference(left, right, points, tolerance);
  if (found.point === null && found.compared >= fewestCompared) {
    const further = [...pointsAtScales([left, right], names, random), ...pointsOfCases([left, right], names)]
      .filter((point) => isInDomain(options.domain, point))
      .filter((point) => options.mayFillJumps !== true || !isInJump(left, right, point));
    const far = difference(left, right, further, tolerance);
    if (far.point !== null) return withCounterexample(false, "sampled", far);
    const unequalOn = unequalCase(left, right, options, random);
    if (unequalOn !== undefined) return { equal: unequalOn === null, method: "sampled", unequalOn };
  }
  if (found.point === null && found.compared < fewestCompared && sameStructure(simplify(left), simplify(right))) {
    return { equal: true, method: "exact" };
  }
  return withCounterexample(found.point === null && found.compared >= fewestCompared, "sampled", found);
}

function symbolsOfDomain({ domain }: EqualOptions): readonly string[] {
  return domain === undefined ? [] : symbolsOf(domain);
}

function isInDomain(domain: Formula | undefined, point: Readonly<Record<string, number>>): boolean {
  return domain === undefined || evaluate(domain, point) !== 0;
}

/** 2^-1022: float64 keeps ever fewer digits below it, so a relative difference tells nothing there. */
const smallestNormal = 2 ** -1022;
/** Far above rounding, far below the difference of numbers made to look equal. */
const grossTolerance = 1e-3;
/** Points at which a difference that is known is looked for, to be shown. */
const shownPoints = 16;
/** Points for that: they would differ at almost every one. */
const grossPoints = 4;
/** The estimate of rounding is one of first order; several parts may err the same way. */
const roundingMargin = 16;
/** Points at which both formulas must have a value for a verdict "equal". */
const fewestCompared = 4;
/** With a prime near 2^61, three points make a wrong "equal" less likely than 1e-50. */
const exactPoints = 3;

function withCounterexample(equal: boolean, method: "exact" | "sampled", { point }: Difference): EqualVerdict {
  return point === null ? { equal, method } : { equal, method, counterexample: point };
}

function exactVerdict(left: Formula, right: Formula, random: () => number): boolean | null {
  const evaluators = modularEvaluators([left, right]);
  if (evaluators === null) return null;
  for (let trial = 0; trial < exactPoints; trial += 1) {
    const drawn = new Map<string, bigint>();
    const draw = (name: string): bigint => {
      const value = drawn.get(name) ?? 1n + BigInt(random()) * 2n ** 28n + BigInt(random() % 2 ** 28);
      drawn.set(name, value);
      return value;
    };
    const [a, b] = evaluators.map((evaluator) => evaluator(draw));
    // No value at a random point: the formula divides by something that is 0 everywhere.
    if (a === undefined || a === null || a !== b) return false;
  }
  return true;
}

interface Difference {
  readonly point: Readonly<Record<string, number>> | null;
  /** Points at which both formulas have a value. */
  readonly compared: number;
}

/** The first point at which two formulas differ; where a part overflowed, a difference may be passed over. */
function difference(
  left: Formula,
  right: Formula,
  points: readonly Readonly<Record<string, number>>[],
  tolerance: number,
  passOverflow = false,
): Difference {
  let compared = 0;
  for (const point of points) {
    const a = evaluateWithError(left, point);
    const b = evaluateWithError(right, point);
    const isDefined = [a, b].map(({ value }) => Number.isFinite(value));
    if (isDefined[0] === true && isDefined[1] === true) {
      const size = Math.max(Math.abs(a.value), Math.abs(b.value));
      const rounding = roundingMargin * (a.error + b.error);
      // Where rounding decides the value (sign(x - x)), a difference tells nothing.
      const isUndecided = rounding > 1e-3 * Math.max(1, size) || size < smallestNormal;
      const isOverflow = passOverflow && (a.hasInfinity || b.hasInfinity);
      if (a.value !== b.value && (isUndecided || isOverflow)) continue;
      compared += 1;
      if (Math.abs(a.value - b.value) > tolerance * size + rounding) return { point, compared };
    } else if (isDefined[0] !== isDefined[1] && !a.hasInfinity && !b.hasInfinity) {
      return { point, compared };
    }
  }
  return { point: null, compared };
}

/** Of so many usual points where a case acts, it is known. */
const enoughPoints = 8;

/**
 * Whether two formulas have the same values at usual points where two others, `part` and `side`, have different ones: where enough
 * of the points are such, what `part` says there makes no difference. False where too few are.
 */
export function agreeWhereOthersDiffer(
  [left, right]: readonly [Formula, Formula],
  [part, side]: readonly [Formula, Formula],
  tolerance: number,
): boolean {
  const points = samplePoints([...new Set([left, right].flatMap(symbolsOf))], randomNumbers(1));
  spend(points.length * (postorder(part).length + postorder(side).length));
  const telling = points.filter((point) => evaluate(part, point) !== evaluate(side, point));
  const { point, compared } = difference(left, right, telling, tolerance);
  return point === null && compared >= enoughPoints;
}

/** Points at which two pieces are compared. */
const piecePoints = 24;

/**
 * Compares two formulas case by case, on every stretch of the symbol that decides their cases: as formulas without cases, which are equal
 * everywhere when they are so somewhere. Undefined where that cannot be done.
 */
function unequalCase(
  left: Formula,
  right: Formula,
  options: EqualOptions,
  random: () => number,
): UnequalCase | null | undefined {
  const { domain, tolerance = 1e-8 } = options;
  const found = stretchesOf(domain === undefined ? [left, right] : [left, right, domain]);
  if (found === null) return undefined;
  const { name, breakpoints, stretches } = found;
  const names = [...new Set([...symbolsOf(left), ...symbolsOf(right)])];
  const isEqualOn = (a: Formula, b: Formula, where: Stretch): boolean => {
    if (sameStructure(a, b)) return true;
    const exact = exactVerdict(a, b, random);
    if (exact !== null) return exact;
    return difference(a, b, pointsOn(where, name, names, random), tolerance).point === null;
  };
  const isIn = (place: Formula | undefined): boolean => place === undefined || evaluate(place, {}) !== 0;
  for (const stretch of stretches) {
    const [a = left, b = right, where] = [left, right, domain].map((each) =>
      each === undefined
        ? undefined
        : withoutKnownCases(pieceOn(each, name, stretch), (any) =>
            any === name ? interval(stretch.low, stretch.high) : WHOLE,
          ),
    );
    if (where !== undefined && symbolsOf(where).length > 0) return undefined;
    if (!isIn(where) || sameStructure(a, b)) continue;
    if (hasCases(a) || hasCases(b)) return undefined;
    if (!isEqualOn(a, b, comparedOn(stretch))) return { ...stretch, name };
  }
  for (const [i, place] of breakpoints.entries()) {
    const own = pieceAt(left, name, place);
    if (!isIn(domain === undefined ? undefined : pieceAt(domain, name, place))) continue;
    const beside = [stretches[i], stretches[i + 1]].flatMap((each) =>
      each === undefined ? [] : [{ piece: pieceOn(right, name, each), stretch: each }],
    );
    const here = pointsOn({ low: place, high: place }, name, names, random);
    const isEqual = difference(left, right, here, tolerance).point === null;
    const isSide = beside.some(({ piece, stretch }) => isEqualOn(own, piece, comparedOn(stretch)));
    // Far out float64 may not tell values apart that differ: there the formulas have to be equal.
    const isKnown = isSide || (Math.abs(place) <= usualSize && isEqual);
    const isFilling = (): boolean => {
      const others = new Map(Object.entries(here[0] ?? {}).map(([each, value]) => [each, number(value)]));
      others.delete(name);
      return isInJump(substitute(left, others), substitute(right, others), { [name]: place });
    };
    if (!isKnown && !(options.mayFillJumps === true && isFilling())) {
      return { low: place, high: place, name };
    }
  }
  return null;
}

/** Values are usual ones up to here. */
const usualSize = 6;

function pointsOn(
  { low, high }: Stretch,
  name: string,
  names: readonly string[],
  random: () => number,
): readonly Readonly<Record<string, number>>[] {
  return samplePoints(names, random)
    .slice(0, piecePoints)
    .map((point, i) => ({ ...point, [name]: low + ((high - low) * (i + 0.5)) / piecePoints }));
}

/** Points in [−6, 6]: some within (0, 1), where probabilities live, some all positive, the most of both signs. */
function samplePoints(names: readonly string[], random: () => number): readonly Readonly<Record<string, number>>[] {
  return Array.from({ length: 64 }, (_, index) => {
    const entries = names.map((name): [string, number] => {
      const share = (random() + 0.5) / 2 ** 32;
      if (index < 12) return [name, share];
      if (index < 24) return [name, 6 * share];
      const isNegative = names.length === 1 ? index % 2 === 0 : random() % 2 === 0;
      return [name, isNegative ? -6 * share : 6 * share];
    });
    return Object.fromEntries(entries);
  });
}

/** Of a formula, more than anyone types. */
const mostScales = 6;

/**
 * Points as large as the numbers in the formulas, and as their inverses, where what is hidden beyond [−6, 6] shows:
 * `max(0, z - 50)`, `e^(-10^9*z^2)`, `z > 100 ? 0 : z`; and where a comparison has them, at the numbers themselves.
 */
function pointsAtScales(
  formulas: readonly Formula[],
  names: readonly string[],
  random: () => number,
): readonly Readonly<Record<string, number>>[] {
  const parts = formulas.flatMap((formula) => postorder(formula));
  const constants = parts
    .filter((part) => part.kind !== "constant" && isNumber(part))
    .map((part) => evaluate(part, {}));
  const isUsable = (value: number): boolean => Number.isFinite(value) && value > 0 && value !== 1;
  const scales = [...new Set(constants.map(Math.abs))].filter(isUsable).slice(0, mostScales);
  const hasEquality = parts.some((part) => part.kind === "comparison" && ["==", "!="].includes(part.relation));
  const exact = hasEquality ? [0, ...scales] : [];
  const around = scales.flatMap((scale) => [scale, 1 / scale]).filter(Number.isFinite);
  const signed = (size: number, isNegative: boolean): number => (isNegative ? -size : size);
  return [false, true].flatMap((isNegative) => [
    ...exact.map((size) => Object.fromEntries(names.map((name) => [name, signed(size, isNegative)]))),
    ...around.map((size) =>
      Object.fromEntries(
        names.map((name) => {
          const share = 0.5 + 1.5 * ((random() + 0.5) / 2 ** 32);
          return [name, signed(size * share, names.length === 1 ? isNegative : random() % 2 === 0)];
        }),
      ),
    ),
  ]);
}

/** Of a formula in one symbol: places on every side of every case. */
function pointsOfCases(
  formulas: readonly Formula[],
  names: readonly string[],
): readonly Readonly<Record<string, number>>[] {
  const [name, more] = names;
  if (name === undefined || more !== undefined) return [];
  return placesBetween(breakpointsOf(formulas, name)).map((place) => ({ [name]: place }));
}

/** Whether a formula jumps at a place, and another has a value between the two there, or none. For formulas in one symbol. */
export function isInJump(filling: Formula, jumping: Formula, point: Readonly<Record<string, number>>): boolean {
  const [first, more] = Object.entries(point);
  if (first === undefined || more !== undefined) return false;
  const [name, at] = first;
  const step = 1e-9 * Math.max(1, Math.abs(at));
  const [before = Number.NaN, after = Number.NaN] = [at - step, at + step].map((place) =>
    evaluate(jumping, { [name]: place }),
  );
  const size = Math.max(Math.abs(before), Math.abs(after));
  if (!(Math.abs(after - before) > 1e-6 * Math.max(1, size))) return false;
  const own = evaluate(filling, { [name]: at });
  return Number.isNaN(own) || (own >= Math.min(before, after) && own <= Math.max(before, after));
}

function isNumber(formula: Formula): boolean {
  return postorder(formula).every((part) => ["number", "constant", "negate", "operation"].includes(part.kind));
}

/** Whole numbers below 2^32: the additive sequence and mixing of splitmix32; statistics hardly matter here. */
function randomNumbers(seed: number): () => number {
  let state = Math.trunc(seed) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
