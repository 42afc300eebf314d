import {
  call,
  type Formula,
  postorder,
  replaceSubformula,
  simplify,
  stabilize,
  substitute,
  symbol,
} from "../formula/index.ts";

import { type Axis, index, input, type InputNode, map, type Node, reduce } from "../graph/index.ts";
import type { Activation } from "./activations.ts";
import type { Cost } from "./costs.ts";
import { softmax } from "./softmax.ts";

/** The last layer, which the cost judges. */
export interface LastLayer {
  readonly activationFunction: Activation;
  /** `z^L` and `a^L`, `[examples, n_L]` */
  readonly weightedInput: Node;
  readonly activation: Node;
}

/** What the network should answer, and what it costs that it does not. */
export interface CostEquations {
  /** `t`: `[examples, n_L]` values, or `[examples]` labels. */
  readonly targets: InputNode;
  /** `C_x`, `[examples]` */
  readonly costs: Node;
}

/** The cost of each example, `C_x = Σ_j c(a_j, t_j)` or the mean over j, from values or class labels. */
export function costEquations(
  cost: Cost,
  last: LastLayer,
  targetKind: "values" | "labels",
  form: "stable" | "textbook" = "stable",
): CostEquations {
  const { axes } = last.activation;
  const [examples, neurons] = axes as readonly [Axis, Axis]; // as: a layer's activation has these two
  const targets = input("targets", targetKind === "values" ? axes : [examples], { symbol: "t", layer: null });
  const t = targetKind === "values" ? targets : valuesOfLabels(targets, neurons, cost.otherClasses);
  const { formula, operands } = outputCost(cost, last, form);
  const perOutput = map(formula, { ...operands, t }, { axes });
  return { targets, costs: reduce(cost.over, perOutput, [examples], { symbol: "C_x", layer: null }) };
}

/** Label c as targets: 1 for output c, and `others` for the rest. */
function valuesOfLabels(labels: Node, neurons: Axis, others: 0 | -1): Node {
  const formula = others === 0 ? "c == j" : "c == j ? 1 : -1";
  return map(formula, { c: labels, j: index(neurons) }, { axes: [...labels.axes, neurons] });
}

/**
 * c in terms of what keeps it finite. A cost that takes the logarithm of the activation is built on the weighted input
 * instead: at z = 1000 a sigmoid is 1 in every float, and log(1 − a) is lost; as a function of z it is just −1000.
 */
function outputCost(
  cost: Cost,
  last: LastLayer,
  form: "stable" | "textbook",
): { formula: Formula; operands: Readonly<Record<string, Node>> } {
  const { activationFunction: f, weightedInput: z, activation: a } = last;
  if (form === "textbook") return { formula: asWritten(cost.formula), operands: { a } };
  const formula = stableForm(cost.formula);
  if (!takesLogarithm(formula)) return { formula, operands: { a } };
  if (f.kind === "elementwise") return { formula: ofWeightedInput(cost.formula, f.formula), operands: { z } };
  return { formula: withLogarithm(formula), operands: { a, l: softmax(z).logProbabilities } };
}

// By formula object, so that networks with the same cost have the same formulas, and each is differentiated once.
const asWritten = onceFor(stabilize);

const stableForm = onceFor((formula: Formula) => simplify(stabilize(formula)));

const withLogarithm = onceFor((formula: Formula) => replaceSubformula(formula, call("log", symbol("a")), symbol("l")));

const formsInWeightedInput = onceFor((cost: Formula) =>
  onceFor((f: Formula) => simplify(stabilize(substitute(cost, new Map([["a", f]]))))),
);

/** `c(f(z), t)` */
function ofWeightedInput(cost: Formula, f: Formula): Formula {
  return formsInWeightedInput(cost)(f);
}

function onceFor<Result>(work: (formula: Formula) => Result): (formula: Formula) => Result {
  const known = new WeakMap<Formula, { readonly result: Result }>();
  return (formula) => {
    const found = known.get(formula) ?? { result: work(formula) };
    known.set(formula, found);
    return found.result;
  };
}

/** Whether a logarithm of something that contains `a` is in the formula. */
function takesLogarithm(formula: Formula): boolean {
  return postorder(formula).some(
    (part) => part.kind === "call" && (part.name === "log" || part.name === "log1p") && contains(part, "a"),
  );
}

function contains(formula: Formula, name: string): boolean {
  return postorder(formula).some((part) => part.kind === "symbol" && part.name === name);
}
