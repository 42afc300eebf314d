import { type Formula, postorder } from "../../formula/index.ts";
import { NoValue, NotRational, realArithmetic } from "./arithmetic.ts";
import { type Budget, evaluateOnNetwork, fullBudget, type Place } from "./evaluate-on-network.ts";
import { type FieldPoint, fieldPoint } from "./field-point.ts";
import { freePoint, isFree } from "./free-point.ts";
import { type IndexKinds, indexKinds } from "./index-kinds.ts";
import { layerExpression } from "./layer-expression.ts";
import { needlessCase } from "../formulas/needless-case.ts";
import { modelKey, type NetworkModel } from "./network-model.ts";
import type { NetworkPoint } from "./network-point.ts";
import type { NetworkQuestion } from "./network-question.ts";
import { generalChoices, type RealPoint, realPoint } from "./real-point.ts";

/** How a formula compares with the truth on networks. */
export interface NetworkComparison {
  readonly isEqual: boolean;
  /** `exact`: decided in the finite field. `sampled`: by float64 on real networks alone. */
  readonly method: "exact" | "sampled";
  /** Why the formula has no value somewhere, where it has none; null otherwise. */
  readonly undefinedBecause: string | null;
  /** A part that tells cases apart where there are none; null otherwise. */
  readonly needlessCase: Formula | null;
}

/** Widths of the networks that decide: all different in each, so that an index cannot run over the wrong layer unseen. */
const shapes: readonly (readonly number[])[] = [
  [3, 2, 4],
  [2, 4, 3, 5],
  [4, 3, 5, 2],
];

/** Further ones for formulas with widths in them, which might be made for those above: `(n_l - 2)*(n_l - 3)`. */
const furtherShapes: readonly (readonly number[])[] = [[7, 6, 8]];

/** Relative difference of two float64 values that still counts as equal: sums of some twenty products. */
const TOLERANCE = 1e-11;

/**
 * Compares a formula with what the question asks for, for every choice of indices and layers on several networks: exactly,
 * in a finite field, where it is rational in the network's quantities; and against backpropagation by the reference
 * engine. The index kinds of `answer` must have no problems.
 */
export function compareOnNetworks(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): NetworkComparison {
  const compared = comparedOnNetworks(answer, kinds, question);
  if (!compared.isEqual || compared.method === "exact") return compared;
  const isRight = (formula: Formula): boolean =>
    comparedOnNetworks(formula, indexKinds(formula, question.scope), question).isEqual;
  const needless = needlessCase(answer, ["choice", "comparison", "extreme", "tiny"], isRight);
  return needless === null ? compared : { ...different("sampled"), needlessCase: needless };
}

function comparedOnNetworks(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): NetworkComparison {
  const budget = fullBudget();
  const field = compareInField(answer, kinds, question, budget);
  if (field.outcome === "equal") return { ...different("exact"), isEqual: true };
  if (field.outcome === "undefined") return { ...different("exact"), undefinedBecause: field.reason };
  const isDecided = field.outcome === "different" && field.isComplete;
  if (isDecided) return different("exact");
  return compareOnRealNetworks(answer, kinds, question, budget);
}

function different(method: NetworkComparison["method"]): NetworkComparison {
  return { isEqual: false, method, undefinedBecause: null, needlessCase: null };
}

/** Whether a formula is equal to what is asked in the field alone: where true, it is so for every network of the model. */
export function isEqualInField(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): boolean {
  return compareInField(answer, kinds, question, fullBudget()).outcome === "equal";
}

type FieldOutcome =
  | { readonly outcome: "equal" | "unknown" }
  | { readonly outcome: "different"; readonly isComplete: boolean }
  | { readonly outcome: "undefined"; readonly reason: string };

function compareInField(answer: Formula, kinds: IndexKinds, question: NetworkQuestion, budget: Budget): FieldOutcome {
  let compared = 0;
  for (const point of fieldPoints(question.model, answer)) {
    for (const { place, truth } of truthsOn(question, point)) {
      try {
        const value = evaluateOnNetwork(answer, kinds, point, place, budget);
        compared += 1;
        if (truth === null) return { outcome: "unknown" };
        if (truth !== value) return { outcome: "different", isComplete: point.isComplete };
      } catch (error) {
        if (error instanceof NotRational) return { outcome: "unknown" };
        if (error instanceof NoValue) return { outcome: "undefined", reason: error.message };
        throw error;
      }
    }
  }
  return { outcome: compared > 0 ? "equal" : "unknown" };
}

function compareOnRealNetworks(
  answer: Formula,
  kinds: IndexKinds,
  question: NetworkQuestion,
  budget: Budget,
): NetworkComparison {
  let compared = 0;
  for (const point of realPoints(question.model)) {
    for (const { place, truth } of truthsOn(question, point)) {
      try {
        const value = evaluateOnNetwork(answer, kinds, point, place, budget);
        compared += 1;
        if (truth === null || !isNearlyEqual(value, truth)) return different("sampled");
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
        return { ...different("sampled"), undefinedBecause: error.message };
      }
    }
  }
  return { ...different("sampled"), isEqual: compared > 0 };
}

/** Whether a width, `n_l`, stands in a formula. */
export function hasWidths(formula: Formula): boolean {
  return postorder(formula).some((part) => part.kind === "symbol" && part.name === "n");
}

/** A place with the true value there; null where it cannot be told in this arithmetic. */
export interface Truth<Value> {
  readonly place: Place;
  readonly truth: Value | null;
}

const truthsOf = new WeakMap<NetworkQuestion, WeakMap<object, readonly Truth<unknown>[]>>();

/** What is true at every place that a question is for, in one network; kept as long as the question. */
export function truthsOn<Value>(question: NetworkQuestion, point: NetworkPoint<Value>): readonly Truth<Value>[] {
  const ofQuestion = truthsOf.get(question) ?? new WeakMap<object, readonly Truth<unknown>[]>();
  truthsOf.set(question, ofQuestion);
  const known = ofQuestion.get(point);
  // as: what is kept for a point was computed in that point's arithmetic
  if (known !== undefined) return known as readonly Truth<Value>[];
  const kinds = indexKinds(question.asked, question.scope);
  const truths = placesOf(question, point).map((place): Truth<Value> => {
    try {
      return { place, truth: evaluateOnNetwork(question.asked, kinds, point, place) };
    } catch (error) {
      if (error instanceof NotRational) return { place, truth: null };
      throw error;
    }
  });
  ofQuestion.set(point, truths);
  return truths;
}

/** NaN equals nothing. */
export function isNearlyEqual(left: number, right: number): boolean {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return false;
  return Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right)) + 1e-14;
}

/**
 * The layers and indices that a question is for, in one network: every layer for which what is asked (and the key, and the
 * domain) has a value, and every neuron of it; a spread of them where they are many.
 */
function placesOf<Value>(question: NetworkQuestion, point: NetworkPoint<Value>): readonly Place[] {
  const { scope, asked, key } = question;
  const depth = point.layers.length;
  let places: readonly Place[] = [{ L: depth }];
  for (const letter of scope.layers) {
    places = places.flatMap((place) => Array.from({ length: depth }, (_, i) => ({ ...place, [letter]: i + 1 })));
  }
  for (const [index, layer] of scope.free) {
    places = places.flatMap((place) => {
      const base = layer.base === null ? 0 : (place[layer.base] ?? 0);
      const width = point.widths[base + layer.offset] ?? 0;
      return Array.from({ length: width }, (_, i) => ({ ...place, [index]: i + 1 }));
    });
  }
  const inDomain = places.filter((place) => isInDomain(question.domain, place) && hasLayers(asked, place, depth));
  const fitting = key === null ? inDomain : inDomain.filter((place) => hasLayers(key, place, depth));
  // A key that has a value nowhere decides nothing.
  const chosen = fitting.length === 0 ? inDomain : fitting;
  const every = Math.max(1, Math.ceil(chosen.length / mostPlaces));
  return chosen.filter((_, i) => i % every === 0);
}

/** Of each network. */
const mostPlaces = 16;

/** Whether a network of this depth has all layers that a formula speaks of, where letters stand for these numbers. */
function hasLayers(formula: Formula, place: Place, depth: number): boolean {
  return postorder(formula).every((part) => {
    const symbols = part.kind === "symbol" ? [part] : part.kind === "derivative" ? [part.of, part.by] : [];
    return symbols.every(({ name, layer }) => {
      const expression = layer === null ? null : layerExpression(layer);
      if (expression === null) return true;
      const at = (expression.base === null ? 0 : (place[expression.base] ?? 0)) + expression.offset;
      // The inputs are a^0; nothing else is there of layer 0.
      return at <= depth && at >= (name === "a" ? 0 : 1);
    });
  });
}

function isInDomain(domain: Formula | null, place: Place): boolean {
  if (domain?.kind !== "comparison") return true;
  const side = (formula: Formula): number => {
    if (formula.kind === "number") return formula.value;
    if (formula.kind === "symbol") return place[formula.name] ?? Number.NaN;
    if (formula.kind !== "operation") return Number.NaN;
    const [left, right] = [side(formula.left), side(formula.right)];
    return formula.operator === "+" ? left + right : formula.operator === "-" ? left - right : Number.NaN;
  };
  return realArithmetic.compare(domain.relation, side(domain.left), side(domain.right)) === 1;
}

/** Networks that were made for a model; null where one has no finite numbers. */
type Kept<Point> = Map<string, (Point | null)[]>;

const keptFieldPoints: Kept<FieldPoint> = new Map();
const keptFurtherPoints: Kept<FieldPoint> = new Map();
const keptRealPoints: Kept<RealPoint> = new Map();
const keptFreePoints: Kept<NetworkPoint<number>> = new Map();

/** Networks over the field, always the same for a model; a further one for formulas that have widths in them. */
function* fieldPoints(model: NetworkModel, answer: Formula): Iterable<FieldPoint> {
  yield* keptPoints(model, keptFieldPoints, shapes, (widths, i) => fieldPoint(model, widths, `field ${i}`));
  if (!hasWidths(answer)) return;
  yield* keptPoints(model, keptFurtherPoints, furtherShapes, (widths, i) => fieldPoint(model, widths, `further ${i}`));
}

/** How many networks of each shape: with fewer, max(0, a - t) is right for the ReLU wherever it is looked at. */
const networksPerShape = 4;

/**
 * Networks in float64, always the same for a model; with different choices where it is general, and then also with any f and C.
 * The first are the reference engine's.
 */
function* realPoints(model: NetworkModel): Iterable<NetworkPoint<number>> {
  const all = Array.from({ length: networksPerShape }, () => shapes).flat();
  yield* keptPoints(model, keptRealPoints, all, (widths, number) => {
    const round = Math.floor(number / shapes.length);
    const i = number % shapes.length;
    const choice = generalChoices[(i + round) % generalChoices.length];
    if (choice === undefined) return null;
    return realPoint(model, choice, widths, `real ${i} ${round}`, round === 0 ? "engine" : "formulas");
  });
  if (!isFree(model)) return;
  yield* keptPoints(model, keptFreePoints, shapes.slice(0, 2), (widths, i) =>
    freePoint(model.functions, widths, { seed: `free ${i}`, size: 2 }),
  );
}

/** Each network is made when it is asked for, and kept: most wrong answers are seen on the first. */
function* keptPoints<Point>(
  model: NetworkModel,
  kept: Kept<Point>,
  widths: readonly (readonly number[])[],
  make: (widths: readonly number[], number: number) => Point | null,
): Iterable<Point> {
  const key = modelKey(model);
  const points = kept.get(key) ?? [];
  kept.set(key, points);
  for (const [number, each] of widths.entries()) {
    const known = points[number];
    const point = known === undefined ? make(each, number) : known;
    points[number] = point;
    if (point !== null) yield point;
  }
}
