import { type Preprocessing, rowIdentity, type ScaleCells, scaleCells, type Table } from "../data/index.ts";
import type { SuspectColumn } from "../explain/index.ts";

/** What a table says of the columns that a model reads, for a diagnosis. */
export interface ColumnSuspects {
  readonly scaleCells: readonly ScaleCells[];
  /** Columns that may identify the rows, and are learned from. */
  readonly suspects: readonly SuspectColumn[];
}

/** Looks at the columns that are inputs; for scales at the targets, too. */
export function columnSuspects(table: Table, { inputs, target, moreTargets = [] }: Preprocessing): ColumnSuspects {
  const numbers = inputs.filter(({ kind }) => kind === "number").map(({ position }) => position);
  const targets = [target, ...moreTargets].filter(({ kind }) => kind === "number").map(({ position }) => position);
  const suspects = inputs.flatMap(({ name, position }): SuspectColumn[] => {
    const column = table.columns[position - 1];
    // What was said to be a number is asked about all the same: the score says what it is worth.
    const identity =
      column === undefined
        ? null
        : rowIdentity(table, column.kind === "number" ? { ...column, isForced: false } : column);
    return identity === null ? [] : [{ name, ...identity }];
  });
  return { scaleCells: scaleCells(table, [...numbers, ...targets]), suspects };
}

/** Of images, nothing is said. */
export const noSuspects: ColumnSuspects = { scaleCells: [], suspects: [] };
