import { type Node, operandsOf } from "./node.ts";

/**
 * All nodes that `roots` are computed from, each once and after its operands; a root's own operands come in the order
 * they are written. `before` adds nodes that must precede a node without being its operands.
 *
 * Iterative: a chain of any length needs no call stack.
 */
export function topologicalOrder(
  roots: readonly Node[],
  before: (node: Node) => readonly Node[] = () => [],
): readonly Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; operands: readonly Node[]; next: number }[] = [];
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, operands: [...operandsOf(node), ...before(node)], next: 0 });
  };
  for (const root of roots) {
    visit(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const operand = top.operands[top.next];
      if (operand === undefined) {
        order.push(top.node);
        stack.pop();
      } else {
        top.next += 1;
        visit(operand);
      }
    }
  }
  return order;
}
