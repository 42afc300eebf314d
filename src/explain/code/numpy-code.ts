import { internalError } from "../../errors.ts";
import type { Axis, Node } from "../../graph/index.ts";
import { formulaCode, withoutConstants } from "./formula-code.ts";
import type { CodeContext } from "./code-context.ts";

/** The right side of a node's line in NumPy, on whole arrays: `a0 @ w1.T + b1`. */
export function numpyExpression(node: Node, context: CodeContext): string {
  const code = arrayCode(node, context, true);
  return isSpread(node, context) ? code : `np.broadcast_to(${code}, (${shape(node.axes, context)}))`;
}

function shape(axes: readonly Axis[], context: CodeContext): string {
  return `${axes.map(context.sizeOf).join(", ")}${axes.length === 1 ? "," : ""}`;
}

/** Whether a node's array has an element for every position, not one that NumPy would repeat. */
function isSpread(node: Node, context: CodeContext, isRoot = true): boolean {
  if (!isRoot && context.nameOf(node) !== null) return true;
  if (node.axes.length === 0) return true;
  if (node.kind === "hold" || node.kind === "rename") return isSpread(node.operand, context, false);
  if (node.kind !== "map") return node.kind !== "constant";
  const covered = new Set(
    Object.values(node.operands)
      .filter((each) => isSpread(each, context, false))
      .flatMap((each) => each.axes),
  );
  return node.axes.every((axis) => covered.has(axis));
}

function arrayCode(node: Node, context: CodeContext, isRoot = false): string {
  const name = isRoot ? null : context.nameOf(node);
  if (name !== null) return name;
  switch (node.kind) {
    case "constant":
      return Number.isInteger(node.value) ? `${node.value}.0` : String(node.value);
    case "count":
      return context.sizeOf(node.axis);
    case "index":
      return `np.arange(${context.sizeOf(node.axes[0] as Axis)})`; // as: it has one axis
    case "hold":
    case "rename":
      return arrayCode(node.operand, context);
    case "map": {
      const { text, needs } = formulaCode(withoutConstants(node), "python", ({ name: symbol }) => {
        const operand = node.operands[symbol];
        return operand === undefined ? "np.nan" : aligned(operand, node.axes, context);
      });
      for (const each of needs) context.needs.add(each);
      return text;
    }
    case "contract":
      return contractCode(node, context);
    case "reduce": {
      const summed = node.operand.axes.flatMap((axis, i) => (node.axes.includes(axis) ? [] : [i]));
      const operand = isSpread(node.operand, context, false)
        ? arrayCode(node.operand, context)
        : `np.broadcast_to(${arrayCode(node.operand, context)}, (${shape(node.operand.axes, context)}))`;
      const over = summed.length === node.operand.axes.length ? "" : `, axis=${summed.join("")}`;
      return `np.${node.reduction}(${operand}${over})`;
    }
    default:
      throw internalError(`a program cannot compute a ${node.kind}.`);
  }
}

/** An operand laid out along the axes of the result: transposed, or with axes of one position put in. */
function aligned(operand: Node, axes: readonly Axis[], context: CodeContext): string {
  const code = arrayCode(operand, context);
  const text = /^[\w.]+$/.test(code) || /^np\.\w+\([^()]*\)$/.test(code) ? code : `(${code})`;
  const own = operand.axes;
  if (own.length === 2 && axes.indexOf(own[0] as Axis) > axes.indexOf(own[1] as Axis)) return `${text}.T`; // as: two axes
  const isTrailing = own.every((axis, i) => axes[axes.length - own.length + i] === axis);
  if (isTrailing || !isSpread(operand, context, false)) return text;
  return `${text}[${axes.map((axis) => (own.includes(axis) ? ":" : "None")).join(", ")}]`;
}

/** A product of matrices, with the transposes that its axes ask for; any other contraction by subscripts. */
function contractCode(node: Extract<Node, { kind: "contract" }>, context: CodeContext): string {
  const { left, right, axes } = node;
  const code = (each: Node): string => {
    const text = arrayCode(each, context);
    const spread = isSpread(each, context, false) ? text : `np.broadcast_to(${text}, (${shape(each.axes, context)}))`;
    return /^[\w.]+$/.test(spread) ? spread : `(${spread})`;
  };
  const summed = left.axes.filter((axis) => !axes.includes(axis));
  const [rows, columns] = axes;
  const [over] = summed;
  const isProduct = left.axes.length === 2 && right.axes.length === 2 && axes.length === 2 && summed.length === 1;
  if (isProduct && rows !== undefined && columns !== undefined && over !== undefined) {
    const [first, second] = left.axes.includes(rows) ? [left, right] : [right, left];
    const a = first.axes[0] === rows ? code(first) : `${code(first)}.T`;
    const b = second.axes[0] === over ? code(second) : `${code(second)}.T`;
    return `${a} @ ${b}`;
  }
  const letters = [...new Set([...left.axes, ...right.axes])];
  const subscripts = (list: readonly Axis[]): string => list.map((axis) => "abcdefgh"[letters.indexOf(axis)]).join("");
  const form = `${subscripts(left.axes)},${subscripts(right.axes)}->${subscripts(axes)}`;
  return `np.einsum("${form}", ${code(left)}, ${code(right)})`;
}
