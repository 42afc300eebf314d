import { checkOptions } from "../network/known-options.ts";
import { applyPreprocessing } from "../data/preprocessing/apply.ts";
import { matchColumns } from "../data/columns/match-columns.ts";
import { inUnitsOfTarget, type Preprocessing } from "../data/preprocessing.ts";
import { columnLabel, type Table } from "../data/table.ts";
import { type Cell, tableOfRows } from "../data/reading/table-of-rows.ts";
import { DataError } from "../errors.ts";
import { adviceUnlessPromise, isObject, shown } from "../tree/reader.ts";
import { type ComputeOptions, isMatrix, type MatrixLike, predict, type Rows } from "../network/index.ts";
import { largestAt } from "../train/scores/metrics.ts";
import { type LabelPredictions, labelsOf } from "./label-predictions.ts";
import { checkIsModel, type Model } from "./model.ts";

/** Answers that name a class. */
export interface ClassPredictions {
  readonly task: "classification";
  /** Per example the number of its class, from 0. */
  readonly labels: readonly number[];
  /** Per example the name of its class; its number as a text where the model has no names. */
  readonly classes: readonly string[];
  /**
   * `examples × classes`, each row adding up to 1. Null for a network whose outputs are no probabilities: its last
   * layer is neither a softmax nor a single sigmoid.
   */
  readonly probabilities: readonly (readonly number[])[] | null;
  /** What was not known in the data, a sentence each. */
  readonly notes: readonly string[];
}

/** Answers that are numbers. */
export interface NumberPredictions {
  readonly task: "regression";
  /** `examples × n_L`, in the units of the target. */
  readonly values: readonly (readonly number[])[];
  /** As for classes. */
  readonly notes: readonly string[];
}

/** The answers of a model, one per example. */
export type Predictions = ClassPredictions | LabelPredictions | NumberPredictions;

/**
 * What a model says of new data. A model with preprocessing takes a table with the columns of its training file, with or
 * without the target, or such rows; one without takes rows of inputs `[examples, n_0]`.
 *
 * @throws DataError when a value cannot be read as in training, or the model has no preprocessing for a table.
 * @throws ShapeError when rows have another width than the network's inputs.
 */
export function predictWith(
  model: Model,
  data: Table | readonly (readonly Cell[])[] | MatrixLike,
  options: ComputeOptions = {},
): Predictions {
  checkIsModel("predictWith", model);
  checkRowsOrTable(data);
  checkOptions("predictWith", options, { engine: true });
  const { inputs, notes } = inputsOf(model, data);
  const outputs = predict(model.network, inputs, options);
  if (model.task === "classification") return { task: "classification", ...classesOf(model, outputs), notes };
  if (model.task === "multilabel") return { task: "multilabel", ...labelsOf(model, outputs), notes };
  const { preprocessing } = model;
  const values = preprocessing === null ? outputs : outputs.map((row) => [...inUnitsOfTarget(preprocessing, row)]);
  return { task: "regression", values, notes };
}

/** Callers without types give the path of a table, one row alone, or a data set. */
function checkRowsOrTable(data: unknown): void {
  const isRows = Array.isArray(data) && data.every((row) => typeof row === "object" && row !== null && "length" in row);
  if (isRows || isMatrix(data) || (isObject(data) && Array.isArray(data["columns"]))) return;
  const advice = "Pass a table (await readCsv(text)), or rows: [[5.1, 3.5, 1.4, 0.2]].";
  throw new DataError({
    where: "predictWith",
    expected: "a table or rows",
    got: shown(data),
    advice: adviceUnlessPromise(data, advice),
  });
}

function inputsOf(
  { preprocessing }: Model,
  data: Table | readonly (readonly Cell[])[] | MatrixLike,
): { readonly inputs: MatrixLike; readonly notes: readonly string[] } {
  if (preprocessing === null) {
    if (isTable(data)) {
      throw new DataError({
        where: "predictWith",
        expected: "rows of inputs for a model without preprocessing",
        got: "a table",
        advice: "Save the model with the preprocessing of its training data.",
      });
    }
    // Cells that are no numbers are found by the network's own check.
    return { inputs: data as MatrixLike, notes: [] };
  }
  if (isMatrix(data)) {
    throw new DataError({
      where: "predictWith",
      expected: "a table or rows of cells for a model with preprocessing",
      got: "a matrix",
      advice: "For inputs that are prepared already use predict(model.network, …).",
    });
  }
  // An array of typed arrays, or of anything with a length, is as good a row of cells.
  const table = isTable(data) ? data : tableOfRows((data as Rows).map((row) => Array.from<Cell>(row)));
  const { inputs, notes } = applyPreprocessing(preprocessing, table, { targets: false });
  return { inputs, notes: [...targetNote(preprocessing, table), ...notes] };
}

/** What is said of a file that has the answers already. */
function targetNote(preprocessing: Preprocessing, table: Table): string[] {
  const names = table.columns.map(({ name }) => name);
  const { targets } = matchColumns(preprocessing, table.hasHeader ? { names } : { count: names.length });
  return targets.flatMap((at): string[] => {
    const column = at === null ? undefined : table.columns[at];
    if (column === undefined || column.kind === "empty" || column.missing >= table.rows) return [];
    const filled = (table.rows - column.missing).toLocaleString("en");
    const which = targets.length === 1 ? "the target" : "a target";
    return [
      `${columnLabel(column).replace(/^c/, "C")} is ${which}, and filled in ${filled} of ${table.rows.toLocaleString("en")} rows: ` +
        "that is not looked at (evaluate compares it with the answers).",
    ];
  });
}

function isTable(data: Table | readonly (readonly Cell[])[] | MatrixLike): data is Table {
  return "columns" in data && Array.isArray(data.columns);
}

function classesOf(
  { network: net, classes }: Model,
  outputs: readonly (readonly number[])[],
): Pick<ClassPredictions, "labels" | "classes" | "probabilities"> {
  const activation = net.layers.at(-1)?.activation.name;
  const isSingle = net.outputs === 1;
  // Hinge wants −1 or 1, every other cost 0 or 1: the middle decides, as in `evaluate`.
  const middle = net.cost.name === "hinge" ? 0 : 0.5;
  const labels = outputs.map((row) => (isSingle ? Number((row[0] ?? 0) >= middle) : largestAt(row, 0, row.length)));
  const probabilities =
    activation === "softmax" && !isSingle
      ? outputs
      : activation === "sigmoid" && isSingle
        ? outputs.map(([second = 0]) => [1 - second, second])
        : null;
  return { labels, classes: labels.map((label) => classes?.[label] ?? String(label)), probabilities };
}
