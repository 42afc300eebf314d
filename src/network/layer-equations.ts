import {
  type Axis,
  axis,
  contract,
  type Label,
  map,
  type Node,
  random,
  variable,
  type VariableNode,
} from "../graph/index.ts";
import { dropoutStream } from "../random/index.ts";
import type { NetworkLayer } from "./network.ts";
import { softmax } from "./softmax.ts";

/** Layer l on the way forward. */
export interface ForwardEquations {
  /** `w_jk^l`, `[n_l, n_(l−1)]` */
  readonly weights: VariableNode;
  /** `b_j^l`, `[n_l]`; null without bias. */
  readonly biases: VariableNode | null;
  /** `z_j^l = Σ_k w_jk^l a_k^(l−1) + b_j^l`, `[examples, n_l]` */
  readonly weightedInput: Node;
  /** `a_j^l = f(z_j^l)`, `[examples, n_l]` */
  readonly activation: Node;
  /** What layer l + 1 receives: `activation`, less the neurons that dropout leaves out. */
  readonly output: Node;
}

/** A layer's variables, when more than one graph has them. */
export type SharedParameters = Pick<ForwardEquations, "weights" | "biases">;

/** How a layer's equations are made. */
export interface ForwardOptions {
  /** Whether dropout applies. */
  readonly isTraining: boolean;
  /** Variables to take instead of new ones; their axes are then those of the layer. */
  readonly parameters: SharedParameters | null;
}

/** The forward equations of layer `l`, which receives `received`, `[examples, n_(l−1)]`. */
export function forwardEquations(
  layer: NetworkLayer,
  l: number,
  received: Node,
  { isTraining, parameters }: ForwardOptions,
): ForwardEquations {
  const [examples, before] = received.axes as readonly [Axis, Axis]; // as: every layer's output has these two
  const neurons = parameters?.weights.axes[0] ?? axis(`layer ${l}`, layer.units);
  const named = (symbol: string): Label => ({ symbol, layer: l });

  const weights = parameters?.weights ?? variable(`w${l}`, [neurons, before], named("w"));
  const ownBiases = (): VariableNode | null => (layer.hasBias ? variable(`b${l}`, [neurons], named("b")) : null);
  const biases = parameters === null ? ownBiases() : parameters.biases;
  const weightedInput =
    biases === null
      ? contract(received, weights, [examples, neurons], named("z"))
      : map("s + b", { s: contract(received, weights, [examples, neurons]), b: biases }, { label: named("z") });
  const activation =
    layer.activation.kind === "softmax"
      ? softmax(weightedInput, named("a")).probabilities
      : map(layer.activation.stable, { z: weightedInput }, { label: named("a") });
  const output = isTraining && layer.dropout > 0 ? withDropout(activation, layer.dropout, l) : activation;
  return { weights, biases, weightedInput, activation, output };
}

/**
 * Sets each neuron of each example to 0 with probability `rate`, anew in every step, and scales the others by
 * `1/(1 − rate)`: the mean stays what it is, so that a prediction needs no correction.
 * Source: Srivastava et al., "Dropout" (2014), section 10 (the scaling in training).
 */
function withDropout(activation: Node, rate: number, l: number): Node {
  const u = random(activation.axes, dropoutStream(l));
  return map(`u >= ${rate} ? a*${1 / (1 - rate)} : 0`, { u, a: activation }, { axes: activation.axes });
}
