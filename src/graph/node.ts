import type { Formula } from "../formula/tree.ts";

/**
 * An index that tensors are laid out along: the neurons of one layer, the examples of a batch.
 *
 * Two tensors share an index when they hold the *same* `Axis` object: `w_jk^l` has the axes of layers l and l−1, `a_k`
 * of layer l−1 and the examples. Sums and broadcasting follow from the axes alone, as in the textbook's subscripts.
 */
export interface Axis {
  readonly name: string;
  /** Number of positions; for an axis whose extent varies (examples), the most there can be. */
  readonly size: number;
  /** True when a run may use fewer than `size` positions (the last, smaller batch). */
  readonly isVariable: boolean;
}

/** What a node is called in the textbook, for printing and inspection: `{ symbol: "z", layer: 2 }` is z². */
export interface Label {
  readonly symbol: string;
  readonly layer: number | null;
}

interface NodeBase {
  /** Row-major, outermost first. No axes: a scalar. No axis twice. */
  readonly axes: readonly Axis[];
  readonly label: Label | null;
}

/** Values fed anew for each run: examples, targets, the learning rate of this step. */
export interface InputNode extends NodeBase {
  readonly kind: "input";
  readonly name: string;
}

/** Values that persist between runs and that updates replace: weights, biases, the state of an update rule. */
export interface VariableNode extends NodeBase {
  readonly kind: "variable";
  readonly name: string;
}

/** The same number at every position. */
export interface ConstantNode extends NodeBase {
  readonly kind: "constant";
  readonly value: number;
}

/** The position along its only axis: 0, 1, 2 … */
export interface IndexNode extends NodeBase {
  readonly kind: "index";
}

/** A scalar: how many positions `axis` has in this run. */
export interface CountNode extends NodeBase {
  readonly kind: "count";
  readonly axis: Axis;
}

/**
 * Uniform numbers in [0, 1), a pure function of (seed, stream, step, position): see `src/random`.
 * Position counts row-major over the axes, with the full `size` of every axis but the first.
 */
export interface RandomNode extends NodeBase {
  readonly kind: "random";
  readonly stream: number;
}

/** `Σ left · right`, summed over every axis of the operands that is not among `axes`. */
export interface ContractNode extends NodeBase {
  readonly kind: "contract";
  readonly left: Node;
  readonly right: Node;
}

/**
 * `formula` applied at every position of `axes`; `operands` gives the node behind each of its symbols. An operand that
 * lacks an axis is the same at all its positions.
 */
export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly formula: Formula;
  readonly operands: Readonly<Record<string, Node>>;
}

/** How a `reduce` makes one number of many. */
export type Reduction = "sum" | "mean" | "max";

/** Sum, mean or maximum over every axis of the operand that is not among `axes`. */
export interface ReduceNode extends NodeBase {
  readonly kind: "reduce";
  readonly reduction: Reduction;
  readonly operand: Node;
}

/** The operand's values, held constant: backpropagation stops here. */
export interface HoldNode extends NodeBase {
  readonly kind: "hold";
  readonly operand: Node;
}

/** The operand's values along other axes of the same sizes, position by position: `a_k` where a weight has its own k. */
export interface RenameNode extends NodeBase {
  readonly kind: "rename";
  readonly operand: Node;
}

/** One equation of the network: a quantity, and the quantities it is computed from. Immutable; identity is the object. */
export type Node =
  | InputNode
  | VariableNode
  | ConstantNode
  | IndexNode
  | CountNode
  | RandomNode
  | ContractNode
  | MapNode
  | ReduceNode
  | HoldNode
  | RenameNode;

/** The name of a primitive: what `kind` says of a node. */
export type NodeKind = Node["kind"];

/** `N["left"]`, `N["operand"]` … as a list, in a fixed order. */
export function operandsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "contract":
      return [node.left, node.right];
    case "map":
      return Object.values(node.operands);
    case "reduce":
    case "hold":
    case "rename":
      return [node.operand];
    default:
      return [];
  }
}
