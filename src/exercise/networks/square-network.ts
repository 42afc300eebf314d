import { apart } from "../../formula/budget.ts";
import { type Formula, NotRational, NoValue } from "../../formula/index.ts";
import { evaluateOnNetwork, type Place } from "./evaluate-on-network.ts";
import { type FieldPoint, fieldPoint } from "./field-point.ts";
import { freePoint, isFree } from "./free-point.ts";
import { sheetOperations } from "../operations.ts";
import { indexKinds } from "../indices/index-kinds.ts";
import { isNearlyEqual } from "./judge-network.ts";
import type { NetworkPoint } from "./network-point.ts";
import type { NetworkQuestion } from "./network-question.ts";
import { type Choice, realPoint } from "./real-point.ts";

/** All layers as wide, so that an index of the wrong layer has a value, and the transposed weights have one. */
const square: readonly number[] = [3, 3, 3, 3, 3, 3];

/** By which the three neurons of a layer have slopes of both signs, and the outputs slopes of the cost of both. */
const SEED = "square 1619";

/** Every letter an index may have; layers in the middle, apart from the first two and the last two. */
const places: readonly Place[] = [
  { l: 2, j: 1, k: 2, i: 3, m: 3, p: 1, q: 2, r: 3, s: 1 },
  { l: 3, j: 3, k: 1, i: 2, m: 2, p: 3, q: 1, r: 2, s: 3 },
  { l: 3, j: 2, k: 3, i: 1, m: 1, p: 2, q: 3, r: 1, s: 2 },
];

/** What stands for general here: f and C without a relation that those of the other networks have. */
const choice: Choice = { activation: "softplus", cost: "logCosh" };

/** The network on which formulas are told apart; null where the model has no finite numbers. */
function squarePoint({ model, library }: NetworkQuestion): NetworkPoint<number> | null {
  const name = library.modelKey(model);
  const [known] = library.square.get(name) ?? [];
  if (known !== undefined) return known;
  // Where f and C are general they are to have no relations at all: the second derivative of the softplus is σ′.
  const point = apart(Number.POSITIVE_INFINITY, () =>
    isFree(model)
      ? freePoint(model.functions, square, { seed: SEED, size: 1 })
      : realPoint(model, choice, square, "square"),
  );
  library.square.set(name, [point]);
  return point;
}

/**
 * Tests formulas for equality with one that is fixed by its values on a network in which all layers are as wide: there a
 * formula has a value whatever its indices run over. Null when it has none even so.
 */
export function equalityOnSquare(answer: Formula, question: NetworkQuestion): ((other: Formula) => boolean) | null {
  const point = squarePoint(question);
  if (point === null) return null;
  const own = valuesOn(point, answer, question);
  if (own.every((value) => value === null)) return null;
  const isSame = (mine: number | null, theirs: number | null): boolean =>
    mine === null || theirs === null ? mine === theirs : isNearlyEqual(mine, theirs);
  return (other) => keptValuesOn(point, other, question).every((theirs, i) => isSame(own[i] ?? null, theirs));
}

/** The values of a formula that is compared with many answers: a mutant of the key. */
function keptValuesOn(
  point: NetworkPoint<number>,
  formula: Formula,
  question: NetworkQuestion,
): readonly (number | null)[] {
  const known = question.squareValues.get(formula);
  if (known !== undefined) return known;
  const values = apart(sheetOperations, () => valuesOn(point, formula, question));
  question.squareValues.set(formula, values);
  return values;
}

/** The same over the field. */
function squareFieldPoint({ model, library }: NetworkQuestion): FieldPoint {
  const name = library.modelKey(model);
  const [known] = library.squareField.get(name) ?? [];
  const point = known ?? apart(Number.POSITIVE_INFINITY, () => fieldPoint(model, square, "square"));
  library.squareField.set(name, [point]);
  return point;
}

/** A text that formulas with the same value on square networks share: exactly where they are rational. */
export function keyOnSquare(formula: Formula, question: NetworkQuestion): string {
  try {
    return valuesOn(squareFieldPoint(question), formula, question).map(String).join(" ");
  } catch (error) {
    if (!(error instanceof NotRational)) throw error;
  }
  const point = squarePoint(question);
  const values = point === null ? [] : valuesOn(point, formula, question);
  return values.map((value) => value?.toPrecision(9) ?? "none").join(" ");
}

function valuesOn<Value>(
  point: NetworkPoint<Value>,
  formula: Formula,
  question: NetworkQuestion,
): readonly (Value | null)[] {
  const kinds = indexKinds(formula, question.scope);
  return places.map((place) => valueAt(formula, kinds, point, place));
}

/** @throws NotRational */
function valueAt<Value>(
  formula: Formula,
  kinds: ReturnType<typeof indexKinds>,
  point: NetworkPoint<Value>,
  place: Place,
): Value | null {
  try {
    const value = evaluateOnNetwork(formula, kinds, point, place);
    return typeof value === "number" && !Number.isFinite(value) ? null : value;
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
}
