import { type Comparison, type Formula, type Summation, type SymbolFormula, toText } from "../../formula/index.ts";
import { isSameLayer, type LayerExpression, layerExpression, layerText } from "./layer-expression.ts";
import { layersOfIndices, needsLayer, placeOfIndex, quantityText } from "./network-quantities.ts";

/** What the question gives: the indices that are free in it, with their layers, and the letters of layers. */
export interface IndexScope {
  readonly free: ReadonlyMap<string, LayerExpression>;
  readonly layers: readonly string[];
  /** L, where the question says how many layers its network has; null for any. */
  readonly depth: number | null;
  /** Quantities that have a layer and no index, those of a network with one neuron in each layer; null where they have indices. */
  readonly chain: ReadonlySet<string> | null;
}

/** Something about the indices of a formula that makes it wrong whatever its numbers are. */
export interface IndexProblem {
  readonly slip: "index-layer" | "free-index" | "unused-index" | "layer-missing" | "layer-unknown" | "sum-limits";
  readonly message: string;
}

/** What the indices of a formula run over. */
export interface IndexKinds {
  readonly problems: readonly IndexProblem[];
  /** The layer whose neurons a sum goes over, where something under it says so. */
  readonly layerOfSum: ReadonlyMap<Summation, LayerExpression>;
  /** Letters that stand for neurons without the question or a sum giving them. */
  readonly unbound: readonly string[];
  /** Whether the network has one neuron in each layer, so that t and x need no index. */
  readonly isChain: boolean;
}

interface Binder {
  layer: LayerExpression | null;
  isUsed: boolean;
  readonly isFree: boolean;
}

interface Reader {
  readonly scope: IndexScope;
  readonly problems: IndexProblem[];
  readonly layerOfSum: Map<Summation, LayerExpression>;
  readonly unbound: Set<string>;
}

/**
 * Finds which layer every index of a formula runs over, and where that does not fit: each index stands for the neurons of
 * one layer, which the first quantity that has it decides, or the question for those it gives.
 */
export function indexKinds(formula: Formula, scope: IndexScope): IndexKinds {
  const reader: Reader = { scope, problems: [], layerOfSum: new Map(), unbound: new Set() };
  const free = [...scope.free].map(([name, layer]): [string, Binder] => [name, { layer, isUsed: false, isFree: true }]);
  visit(formula, new Map(free), reader);
  return {
    problems: reader.problems,
    layerOfSum: reader.layerOfSum,
    unbound: [...reader.unbound],
    isChain: scope.chain !== null,
  };
}

type Binders = ReadonlyMap<string, Binder>;

/** Depth is bounded by the parser. */
function visit(formula: Formula, binders: Binders, reader: Reader): void {
  switch (formula.kind) {
    case "symbol":
      visitSymbol(formula, binders, reader);
      return;
    case "derivative":
      visitSymbol(formula.of, binders, reader);
      visitSymbol(formula.by, binders, reader);
      return;
    case "sum":
      visitSum(formula, binders, reader);
      return;
    case "negate":
      visit(formula.operand, binders, reader);
      return;
    case "comparison":
      visitComparison(formula, binders, reader);
      return;
    case "operation":
      visit(formula.left, binders, reader);
      visit(formula.right, binders, reader);
      return;
    case "call":
      for (const part of formula.arguments) visit(part, binders, reader);
      return;
    case "application":
      visit(formula.argument, binders, reader);
      return;
    case "choice":
      for (const part of [formula.condition, formula.then, formula.otherwise]) visit(part, binders, reader);
      return;
    default:
  }
}

function visitSymbol(symbol: SymbolFormula, binders: Binders, reader: Reader): void {
  if (symbol.name === "n" && symbol.layer === null) return;
  if (symbol.layer !== null) checkLayer(symbol, symbol.layer, reader);
  if (symbol.layer === null && (needsLayer(symbol) || reader.scope.chain?.has(symbol.name) === true)) {
    const text = quantityText(symbol);
    const message = `${text} does not say its layer: write it as a superscript, as in ${text}^l.`;
    reader.problems.push({ slip: "layer-missing", message });
  }
  const layers = layersOfIndices(symbol);
  for (const [position, index] of symbol.indices.entries()) {
    if (index.kind !== "symbol") continue;
    const binder = binders.get(index.name);
    if (binder === undefined) reportFree(index.name, symbol, binders, reader);
    else useIndex(index.name, binder, { symbol, position, layer: layers?.[position] ?? null }, reader);
  }
}

/** `i = j` compares two neurons of one layer; other comparisons are of numbers. */
function visitComparison(formula: Comparison, binders: Binders, reader: Reader): void {
  visit(formula.left, binders, reader);
  visit(formula.right, binders, reader);
  const [left, right] = [binderOf(formula.left, binders), binderOf(formula.right, binders)];
  for (const binder of [left, right]) if (binder !== null) binder.isUsed = true;
  if (left === null || right === null) return;
  if (left.layer !== null && right.layer !== null && !isSameLayer(left.layer, right.layer, reader.scope.depth)) {
    const message = `${toText(formula)} compares a neuron of layer ${layerText(left.layer)} with one of layer ${layerText(right.layer)}.`;
    reader.problems.push({ slip: "index-layer", message });
  }
  left.layer ??= right.layer;
  right.layer ??= left.layer;
}

function binderOf(side: Formula, binders: Binders): Binder | null {
  const isBare = side.kind === "symbol" && side.indices.length === 0 && side.layer === null;
  return isBare ? (binders.get(side.name) ?? null) : null;
}

interface Use {
  readonly symbol: SymbolFormula;
  readonly position: number;
  readonly layer: LayerExpression | null;
}

function useIndex(name: string, binder: Binder, { symbol, position, layer }: Use, reader: Reader): void {
  binder.isUsed = true;
  if (layer === null) return;
  if (binder.layer === null) binder.layer = layer;
  else if (!isSameLayer(binder.layer, layer, reader.scope.depth)) {
    const message = `${name} runs over layer ${layerText(binder.layer)}, but ${placeOfIndex(symbol, position)} runs over layer ${layerText(layer)}.`;
    reader.problems.push({ slip: "index-layer", message });
  }
}

function reportFree(name: string, symbol: SymbolFormula, binders: Binders, reader: Reader): void {
  if (reader.unbound.has(name)) return;
  reader.unbound.add(name);
  const given = [...binders].filter(([, { isFree }]) => isFree).map(([each]) => each);
  const list = given.length === 0 ? "gives no index" : `gives ${given.join(" and ")}`;
  const message = `${name} in ${quantityText(symbol)} is free: the question ${list}, and no sum runs over ${name}.`;
  reader.problems.push({ slip: "free-index", message });
}

function checkLayer(symbol: SymbolFormula, layer: Formula, reader: Reader): void {
  const expression = layerExpression(layer);
  const text = quantityText(symbol);
  if (expression === null) {
    reader.problems.push({ slip: "layer-unknown", message: `The superscript of ${text} is not a layer.` });
  } else if (isBeyondLast(expression, reader.scope)) {
    reader.problems.push({ slip: "layer-unknown", message: `${text} is beyond the last layer, L.` });
  } else if (expression.base !== null && expression.base !== "L" && !reader.scope.layers.includes(expression.base)) {
    const message = `${expression.base} in ${text} is not given: the question is about layer ${reader.scope.layers.join(", ") || "L"}.`;
    reader.problems.push({ slip: "layer-unknown", message });
  }
}

function isBeyondLast({ base, offset }: LayerExpression, { depth }: IndexScope): boolean {
  return base === "L" ? offset > 0 : base === null && depth !== null && offset > depth;
}

function visitSum(sum: Summation, binders: Binders, reader: Reader): void {
  const { index, from, to, body } = sum;
  const limit = to?.kind === "symbol" && to.name === "n" ? to.indices[0] : undefined;
  const upper = limit === undefined ? null : layerExpression(limit);
  const binder: Binder = { layer: null, isUsed: false, isFree: false };
  const before = reader.problems.length;
  for (const end of [from, to]) {
    if (end?.kind !== "symbol" || end.name !== "n" || end.indices.length > 0) continue;
    const message = `n in the sum over ${index} does not say its layer: write n_l or n_(l+1), or leave the limits out.`;
    reader.problems.push({ slip: "layer-missing", message });
  }
  visit(body, new Map([...binders, [index, binder]]), reader);
  const layer = binder.layer ?? upper;
  if (layer !== null) reader.layerOfSum.set(sum, layer);
  if (!binder.isUsed) {
    const message = `Nothing under the sum over ${index} depends on ${index}.`;
    reader.problems.splice(before, 0, { slip: "unused-index", message });
  } else if (upper !== null && binder.layer !== null && !isSameLayer(upper, binder.layer, reader.scope.depth)) {
    const message = `The sum over ${index} goes up to n_${bracketed(layerText(upper))}, but ${index} runs over layer ${layerText(binder.layer)}.`;
    reader.problems.push({ slip: "sum-limits", message });
  }
  if (from !== null && !(from.kind === "number" && from.value === 1)) {
    reader.problems.push({ slip: "sum-limits", message: `The sum over ${index} has to start at the first neuron, 1.` });
  }
}

function bracketed(text: string): string {
  return text.length === 1 ? text : `(${text})`;
}
