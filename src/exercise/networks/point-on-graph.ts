import { apart } from "../../formula/budget.ts";
import type { Node } from "../../graph/index.ts";
import { interpret } from "../../graph/interpret.ts";
import type { TensorArithmetic } from "../../graph/tensor-arithmetic.ts";
import type { NetworkGraph, QuantityDerivatives } from "./network-graph.ts";
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

/**
 * A network with one example: its graph, computed in an arithmetic. The forward pass at once; of the derivatives each with what
 * it takes, when it is first read.
 */
export function pointOnGraph<Value, Values extends ArrayLike<Value>>(
  graph: NetworkGraph,
  options: PointOptions<Value, Values>,
): NetworkPoint<Value> {
  const { tensors, own, cost, arithmetic, scalar, apply } = options;
  const forward = graph.layers.flatMap(({ weightedInput, activation }) => [weightedInput, activation]);
  const network = valuesOnDemand(tensors, leavesOf(graph, own));
  network.compute(forward);
  const layers = graph.layers.map((layer, i): LayerNumbers<Value> => ({
    w: network.valuesOf(layer.weights),
    b: own.biases[i] ?? [],
    z: network.valuesOf(layer.weightedInput),
    a: network.valuesOf(layer.activation),
  }));
  const outputs = layers.at(-1)?.a as Values; // as: computed just now
  const known = new Map<string, Derivatives<Value>>();
  let ofCost: Derivatives<Value> | null = null;
  return {
    arithmetic,
    scalar,
    apply,
    widths: graph.widths,
    inputs: own.inputs,
    targets: own.targets,
    layers,
    get cost() {
      if (cost === undefined) return network.valuesOf(graph.cost)[0] as Value; // as: a scalar has one
      return unpaid(() => cost(outputs));
    },
    get costDerivatives() {
      ofCost ??= numbersOf(unpaid(graph.costDerivatives), network.valuesOf);
      return ofCost;
    },
    derivativesOf: (name, layer, neuron) => {
      const key = `${name} ${layer} ${neuron}`;
      const found = known.get(key) ?? derivativesAt({ name, layer, neuron });
      known.set(key, found);
      return found;
    },
  };

  function derivativesAt(of: {
    readonly name: "z" | "a";
    readonly layer: number;
    readonly neuron: number;
  }): Derivatives<Value> {
    const derivatives = unpaid(() => graph.derivativesOf(of.name, of.layer));
    const unit = tensors.allocate(graph.widths[of.layer] ?? 0);
    tensors.fill(unit, (i) => (i === of.neuron - 1 ? 1 : 0));
    const ofNeuron = valuesOnDemand(tensors, (node) => (node === derivatives.chosen ? unit : network.given(node)));
    return numbersOf(derivatives, ofNeuron.valuesOf);
  }
}

/** The values of nodes, each computed when it is first asked for. */
interface ValuesOnDemand<Values> {
  readonly compute: (roots: readonly Node[]) => void;
  readonly valuesOf: (node: Node) => Values;
  /** What is computed already, or given. */
  readonly given: (node: Node) => Values | undefined;
}

function valuesOnDemand<Values>(
  tensors: TensorArithmetic<Values>,
  leaf: (node: Node) => Values | undefined,
): ValuesOnDemand<Values> {
  const known = new Map<Node, Values>();
  const given = (node: Node): Values | undefined => known.get(node) ?? leaf(node);
  const compute = (roots: readonly Node[]): void =>
    unpaid(() => {
      const { run, values } = interpret(roots, tensors, { given });
      run();
      for (const [node, numbers] of values) known.set(node, numbers);
    });
  const valuesOf = (node: Node): Values => {
    const before = known.get(node);
    if (before !== undefined) return before;
    compute([node]);
    return known.get(node) as Values; // as: computed just now
  };
  return { compute, valuesOf, given };
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

function numbersOf<Value>(
  { layers, inputs }: QuantityDerivatives,
  valuesOf: (node: Node) => ArrayLike<Value>,
): Derivatives<Value> {
  return {
    layers: layers.map(({ weights, biases, weightedInput, activation }) => ({
      get w() {
        return valuesOf(weights);
      },
      get b() {
        return valuesOf(biases);
      },
      get z() {
        return valuesOf(weightedInput);
      },
      get a() {
        return valuesOf(activation);
      },
    })),
    get inputs() {
      return valuesOf(inputs);
    },
  };
}
