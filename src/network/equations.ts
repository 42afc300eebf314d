import { internalError } from "../errors.ts";
import {
  type Axis,
  axis,
  backpropagate,
  count,
  input,
  type InputNode,
  type Label,
  map,
  type Node,
  reduce,
  type VariableNode,
} from "../graph/index.ts";
import { costEquations, type LastLayer } from "./cost-equations.ts";
import { type ForwardEquations, forwardEquations, labeled } from "./layer-equations.ts";
import type { Network } from "./network.ts";

/** For which use a network's equations are made. */
export interface EquationsOptions {
  /** The most examples of one run, the size of the axis of examples. */
  readonly capacity: number;
  /** Targets `[examples, n_L]`, or class labels `[examples]`. Default "values". */
  readonly targets?: "values" | "labels";
  /** True to leave neurons out where a layer has dropout. Default false. */
  readonly isTraining?: boolean;
  /** True where each example counts by a weight of its own, an input of the graph. Default false: all alike. */
  readonly isWeighted?: boolean;
}

/** The quantities of layer l; those of the textbook carry its names as labels. */
export interface LayerEquations extends ForwardEquations {
  /** `δ_j^l = ∂C_x/∂z_j^l`, of each example's own cost, axes of z */
  readonly error: Node;
  /** `∂C/∂w_jk^l` and the like of the parameters that are its own, by name; axes of the parameter. */
  readonly gradients: Readonly<Record<string, Node>>;
}

/** A parameter of a network in a graph. */
export interface ParameterEquations {
  /** 1 … L */
  readonly layer: number;
  readonly name: string;
  readonly symbol: string;
  readonly variable: VariableNode;
}

/** What a network answers, and what that costs, as a graph. */
export interface ForwardNetwork {
  /** The axis of examples; a run may use fewer than its size. */
  readonly examples: Axis;
  /** `x = a^0`, `[examples, n_0]` */
  readonly inputs: InputNode;
  /** `t`: `[examples, n_L]` values, or `[examples]` labels. */
  readonly targets: InputNode;
  /** `u_x`, `[examples]`, of mean 1 over the data; null where all examples count alike. */
  readonly exampleWeights: InputNode | null;
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly ForwardEquations[];
  /** In the order of the network's own list. */
  readonly parameters: readonly ParameterEquations[];
  /** `C_x`, `[examples]`; without weight and regularization. */
  readonly costs: Node;
  /** The mean of `u_x C_x` over the examples, a scalar: the examples' own cost, without the regularization. */
  readonly meanCost: Node;
  /** `C`, a scalar: the same plus the regularization. */
  readonly cost: Node;
}

/** A network as a graph. What a program does not ask for is not computed: gradients are free until used. */
export interface NetworkEquations extends ForwardNetwork {
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly LayerEquations[];
  /** In the order of the network's own list, each with `∂C/∂w` of the cost C, axes of the parameter. */
  readonly parameters: readonly (ParameterEquations & { readonly gradient: Node })[];
}

/**
 * The equations of a network, forward and backward, of whatever layers in whatever wiring.
 *
 * Backpropagation runs twice over the whole graph, each time once for all that is asked: from the costs of single examples
 * to every `z` (BP1 and BP2: `δ^l = ∂C_x/∂z^l`), and from the cost to every parameter (BP3 and BP4:
 * `∂C/∂w_jk = 1/n Σ_x a_k^(l−1) δ_j^l + ∂R/∂w_jk`). The second takes `∂C/∂z^l = u_x δ^l / n` as known, so that nothing is
 * computed twice; it is divided by n there, since it has fewer elements than the weights.
 * Source: Nielsen, "Neural networks and deep learning", chapter 2, equations BP1 to BP4; sheets/backpropagation.md.
 *
 * @throws ShapeError when `capacity` is not a whole number from 1 up.
 */
export function networkEquations(net: Network, options: EquationsOptions): NetworkEquations {
  const forward = forwardNetwork(net, options);
  const { costs, cost, examples, exampleWeights: u } = forward;
  const weightedInputs = forward.layers.map(({ weightedInput }) => weightedInput);
  const numberOf = new Map<Node, number>(weightedInputs.map((z, i) => [z, i + 1]));
  const errors = backpropagate(costs, weightedInputs, {
    label: (z) => ({ symbol: "delta", layer: numberOf.get(z) ?? null }),
  });

  const n = count(examples);
  const known = new Map<Node, Node>();
  for (const [z, delta] of errors) {
    const { axes } = delta;
    known.set(z, u === null ? map("delta / n", { delta, n }, { axes }) : map("u*delta / n", { u, delta, n }, { axes }));
  }
  const labelOf = new Map<Node, Label>(
    forward.parameters.map(({ variable, symbol, layer }) => [variable, { symbol: `d${symbol}`, layer }]),
  );
  const gradients = backpropagate(
    cost,
    forward.parameters.map(({ variable }) => variable),
    { known, label: (variable) => labelOf.get(variable) ?? null },
  );

  const parameters = forward.parameters.map((each) => ({ ...each, gradient: found(gradients, each.variable) }));
  const layers = forward.layers.map((layer, i) => ({
    ...layer,
    error: found(errors, layer.weightedInput),
    gradients: Object.fromEntries(
      parameters.filter((each) => each.layer === i + 1).map(({ name, gradient }) => [name, gradient]),
    ),
  }));
  return { ...forward, layers, parameters };
}

function found(gradients: ReadonlyMap<Node, Node>, quantity: Node): Node {
  const gradient = gradients.get(quantity);
  if (gradient === undefined) throw internalError("backpropagation left out a quantity it was asked for.");
  return gradient;
}

/**
 * The equations of a network on the way forward, and its cost.
 *
 * @param options.sharedWith other equations of the network, whose parameters these are to share.
 * @throws ShapeError when `capacity` is not a whole number from 1 up.
 */
export function forwardNetwork(
  net: Network,
  options: EquationsOptions & { readonly sharedWith?: ForwardNetwork | null },
): ForwardNetwork {
  const {
    capacity,
    targets: targetKind = "values",
    isTraining = false,
    isWeighted = false,
    sharedWith = null,
  } = options;
  const examples = axis("examples", capacity, { isVariable: true });
  const features = sharedWith?.inputs.axes.slice(1) ?? [axis("inputs", net.inputs)];
  const inputs = input("inputs", [examples, ...features], { symbol: "a", layer: 0 });

  // z^l from the outputs that layer l receives, and a^l = f(z^l), for l = 1 … L.
  const layers: ForwardEquations[] = [];
  for (const [i, layer] of net.layers.entries()) {
    const received = layer.receives.map((l) => (l === 0 ? inputs : (layers[l - 1]?.output ?? inputs)));
    const shared = sharedWith?.layers[i] ?? layers[layer.parametersOf - 1] ?? null;
    layers.push(forwardEquations(layer, received, { isTraining, shared }));
  }
  const parameters = net.parameters.map(({ layer, name, symbol }): ParameterEquations => {
    const variable = layers[layer - 1]?.parameters[name];
    if (variable === undefined) throw internalError(`layer ${layer} has no parameter ${name}.`);
    return { layer, name, symbol, variable };
  });

  // C_x, and C = 1/n Σ_x u_x C_x + R.
  const { targets, costs } = costEquations(net.cost, lastLayer(net, layers), targetKind);
  const exampleWeights = isWeighted ? input("weights", [examples], { symbol: "u_x", layer: null }) : null;
  const counted = exampleWeights === null ? costs : map("u*c", { u: exampleWeights, c: costs });
  const penalties = penaltiesOf(net, parameters);
  const meanOfCosts = reduce("mean", counted, []);
  const cost = labeled(
    // The penalty first: then backpropagation comes to it last, and its share stands last in a gradient.
    penalties.reduce((c: Node, r) => map("r + c", { c, r }), meanOfCosts),
    "C",
    null,
  );
  // One and the same node, so that it is computed once.
  const meanCost = penalties.length === 0 ? cost : meanOfCosts;
  return { examples, inputs, targets, exampleWeights, layers, parameters, costs, meanCost, cost };
}

/** `R = l1 Σ|w| + l2/2 Σw²` of each parameter that is to be kept small. */
function penaltiesOf(net: Network, parameters: readonly ParameterEquations[]): readonly Node[] {
  const { l1, l2 } = net.regularization;
  const terms = [...(l1 > 0 ? [`${l1}*abs(w)`] : []), ...(l2 > 0 ? [`${l2}/2*w^2`] : [])];
  if (terms.length === 0) return [];
  return parameters
    .filter((_, i) => net.parameters[i]?.isPenalized === true)
    .map(({ variable: w }) => reduce("sum", map(terms.join(" + "), { w }), []));
}

function lastLayer(net: Network, forward: readonly ForwardEquations[]): LastLayer {
  const equations = forward.at(-1);
  const layer = net.layers.at(-1);
  if (equations === undefined || layer === undefined) throw internalError("a network without layers.");
  return { ...equations, activationFunction: layer.activation };
}
