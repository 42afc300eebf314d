import { internalError } from "../../errors.ts";
import { backpropagate, input, type InputNode, type Node, type VariableNode } from "../../graph/index.ts";
import { denseChain } from "../../network/dense-chain.ts";
import { costEquations } from "../../network/cost-equations.ts";
import { type Network, type NetworkEquations, networkEquations } from "../../network/index.ts";

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

/** A network with one example, as nodes of the graph that trains it. */
export interface NetworkGraph {
  readonly net: Network;
  /** n_0 … n_L */
  readonly widths: readonly number[];
  /** `x`, `[1, n_0]` */
  readonly inputs: InputNode;
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly GraphLayer[];
  /** C of the example, with regularization. */
  readonly cost: Node;
  /** ∂C of the layers, and with respect to the inputs. */
  readonly derivatives: readonly GraphDerivatives[];
  readonly inputDerivative: Node;
}

/**
 * The equations of a network for one example: those of `networkEquations`, δ and the derivatives included, and `∂C/∂a^l` by
 * the same `backpropagate`.
 *
 * @param costForm as `networkEquations` takes it. `∂C/∂a^L` is always that of the cost as a function of `a^L`.
 */
export function networkGraph(net: Network, costForm: "stable" | "textbook"): NetworkGraph {
  denseChain("exercise", net);
  const equations = networkEquations(net, { capacity: 1, costForm });
  const { inputs, cost, costs } = equations;
  const layers = equations.layers.map(({ parameters, weightedInput, activation }): GraphLayer => {
    const { weights, biases = null } = parameters;
    return { weights: there(weights), biases, weightedInput, activation };
  });
  const activations = layers.map(({ activation }) => activation);
  const hidden = backpropagate(costs, [inputs, ...activations], {
    known: new Map(equations.layers.map(({ weightedInput, error }) => [weightedInput, error])),
  });
  const byOutputs =
    costForm === "textbook" ? there(hidden.get(there(activations.at(-1)))) : outputDerivative(net, equations);
  const derivatives = equations.layers.map(({ error, gradients, activation }, i): GraphDerivatives => {
    const { weights, biases = error } = gradients;
    return {
      weights: there(weights),
      biases,
      weightedInput: error,
      activation: i === layers.length - 1 ? byOutputs : there(hidden.get(activation)),
    };
  });
  const widths = [net.inputs, ...net.layers.map(({ units }) => units)];
  return { net, widths, inputs, layers, cost, derivatives, inputDerivative: there(hidden.get(inputs)) };
}

/** `∂C_x/∂a^L` of the cost as its formula has it, in `a^L`. */
function outputDerivative(net: Network, { layers }: NetworkEquations): Node {
  const last = there(layers.at(-1));
  const activationFunction = there(net.layers.at(-1)).activation;
  const { costs } = costEquations(net.cost, { ...last, activationFunction }, "values", "textbook");
  return there(backpropagate(costs, [last.activation]).get(last.activation));
}

/** Derivatives of one element of `z^m` or `a^m` with respect to everything of layers 1 … m, and to the inputs. */
export interface ForwardDerivatives {
  /** Which element: 1 there and 0 elsewhere, axes of the quantity. */
  readonly chosen: InputNode;
  /** Layers 1 … m. */
  readonly derivatives: readonly GraphDerivatives[];
  readonly inputDerivative: Node;
}

/** The derivatives of `z^m` or `a^m` by backpropagation from it, as `∂C` is from C. */
export function forwardDerivatives(graph: NetworkGraph, of: "z" | "a", m: number): ForwardDerivatives {
  const layers = graph.layers.slice(0, m);
  const last = there(layers.at(-1));
  const output = of === "z" ? last.weightedInput : last.activation;
  const chosen = input("chosen", output.axes);
  const quantities = layers.flatMap(({ weights, biases, weightedInput, activation }) => [
    weights,
    ...(biases === null ? [] : [biases]),
    weightedInput,
    activation,
  ]);
  const found = backpropagate(output, [graph.inputs, ...quantities], { upstream: chosen });
  const derivatives = layers.map(({ weights, biases, weightedInput, activation }): GraphDerivatives => ({
    weights: there(found.get(weights)),
    biases: there(found.get(biases ?? weightedInput)),
    weightedInput: there(found.get(weightedInput)),
    activation: there(found.get(activation)),
  }));
  return { chosen, derivatives, inputDerivative: there(found.get(graph.inputs)) };
}

function there<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw internalError("a quantity of a network is missing in its graph.");
  return thing;
}
