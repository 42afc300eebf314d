import {
  add,
  compileFormula,
  differentiate,
  divide,
  equalFormulas,
  type Formula,
  multiply,
  negate,
  number,
  power,
  simplify,
  stabilize,
  substitute,
  subtract,
  symbol,
  symbolsOf,
} from "../../formula/index.ts";
import { partialDerivative } from "../../graph/partial-derivative.ts";

/** Powers of the function that its derivative is looked for in: `f′ = c₋₁/f + c₀ + c₁f + c₂f² + c₃f³`. */
const POWERS: readonly number[] = [-1, 0, 1, 2, 3];

/** A coefficient is taken for a fraction with a denominator up to this. */
const LARGEST_DENOMINATOR = 12;

/**
 * The derivative of a function of one quantity in terms of the function itself, as a formula in the symbol `own` that
 * stands for it: `f (1 - f)` for 1/(1+e^(-z)); null where none is found.
 *
 * It is found, not looked up: the coefficients of a short sum of powers are fitted to values of f and f′, taken for the
 * fractions next to them, and the equality is then tested as one of formulas (`equalFormulas`). Where that finds
 * nothing, parts of the derivative that are the function itself are named: `e^(-z^2)` has the derivative `-2z f`.
 *
 * @param own a name that is not a symbol of the formula
 */
export function derivativeInOwnTerms(formula: Formula, by: string, own: string): Formula | null {
  const stable = simplify(stabilize(formula));
  const derivative = simplify(differentiate(stable, by));
  if (symbolsOf(derivative).length === 0) return null;
  const polynomial = fittedPowers(stable, derivative, by, own);
  if (polynomial !== null) return polynomial;
  const { derivative: reused, value } = partialDerivative(stable, by);
  if (!symbolsOf(reused).includes(value) || stable.kind === "symbol") return null;
  return simplify(substitute(reused, new Map([[value, symbol(own)]])));
}

function fittedPowers(formula: Formula, derivative: Formula, by: string, own: string): Formula | null {
  if (symbolsOf(formula).some((name) => name !== by)) return null;
  const f = compileFormula(formula, [by]);
  const slope = compileFormula(derivative, [by]);
  const points = Array.from({ length: 24 }, (_, i) => -2.9 + 0.253 * i)
    .map((z) => ({ f: f([z]), slope: slope([z]) }))
    .filter((point) => Number.isFinite(point.f) && Number.isFinite(point.slope) && Math.abs(point.f) > 1e-6);
  // The fewest powers that do it are the ones to show.
  for (const powers of subsetsBySize(POWERS)) {
    const coefficients = leastSquares(points, powers);
    const fractions = coefficients?.map(nearestFraction) ?? [null];
    const known = fractions.filter((each) => each !== null && each.above !== 0);
    if (known.length !== powers.length) continue;
    const found = sumOfPowers(powers, known as readonly Ratio[], own); // as: none is null, by the line above
    const back = substitute(found, new Map([[own, formula]]));
    if (equalFormulas(back, derivative).equal) return found;
  }
  return null;
}

function subsetsBySize(powers: readonly number[]): readonly (readonly number[])[] {
  let subsets: readonly (readonly number[])[] = [[]];
  for (const each of powers) subsets = subsets.flatMap((subset) => [subset, [...subset, each]]);
  return subsets
    .filter((subset) => subset.length > 0 && subset.length <= 3 && subset.some((each) => each !== 0))
    .toSorted((left, right) => left.length - right.length);
}

/** Solves the normal equations of `slope ≈ Σ c f^p`; null where the powers hardly differ at the points. */
function leastSquares(
  points: readonly { readonly f: number; readonly slope: number }[],
  powers: readonly number[],
): readonly number[] | null {
  if (points.length < 2 * POWERS.length) return null;
  const rows = powers.map((p) => [
    ...powers.map((q) => points.reduce((sum, { f }) => sum + f ** p * f ** q, 0)),
    points.reduce((sum, { f, slope }) => sum + f ** p * slope, 0),
  ]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let pivot = 0; pivot < rows.length; pivot += 1) {
    const size = at(pivot, pivot);
    if (Math.abs(size) < 1e-12) return null;
    for (let i = 0; i < rows.length; i += 1) {
      const factor = i === pivot ? 0 : at(i, pivot) / size;
      rows[i] = (rows[i] ?? []).map((each, j) => each - factor * at(pivot, j));
    }
  }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}

interface Ratio {
  readonly above: number;
  readonly below: number;
}

/** The fraction with a small denominator next to a number, or null when none is near. */
function nearestFraction(value: number): Ratio | null {
  for (let below = 1; below <= LARGEST_DENOMINATOR; below += 1) {
    const above = Math.round(value * below);
    if (Math.abs(above / below - value) < 1e-4 * Math.max(1, Math.abs(value))) return { above, below };
  }
  return null;
}

/** `Σ c f^p`, with the lowest power taken out: `f (1 - f)`. */
function sumOfPowers(powers: readonly number[], coefficients: readonly Ratio[], own: string): Formula {
  const lowest = Math.max(0, Math.min(...powers));
  let sum: Formula | null = null;
  for (const [i, p] of powers.entries()) {
    const { above, below } = coefficients[i] ?? { above: 0, below: 1 };
    const size = below === 1 ? number(Math.abs(above)) : divide(number(Math.abs(above)), number(below));
    const term = simplify(multiply(size, power(symbol(own), number(p - lowest))));
    if (sum === null) sum = above < 0 ? negate(term) : term;
    else sum = above < 0 ? subtract(sum, term) : add(sum, term);
  }
  const rest = sum ?? number(0);
  if (lowest === 0) return simplify(rest);
  const factor = power(symbol(own), number(lowest));
  return simplify(multiply(lowest === 1 ? symbol(own) : factor, rest));
}
