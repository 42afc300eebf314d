import { internalError } from "../../errors.ts";
import type { Axis, Node } from "../../graph/index.ts";
import { formulaCode, withoutConstants } from "./formula-code.ts";
import type { CodeContext } from "./code-context.ts";

/**
 * The right side of a node's line: `matrix(n, 3, (x, j) => sum(2, (k) => a0[x][k] * w1[j][k]))`. Every element as a
 * formula of its indices, as in the textbook: an index is a variable, a shared one is shared, and a Σ is a `sum`.
 */
export function typescriptExpression(node: Node, context: CodeContext): string {
  const indices = new Map<Axis, string>();
  for (const axis of node.axes) indices.set(axis, indexName(axis, context, indices));
  const element = elementCode(node, indices, context, true);
  const names = node.axes.map((axis) => indices.get(axis) ?? "");
  const sizes = node.axes.map(context.sizeOf);
  switch (node.axes.length) {
    case 0:
      return element;
    case 1:
      return `vector(${sizes.join("")}, (${names.join("")}) => ${element})`;
    case 2:
      return `matrix(${sizes.join(", ")}, (${names.join(", ")}) => ${element})`;
    default:
      throw internalError("a network's quantity with three axes.");
  }
}

type Indices = ReadonlyMap<Axis, string>;

function elementCode(node: Node, indices: Indices, context: CodeContext, isRoot = false): string {
  const name = isRoot ? null : context.nameOf(node);
  if (name !== null) return name + node.axes.map((axis) => `[${indices.get(axis) ?? "0"}]`).join("");
  switch (node.kind) {
    case "constant":
      return String(node.value);
    case "count":
      return context.sizeOf(node.axis);
    case "index":
      return indices.get(node.axes[0] as Axis) ?? "0"; // as: it has one axis
    case "hold":
      return elementCode(node.operand, indices, context);
    case "rename": {
      const inner = new Map(node.operand.axes.map((axis, i) => [axis, indices.get(node.axes[i] ?? axis) ?? "0"]));
      return elementCode(node.operand, inner, context);
    }
    case "map": {
      const { text, needs } = formulaCode(withoutConstants(node), "typescript", ({ name: symbol }) => {
        const operand = node.operands[symbol];
        return operand === undefined ? "NaN" : inPlace(operand, elementCode(operand, indices, context), context);
      });
      for (const each of needs) context.needs.add(each);
      return text;
    }
    case "contract": {
      const summed = node.left.axes.filter((axis) => !node.axes.includes(axis));
      return overAxes("sum", summed, indices, context, (inner) => {
        const [left, right] = [node.left, node.right].map((each) =>
          inPlace(each, elementCode(each, inner, context), context),
        );
        return `${left ?? ""} * ${right ?? ""}`;
      });
    }
    case "reduce": {
      const summed = node.operand.axes.filter((axis) => !node.axes.includes(axis));
      const kind = node.reduction === "max" ? "max" : "sum";
      const total = overAxes(kind, summed, indices, context, (inner) => elementCode(node.operand, inner, context));
      return node.reduction === "mean" ? `${total} / ${summed.map(context.sizeOf).join(" / ")}` : total;
    }
    default:
      throw internalError(`a program cannot compute a ${node.kind}.`);
  }
}

/** An operand within a formula: what is more than a name or a number stands in parentheses. */
function inPlace(node: Node, code: string, context: CodeContext): string {
  return context.nameOf(node) !== null || /^[\w.[\]]+$/.test(code) ? code : `(${code})`;
}

function overAxes(
  kind: "sum" | "max",
  axes: readonly Axis[],
  indices: Indices,
  context: CodeContext,
  term: (inner: Indices) => string,
): string {
  const inner = new Map(indices);
  for (const axis of axes) inner.set(axis, indexName(axis, context, inner));
  return axes.reduceRight(
    (body, axis) => `${kind}(${context.sizeOf(axis)}, (${inner.get(axis) ?? ""}) => ${body})`,
    term(inner),
  );
}

/** x for examples, else j, k, i … whichever is free. */
function indexName(axis: Axis, context: CodeContext, taken: Indices): string {
  const used = new Set(taken.values());
  const wanted = context.sizeOf(axis) === "n" ? ["x"] : [];
  return [...wanted, "j", "k", "i", "m", "p", "q"].find((letter) => !used.has(letter)) ?? "index";
}
