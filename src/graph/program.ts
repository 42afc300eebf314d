import type { Node, VariableNode } from "./node.ts";

/** `target ← value`; both have the same axes in the same order. */
export interface Update {
  readonly target: VariableNode;
  readonly value: Node;
}

/**
 * What an engine is asked to do in one run: compute `outputs`, then replace every update's target by its value, all at
 * once (no update sees another's result).
 */
export interface Program {
  /** Quantities to be read after a run, under the caller's names; a variable's is the value before the updates. */
  readonly outputs: Readonly<Record<string, Node>>;
  readonly updates: readonly Update[];
}
