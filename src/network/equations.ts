import { internalError } from "../errors.ts";
import {
  type Axis,
  axis,
  backpropagate,
  count,
  input,
  type InputNode,
  map,
  type Node,
  reduce,
} from "../graph/index.ts";
import { costEquations, type LastLayer } from "./cost-equations.ts";
import { type ForwardEquations, forwardEquations, type SharedParameters } from "./layer-equations.ts";
import type { Network, Regularization } from "./network.ts";

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
  /** `δ_j^l = ∂C_x/∂z_j^l`, of each example's own cost, `[examples, n_l]` */
  readonly error: Node;
  /** `∂C/∂w_jk^l`, `[n_l, n_(l−1)]` */
  readonly weightGradient: Node;
  /** `∂C/∂b_j^l`, `[n_l]`; null without bias. */
  readonly biasGradient: Node | null;
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
}

/**
 * The equations of a network, forward and backward.
 * Source: the seed sheet; Nielsen, chapter 2, equations BP1 to BP4.
 *
 * @throws ShapeError when `capacity` is not a whole number from 1 up.
 */
export function networkEquations(net: Network, options: EquationsOptions): NetworkEquations {
  const forward = forwardNetwork(net, options);
  const errors = errorsBackward(forward.costs, forward.layers);
  const layers = forward.layers.map((equations, i) => {
    const error = errors[i];
    if (error === undefined) throw internalError(`layer ${i + 1} has no error.`);
    const r = penalty(net.regularization, equations.weights);
    // No parameter of layer l is beneath z^(l−1).
    const ground = forward.layers[i - 1]?.weightedInput ?? null;
    const options = { penalty: r, exampleWeights: forward.exampleWeights, ground };
    return { ...equations, error, ...parameterGradients(equations, error, i + 1, options) };
  });
  return { ...forward, layers };
}

/**
 * The equations of a network on the way forward, and its cost.
 *
 * @param options.parameters layers of other equations of the network, whose weights and biases these are to share.
 * @throws ShapeError when `capacity` is not a whole number from 1 up.
 */
export function forwardNetwork(
  net: Network,
  options: EquationsOptions & { readonly parameters?: readonly SharedParameters[] },
): ForwardNetwork {
  const { capacity, targets: targetKind = "values", isTraining = false, isWeighted = false, parameters = [] } = options;
  const examples = axis("examples", capacity, { isVariable: true });
  const width = parameters[0]?.weights.axes[1] ?? axis("inputs", net.inputs);
  const inputs = input("inputs", [examples, width], { symbol: "a", layer: 0 });

  // z^l = w^l a^(l−1) + b^l and a^l = f(z^l), for l = 1 … L.
  const layers: ForwardEquations[] = [];
  let received: Node = inputs;
  net.layers.forEach((layer, i) => {
    const equations = forwardEquations(layer, i + 1, received, { isTraining, parameters: parameters[i] ?? null });
    layers.push(equations);
    received = equations.output;
  });

  // C_x, and C = 1/n Σ_x u_x C_x + R.
  const { targets, costs } = costEquations(net.cost, lastLayer(net, layers), targetKind);
  const exampleWeights = isWeighted ? input("weights", [examples], { symbol: "u_x", layer: null }) : null;
  const counted = exampleWeights === null ? costs : map("u*c", { u: exampleWeights, c: costs });
  const penalties = layers.map(({ weights }) => penalty(net.regularization, weights));
  const meanOfCosts = reduce("mean", counted, []);
  const cost = withPenalties(meanOfCosts, penalties);
  // One and the same node, so that it is computed once.
  const meanCost = penalties.every((r) => r === null) ? cost : meanOfCosts;
  return { examples, inputs, targets, exampleWeights, layers, costs, meanCost, cost };
}

/** BP1 and BP2: `δ^L = ∂C_x/∂z^L`, then `δ^l = ∂C_x/∂z^l` from `δ^(l+1)` by the chain rule through `z^(l+1)`. */
function errorsBackward(costs: Node, forward: readonly ForwardEquations[]): readonly Node[] {
  const errors: Node[] = [];
  let output = costs;
  let upstream: Node | undefined;
  for (const [i, { weightedInput }] of [...forward.entries()].toReversed()) {
    // Nothing beneath z^l depends on it.
    upstream = labeled(derivative(output, weightedInput, { upstream, ground: weightedInput }), "delta", i + 1);
    errors.push(upstream);
    output = weightedInput;
  }
  return errors.toReversed();
}

/**
 * BP3 and BP4, of the mean cost: `∂C/∂w_jk = 1/n Σ_x a_k^(l−1) δ_j^l + ∂R/∂w_jk` and `∂C/∂b_j = 1/n Σ_x δ_j^l`, with
 * `u_x δ_j^l` for δ where examples have weights: δ is of the example's own cost. It is divided by n first, since it has
 * fewer elements than the weights.
 */
function parameterGradients(
  { weights, biases, weightedInput }: ForwardEquations,
  error: Node,
  l: number,
  {
    penalty,
    exampleWeights,
    ground,
  }: {
    readonly penalty: Node | null;
    readonly exampleWeights: Node | null;
    /** See `backpropagate`. */
    readonly ground: Node | null;
  },
): Pick<LayerEquations, "weightGradient" | "biasGradient"> {
  const [examples] = error.axes as readonly [Axis]; // as: the first axis of every error
  const n = count(examples);
  const share =
    exampleWeights === null
      ? map("delta / n", { delta: error, n }, { axes: error.axes })
      : map("u*delta / n", { u: exampleWeights, delta: error, n }, { axes: error.axes });
  const ofCosts = derivative(weightedInput, weights, { upstream: share, ground });
  const weightGradient =
    penalty === null ? ofCosts : map("g + r", { g: ofCosts, r: derivative(penalty, weights) }, { axes: weights.axes });
  return {
    weightGradient: labeled(weightGradient, "dw", l),
    biasGradient:
      biases === null ? null : labeled(derivative(weightedInput, biases, { upstream: share, ground }), "db", l),
  };
}

/** `R = l1 Σ|w| + l2/2 Σw²` of one layer, or null without regularization. */
function penalty({ l1, l2 }: Regularization, weights: Node): Node | null {
  const terms = [...(l1 > 0 ? [`${l1}*abs(w)`] : []), ...(l2 > 0 ? [`${l2}/2*w^2`] : [])];
  return terms.length === 0 ? null : reduce("sum", map(terms.join(" + "), { w: weights }), []);
}

function withPenalties(meanCost: Node, penalties: readonly (Node | null)[]): Node {
  let cost = meanCost;
  for (const r of penalties) if (r !== null) cost = map("c + r", { c: cost, r });
  return labeled(cost, "C", null);
}

/** `∂output/∂quantity`, times `upstream`; nothing beneath `ground` is looked at: see `backpropagate`. */
function derivative(
  output: Node,
  quantity: Node,
  { upstream, ground = null }: { readonly upstream?: Node | undefined; readonly ground?: Node | null } = {},
): Node {
  const found = backpropagate(output, [quantity], {
    ...(upstream === undefined ? {} : { upstream }),
    ...(ground === null ? {} : { ground: new Set([ground]) }),
  }).get(quantity);
  if (found === undefined) throw internalError("backpropagation left out a quantity it was asked for.");
  return found;
}

function lastLayer(net: Network, forward: readonly ForwardEquations[]): LastLayer {
  const equations = forward.at(-1);
  const layer = net.layers.at(-1);
  if (equations === undefined || layer === undefined) throw internalError("a network without layers.");
  return { ...equations, activationFunction: layer.activation };
}

/** The same equation under a name of the textbook. */
function labeled(node: Node, symbol: string, layer: number | null): Node {
  return { ...node, label: { symbol, layer } };
}
