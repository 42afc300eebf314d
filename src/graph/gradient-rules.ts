import { symbol } from "../formula/index.ts";
import { constant, contract, count, map, reduce, rename } from "./build.ts";
import { partialDerivative } from "./partial-derivative.ts";
import type { Axis, MapNode, Node, NodeKind, ReduceNode } from "./node.ts";

/** One operand's share of the gradient: `∂C/∂operand += gradient`. */
export interface Contribution {
  readonly operand: Node;
  readonly gradient: Node;
}

/**
 * Vector–Jacobian product of one primitive: given `∂C/∂node` as `upstream` (axes of the node), what each operand gets.
 * `isWanted` tells which operands matter, so that nothing is built for the others.
 */
type GradientRule<Kind extends NodeKind> = (
  node: Extract<Node, { kind: Kind }>,
  upstream: Node,
  isWanted: (operand: Node) => boolean,
) => readonly Contribution[];

const COPY = symbol("g");

const isLeaf = (): readonly Contribution[] => [];

/** One rule per primitive: a missing one does not compile. */
export const gradientRules: { readonly [Kind in NodeKind]: GradientRule<Kind> } = {
  input: isLeaf,
  variable: isLeaf,
  constant: isLeaf,
  index: isLeaf,
  count: isLeaf,
  random: isLeaf,
  hold: isLeaf,

  // c = Σ a·b, so ∂C/∂a = Σ ∂C/∂c · b over the axes that a lacks: the same sum with one operand exchanged.
  contract: (node, upstream, isWanted) => {
    const contributions: Contribution[] = [];
    if (isWanted(node.left)) {
      contributions.push({ operand: node.left, gradient: contract(upstream, node.right, node.left.axes) });
    }
    if (isWanted(node.right)) {
      contributions.push({ operand: node.right, gradient: contract(upstream, node.left, node.right.axes) });
    }
    return contributions;
  },

  map: (node, upstream, isWanted) => {
    const contributions: Contribution[] = [];
    for (const [name, operand] of Object.entries(node.operands)) {
      if (!isWanted(operand)) continue;
      const gradient = mapGradient(node, name, upstream);
      if (gradient !== null) contributions.push({ operand, gradient: sumTo(gradient, operand.axes) });
    }
    return contributions;
  },

  rename: ({ operand }, upstream, isWanted) =>
    isWanted(operand) ? [{ operand, gradient: rename(upstream, operand.axes) }] : [],

  reduce: (node, upstream, isWanted) =>
    isWanted(node.operand) ? [{ operand: node.operand, gradient: reduceGradient(node, upstream) }] : [],
};

/** `∂C/∂y · ∂f/∂u` for y = f(…, u, …), or null where that is 0; u and y keep their values from the forward pass. */
function mapGradient(node: MapNode, name: string, upstream: Node): Node | null {
  const { derivative, value, gradient, share } = partialDerivative(node.formula, name);
  if (derivative.kind === "number" && derivative.value === 0) return null;
  if (derivative.kind === "number" && derivative.value === 1) return upstream;
  const operands = { ...node.operands, [value]: node, [gradient]: upstream };
  return map(share, operands, { axes: node.axes });
}

function sumTo(node: Node, axes: readonly Axis[]): Node {
  const isSame = node.axes.length === axes.length && node.axes.every((each, position) => each === axes[position]);
  if (isSame) return node;
  if (node.axes.length === axes.length) return map(COPY, { g: node }, { axes });
  return reduce("sum", node, axes);
}

function reduceGradient(node: ReduceNode, upstream: Node): Node {
  const { operand } = node;
  switch (node.reduction) {
    case "sum":
      return map(COPY, { g: upstream }, { axes: operand.axes });
    case "mean": {
      let gradient = upstream;
      for (const summed of operand.axes.filter((each) => !node.axes.includes(each))) {
        gradient = map("g / n", { g: gradient, n: summed.isVariable ? count(summed) : constant(summed.size) });
      }
      return map(COPY, { g: gradient }, { axes: operand.axes });
    }
    case "max": {
      // Where several positions hold the maximum, each gets an equal share: the mean of the one-sided derivatives.
      const isMaximum = map("u == m", { u: operand, m: node }, { axes: operand.axes });
      const winners = reduce("sum", isMaximum, node.axes);
      return map("g * h / n", { g: upstream, h: isMaximum, n: winners }, { axes: operand.axes });
    }
  }
}
