import { childrenOf, compileFormula, type Formula, number, postorder, subtract, symbolsOf } from "../formula/index.ts";

/** What a quantity tends to as z goes to one infinity; null where it tends to nothing. */
export type Limit = number | null;

/** Where the magnitude of a derivative is largest. */
export type Largest =
  /** At one point. */
  | { readonly kind: "point"; readonly at: number; readonly magnitude: number }
  /** At many points: on a whole interval, or again and again. */
  | { readonly kind: "many"; readonly magnitude: number; readonly around: number }
  /** Nowhere: it comes as close as one likes toward one infinity, or both. */
  | { readonly kind: "limit"; readonly magnitude: number }
  /** It grows without bound. */
  | { readonly kind: "unbounded" };

/** A place where the slope jumps. */
export interface Kink {
  readonly at: number;
  readonly left: number;
  readonly right: number;
  /** The slope that is used at the place itself. */
  readonly used: number;
}

/** How a derivative behaves, found from its values. */
export interface Behavior {
  readonly largest: Largest;
  readonly limits: { readonly minusInfinity: Limit; readonly plusInfinity: Limit };
  readonly kinks: readonly Kink[];
}

/** Where features are looked for: what lies outside, no network sees often. */
const REACH = 20;
const STEPS = 4_000;

/** Where the derivative of a function is largest, what it tends to, and where it jumps. Both in the symbol `by` alone. */
export function behaviorOf(formula: Formula, derivative: Formula, by: string): Behavior {
  const f = singleArgument(formula, by);
  const slopeAnywhere = singleArgument(derivative, by);
  // 1/z is a number at −1, but no derivative of log(z) there.
  const slope = (z: number): number => (Number.isNaN(f(z)) ? Number.NaN : slopeAnywhere(z));
  const limits = { minusInfinity: limitOf(slope, -1), plusInfinity: limitOf(slope, 1) };
  return { largest: largestOf(slope, limits), limits, kinks: kinksOf(formula, slope, by) };
}

function singleArgument(formula: Formula, by: string): (z: number) => number {
  const compiled = compileFormula(formula, [by]);
  return (z) => compiled([z]);
}

/** The limit, from values at growing distance; where they stop being finite, those before count. */
function limitOf(slope: (z: number) => number, side: 1 | -1): Limit {
  const values: number[] = [];
  for (let k = 2; k <= 60; k += 1) {
    const value = slope(side * 1.37 * 2 ** k);
    if (Number.isNaN(value)) break;
    values.push(value);
  }
  const [before, last] = [values.at(-2), values.at(-1)];
  if (before === undefined || last === undefined) return null;
  if (!Number.isFinite(last)) return last;
  if (Math.abs(last - before) < 1e-6 * Math.max(1, Math.abs(last))) return niceNear(last, 1e-6);
  const isGrowing = Math.abs(last) > 1.5 * Math.abs(before) && Math.sign(last) === Math.sign(before);
  return isGrowing && Math.abs(last) > 1e3 ? Math.sign(last) * Infinity : null;
}

function largestOf(slope: (z: number) => number, limits: Behavior["limits"]): Largest {
  const size = (z: number): number => {
    const value = Math.abs(slope(z));
    return Number.isNaN(value) ? 0 : value;
  };
  const atEnds = [limits.minusInfinity, limits.plusInfinity].map((limit) => Math.abs(limit ?? 0));
  const grid = Array.from({ length: STEPS + 1 }, (_, i) => -REACH + (2 * REACH * i) / STEPS);
  let best = 0;
  for (const z of grid) if (size(z) > size(best)) best = z;
  if (atEnds.includes(Infinity) || size(best) === Infinity) return { kind: "unbounded" };
  const width = (2 * REACH) / STEPS;
  const at = peakNear(size, best, width);
  const magnitude = niceNear(size(at), 1e-9);
  const supremum = Math.max(...atEnds);
  if (supremum > size(at) - 1e-9 && !grid.some((z) => size(z) >= supremum))
    return { kind: "limit", magnitude: supremum };
  const isAsLarge = (z: number): boolean =>
    size(z) > size(best) * (1 - 1e-4) && size(peakNear(size, z, width)) >= size(at) * (1 - 1e-9);
  const isElsewhere = grid.some((z) => Math.abs(z - best) > 2 * width && isAsLarge(z));
  if (!isElsewhere) return { kind: "point", at, magnitude };
  const round = [0, 1, -1, 2, -2, 4, -4, 5, -5, 8, -8, 10, -10].find((z) => size(z) >= size(at));
  return { kind: "many", magnitude, around: round ?? at };
}

/** The top of a peak within one step of the grid: golden-section search. */
function peakNear(size: (z: number) => number, middle: number, width: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [middle - width, middle + width];
  for (let round = 0; round < 60; round += 1) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (size(left) < size(right)) low = left;
    else high = right;
  }
  const found = niceNear((low + high) / 2, 1e-6);
  return size(found) >= size(middle) ? found : middle;
}

/** Jumps of the slope: at the zeros of what the formula branches on. */
function kinksOf(formula: Formula, slope: (z: number) => number, by: string): readonly Kink[] {
  const places = new Set(switchesOf(formula).flatMap((each) => zerosOf(singleArgument(each, by))));
  return [...places]
    .sort((left, right) => left - right)
    .map((at) => {
      const beside = 1e-7 * Math.max(1, Math.abs(at));
      const [left, right] = [slope(at - beside), slope(at + beside)].map((value) => niceNear(value, 1e-5));
      return { at, left: left ?? Number.NaN, right: right ?? Number.NaN, used: niceNear(slope(at), 1e-9) };
    })
    .filter(({ left, right }) => Math.abs(left - right) > 1e-4);
}

/** The formulas whose sign decides which branch a formula takes. */
function switchesOf(formula: Formula): readonly Formula[] {
  return postorder(formula).flatMap((part): readonly Formula[] => {
    const [u = number(0), v = number(0)] = childrenOf(part);
    if (symbolsOf(part).length !== 1) return [];
    if (part.kind === "comparison") return [subtract(u, v)];
    if (part.kind !== "call") return [];
    if (part.name === "min" || part.name === "max") return [subtract(u, v)];
    return ["relu", "abs", "sign"].includes(part.name) ? [u] : [];
  });
}

function zerosOf(f: (z: number) => number): readonly number[] {
  const zeros: number[] = [];
  const width = (2 * REACH) / STEPS;
  for (let i = 0; i < STEPS; i += 1) {
    // Off round numbers, so that a zero lies within a step and not at its end.
    let low = -REACH + width * (i + 0.37);
    let high = low + width;
    if (!(Math.sign(f(low)) * Math.sign(f(high)) < 0)) continue;
    for (let round = 0; round < 60; round += 1) {
      const middle = (low + high) / 2;
      if (Math.sign(f(middle)) === Math.sign(f(low))) low = middle;
      else high = middle;
    }
    zeros.push(niceNear(high, 1e-9));
  }
  return zeros;
}

/** The number itself, or a round one within `distance` of it: what was meant before rounding. */
function niceNear(value: number, distance: number): number {
  const candidates = [1, 2, 3, 4, 8, 10, 100].map((below) => Math.round(value * below) / below);
  const found = candidates.find((each) => Math.abs(each - value) <= distance);
  return found === undefined ? value : found + 0;
}
