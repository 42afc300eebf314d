import { type Axis, map, type Node, random, rename, variable, type VariableNode } from "../graph/index.ts";
import { dropoutStream } from "../random/index.ts";
import { kindOf } from "./layers/kinds.ts";
import type { NetworkLayer } from "./layers/layer-kind.ts";
import { softmax } from "./softmax.ts";

/** Layer l on the way forward. */
export interface ForwardEquations {
  /** The parameters it computes with, by name: `weights` (`w_jk^l`, `[n_l, n_(l−1)]`) and `biases` of a dense layer. */
  readonly parameters: Readonly<Record<string, VariableNode>>;
  /** Axes of what it receives, without the examples, as its parameters have them. */
  readonly received: readonly (readonly Axis[])[];
  /** `z^l`, `[examples, n_l]`; of a dense layer `z_j^l = Σ_k w_jk^l a_k^(l−1) + b_j^l` */
  readonly weightedInput: Node;
  /** `a_j^l = f(z_j^l)`, axes of z */
  readonly activation: Node;
  /** What later layers receive: `activation`, less the neurons that dropout leaves out. */
  readonly output: Node;
  /** Further quantities that its kind has names for. */
  readonly quantities: Readonly<Record<string, Node>>;
}

/** A layer's variables and their axes, when more than one layer or graph has them. */
export type SharedParameters = Pick<ForwardEquations, "parameters" | "received">;

/** How a layer's equations are made. */
export interface ForwardOptions {
  /** Whether dropout applies. */
  readonly isTraining: boolean;
  /** Variables to take instead of new ones. */
  readonly shared: SharedParameters | null;
}

/** The forward equations of a layer, which receives `inputs`, each `[examples, …]`. */
export function forwardEquations(
  layer: NetworkLayer,
  inputs: readonly Node[],
  { isTraining, shared }: ForwardOptions,
): ForwardEquations {
  const l = layer.number;
  const received = shared?.received ?? inputs.map(({ axes }) => axes.slice(1));
  const parameters = shared?.parameters ?? newParameters(layer, received);
  const aligned = inputs.map((input, i) => along(input, received[i] ?? []));
  const own = kindOf(layer).equations(layer, { inputs: aligned, parameters });
  const weightedInput = labeled(own.weightedInput, "z", l);
  const activation =
    layer.activation.kind === "softmax"
      ? softmax(weightedInput, { symbol: "a", layer: l }).probabilities
      : map(layer.activation.stable, { z: weightedInput }, { label: { symbol: "a", layer: l } });
  const output = isTraining && layer.dropout > 0 ? withDropout(activation, layer.dropout, l) : activation;
  return { parameters, received, weightedInput, activation, output, quantities: own.quantities ?? {} };
}

function newParameters(
  layer: NetworkLayer,
  received: readonly (readonly Axis[])[],
): Readonly<Record<string, VariableNode>> {
  const l = layer.number;
  return Object.fromEntries(
    kindOf(layer)
      .parameters(layer, received)
      .map(({ name, symbol, axes }) => [name, variable(`${symbol}${l}`, axes, { symbol, layer: l })]),
  );
}

/** The node along the axes that its receiver's parameters have. */
function along(node: Node, axes: readonly Axis[]): Node {
  return rename(node, [...node.axes.slice(0, 1), ...axes]);
}

/** The same equation under a name of the textbook. */
export function labeled(node: Node, symbol: string, layer: number | null): Node {
  return { ...node, label: { symbol, layer } };
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
