import { internalError } from "../../errors.ts";
import type { Formula } from "../../formula/index.ts";
import { type Axis, backpropagate, type Node } from "../../graph/index.ts";
import { type Cost, type Network, networkEquations } from "../../network/index.ts";
import { generalNetwork } from "../../network/general-network.ts";
import { denseChain, type DenseNodes, denseNodes } from "../../network/dense-chain.ts";
import type { DenseNetworkLayer } from "../../network/layers/dense.ts";
import { type GraphReader, graphReader } from "./graph-formula.ts";
import type { Viewpoint } from "./index-notation.ts";

/** An equation read off the graph: what it gives, and its right side in the terms of `reader`. */
export interface NetworkEquation {
  readonly axes: readonly Axis[];
  readonly formula: Formula;
  readonly reader: GraphReader;
  readonly view: Viewpoint;
}

/** The equations of the layers that have the same ones. */
export interface LayerGroup {
  /** Numbers of the layers, from 1. */
  readonly layers: readonly number[];
  readonly isLast: boolean;
  /** Null for a general one, whose activation is just f. */
  readonly definition: DenseNetworkLayer | null;
  readonly weightedInput: NetworkEquation;
  readonly activation: NetworkEquation;
  /** `δ_j^l` */
  readonly error: NetworkEquation;
  /** `∂C_x/∂w_jk^l` and `∂C_x/∂b_j^l` of one example. */
  readonly weightGradient: NetworkEquation;
  readonly biasGradient: NetworkEquation | null;
  /** `∂C/∂w_jk^l` and `∂C/∂b_j^l` of the mean cost, regularization included. */
  readonly meanWeightGradient: NetworkEquation;
  readonly meanBiasGradient: NetworkEquation | null;
}

/** The equations of a network, forward and backward, as a textbook writes them. */
export interface NetworkDerivation {
  /** Groups of hidden layers, then the last layer. */
  readonly groups: readonly LayerGroup[];
  /** Null for a general one, whose cost is just C. */
  readonly cost: Cost | null;
  readonly outputs: number | null;
  readonly regularization: { readonly l1: number; readonly l2: number };
}

/** What is read of a layer, whether from `networkEquations` or from the general network below. */
type LayerNodes = Pick<
  DenseNodes,
  "weights" | "biases" | "weightedInput" | "activation" | "error" | "weightGradient" | "biasGradient"
>;

/**
 * The equations of a network from the graph that trains it: δ of the last and of the hidden layers, ∂C/∂w, ∂C/∂b.
 * Layers with the same equations are one group. Dropout, which changes in each step, is left out.
 *
 * Without a network: the four equations with general f and C.
 */
export function deriveNetwork(net?: Network): NetworkDerivation {
  if (net === undefined) {
    // Three layers: the last, one before it, and one whose neighbors are hidden layers.
    const { examples, costs, layers } = networkEquations(generalNetwork([2, 2, 2, 2]), { capacity: 2 });
    return {
      groups: groupsOf(examples, costs, layers.map(denseNodes), null),
      cost: null,
      outputs: null,
      regularization: { l1: 0, l2: 0 },
    };
  }
  // The equations do not depend on how many examples there are; two, so that the axis is not taken for a single one.
  const chain = denseChain("deriveNetwork", net);
  const { examples, costs, layers } = networkEquations(net, { capacity: 2 });
  const { cost, outputs, regularization } = net;
  return { groups: groupsOf(examples, costs, layers.map(denseNodes), chain), cost, outputs, regularization };
}

function groupsOf(
  examples: Axis,
  costs: Node,
  layers: readonly LayerNodes[],
  definitions: readonly DenseNetworkLayer[] | null,
): readonly LayerGroup[] {
  const named = layers.flatMap(({ weightedInput, activation, error }) => [weightedInput, activation, error]);
  const keys = layers.map((_, i) => {
    const definition = definitions?.[i];
    const { name, text, parameters } = { name: "f", text: "", parameters: {}, ...definition?.activation };
    return i === layers.length - 1 ? "last" : JSON.stringify([name, text, parameters, definition?.hasBias ?? true]);
  });
  return [...new Set(keys)].map((key) => {
    const members = keys.flatMap((each, i) => (each === key ? [i] : []));
    // The last of a group is in its middle or at its end, where its neighbors are layers like itself.
    const i = members.at(-1) ?? 0;
    const layer = layers[i];
    if (layer === undefined) throw internalError("a group without layers.");
    return {
      layers: members.map((each) => each + 1),
      isLast: key === "last",
      definition: definitions?.[i] ?? null,
      ...equationsOf({ examples, costs, layer, named, number: i + 1, name: key === "last" ? "L" : "l" }),
    };
  });
}

function equationsOf(where: {
  readonly examples: Axis;
  readonly costs: Node;
  readonly layer: LayerNodes;
  readonly named: readonly Node[];
  readonly number: number;
  readonly name: "l" | "L";
}): Omit<LayerGroup, "layers" | "isLast" | "definition"> {
  const { examples, layer, named, number, name } = where;
  const [neurons] = layer.weights.axes as readonly [Axis, Axis]; // as: weights have rows and columns
  const one = graphReader(named, { alone: examples });
  const mean = graphReader(named);
  const read = (node: Node, reader: GraphReader): NetworkEquation => ({
    axes: node.axes.filter((each) => each !== examples),
    formula: reader.equationOf(node),
    reader,
    view: { layer: number, name, neurons, examples, isSummedOverExamples: reader === mean },
  });
  const { weights, biases, weightedInput, activation, error } = layer;
  const ofOne = (quantity: Node): NetworkEquation => read(derivative(weightedInput, quantity, error), one);
  return {
    weightedInput: read(weightedInput, one),
    activation: read(activation, one),
    error: read(error, one),
    weightGradient: ofOne(weights),
    biasGradient: biases === null ? null : ofOne(biases),
    meanWeightGradient: read(layer.weightGradient, mean),
    meanBiasGradient: layer.biasGradient === null ? null : read(layer.biasGradient, mean),
  };
}

function derivative(output: Node, quantity: Node, upstream?: Node): Node {
  const found = backpropagate(output, [quantity], upstream === undefined ? {} : { upstream }).get(quantity);
  if (found === undefined) throw internalError("backpropagation left out a quantity it was asked for.");
  return found;
}
