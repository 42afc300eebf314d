import {
  differentiate,
  evaluateIn,
  type Formula,
  NotRational,
  simplify,
  stabilize,
  symbolText,
} from "../../formula/index.ts";
import { interpret } from "../../graph/interpret.ts";
import { tensorsOf } from "../../graph/tensor-arithmetic.ts";
import { type Activation, activation, type Cost, cost, dense, networkOfEquations } from "../../network/index.ts";
import { generalActivation, generalCost, otherActivation } from "../../network/general-network.ts";
import { drawnFunctions, fieldArithmetic } from "./arithmetic.ts";
import { drawnElement } from "./drawn-values.ts";
import { derivativeOfActivation } from "../vocabulary/function-table.ts";
import { type NetworkGraph, networkGraph } from "./network-graph.ts";
import { givenActivation, type NetworkModel } from "./network-model.ts";
import type { NetworkPoint } from "./network-point.ts";
import { leavesOf, type OwnNumbers, pointOnGraph } from "./point-on-graph.ts";

/** A network over the field of integers modulo 2^61 − 1. */
export interface FieldPoint extends NetworkPoint<bigint> {
  /**
   * True when nothing is known of the question's network that the field does not know: then two formulas that differ here are
   * different.
   */
  readonly isComplete: boolean;
}

/**
 * A network whose weights, biases and inputs are random elements of the field, and whose graph is computed there exactly. A
 * function of which nothing is known, or that is not rational, is any function: `drawnFunctions`.
 */
export function fieldPoint(model: NetworkModel, widths: readonly number[], seed: string): FieldPoint {
  const draw = (name: string): bigint => drawnElement(`${seed} ${name}`);
  const drawnFunction = (name: string, primes: number, argument: bigint): bigint =>
    draw(`function ${name} ${primes} ${argument}`);
  const arithmetic = drawnFunctions(draw, drawnFunction);
  const { activations, cost: ownCost } = functionsOf(model, widths.length - 1);
  const graph = networkGraph(
    networkOfEquations(
      widths[0] ?? 1,
      widths.slice(1).map((units, i) => dense(units, activations[i] ?? generalActivation)),
      { cost: ownCost },
    ),
    "textbook",
  );
  const own = ownNumbers(widths, activations.at(-1)?.kind === "softmax", draw);
  const [f] = activations;
  const point = pointOnGraph(graph, {
    arithmetic: fieldArithmetic,
    tensors: tensorsOf(arithmetic),
    own,
    // By itself: a cost with logarithms has no value here, but its derivatives have.
    cost: (outputs) => costOf(graph, own, outputs, drawnFunction),
    scalar: (name) => draw(`scalar ${name}`),
    apply: (name, primes, argument) => {
      if (name !== "f" && !isActivation(name, model)) {
        if (model.functions.formula(name, 0) !== null) throw new NotRational("the function has no exact value");
        return drawnFunction(name, primes, argument);
      }
      if (f === undefined || f.kind === "softmax") return drawnFunction("softmax", primes, argument);
      const formula = primes === 0 ? f.stable : derivativeOfActivation(f, primes);
      return evaluateIn(formula, arithmetic, () => argument);
    },
  });
  const isComplete =
    activations.every((each) => each.kind === "softmax" || isRational(each.stable)) &&
    isRational(simplify(differentiate(simplify(stabilize(ownCost.formula)), "a")));
  // Not spread: the cost is worked out when it is asked for.
  return Object.assign(point, { isComplete });
}

/** The functions of a model's layers and its cost; general ones by their names alone. */
function functionsOf(
  model: NetworkModel,
  depth: number,
): { readonly activations: readonly Activation[]; readonly cost: Cost } {
  const { activation: hidden, outputActivation, cost: given, net } = model;
  const built = (name: typeof hidden, general: Activation): Activation =>
    name === "general" ? general : activation(name);
  const activations = Array.from({ length: depth }, (_, i): Activation => {
    if (net !== null) return givenActivation(model, i + 1, depth) ?? generalActivation;
    const isOther = i === depth - 1 && outputActivation !== hidden;
    return isOther ? built(outputActivation, otherActivation) : built(hidden, generalActivation);
  });
  if (net !== null) return { activations, cost: net.cost };
  return { activations, cost: given === "general" ? generalCost : cost(given) };
}

function isActivation(name: string, { activation: given, net }: NetworkModel): boolean {
  return net === null && given !== "general" && given !== "softmax" && name === given;
}

/** Parameters and example. Targets of a softmax layer add up to 1, on which `δ = a − t` rests. */
function ownNumbers(
  widths: readonly number[],
  isSoftmax: boolean,
  draw: (name: string) => bigint,
): OwnNumbers<bigint[]> {
  const numbers = (length: number, name: (i: number) => string): bigint[] =>
    Array.from({ length }, (_, i) => draw(name(i)));
  const outputs = widths.at(-1) ?? 1;
  const targets = numbers(outputs, (j) => `t ${j}`);
  const { operation, number } = fieldArithmetic;
  const rest = targets.slice(1).reduce((total, t) => operation("-", total, t), number(1));
  const layers = widths.slice(1).map((units, i) => ({ units, columns: widths[i] ?? 1, l: i + 1 }));
  return {
    weights: layers.map(({ units, columns, l }) =>
      numbers(units * columns, (i) => `w ${l} ${Math.floor(i / columns)} ${i % columns}`),
    ),
    biases: layers.map(({ units, l }) => numbers(units, (j) => `b ${l} ${j}`)),
    inputs: numbers(widths[0] ?? 1, (k) => `x ${k}`),
    targets: isSoftmax ? [rest, ...targets.slice(1)] : targets,
  };
}

/** C of the example. @throws NotRational when the cost is not rational */
function costOf(
  graph: NetworkGraph,
  own: OwnNumbers<bigint[]>,
  outputs: bigint[],
  apply: (name: string, primes: number, argument: bigint) => bigint,
): bigint {
  const leaf = leavesOf(graph, own);
  const last = graph.layers.at(-1)?.activation;
  const { run, valuesOf } = interpret([graph.cost], tensorsOf({ ...fieldArithmetic, apply }), {
    given: (node) => (node === last ? outputs : leaf(node)),
  });
  run();
  return valuesOf(graph.cost)[0] ?? 0n;
}

/** Whether a formula has a value in the field, functions of which nothing is known included. */
function isRational(formula: Formula): boolean {
  try {
    evaluateIn(formula, { ...fieldArithmetic, apply: () => drawnElement("any") }, (symbol) =>
      drawnElement(`any ${symbolText(symbol)}`),
    );
    return true;
  } catch (error) {
    if (error instanceof NotRational) return false;
    throw error;
  }
}
