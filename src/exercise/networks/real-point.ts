import { apart } from "../../formula/budget.ts";
import { compileFormula, type Formula, NoValue } from "../../formula/index.ts";
import { float64Tensors } from "../../engine/reference/float64-tensors.ts";
import { interpret } from "../../graph/interpret.ts";
import { denseChain } from "../../network/dense-chain.ts";
import {
  type Activation,
  type ActivationName,
  type Cost,
  type CostName,
  dense,
  type Network,
  networkOfEquations,
} from "../../network/index.ts";
import { realArithmetic } from "./arithmetic.ts";
import { drawnNumber } from "./drawn-values.ts";
import { derivativeOfActivation } from "../vocabulary/function-table.ts";
import { type NetworkGraph, networkGraph } from "./network-graph.ts";
import { givenActivation, type NetworkModel } from "./network-model.ts";
import type { NetworkPoint, Quantity } from "./network-point.ts";
import { leavesOf, type OwnNumbers, pointOnGraph } from "./point-on-graph.ts";

/** A network with one example, as users have them, and its quantities from the graph that trains it. */
export interface RealPoint extends NetworkPoint<number> {
  readonly net: Network;
  /** C where one of the quantities of the forward pass is larger by `change` wherever it is used. */
  readonly costWith: (of: Quantity, change: number) => number;
}

/** What stands for "general" in one network. */
export interface Choice {
  readonly activation: ActivationName;
  readonly cost: CostName;
}

/**
 * Choices whose functions have no relation that a formula could use by chance, and whose costs are defined for all their
 * outputs: every answer to a general question is tried on all of them.
 */
export const generalChoices: readonly Choice[] = [
  { activation: "sigmoid", cost: "binaryCrossEntropy" },
  { activation: "tanh", cost: "logCosh" },
  { activation: "softplus", cost: "quadratic" },
];

/** The activations and cost of a network that is made for a question. */
export interface ChosenModel {
  /** Of layer l ≥ 1 of a network with so many layers. */
  readonly activationOf: (layer: number, depth: number) => ActivationName | Activation;
  readonly cost: CostName | Cost;
  /** A text that equal choices share. */
  readonly key: string;
  /** Whether its outputs are shares of 1. */
  readonly isSoftmax: boolean;
}

/** The activations and cost of a question's network, with a choice where they are general. */
export function chosenModel(model: NetworkModel, choice: Choice): ChosenModel {
  const { net } = model;
  if (net !== null) {
    return {
      activationOf: (layer, depth) => givenActivation(model, layer, depth) ?? choice.activation,
      cost: net.cost,
      key: "given",
      isSoftmax: net.layers.at(-1)?.activation.kind === "softmax",
    };
  }
  // The logarithms of some costs need outputs between 0 and 1.
  const needsShare = model.cost === "binaryCrossEntropy" || model.cost === "crossEntropy" || model.cost === "poisson";
  const general = needsShare ? "sigmoid" : choice.activation;
  const output = model.outputActivation === "general" ? general : model.outputActivation;
  const isShare = output === "sigmoid" || output === "softmax";
  const generalCost = choice.cost === "binaryCrossEntropy" && !isShare ? "quadratic" : choice.cost;
  const hidden = model.activation === "general" ? general : model.activation;
  const cost = model.cost === "general" ? generalCost : model.cost;
  return {
    activationOf: (layer, depth) => (layer === depth ? output : hidden),
    cost,
    key: [hidden, output, cost].join(" "),
    isSoftmax: output === "softmax",
  };
}

/** A network of these widths with drawn numbers; null where its cost or a gradient is no finite number. */
export function realPoint(
  model: NetworkModel,
  choice: Choice,
  widths: readonly number[],
  seed: string,
): RealPoint | null {
  const { activationOf, cost, isSoftmax } = chosenModel(model, choice);
  const draw = (name: string, low: number, high: number): number => drawnNumber(`${seed} ${name}`, low, high);
  const layers = widths.slice(1).map((units, i) => {
    const neurons = Array.from({ length: units }, (_, j) => j);
    const columns = Array.from({ length: widths[i] ?? 1 }, (_, k) => k);
    return dense(units, activationOf(i + 1, widths.length - 1), {
      weights: neurons.map((j) => columns.map((k) => draw(`w ${i} ${j} ${k}`, -1, 1))),
      biases: neurons.map((j) => draw(`b ${i} ${j}`, -1, 1)),
    });
  });
  const regularization = model.net === null ? {} : { regularization: model.net.regularization };
  const net = networkOfEquations(widths[0] ?? 1, layers, { cost, ...regularization });
  const inputs = Array.from({ length: net.inputs }, (_, k) => draw(`x ${k}`, -1, 1));
  const shares = Array.from({ length: net.outputs }, (_, j) => draw(`t ${j}`, 0.125, 0.875) / net.outputs);
  const anywhere = Array.from({ length: net.outputs }, (_, j) => draw(`t ${j}`, 1 / 32, 31 / 32));
  const targets = isSoftmax
    ? shares.map((t, j) => (j === 0 ? 1 - shares.slice(1).reduce((a, b) => a + b, 0) : t))
    : anywhere;
  const point = pointOf(net, { inputs, targets }, model);
  return isFinitePoint(point) ? point : null;
}

/** Whether cost and derivatives are finite numbers. */
export function isFinitePoint({ cost, costDerivatives }: RealPoint): boolean {
  const numbers = costDerivatives.layers.flatMap(({ z, a }) => [...Array.from(z), ...Array.from(a)]);
  return [cost, ...numbers].every(Number.isFinite);
}

/** The quantities of a network for one example, in float64. */
export function pointOf(
  net: Network,
  example: { readonly inputs: readonly number[]; readonly targets: readonly number[] },
  model: NetworkModel,
): RealPoint {
  const layers = denseChain("exercise", net);
  const own: OwnNumbers<Float64Array> = {
    weights: layers.map(({ weights }) => weights),
    biases: layers.map(({ biases, units }) => biases ?? new Float64Array(units)),
    inputs: Float64Array.from(example.inputs),
    targets: Float64Array.from(example.targets),
  };
  const graph = networkGraph(net, "stable");
  const seed = graph.widths.join("-");
  const point = pointOnGraph(graph, {
    arithmetic: realArithmetic,
    tensors: float64Tensors,
    own,
    scalar: (name) => drawnNumber(`${seed} scalar ${name}`, 0.25, 1.75),
    apply: (name, primes, argument) => realFunction(net, name, primes, model)(argument),
  });
  // The cost in `a^L`, so that each quantity of the forward pass is one that it comes from.
  let textbook: NetworkGraph | null = null;
  return Object.assign(point, {
    net,
    costWith: (of: Quantity, change: number) => {
      // At nobody's expense: who asks first is to pay no more than the others.
      textbook ??= apart(Number.POSITIVE_INFINITY, () => networkGraph(net, "textbook"));
      return costWith(textbook, own, of, change);
    },
  });
}

function costWith(graph: NetworkGraph, own: OwnNumbers<Float64Array>, of: Quantity, change: number): number {
  const leaf = leavesOf(graph, own);
  const [j = 1, k = 1] = of.indices;
  const layer = graph.layers[(of.layer ?? 0) - 1];
  const columns = graph.widths[(of.layer ?? 0) - 1] ?? 0;
  const nodes = { w: layer?.weights, b: layer?.biases, z: layer?.weightedInput, a: layer?.activation };
  const isInput = of.name === "x" || (of.name === "a" && of.layer === 0);
  const node = isInput ? graph.inputs : nodes[of.name as keyof typeof nodes]; // as: what has no node is undefined
  const move = (values: Float64Array): Float64Array => {
    const at = of.name === "w" ? (j - 1) * columns + k - 1 : j - 1;
    values[at] = (values[at] ?? Number.NaN) + change;
    return values;
  };
  const { run, valuesOf } = interpret([graph.cost], float64Tensors, {
    given: (each) => {
      const values = leaf(each);
      return values !== undefined && each === node ? move(values.slice()) : values;
    },
    computed: (each, values) => {
      if (each === node) move(values);
    },
  });
  run();
  return valuesOf(graph.cost)[0] ?? Number.NaN;
}

const compiled = new WeakMap<Formula, (values: ArrayLike<number>) => number>();

function compiledFunction(formula: Formula): (z: number) => number {
  const before = compiled.get(formula);
  const evaluator = before ?? compileFormula(formula, ["z"]);
  if (before === undefined) compiled.set(formula, evaluator);
  return (z) => evaluator([z]);
}

function realFunction(net: Network, name: string, primes: number, model: NetworkModel): (z: number) => number {
  const f = net.layers[0]?.activation;
  if (name === "f" && net.layers.length === 1 && f?.kind === "softmax") {
    throw new NoValue("softmax takes the whole layer: it is no f of one neuron");
  }
  if (name === "f" && f !== undefined && f.kind !== "softmax")
    return compiledFunction(derivativeOfActivation(f, primes));
  const formula = name === "f" ? null : model.functions.formula(name, primes);
  // A function of which nothing is known has any value, the same for the same argument up to rounding.
  if (formula === null) return (z) => drawnNumber(`function ${name} ${primes} ${z.toPrecision(9)}`, -2, 2);
  return compiledFunction(formula);
}
