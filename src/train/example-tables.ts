import type { Session, Table } from "../engine/index.ts";
import type { InputNode } from "../graph/index.ts";
import type { NetworkEquations } from "../network/index.ts";
import { type Dataset, rowsByNumber } from "./dataset.ts";

/** The most an engine's memory is asked to hold of a data set: a quarter of what WebAssembly can address. */
export const RESIDENT_BYTES: number = 2 ** 30;

/** Rows for some steps, as `Executable.runSteps` takes them. */
export interface BoundRows {
  readonly tables: ReadonlyMap<InputNode, Table>;
  readonly order: Uint32Array;
  readonly start: number;
}

/** A data set in the engine's memory. */
export interface ExampleTables {
  /** The most rows one call of `bind` can take. */
  readonly maxRows: number;
  /** Makes examples `order[start]` … `order[start + count − 1]` available; valid until the next call. */
  bind(order: Uint32Array, start: number, count: number): BoundRows;
}

/**
 * Puts a data set into the engine's memory once, or, where it takes more than `residentBytes`, a window of it at a time,
 * copied row by row. Which of the two makes no difference to what is computed.
 *
 * @param batchSize a window holds one batch at least.
 */
export function exampleTables(
  session: Session,
  equations: NetworkEquations,
  data: Dataset,
  options: { readonly batchSize: number; readonly residentBytes: number },
): ExampleTables {
  const targetWidth = data.targets.length / data.examples;
  const floatsPerRow = data.inputWidth + targetWidth;
  const residentRows = Math.floor(options.residentBytes / (Float32Array.BYTES_PER_ELEMENT * floatsPerRow));
  if (data.examples <= residentRows) {
    const tables = new Map([
      [equations.inputs, session.load(data.inputs, data.inputWidth)],
      [equations.targets, session.load(data.targets, targetWidth)],
    ]);
    return { maxRows: data.examples, bind: (order, start) => ({ tables, order, start }) };
  }
  const rows = Math.max(options.batchSize, residentRows);
  const inputs = session.load(new Float32Array(rows * data.inputWidth), data.inputWidth);
  const targets = session.load(new Float32Array(rows * targetWidth), targetWidth);
  const tables = new Map([
    [equations.inputs, inputs],
    [equations.targets, targets],
  ]);
  const inSequence = Uint32Array.from({ length: rows }, (_, i) => i);
  return {
    maxRows: rows,
    bind: (order, start, count) => {
      const numbers = order.subarray(start, start + count);
      session.refill(inputs, rowsByNumber(data.inputs, data.inputWidth, numbers), 0);
      session.refill(targets, rowsByNumber(data.targets, targetWidth, numbers), 0);
      return { tables, order: inSequence, start: 0 };
    },
  };
}
