import { formulaKey } from "../formula/index.ts";
import { type Axis, type Node, operandsOf } from "./node.ts";

/**
 * Numbers for nodes and axes: the structural identity of a graph, as `formulaKey` is that of formulas. Nodes without a label
 * that compute the same from the same have the same number; a node with a label, an input or a variable is itself alone.
 */
export function identities(): (thing: Node | Axis) => number {
  const known = new Map<Node | Axis, number>();
  const bySignature = new Map<string, number>();
  let next = 0;
  const fresh = (): number => {
    next += 1;
    return next;
  };
  const idOf = (thing: Node | Axis): number => {
    const found = known.get(thing);
    if (found !== undefined) return found;
    const signature = "kind" in thing && thing.label === null ? signatureOf(thing) : null;
    const id = (signature === null ? undefined : bySignature.get(signature)) ?? fresh();
    if (signature !== null) bySignature.set(signature, id);
    known.set(thing, id);
    return id;
  };
  const signatureOf = (node: Node): string | null => {
    const parts = [...operandsOf(node), ...node.axes].map(idOf).join(" ");
    switch (node.kind) {
      case "map":
        return `map ${formulaKey(node.formula)} ${Object.keys(node.operands).join(" ")} ${parts}`;
      case "reduce":
        return `${node.reduction} ${parts}`;
      case "contract":
      case "hold":
      case "rename":
        return `${node.kind} ${parts}`;
      case "constant":
        return `constant ${node.value} ${parts}`;
      default:
        return null;
    }
  };
  return idOf;
}
