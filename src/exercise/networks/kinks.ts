import { breakpointsOf } from "../../formula/equality/breakpoints.ts";
import { isInJump } from "../../formula/equality/equal.ts";
import {
  type Formula,
  number,
  postorder,
  rewriteFormula,
  sameStructure,
  simplify,
  substitute,
  symbol,
  type SymbolFormula,
  symbolsOf,
  toText,
} from "../../formula/index.ts";
import { type Interval, interval, roundedDown, roundedUp, WHOLE } from "../../formula/numeric/interval.ts";
import { withoutKnownCases } from "../../formula/equality/known-cases.ts";
import { pieceAt, pieceOn, stretchesOf } from "../../formula/equality/pieces.ts";
import { activation } from "../../network/index.ts";
import { drawnNumber } from "./drawn-values.ts";
import { layerExpression } from "../indices/layer-expression.ts";
import type { NetworkModel } from "./network-model.ts";

/** The weighted inputs at which an activation of a network has a kink, as the ReLU has at 0. */
function kinksOf({ activation: hidden, outputActivation, net }: NetworkModel): readonly number[] {
  const named = [hidden, outputActivation].flatMap((name) => (name === "general" ? [] : [activation(name)]));
  const functions = net === null ? named : net.layers.map((layer) => layer.activation);
  return functions.flatMap((each) => (each.kind === "softmax" ? [] : breakpointsOf([each.formula], "z")));
}

/** What a network gives a value as plain symbols, by their texts. */
function abstracted(formula: Formula): Formula {
  return rewriteFormula(formula, (part) =>
    ["symbol", "derivative", "sum", "application"].includes(part.kind) ? symbol(toText(part)) : part,
  );
}

/**
 * The first condition or bound about one quantity alone that changes where no activation of the network has a kink:
 * `z_j^L > 0.001`. Samples may not tell it from `z_j^L > 0`. Null when there is none.
 */
export function strayCase(answer: Formula, model: NetworkModel): Formula | null {
  const kinks = kinksOf(model);
  const cases = postorder(answer).filter(
    (part) => part.kind === "comparison" || (part.kind === "call" && caseFunctions.includes(part.name)),
  );
  return cases.find((part) => boundariesOf(part).some((at) => !kinks.includes(at))) ?? null;
}

const caseFunctions: readonly string[] = ["min", "max", "abs", "sign", "relu"];

/** Where a part changes by itself; not what is within it. */
function boundariesOf(part: Formula): readonly number[] {
  const plain = abstracted(part);
  const [name, more] = symbolsOf(plain);
  return name === undefined || more !== undefined ? [] : breakpointsOf([plain], name);
}

/**
 * Whether two formulas differ at nothing but kinks of the network's activations, where the first has a value between those on both
 * sides: `z > 0 ? 1 : z < 0 ? 0 : 1/2` beside `z > 0 ? 1 : 0`. Whatever the network's quantities are: case by case.
 */
export function differAtKinksOnly(answer: Formula, right: Formula, model: NetworkModel): boolean {
  const kinks = kinksOf(model);
  const [own, theirs] = [abstracted(answer), abstracted(right)];
  const found = stretchesOf([own, theirs]);
  if (found === null) return false;
  const { name, breakpoints, stretches } = found;
  const areCasesEqual = stretches.every((stretch) => {
    const [a, b] = [own, theirs].map((formula) => simplify(pieceOn(formula, name, stretch)));
    return a !== undefined && b !== undefined && sameStructure(a, b);
  });
  return (
    areCasesEqual &&
    breakpoints.every((at) => {
      const [a, b] = [own, theirs].map((formula) => simplify(pieceAt(formula, name, at)));
      if (a === undefined || b === undefined) return false;
      return sameStructure(a, b) || (kinks.includes(at) && isBetween(own, theirs, name, at));
    })
  );
}

/** Sets of values for the other quantities. */
const drawn: readonly string[] = ["first", "second"];

/** Whether a formula has a value between those that another has on both sides of a place of a symbol. */
function isBetween(filling: Formula, jumping: Formula, name: string, at: number): boolean {
  const names = [...new Set([filling, jumping].flatMap(symbolsOf))].filter((each) => each !== name);
  return drawn.every((seed) => {
    const others = new Map(names.map((each) => [each, number(drawnNumber(`${seed} ${each}`, 0.5, 2))]));
    return isInJump(substitute(filling, others), substitute(jumping, others), { [name]: at });
  });
}

/** The least and the greatest value below 1 and above 0 that float64 has: what lies between is open. */
const [aboveZero, belowOne] = [roundedUp(0), roundedDown(1)];

/** What an activation's values lie in: where it is one of a name. */
const ranges: Readonly<Partial<Record<string, Interval>>> = {
  sigmoid: interval(aboveZero, belowOne),
  softmax: interval(aboveZero, belowOne),
  tanh: interval(-belowOne, belowOne),
  softplus: interval(aboveZero, Number.POSITIVE_INFINITY),
  relu: interval(0, Number.POSITIVE_INFINITY),
};

/** A formula without the cases that are always the same in the network: |a| is a where a is a sigmoid's value. */
export function withinRanges(answer: Formula, model: NetworkModel): Formula {
  const quantities = new Map(
    postorder(answer).flatMap((part) => (part.kind === "symbol" ? [[toText(part), part] as const] : [])),
  );
  return withoutKnownCases(answer, (name) => {
    const quantity = quantities.get(name);
    return (quantity === undefined ? null : rangeOf(quantity, model)) ?? WHOLE;
  });
}

/** What the values of a quantity lie in, in every network of the model; null where that is not known. */
function rangeOf({ name, layer }: SymbolFormula, model: NetworkModel): Interval | null {
  const where = name === "a" && layer !== null ? layerExpression(layer) : null;
  if (where === null) return null;
  const { net, activation: hidden, outputActivation, cost } = model;
  // Layer 0 has the inputs, which may be anything.
  const isLast = where.base === "L" && where.offset === 0;
  if (!isLast && (where.base === "L" || where.offset < (where.base === null ? 1 : 0))) return null;
  // The logarithms of this cost have values for outputs between 0 and 1 alone.
  if (isLast && (net?.cost.name ?? cost) === "binaryCrossEntropy") return interval(aboveZero, belowOne);
  const last = net === null ? [outputActivation] : net.layers.slice(-1).map((each) => each.activation.name);
  const all = net === null ? [hidden, outputActivation] : net.layers.map((each) => each.activation.name);
  const found = (isLast ? last : all).map((each) => ranges[each] ?? WHOLE);
  return interval(Math.min(...found.map(({ low }) => low)), Math.max(...found.map(({ high }) => high)));
}
