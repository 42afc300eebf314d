import type { Axis } from "../graph/node.ts";
import { isGapless, stepAlongAll } from "./collapse.ts";
import { type Steps, stepsOf, strideOf } from "./layout.ts";

/**
 * A contraction as a matrix product: its axes in four groups, each walked as one by every tensor that has it. The product is
 * done for every position of `batch`, which both operands and the result have.
 */
export interface ProductLayout {
  /** True when the contraction's right operand is the left one of the product. */
  readonly isSwapped: boolean;
  readonly batch: readonly Axis[];
  readonly rows: readonly Axis[];
  readonly columns: readonly Axis[];
  /** Summed over. */
  readonly inner: readonly Axis[];
  readonly left: OperandLayout;
  readonly right: OperandLayout;
  readonly output: { readonly stride: number; readonly batchStep: number };
}

/** How a tensor lies as a matrix: see `MultiplyInstruction`. */
export interface OperandLayout {
  readonly stride: number;
  readonly isTransposed: boolean;
  readonly batchStep: number;
}

/** The axes of a contraction's operands and of its result. */
export interface ContractionAxes {
  readonly left: readonly Axis[];
  readonly right: readonly Axis[];
  readonly output: readonly Axis[];
}

/** The contraction as a matrix product of tensors as they lie, or null where one of them would have to lie otherwise. */
export function productLayout({ left, right, output }: ContractionAxes): ProductLayout | null {
  // The operand with the rows' axes goes left, the one with the result's last axis right.
  const last = output.at(-1);
  const isSwapped = last !== undefined && !right.includes(last);
  const [one, other] = isSwapped ? [right, left] : [left, right];
  const batch = output.filter((axis) => one.includes(axis) && other.includes(axis));
  const rows = output.filter((axis) => !other.includes(axis));
  const columns = output.filter((axis) => !one.includes(axis));
  const inner = one.filter((axis) => !output.includes(axis));
  const groups = { batch, rows, columns, inner };
  // A row of the result is written in whole vectors, so that its numbers must belong to one product.
  const isRowOfOne = last === undefined || columns.length > 0;
  if (!isRowOfOne || !isGapless(inner)) return null;
  const result = outputLayout(output, groups);
  const leftLayout = leftOperand(one, groups);
  const rightLayout = rightOperand(other, output, groups);
  if (result === null || leftLayout === null || rightLayout === null) return null;
  return { isSwapped, ...groups, left: leftLayout, right: rightLayout, output: result };
}

type Groups = Pick<ProductLayout, "batch" | "rows" | "columns" | "inner">;

function outputLayout(axes: readonly Axis[], { batch, rows, columns }: Groups): ProductLayout["output"] | null {
  const steps = stepsOf(axes);
  const batchStep = stepAlongAll(batch, steps);
  const stride = rows.length === 0 ? strideOf(axes) : stepAlongAll(rows, steps);
  return batchStep === null || stride === null || !isTail(columns, axes) ? null : { stride, batchStep };
}

function leftOperand(axes: readonly Axis[], { batch, rows, inner }: Groups): OperandLayout | null {
  const steps = stepsOf(axes);
  const batchStep = stepAlongAll(batch, steps);
  const row = stepAlongAll(rows, steps);
  const term = stepAlongAll(inner, steps);
  if (batchStep === null || row === null || term === null) return null;
  if (term === 1) return { stride: rows.length === 0 ? strideOf(axes) : row, isTransposed: false, batchStep };
  // Without rows there is one, whose terms may lie any step apart.
  if (row > 1) return null;
  return { stride: inner.length === 0 ? strideOf(axes) : term, isTransposed: true, batchStep };
}

function rightOperand(axes: readonly Axis[], output: readonly Axis[], groups: Groups): OperandLayout | null {
  const { batch, columns, inner } = groups;
  const steps = stepsOf(axes);
  const batchStep = stepAlongAll(batch, steps);
  const term = stepAlongAll(inner, steps);
  if (batchStep === null || term === null) return null;
  if (term === 1) {
    // A column is a row in memory: so the result's columns must not have padding between them.
    const column = stepAlongAll(columns, steps);
    if (column === null || !isOneRun(columns, stepsOf(output))) return null;
    return { stride: columns.length === 0 ? strideOf(axes) : column, isTransposed: true, batchStep };
  }
  // Columns of several axes are walked with the padding between them, which both tensors have alike.
  if (!isTail(columns, axes)) return null;
  return { stride: inner.length === 0 ? strideOf(axes) : term, isTransposed: false, batchStep };
}

function isOneRun(axes: readonly Axis[], steps: Steps): boolean {
  return axes.length === 0 || stepAlongAll(axes, steps) === 1;
}

/** True when the tensor's last axes are these. */
function isTail(tail: readonly Axis[], axes: readonly Axis[]): boolean {
  return tail.every((axis, i) => axes[axes.length - tail.length + i] === axis);
}
