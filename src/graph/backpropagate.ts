import { ShapeError } from "../errors.ts";
import { add, symbol } from "../formula/index.ts";
import { constant, describeAxes, map } from "./build.ts";
import { type Contribution, gradientRules } from "./gradient-rules.ts";
import { type Label, type Node, operandsOf } from "./node.ts";
import { topologicalOrder } from "./order.ts";

const SUM = add(symbol("g"), symbol("h"));

/** What backpropagation is told beyond what to differentiate. */
export interface BackpropagateOptions {
  /** `∂C/∂output` where that is not 1 (axes of `output`). */
  readonly upstream?: Node;
  /**
   * `∂C/∂q` of quantities q that is known already (axes of q): it stands for all that the chain rule would hand to q, so
   * that what lies between q and the output is not gone through again.
   */
  readonly known?: ReadonlyMap<Node, Node>;
  /** What the derivative with respect to a quantity is called. Default: nothing. */
  readonly label?: (quantity: Node) => Label | null;
}

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
 * Iterative; every node is visited once, however many quantities there are: O(nodes). Source: Nielsen,
 * "Neural networks and deep learning", chapter 2, equations BP1–BP4; the bundled sheet sheets/backpropagation.md derives them.
 *
 * @throws ShapeError when `upstream` has other axes than `output`, or what is known other axes than its quantity.
 */
export function backpropagate(
  output: Node,
  quantities: readonly Node[],
  options: BackpropagateOptions = {},
): ReadonlyMap<Node, Node> {
  const { upstream = constant(1, output.axes), known = new Map<Node, Node>(), label } = options;
  checkAxes("upstream", upstream, output, "output");
  for (const [quantity, gradient] of known) checkAxes("what is known", gradient, quantity, "quantity");
  const order = topologicalOrder([output, ...known.keys()]);
  const isAsked = new Set(quantities);
  const isBelow = dependents(order, isAsked, known);
  const isWanted = (operand: Node): boolean => isBelow.has(operand) && !known.has(operand);
  const gradients = new Map<Node, Node>([[output, upstream], ...known]);
  for (const node of order.toReversed()) {
    let gradient = gradients.get(node);
    if (gradient === undefined) continue;
    if (isAsked.has(node)) {
      gradient = named(gradient, label?.(node) ?? null);
      gradients.set(node, gradient);
    }
    if (!isBelow.has(node)) continue;
    for (const { operand, gradient: share } of contributions(node, gradient, isWanted)) {
      const sofar = gradients.get(operand);
      gradients.set(operand, sofar === undefined ? share : map(SUM, { g: sofar, h: share }, { axes: operand.axes }));
    }
  }
  return new Map(
    quantities.map((each) => [each, gradients.get(each) ?? named(constant(0, each.axes), label?.(each) ?? null)]),
  );
}

function named(gradient: Node, label: Label | null): Node {
  return label === null ? gradient : { ...gradient, label };
}

function checkAxes(what: string, gradient: Node, node: Node, whose: string): void {
  const { axes } = node;
  if (gradient.axes.length === axes.length && gradient.axes.every((each, i) => each === axes[i])) return;
  throw new ShapeError({
    where: "backpropagate",
    expected: `${what} with axes ${describeAxes(axes)}`,
    got: describeAxes(gradient.axes),
    advice: `Give it the axes of the ${whose}.`,
  });
}

/** The nodes of `order` that are among `quantities`, or computed from one without passing a node of `known`. */
function dependents(
  order: readonly Node[],
  quantities: ReadonlySet<Node>,
  known: ReadonlyMap<Node, Node>,
): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const node of order) {
    if (quantities.has(node)) found.add(node);
    else if (node.kind !== "hold" && operandsOf(node).some((operand) => found.has(operand) && !known.has(operand))) {
      found.add(node);
    }
  }
  return found;
}

function contributions(node: Node, gradient: Node, isWanted: (operand: Node) => boolean): readonly Contribution[] {
  // Node and rule share the kind; TypeScript cannot pair the two members of the unions.
  const rule = gradientRules[node.kind] as (
    node: Node,
    upstream: Node,
    isWanted: (operand: Node) => boolean,
  ) => readonly Contribution[];
  return rule(node, gradient, isWanted);
}
