import { evaluate, type Formula, symbolsOf } from "../../formula/index.ts";
import { drawnNumber } from "../networks/drawn-values.ts";
import { compareScalars, plainForm, type ScalarQuestion, writtenOut } from "./scalar-question.ts";

/** Values with which almost all formulas that differ are told apart; their symbols decide them, so they are the same always. */
const POINTS = 6;

/** Far coarser than the judge's own tolerance: what passes is judged afterwards. */
const TOLERANCE = 1e-6;

/** Places tried for a domain; those after the first `NEAR` go as far as the judge's own do, for one such as z > 4. */
const MOST_TRIED = 240;
const NEAR = 4 * POINTS;
const [FAR, NEAR_END] = [6, 3];

/** Where a question is to be answered, of the places below; none where its domain has none of them. */
function placesIn({ domain, functions }: ScalarQuestion): readonly number[] {
  const condition = domain === null ? null : writtenOut(domain, functions);
  const places: number[] = [];
  for (let place = 0; place < MOST_TRIED && places.length < POINTS; place += 1) {
    if (condition === null || valueAt(condition, place) !== 0) places.push(place);
  }
  return places;
}

/** Whether there is a place with values from −6 to 6 where a question's domain holds. */
export function isDomainReached(question: ScalarQuestion): boolean {
  return placesIn(question).length > 0;
}

function valueAt(formula: Formula, place: number): number {
  return evaluate(formula, valuesFor(formula, place));
}

/** Whether a formula is a finite number at one of a few places at least. */
export function hasValueSomewhere(formula: Formula, question: ScalarQuestion): boolean {
  const own = plainForm(formula, question);
  return placesIn(question).some((place) => Number.isFinite(valueAt(own, place)));
}

/**
 * Tests formulas for equality with one that is fixed: by a few values first, and only where those agree as the judge does. Some
 * microseconds for most of the many formulas that are not equal.
 */
export function equalityWith(answer: Formula, question: ScalarQuestion): (other: Formula) => boolean {
  const own = plainForm(answer, question);
  const places = placesIn(question);
  const mine = places.map((place) => valueAt(own, place));
  return (other) => {
    const theirs = plainForm(other, question);
    for (const [i, place] of places.entries()) {
      const value = valueAt(theirs, place);
      const expected = mine[i] ?? Number.NaN;
      if (!Number.isFinite(value) && !Number.isFinite(expected)) continue;
      const size = Math.max(Math.abs(value), Math.abs(expected));
      if (!(Math.abs(value - expected) <= TOLERANCE * size)) return false;
    }
    return compareScalars(answer, { ...question, truth: other, key: null }).equal;
  };
}

/** The values of formulas at the same places. */
export function valuesOfScalars(
  formulas: readonly Formula[],
  question: ScalarQuestion,
): readonly (readonly number[])[] {
  const places = placesIn(question);
  return formulas.map((formula) => {
    const own = plainForm(formula, question);
    return places.map((place) => valueAt(own, place));
  });
}

/** A text that formulas with the same values share. */
export function keyOfScalar(formula: Formula, question: ScalarQuestion): string {
  const own = plainForm(formula, question);
  return placesIn(question)
    .map((place) => valueAt(own, place).toPrecision(9))
    .join(" ");
}

function valuesFor(formula: Formula, point: number): Readonly<Record<string, number>> {
  const sign = point % 2 === 0 ? 1 : -1;
  const end = point < NEAR ? NEAR_END : FAR;
  return Object.fromEntries(
    symbolsOf(formula).map((name) => [name, sign * drawnNumber(`${point} ${name}`, 0.25, end)]),
  );
}
