import { type Node, operandsOf } from "./node.ts";

/**
 * All nodes that `roots` are computed from, each once and after its operands. `predecessors` may ask for more nodes than
 * a node's operands to come before it, and for another order among them.
 *
 * Iterative: a chain of any length needs no call stack.
 */
export function topologicalOrder(
  roots: readonly Node[],
  predecessors: (node: Node) => readonly Node[] = operandsOf,
): readonly Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; before: readonly Node[]; next: number }[] = [];
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, before: predecessors(node), next: 0 });
  };
  for (const root of roots) {
    visit(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const earlier = top.before[top.next];
      if (earlier === undefined) {
        order.push(top.node);
        stack.pop();
      } else {
        top.next += 1;
        visit(earlier);
      }
    }
  }
  return order;
}
