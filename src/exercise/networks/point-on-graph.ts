import { apart } from "../../formula/budget.ts";
import type { Node } from "../../graph/index.ts";
import { interpret } from "../../graph/interpret.ts";
import type { TensorArithmetic } from "../../graph/tensor-arithmetic.ts";
import { forwardDerivatives, type GraphDerivatives, type NetworkGraph } from "./network-graph.ts";
import type { Derivatives, LayerNumbers, NetworkPoint } from "./network-point.ts";

/** The numbers that a network and its example have by themselves. */
export interface OwnNumbers<Values> {
  /** Of layer l, at index l − 1; biases also where they are all 0. */
  readonly weights: readonly Values[];
  readonly biases: readonly Values[];
  readonly inputs: Values;
  readonly targets: Values;
}

/** What a point takes beyond its graph. */
export interface PointOptions<Value, Values> extends Pick<NetworkPoint<Value>, "arithmetic" | "scalar" | "apply"> {
  /** What the graph is computed in. */
  readonly tensors: TensorArithmetic<Values>;
  readonly own: OwnNumbers<Values>;
  /** C, where it is not computed with the rest. Default: it is. */
  readonly cost?: (outputs: Values) => Value;
}

/** A network with one example: its graph, computed in an arithmetic. Derivatives of z and a when they are asked for. */
export function pointOnGraph<Value, Values extends ArrayLike<Value>>(
  graph: NetworkGraph,
  options: PointOptions<Value, Values>,
): NetworkPoint<Value> {
  const { tensors, own, cost, arithmetic, scalar, apply } = options;
  const given = leavesOf(graph, own);
  const roots = [
    ...graph.layers.flatMap(({ weightedInput, activation }) => [weightedInput, activation]),
    ...graph.derivatives.flatMap((each) => Object.values(each) as Node[]), // as: all that it has are nodes
    graph.inputDerivative,
    ...(cost === undefined ? [graph.cost] : []),
  ];
  const { run, values, valuesOf } = interpret(roots, tensors, { given });
  run();
  const layers = graph.layers.map((layer, i): LayerNumbers<Value> => ({
    w: valuesOf(layer.weights),
    b: own.biases[i] ?? [],
    z: valuesOf(layer.weightedInput),
    a: valuesOf(layer.activation),
  }));
  const outputs = layers.at(-1)?.a as Values; // as: computed just now
  const known = new Map<string, Derivatives<Value>>();
  return {
    arithmetic,
    scalar,
    apply,
    widths: graph.widths,
    inputs: own.inputs,
    targets: own.targets,
    layers,
    get cost() {
      if (cost === undefined) return valuesOf(graph.cost)[0] as Value; // as: a scalar has one
      return unpaid(() => cost(outputs));
    },
    costDerivatives: numbersOf(graph.derivatives, graph.inputDerivative, valuesOf),
    derivativesOf: (name, layer, neuron) => {
      const key = `${name} ${layer} ${neuron}`;
      const found =
        known.get(key) ??
        unpaid(() => derivativesAt<Value, Values>(graph, { name, layer, neuron }, tensors, (node) => values.get(node)));
      known.set(key, found);
      return found;
    },
  };
}

/** Worked out for all who ask, at the expense of none. */
function unpaid<Value>(work: () => Value): Value {
  return apart(Number.POSITIVE_INFINITY, work);
}

/** The values of inputs and parameters, by what they are called. */
export function leavesOf<Values>(graph: NetworkGraph, own: OwnNumbers<Values>): (node: Node) => Values | undefined {
  const parameters = new Map<Node, Values | undefined>(
    graph.layers.flatMap(({ weights, biases }, i) => [
      [weights, own.weights[i]] as const,
      ...(biases === null ? [] : [[biases, own.biases[i]] as const]),
    ]),
  );
  return (node) =>
    node.kind === "input" ? (node.name === "targets" ? own.targets : own.inputs) : parameters.get(node);
}

function derivativesAt<Value, Values extends ArrayLike<Value>>(
  graph: NetworkGraph,
  of: { readonly name: "z" | "a"; readonly layer: number; readonly neuron: number },
  tensors: TensorArithmetic<Values>,
  known: (node: Node) => Values | undefined,
): Derivatives<Value> {
  const { chosen, derivatives, inputDerivative } = forwardDerivatives(graph, of.name, of.layer);
  const unit = tensors.allocate(graph.widths[of.layer] ?? 0);
  tensors.fill(unit, (i) => (i === of.neuron - 1 ? 1 : 0));
  const roots = [...derivatives.flatMap((each) => Object.values(each) as Node[]), inputDerivative]; // as: see above
  const { run, valuesOf } = interpret(roots, tensors, { given: (node) => (node === chosen ? unit : known(node)) });
  run();
  return numbersOf(derivatives, inputDerivative, valuesOf);
}

function numbersOf<Value>(
  layers: readonly GraphDerivatives[],
  inputs: Node,
  valuesOf: (node: Node) => ArrayLike<Value>,
): Derivatives<Value> {
  return {
    layers: layers.map(({ weights, biases, weightedInput, activation }) => ({
      w: valuesOf(weights),
      b: valuesOf(biases),
      z: valuesOf(weightedInput),
      a: valuesOf(activation),
    })),
    inputs: valuesOf(inputs),
  };
}
