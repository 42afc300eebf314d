import type { FunctionName } from "../../formula/index.ts";
import type { Axis, Node } from "../../graph/index.ts";

/** What the writers of expressions need of the program around them. */
export interface CodeContext {
  /** The variable that holds a node's values, or null for one that is written where it is used. */
  readonly nameOf: (node: Node) => string | null;
  /** The code for the size of an axis. */
  readonly sizeOf: (axis: Axis) => string;
  readonly needs: Set<FunctionName>;
}
