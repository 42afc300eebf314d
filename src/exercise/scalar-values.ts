import { evaluate, type Formula, symbolsOf } from "../formula/index.ts";
import { drawnNumber } from "./drawn-values.ts";
import { compareScalars, type ScalarQuestion, unfolded, writtenOut } from "./scalar-question.ts";

/** Values with which almost all formulas that differ are told apart; their symbols decide them, so they are the same always. */
const POINTS = 6;

/** Far coarser than the judge's own tolerance: what passes is judged afterwards. */
const TOLERANCE = 1e-6;

/**
 * Tests formulas for equality with one that is fixed: by a few values first, and only where those agree as the judge does. Some
 * microseconds for most of the many formulas that are not equal.
 */
export function equalityWith(answer: Formula, question: ScalarQuestion): (other: Formula) => boolean {
  const own = writtenOut(answer, question.functions);
  const domain = question.domain === null ? null : writtenOut(question.domain, question.functions);
  const points = Array.from({ length: 4 * POINTS }, (_, i) => i);
  const valueAt = (formula: Formula, point: number): number => evaluate(formula, valuesFor(formula, point));
  const isIn = (point: number): boolean => domain === null || valueAt(domain, point) !== 0;
  const inside = points.filter(isIn).slice(0, POINTS);
  const mine = inside.map((point) => valueAt(own, point));
  return (other) => {
    const theirs = writtenOut(other, question.functions);
    for (const [i, point] of inside.entries()) {
      const value = valueAt(theirs, point);
      const expected = mine[i] ?? Number.NaN;
      if (!Number.isFinite(value) && !Number.isFinite(expected)) continue;
      const size = Math.max(Math.abs(value), Math.abs(expected));
      if (!(Math.abs(value - expected) <= TOLERANCE * size)) return false;
    }
    return compareScalars(answer, { ...question, truth: other }).equal;
  };
}

/** A text that formulas with the same values share. */
export function keyOfScalar(formula: Formula, { functions, definitions, domain }: ScalarQuestion): string {
  const own = unfolded(writtenOut(formula, functions), definitions);
  const condition = domain === null ? null : writtenOut(domain, functions);
  const points = Array.from({ length: 4 * POINTS }, (_, i) => i);
  const inside = points.filter((point) => condition === null || evaluate(condition, valuesFor(condition, point)) !== 0);
  return inside
    .slice(0, POINTS)
    .map((point) => evaluate(own, valuesFor(own, point)).toPrecision(9))
    .join(" ");
}

function valuesFor(formula: Formula, point: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    symbolsOf(formula).map((name) => [name, (point % 2 === 0 ? 1 : -1) * drawnNumber(`${point} ${name}`, 0.25, 3)]),
  );
}
