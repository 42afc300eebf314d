import { ShapeError } from "../errors.ts";
import { add, symbol } from "../formula/index.ts";
import { constant, describeAxes, map } from "./build.ts";
import { type Contribution, gradientRules } from "./gradient-rules.ts";
import { type Node, operandsOf } from "./node.ts";
import { topologicalOrder } from "./order.ts";

const SUM = add(symbol("g"), symbol("h"));

/**
 * Backpropagation, as a function from graph to graph: nodes for `∂(Σ output)/∂q` of every quantity q in `quantities`.
 *
 * The chain rule, from the output backwards: each node hands its operands their share (`gradientRules`), and a node used
 * more than once adds up what its users hand it. Only nodes between `quantities` and `output` get a gradient. What comes
 * out are nodes like any others, to be run, printed, or differentiated again.
 *
 * An output with axes counts as the sum of its elements: for the costs of single examples, each of which depends on its
 * own example alone, `∂/∂z` is then the textbook's δ. A quantity the output does not depend on gets zeros.
 *
 * Iterative, O(nodes between `output` and the leaves or `ground`). Source: the seed sheet, "Computing the Error"; Nielsen,
 * chapter 2, equations BP1–BP4.
 *
 * @param options.upstream `∂C/∂output` where that is not 1 (axes of `output`).
 * @param options.ground nodes that are not looked beneath, as no quantity is there: in a long chain the walk stays short.
 * @throws ShapeError when `upstream` has other axes than `output`.
 */
export function backpropagate(
  output: Node,
  quantities: readonly Node[],
  options: { readonly upstream?: Node; readonly ground?: ReadonlySet<Node> } = {},
): ReadonlyMap<Node, Node> {
  const upstream = options.upstream ?? constant(1, output.axes);
  if (upstream.axes.length !== output.axes.length || upstream.axes.some((each, i) => each !== output.axes[i])) {
    throw new ShapeError({
      where: "backpropagate",
      expected: `upstream with axes ${describeAxes(output.axes)}`,
      got: describeAxes(upstream.axes),
      advice: "Give it the axes of the output.",
    });
  }
  const { ground } = options;
  const order = topologicalOrder([output], (node) => (ground?.has(node) === true ? [] : operandsOf(node)));
  const isWanted = dependents(order, new Set(quantities));
  const gradients = new Map<Node, Node>();
  if (isWanted.has(output)) gradients.set(output, upstream);
  for (const node of order.toReversed()) {
    const gradient = gradients.get(node);
    if (gradient === undefined) continue;
    for (const { operand, gradient: share } of contributions(node, gradient, isWanted)) {
      const sofar = gradients.get(operand);
      gradients.set(operand, sofar === undefined ? share : map(SUM, { g: sofar, h: share }, { axes: operand.axes }));
    }
  }
  return new Map(quantities.map((each) => [each, gradients.get(each) ?? constant(0, each.axes)]));
}

/** The nodes of `order` that are among `quantities` or computed from one. */
function dependents(order: readonly Node[], quantities: ReadonlySet<Node>): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const node of order) {
    if (quantities.has(node)) found.add(node);
    else if (node.kind !== "hold" && operandsOf(node).some((operand) => found.has(operand))) found.add(node);
  }
  return found;
}

function contributions(node: Node, gradient: Node, isWanted: ReadonlySet<Node>): readonly Contribution[] {
  // Node and rule share the kind; TypeScript cannot pair the two members of the unions.
  const rule = gradientRules[node.kind] as (
    node: Node,
    upstream: Node,
    isWanted: (operand: Node) => boolean,
  ) => readonly Contribution[];
  return rule(node, gradient, (operand) => isWanted.has(operand));
}
