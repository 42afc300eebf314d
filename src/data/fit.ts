import { checkOptions, type OptionNames } from "../network/known-options.ts";
import { DataError } from "../errors.ts";
import { type Input, type Preprocessing, sortedCategories } from "./preprocessing.ts";
import { type CategoryColumn, type Column, columnLabel, missingCode, type NumberColumn, type Table } from "./table.ts";
import { type ChosenTarget, chooseTarget, type TargetOptions } from "./target.ts";

/** An input of one network unit per category: beyond this, a column of words costs more than it can teach. */
const MOST_CATEGORIES = 100;
/** From so many rows on, a column that is different in more than half of them names the rows. */
const ROWS_TO_SEE_NAMES = 20;

type Dropped = Preprocessing["dropped"][number];

/** How to turn a table into numbers. */
export interface FitOptions extends TargetOptions {
  /** False: take numbers as they are. Default true. */
  readonly standardize?: boolean;
  /** Rows of the table, from 0, to fit to; those without a target are passed over. Default: all. */
  readonly trainingRows?: ArrayLike<number>;
  /** Words with more categories than this are left out. Default 100. */
  readonly maxCategories?: number;
}

/** Every option there is. */
const known: OptionNames<FitOptions> = {
  target: true,
  task: true,
  standardize: true,
  trainingRows: true,
  maxCategories: true,
};

/**
 * Fits the preprocessing of a table to its training rows.
 *
 * Numbers become `(x − mean)/deviation`; a missing one counts as the mean, and gets an input that says so when training
 * rows miss it too. Categories become one input each. Left out, with the reason: columns without values or with a single
 * one; text; categories by the hundred; the row numbers of a file that has other columns. Classes are those of all rows.
 *
 * @throws DataError when the target cannot be learned (see `chooseTarget`), or no column is left to learn from.
 */
export function fitPreprocessing(table: Table, options: FitOptions = {}): Preprocessing {
  checkOptions("fitPreprocessing", options, known);
  return fittedTo(table, options);
}

/** The same, of options that were checked at another door. */
export function fittedTo(table: Table, options: FitOptions): Preprocessing {
  const target = chooseTarget(table, options);
  const targets = targetsByRow(table, target);
  const rows = Uint32Array.from(options.trainingRows ?? target.rows).filter(
    (row) => !Number.isNaN(targets[row] ?? Number.NaN),
  );
  if (rows.length === 0) {
    throw new DataError(
      `fitPreprocessing: expected training rows with a target, got none of ${table.rows}. Pass more rows.`,
    );
  }
  const inputs: Input[] = [];
  const dropped: Dropped[] = [];
  for (const column of table.columns) {
    if (column.position === target.column.position) continue;
    const fitted = fitColumn(column, rows, options.maxCategories ?? MOST_CATEGORIES);
    if (typeof fitted === "string") dropped.push({ name: column.name, position: column.position, reason: fitted });
    else inputs.push(fitted);
  }
  dropRowNumbers(table, inputs, dropped);
  if (inputs.length === 0) throw expectedInputs(target, dropped);
  return {
    version: 1,
    task: target.task,
    taskReason: target.reason,
    isStandardized: options.standardize ?? true,
    hasHeader: table.hasHeader,
    columns: table.columns.length,
    target: fitTarget(
      target,
      Float64Array.from(rows, (row) => targets[row] ?? 0),
    ),
    inputs,
    dropped: dropped.sort((a, b) => a.position - b.position),
  };
}

/** The target of every row of the table, NaN for none. */
function targetsByRow(table: Table, target: ChosenTarget): Float64Array {
  const values = new Float64Array(table.rows).fill(Number.NaN);
  for (const [i, row] of target.rows.entries()) values[row] = target.values[i] ?? Number.NaN;
  return values;
}

function fitTarget(target: ChosenTarget, values: Float64Array): Preprocessing["target"] {
  const { name, position } = target.column;
  if (target.classes === null) {
    const { mean, deviation } = moments(values);
    // Amounts that are the same in all training rows: the network need only learn 0.
    return { kind: "number", name, position, mean, deviation: deviation === 0 ? 1 : deviation };
  }
  const counts = target.classes.map(() => 0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return { kind: "classes", name, position, classes: target.classes, counts };
}

/** The input a column becomes, or why it becomes none. */
function fitColumn(column: Column, rows: Uint32Array, maxCategories: number): Input | string {
  switch (column.kind) {
    case "number":
      return fitNumbers(column, rows);
    case "category":
      return fitCategories(column, rows, maxCategories);
    case "text":
      return "text, different in too many rows to be categories";
    case "empty":
      return "no value in any row";
    case "ignored":
      return "left out as asked for";
  }
}

function fitNumbers(column: NumberColumn, rows: Uint32Array): Input | string {
  const filled = new Float64Array(rows.length);
  let used = 0;
  for (const row of rows) {
    const value = column.values[row] ?? Number.NaN;
    if (!Number.isNaN(value)) filled[used++] = value;
  }
  if (used === 0) return "no value in any training row";
  const { mean, deviation } = moments(filled.subarray(0, used));
  if (deviation === 0) return `always ${filled[0]} in the training rows`;
  return {
    kind: "number",
    name: column.name,
    position: column.position,
    mean,
    deviation,
    hasMissingIndicator: used < rows.length,
    isSingle: column.values instanceof Float32Array,
  };
}

function fitCategories(column: CategoryColumn, rows: Uint32Array, maxCategories: number): Input | string {
  const seen = new Set<number>();
  let filled = 0;
  for (const row of rows) {
    const code = column.codes[row] ?? missingCode;
    if (code === missingCode) continue;
    filled += 1;
    seen.add(code);
  }
  const categories = sortedCategories([...seen].map((code) => column.categories[code] ?? ""));
  if (seen.size === 0) return "no value in any training row";
  if (seen.size === 1 && filled === rows.length) return `always ${JSON.stringify(categories[0])} in the training rows`;
  const isForced = column.isForced && seen.size <= maxCategories;
  if (!isForced && filled > ROWS_TO_SEE_NAMES && 2 * seen.size > filled) {
    return `text, different in ${seen.size} of ${filled} training rows`;
  }
  if (seen.size > maxCategories) return `${seen.size} different categories, more than ${maxCategories}`;
  return { kind: "category", name: column.name, position: column.position, categories };
}

/**
 * Mean and deviation (of the whole, not of a sample), in two passes, from the first value to the last: the same bits
 * everywhere. The deviation is 0 exactly when all values are the same.
 */
function moments(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  const first = values[0] ?? 0;
  if (values.every((value) => value === first)) return { mean: first, deviation: 0 };
  // Relative to the first value, so that a large one common to all takes no digits; halves, so that nothing overflows.
  let sum = 0;
  for (const value of values) sum += (value / 2 - first / 2) / values.length;
  const mean = 2 * (first / 2 + sum);
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value / 2 - mean / 2));
  let squares = 0;
  for (const value of values) {
    const distance = (value / 2 - mean / 2) / largest;
    squares += distance * distance;
  }
  const deviation = 2 * largest * Math.sqrt(squares / values.length);
  // Differences in the last digits before underflow are none.
  return { mean, deviation: deviation > 1e-300 ? deviation : 0 };
}

/** Takes out a column that counts the rows from 0 or 1: it tells where in the file a row is, and files are often sorted. */
function dropRowNumbers(table: Table, inputs: Input[], dropped: Dropped[]): void {
  const counting = inputs.filter((input) => {
    const column = table.columns[input.position - 1];
    return column?.kind === "number" && !column.isForced && countsRows(column);
  });
  for (const input of counting) {
    if (inputs.length === 1) return;
    inputs.splice(inputs.indexOf(input), 1);
    dropped.push({ name: input.name, position: input.position, reason: "counts the rows of the file" });
  }
}

function countsRows(column: NumberColumn): boolean {
  const first = column.values[0];
  if (column.values.length < ROWS_TO_SEE_NAMES || (first !== 0 && first !== 1)) return false;
  return column.values.every((value, row) => value === first + row);
}

function expectedInputs(target: ChosenTarget, dropped: readonly Dropped[]): DataError {
  const reasons = dropped.slice(0, 5).map((each) => `${columnLabel(each)}: ${each.reason}`);
  if (dropped.length > 5) reasons.push("…");
  return new DataError(
    `fitPreprocessing: expected at least one column to learn from, beside the target ${columnLabel(target.column)}, ` +
      `got none (${reasons.join("; ")}). Choose another target, or say which kind the columns are.`,
  );
}
