import { breakpointsOf, placesBetween } from "../../formula/breakpoints.ts";
import { isInJump } from "../../formula/equal.ts";
import {
  evaluate,
  type Formula,
  postorder,
  rewriteFormula,
  substitute,
  number,
  symbol,
  symbolsOf,
  toText,
} from "../../formula/index.ts";
import { activation } from "../../network/index.ts";
import { drawnNumber } from "./drawn-values.ts";
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

/** Sets of values for the other quantities. */
const drawn: readonly string[] = ["first", "second"];

/**
 * Whether two formulas differ at nothing but kinks of the network's activations, where the first has a value between those on both
 * sides: `z > 0 ? 1 : z < 0 ? 0 : 1/2` beside `z > 0 ? 1 : 0`.
 */
export function differAtKinksOnly(answer: Formula, right: Formula, model: NetworkModel): boolean {
  const kinks = kinksOf(model);
  const [own, theirs] = [abstracted(answer), abstracted(right)];
  const names = [...new Set([...symbolsOf(own), ...symbolsOf(theirs)])];
  const decisive = names.filter((name) => breakpointsOf([own], name).length > 0);
  const [name, more] = decisive;
  if (name === undefined || more !== undefined) return false;
  return drawn.every((seed) => {
    const others = new Map(
      names.filter((each) => each !== name).map((each) => [each, number(drawnNumber(`${seed} ${each}`, 0.5, 2))]),
    );
    const [a, b] = [own, theirs].map((formula) => substitute(formula, others));
    if (a === undefined || b === undefined) return false;
    const isEqualAt = (place: number): boolean => {
      const [one = Number.NaN, other = Number.NaN] = [a, b].map((formula) => evaluate(formula, { [name]: place }));
      return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
    };
    const breakpoints = breakpointsOf([a, b], name);
    return (
      placesBetween(breakpoints).every(isEqualAt) &&
      breakpoints.every((at) => isEqualAt(at) || (kinks.includes(at) && isInJump(a, b, { [name]: at })))
    );
  });
}
