import { FormulaError } from "../../errors.ts";
import { apart } from "../../formula/budget.ts";
import { evaluate, type Formula, NoValue, NotRational } from "../../formula/index.ts";
import { sheetOperations } from "../operations.ts";
import { evaluateOnNetwork, type Place } from "./evaluate-on-network.ts";
import { indexKinds } from "../indices/index-kinds.ts";
import { layerExpression } from "../indices/layer-expression.ts";
import type { NetworkPoint } from "./network-point.ts";
import type { AskedOfNetworks, NetworkQuestion, Truth } from "./network-question.ts";
import { quantitiesIn } from "./network-shapes.ts";

/**
 * What is true at every place that a question is for, in one network, where what is asked has a value there; kept as long as the
 * question.
 *
 * @throws OverBudget where what is asked takes more than a sheet's own part may.
 */
export function truthsOn<Value>(question: NetworkQuestion, point: NetworkPoint<Value>): readonly Truth<Value>[] {
  const known = question.truths.get(point);
  // as: what is kept for a point was computed in that point's arithmetic
  if (known !== undefined) return known as readonly Truth<Value>[];
  const truths = apart(sheetOperations, () => {
    const kinds = indexKinds(question.asked, question.scope);
    return placesOf(question, point.widths).flatMap((place): readonly Truth<Value>[] => {
      try {
        return [{ place, truth: evaluateOnNetwork(question.asked, kinds, point, place) }];
      } catch (error) {
        if (error instanceof NotRational) return [{ place, truth: null }];
        if (error instanceof NoValue) return [];
        throw error;
      }
    });
  });
  question.truths.set(point, truths);
  return truths;
}

/** Why a question cannot be judged, as what it asks for has a value nowhere; null where it has. */
export function whyNoTruth(question: NetworkQuestion): string | null {
  for (const { truths } of question.field()) if (truths().length > 0) return null;
  for (const { truths } of question.real()) if (truths().length > 0) return null;
  for (const { point } of question.real()) {
    const reason = reasonOn(question, point);
    if (reason !== null) return reason;
  }
  return "it is for no layer of any network that answers are tried on";
}

/** Why what is asked has no value on a network; null where it is for no place there. */
function reasonOn<Value>(question: NetworkQuestion, point: NetworkPoint<Value>): string | null {
  const kinds = indexKinds(question.asked, question.scope);
  for (const place of placesOf(question, point.widths)) {
    try {
      evaluateOnNetwork(question.asked, kinds, point, place);
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      return error.message;
    }
  }
  return null;
}

/** Of each network. */
const mostPlaces = 16;

/**
 * The layers and indices that a question is for, in one network: every layer for which what is asked (and the key, and the
 * domain) has a value, and every neuron of it; a spread of them where they are many.
 */
function placesOf(question: NetworkQuestion, widths: readonly number[]): readonly Place[] {
  const chosen = allPlaces(question, widths).filter(
    (place) => !question.doesKeyDecide() || isForKey(question, widths, place),
  );
  const every = Math.max(1, Math.ceil(chosen.length / mostPlaces));
  return chosen.filter((_, i) => i % every === 0);
}

/** Whether the key has a value for some layers of some network; if for none, it does not say for which the question is. */
export function keyDecides(question: AskedOfNetworks, shapes: NetworkQuestion["shapes"]): boolean {
  return shapes.some((widths) => allPlaces(question, widths).some((place) => isForKey(question, widths, place)));
}

function isForKey({ key }: AskedOfNetworks, widths: readonly number[], place: Place): boolean {
  return key === null || hasLayers(key, place, widths.length - 1);
}

function allPlaces({ scope, asked, domain }: AskedOfNetworks, widths: readonly number[]): readonly Place[] {
  const depth = widths.length - 1;
  let places: readonly Place[] = [{ L: depth }];
  for (const letter of scope.layers) {
    places = places.flatMap((place) => Array.from({ length: depth }, (_, i) => ({ ...place, [letter]: i + 1 })));
  }
  for (const [index, layer] of scope.free) {
    places = places.flatMap((place) => {
      const base = layer.base === null ? 0 : (place[layer.base] ?? 0);
      const width = widths[base + layer.offset] ?? 0;
      return Array.from({ length: width }, (_, i) => ({ ...place, [index]: i + 1 }));
    });
  }
  return places.filter((place) => isInDomain(domain, place) && hasLayers(asked, place, depth));
}

/** Whether a network of this depth has all layers that a formula speaks of, where letters stand for these numbers. */
function hasLayers(formula: Formula, place: Place, depth: number): boolean {
  return quantitiesIn(formula).every(({ name, layer }) => {
    const expression = layer === null ? null : layerExpression(layer);
    if (expression === null) return true;
    const at = (expression.base === null ? 0 : (place[expression.base] ?? 0)) + expression.offset;
    // The inputs are a^0; nothing else is there of layer 0.
    return at <= depth && at >= (name === "a" ? 0 : 1);
  });
}

/** Whether a domain of layers and indices, such as `l < L`, holds; one of anything else says nothing of places. */
function isInDomain(domain: Formula | null, place: Place): boolean {
  if (domain === null) return true;
  try {
    return evaluate(domain, place) !== 0;
  } catch (error) {
    if (error instanceof FormulaError) return true;
    throw error;
  }
}
