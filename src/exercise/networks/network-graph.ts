import { internalError } from "../../errors.ts";
import { backpropagate, input, type InputNode, type Node, type VariableNode } from "../../graph/index.ts";
import { denseChain } from "../../network/dense-chain.ts";
import { costEquations } from "../../network/cost-equations.ts";
import { forwardNetwork } from "../../network/equations.ts";
import type { Network } from "../../network/index.ts";

/** The quantities of layer l, as nodes. */
export interface GraphLayer {
  /** `w_jk^l` and, where there is one, `b_j^l` */
  readonly weights: VariableNode;
  readonly biases: VariableNode | null;
  /** `z^l`, `a^l`, `[1, n_l]` */
  readonly weightedInput: Node;
  readonly activation: Node;
}

/** The derivatives of one quantity with respect to those of layer l, as nodes. */
export interface GraphDerivatives {
  readonly weights: Node;
  readonly biases: Node;
  readonly weightedInput: Node;
  readonly activation: Node;
}

/** The derivatives of one quantity with respect to everything before it, as nodes. */
export interface QuantityDerivatives {
  /** From layer 1 on. */
  readonly layers: readonly GraphDerivatives[];
  readonly inputs: Node;
}

/** Derivatives of one element of `z^m` or `a^m`: layers 1 … m. */
export interface ForwardDerivatives extends QuantityDerivatives {
  /** Which element: 1 there and 0 elsewhere, axes of the quantity. */
  readonly chosen: InputNode;
}

/** A network with one example, as nodes of the graph that trains it. Derivatives are made when they are first asked for. */
export interface NetworkGraph {
  /** n_0 … n_L */
  readonly widths: readonly number[];
  /** `x`, `[1, n_0]` */
  readonly inputs: InputNode;
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly GraphLayer[];
  /** C of the example, with regularization. */
  readonly cost: Node;
  /** `∂C`, of all layers. */
  readonly costDerivatives: () => QuantityDerivatives;
  /** `∂z^m` or `∂a^m`, by backpropagation from it as `∂C` is from C. */
  readonly derivativesOf: (of: "z" | "a", m: number) => ForwardDerivatives;
}

/**
 * The equations of a network for one example: those of `forwardNetwork`, and the derivatives by `backpropagate`, once from
 * each quantity to everything before it. With one example `∂C/∂z^l` is δ^l.
 *
 * @param costForm as `networkEquations` takes it. `∂C/∂a^L` is always that of the cost as a function of `a^L`.
 */
export function networkGraph(net: Network, costForm: "stable" | "textbook"): NetworkGraph {
  denseChain("exercise", net);
  const forward = forwardNetwork(net, { capacity: 1, costForm });
  const { inputs, cost } = forward;
  const layers = forward.layers.map(({ parameters, weightedInput, activation }): GraphLayer => {
    const { weights, biases = null } = parameters;
    return { weights: there(weights), biases, weightedInput, activation };
  });
  let ofCost: QuantityDerivatives | null = null;
  const ofOthers = new Map<string, ForwardDerivatives>();
  return {
    widths: [net.inputs, ...net.layers.map(({ units }) => units)],
    inputs,
    layers,
    cost,
    costDerivatives: () => {
      ofCost ??= costDerivatives(net, { inputs, layers, cost }, costForm);
      return ofCost;
    },
    derivativesOf: (of, m) => {
      const known = ofOthers.get(`${of} ${m}`) ?? forwardDerivatives(inputs, layers.slice(0, m), of);
      ofOthers.set(`${of} ${m}`, known);
      return known;
    },
  };
}

function costDerivatives(
  net: Network,
  { inputs, layers, cost }: Pick<NetworkGraph, "inputs" | "layers" | "cost">,
  costForm: "stable" | "textbook",
): QuantityDerivatives {
  const found = derivativesFrom(cost, inputs, layers);
  if (costForm === "textbook") return found;
  const last = there(found.layers.at(-1));
  const activation = outputDerivative(net, there(layers.at(-1)));
  return { ...found, layers: [...found.layers.slice(0, -1), { ...last, activation }] };
}

/** `∂C_x/∂a^L` of the cost as its formula has it, in `a^L`. */
function outputDerivative(net: Network, last: GraphLayer): Node {
  const activationFunction = there(net.layers.at(-1)).activation;
  const { costs } = costEquations(net.cost, { ...last, activationFunction }, "values", "textbook");
  return there(backpropagate(costs, [last.activation]).get(last.activation));
}

function forwardDerivatives(inputs: InputNode, layers: readonly GraphLayer[], of: "z" | "a"): ForwardDerivatives {
  const last = there(layers.at(-1));
  const output = of === "z" ? last.weightedInput : last.activation;
  const chosen = input("chosen", output.axes);
  return { chosen, ...derivativesFrom(output, inputs, layers, chosen) };
}

/** The derivatives of a node with respect to the quantities of some layers and the inputs. */
function derivativesFrom(
  output: Node,
  inputs: InputNode,
  layers: readonly GraphLayer[],
  upstream?: Node,
): QuantityDerivatives {
  const quantities = layers.flatMap(({ weights, biases, weightedInput, activation }) => [
    weights,
    ...(biases === null ? [] : [biases]),
    weightedInput,
    activation,
  ]);
  const found = backpropagate(output, [inputs, ...quantities], upstream === undefined ? {} : { upstream });
  return {
    layers: layers.map(({ weights, biases, weightedInput, activation }): GraphDerivatives => ({
      weights: there(found.get(weights)),
      biases: there(found.get(biases ?? weightedInput)),
      weightedInput: there(found.get(weightedInput)),
      activation: there(found.get(activation)),
    })),
    inputs: there(found.get(inputs)),
  };
}

function there<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw internalError("a quantity of a network is missing in its graph.");
  return thing;
}
