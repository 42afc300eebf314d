import { answerOf, type AnySession, isLater, type Table, type Work } from "../../engine/index.ts";
import type { InputNode } from "../../graph/index.ts";
import type { ForwardNetwork } from "../../network/index.ts";
import { type Dataset, rowsByNumber } from "./dataset.ts";

/** The most an engine's memory is asked to hold of a data set: a quarter of what WebAssembly can address. */
export const RESIDENT_BYTES: number = 2 ** 30;

/** Rows for some steps, as `Executable.runSteps` takes them. */
export interface BoundRows {
  readonly tables: ReadonlyMap<InputNode, Table>;
  readonly order: Uint32Array;
  readonly start: number;
  /** Where they are still on their way into the engine's memory: to be waited for. */
  readonly filled: Promise<unknown> | null;
}

/** The nodes that a data set feeds. */
export type TableInputs = Pick<ForwardNetwork, "inputs" | "targets" | "exampleWeights">;

/** A data set in the engine's memory. */
export interface ExampleTables {
  /** The most rows one call of `bind` can take. */
  readonly maxRows: number;
  /** The same tables, for equations with inputs of their own. */
  readonly for: (equations: TableInputs) => ExampleTables;
  /** Makes examples `order[start]` … `order[start + count − 1]` available; valid until the next call. */
  readonly bind: (order: Uint32Array, start: number, count: number) => BoundRows;
}

/**
 * Puts a data set into the engine's memory once, or, where it takes more than `residentBytes`, a window of it at a time,
 * copied row by row. Which of the two makes no difference to what is computed.
 *
 * @param batchSize a window holds one batch at least.
 */
export function* exampleTables(
  session: AnySession,
  equations: TableInputs,
  data: Dataset,
  options: { readonly batchSize: number; readonly residentBytes: number },
): Work<ExampleTables> {
  const targetWidth = data.targets.length / data.examples;
  const ownWeights = data.weights ?? null;
  const floatsPerRow = data.inputWidth + targetWidth + Number(ownWeights !== null);
  const residentRows = Math.floor(options.residentBytes / (Float32Array.BYTES_PER_ELEMENT * floatsPerRow));
  const isResident = data.examples <= residentRows;
  const rows = isResident ? data.examples : Math.max(options.batchSize, residentRows);
  const load = (values: ArrayLike<number>, columns: number): Work<Table> =>
    answerOf(session.load(isResident ? values : new Float32Array(rows * columns), columns));
  const inputs = yield* load(data.inputs, data.inputWidth);
  const targets = yield* load(data.targets, targetWidth);
  const weights = ownWeights === null ? null : yield* load(ownWeights, 1);
  const inSequence = isResident ? null : Uint32Array.from({ length: rows }, (_, i) => i);
  const tablesFor = (nodes: TableInputs): ExampleTables => {
    const tables = new Map<InputNode, Table>([
      [nodes.inputs, inputs],
      [nodes.targets, targets],
      ...(weights === null || nodes.exampleWeights === null ? [] : [[nodes.exampleWeights, weights] as const]),
    ]);
    return {
      maxRows: rows,
      for: tablesFor,
      bind: (order, start, count) => {
        if (inSequence === null) return { tables, order, start, filled: null };
        const numbers = order.subarray(start, start + count);
        const refills = [
          session.refill(inputs, rowsOf(data.inputs, data.inputWidth, numbers), 0),
          session.refill(targets, rowsOf(data.targets, targetWidth, numbers), 0),
          ...(weights === null || ownWeights === null
            ? []
            : [session.refill(weights, rowsOf(ownWeights, 1, numbers), 0)]),
        ];
        const later = refills.filter(isLater);
        const filled = later.length === 0 ? null : Promise.all(later);
        return { tables, order: inSequence, start: 0, filled };
      },
    };
  };
  return tablesFor(equations);
}

/** Rows of a row-major matrix, by number: themselves where they follow one another, else copies. */
function rowsOf(values: Dataset["inputs"], columns: number, numbers: Uint32Array): Dataset["inputs"] {
  const first = numbers[0] ?? 0;
  const isRun = numbers.every((number, i) => number === first + i);
  return isRun
    ? values.subarray(first * columns, (first + numbers.length) * columns)
    : rowsByNumber(values, columns, numbers);
}
