import type { Activation, ActivationName, CostName, Network } from "../../network/index.ts";

import type { FunctionTable } from "../vocabulary/function-table.ts";

/** What a question says of its network: one by name, or "general" for any. */
export interface NetworkModel {
  /** f, of all layers but perhaps the last. */
  readonly activation: "general" | ActivationName;
  readonly outputActivation: "general" | ActivationName;
  readonly cost: "general" | CostName;
  /** Functions that the sheet defines. */
  readonly functions: FunctionTable;
  /** The network that is given, whose widths, activations and cost then count instead; its numbers do not. Null for most. */
  readonly net: Network | null;
}

/** The given activation of layer l ≥ 1 of a network with so many layers; null where no network is given. */
export function givenActivation({ net }: NetworkModel, layer: number, depth: number): Activation | null {
  if (net === null) return null;
  const hidden = net.layers.slice(0, -1);
  const own = layer === depth ? net.layers.at(-1) : (hidden[layer - 1] ?? hidden.at(-1) ?? net.layers.at(-1));
  return own?.activation ?? null;
}
