import type { Axis } from "../graph/node.ts";
import { collapsed, isGapless } from "./collapse.ts";
import type { ReduceInstruction } from "./instruction.ts";
import { stepsOf } from "./layout.ts";

/** A reduction as one instruction: its axes in groups, each walked as one. */
export interface ReduceLayout {
  readonly along: ReduceInstruction["along"];
  /** What the instruction is done for, position by position. */
  readonly loop: readonly Axis[];
  readonly rows: readonly Axis[];
  readonly columns: readonly Axis[];
}

/** The reduction of a tensor to some of its axes as one instruction, or null where that takes several. */
export function reduceLayout(operand: readonly Axis[], kept: readonly Axis[]): ReduceLayout | null {
  const first = operand.findIndex((axis) => !kept.includes(axis));
  const count = operand.length - kept.length;
  const reduced = operand.slice(first, first + count);
  if (reduced.some((axis) => kept.includes(axis))) return null;
  const before = operand.slice(0, first);
  const after = operand.slice(first + count);
  if (after.length > 0) {
    return isGapless(reduced) ? { along: "rows", loop: before, rows: reduced, columns: after } : null;
  }
  if (count > 1) {
    const [rows, columns] = [reduced.slice(0, -1), reduced.slice(-1)];
    return before.length === 0 && isGapless(rows) ? { along: "both", loop: [], rows, columns } : null;
  }
  // One number a row. Where the results have padding, the rows between two gaps are one turn of the loop.
  const runs = collapsed(before, [stepsOf(operand), stepsOf(kept)]);
  return { along: "columns", loop: runs.slice(0, -1).flat(), rows: runs.at(-1) ?? [], columns: reduced };
}

/** The axes that the next instruction leaves of a tensor, on the way to those in `kept`: one run of neighbors less. */
export function nextReduction(operand: readonly Axis[], kept: ReadonlySet<Axis>): readonly Axis[] {
  const end = operand.findLastIndex((axis) => !kept.has(axis)) + 1;
  let start = end - 1;
  while (start > 0 && !kept.has(operand[start - 1]!)) start -= 1;
  const left = [...operand.slice(0, start), ...operand.slice(end)];
  return reduceLayout(operand, left) === null ? [...operand.slice(0, end - 1), ...operand.slice(end)] : left;
}
