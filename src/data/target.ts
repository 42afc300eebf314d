import { DataError } from "../errors.ts";
import { nearestName } from "../formula/index.ts";
import { shown } from "./cell.ts";
import { sortedCategories, type Task } from "./preprocessing.ts";
import {
  type CategoryColumn,
  type Column,
  columnLabel,
  missingCode,
  type NumberColumn,
  rowInFile,
  type Table,
} from "./table.ts";

/** Up to so many different whole numbers are taken for classes … */
const FEW_CLASSES = 20;
/** … when each of them has so many rows on average. */
const ROWS_PER_CLASS = 5;
/** Consecutive whole numbers are taken for classes up to here, when no class has more than 10 times the rows of another. */
const MANY_CLASSES = 100;
const LARGEST_IMBALANCE = 10;
/** More classes than this are a mistake: every one is an output of the network. */
const MOST_CLASSES = 10_000;

/** Which column to predict, and as what. */
export interface TargetOptions {
  /** Its name, or its number: 1 is the first column, −1 the last. Default: the last. */
  readonly target?: string | number;
  /** Default: inferred, see `chooseTarget`. */
  readonly task?: Task;
}

/** The column to predict, and its values. */
export interface ChosenTarget {
  readonly column: NumberColumn | CategoryColumn;
  readonly task: Task;
  /** Why that task, in words. */
  readonly reason: string;
  /** Names of the classes, sorted; null for a regression. */
  readonly classes: readonly string[] | null;
  /** Rows of the table, from 0, that have a target. */
  readonly rows: Uint32Array;
  /** For each of `rows` its class, a position in `classes`, or its amount. */
  readonly values: Float64Array;
}

/**
 * Finds the target of a table. A column of words is a classification; one of numbers too, when they are whole and two, or
 * few (at most 20, with 5 rows each on average), or consecutive from 0 or 1 and about equally frequent (at most 100); else
 * it is a regression.
 *
 * @throws DataError when there is no such column, it holds no values or too many different words, or there is nothing to
 * learn: one class, or one amount.
 */
export function chooseTarget(table: Table, options: TargetOptions = {}): ChosenTarget {
  const found = findColumn(table, options.target ?? -1);
  if (table.columns.length === 1) throw expectedColumns(table, found);
  const column = withValues(found, table.rows);
  const { task, reason } = chooseTask(table, column, options.task);
  const rows = rowsWithValue(column);
  if (task === "classification") {
    const names = rowNames(column, rows);
    const classes = sortedCategories(new Set(names));
    checkVariety(column, classes, "classes");
    const codes = new Map(classes.map((name, code) => [name, code]));
    return { column, task, reason, classes, rows, values: Float64Array.from(names, (name) => codes.get(name) ?? 0) };
  }
  if (column.kind === "category") throw expectedNumbers(table, column);
  const values = Float64Array.from(rows, (row) => column.values[row] ?? 0);
  checkVariety(column, [...differentValues(values, 2)].map(String), "amounts");
  return { column, task, reason, classes: null, rows, values };
}

/** @throws DataError when there is no such column; the message names the nearest. */
export function findColumn(table: Table, target: string | number): Column {
  const { columns } = table;
  const byName = columns.find(({ name }) => name === target);
  if (byName !== undefined) return byName;
  const number = typeof target === "string" && target.trim() === "" ? Number.NaN : Number(target);
  const byNumber = columns[number < 0 ? columns.length + number : number - 1];
  if (byNumber !== undefined) return byNumber;
  const names = columns.map(({ name }) => name);
  const near = typeof target === "string" ? nearestName(target, names) : null;
  const advice =
    near !== null
      ? `Did you mean ${JSON.stringify(near)}?`
      : `The columns are ${names.slice(0, 10).join(", ")}${names.length > 10 ? ", …" : ""}.`;
  throw new DataError(
    `target: expected the name of a column, or a number from 1 to ${columns.length}, got ${JSON.stringify(target)}. ${advice}`,
  );
}

function withValues(column: Column, rows: number): NumberColumn | CategoryColumn {
  if (column.kind === "number" || column.kind === "category") {
    if (column.missing < rows) return column;
  }
  const label = columnLabel(column);
  if (column.kind === "text") {
    throw new DataError(
      `target: ${label}: expected numbers or categories, got more different texts than a network can have classes ` +
        `(${shown(column.firstText.text)} in row ${column.firstText.row} is one). Choose another column as target.`,
    );
  }
  const got = column.kind === "ignored" ? "a column that was left out" : "a column without values";
  throw new DataError(`target: ${label}: expected numbers or categories, got ${got}. Choose another column as target.`);
}

function chooseTask(
  table: Table,
  column: NumberColumn | CategoryColumn,
  task: Task | undefined,
): { readonly task: Task; readonly reason: string } {
  if (task !== undefined) return { task, reason: "as asked for" };
  if (column.kind === "category") {
    return {
      task: "classification",
      reason: `${columnLabel(column)} holds words, ${column.categories.length} different`,
    };
  }
  const counts = countsOfWholeNumbers(column);
  const label = columnLabel(column);
  if (counts === null) {
    return { task: "regression", reason: `${label} holds numbers that are not whole, or more than ${MANY_CLASSES}` };
  }
  const filled = table.rows - column.missing;
  if (counts.size <= 2 || (counts.size <= FEW_CLASSES && filled >= ROWS_PER_CLASS * counts.size)) {
    return { task: "classification", reason: `${label} holds ${counts.size} different whole numbers` };
  }
  if (
    areConsecutive([...counts.keys()]) &&
    filled >= ROWS_PER_CLASS * counts.size &&
    areBalanced([...counts.values()])
  ) {
    return {
      task: "classification",
      reason: `${label} holds ${counts.size} consecutive whole numbers, about equally frequent`,
    };
  }
  return { task: "regression", reason: `${label} holds ${counts.size} different whole numbers` };
}

/** How often each number occurs; null when one is not whole, or there are more than could be classes. */
function countsOfWholeNumbers(column: NumberColumn): Map<number, number> | null {
  const counts = new Map<number, number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return null;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MANY_CLASSES) return null;
  }
  return counts;
}

function areConsecutive(numbers: readonly number[]): boolean {
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  return (least === 0 || least === 1) && greatest - least === numbers.length - 1;
}

function areBalanced(counts: readonly number[]): boolean {
  return Math.max(...counts) <= LARGEST_IMBALANCE * Math.min(...counts);
}

/** Rows, from 0, in which a column has a value. */
function rowsWithValue(column: NumberColumn | CategoryColumn): Uint32Array {
  const count = column.kind === "number" ? column.values.length : column.codes.length;
  const rows = new Uint32Array(count - column.missing);
  let used = 0;
  for (let row = 0; row < count; row++) {
    const isMissing = column.kind === "number" ? Number.isNaN(column.values[row]) : column.codes[row] === missingCode;
    if (!isMissing) rows[used++] = row;
  }
  return rows;
}

function rowNames(column: NumberColumn | CategoryColumn, rows: Uint32Array): string[] {
  const names: string[] = [];
  if (column.kind === "category") {
    for (const row of rows) names.push(column.categories[column.codes[row] ?? 0] ?? "");
    return names;
  }
  // One string per class, not per row.
  const nameOf = new Map<number, string>();
  for (const row of rows) {
    const value = column.values[row] ?? 0;
    let name = nameOf.get(value);
    if (name === undefined) {
      if (nameOf.size === MOST_CLASSES) {
        throw new DataError(
          `target: ${columnLabel(column)}: expected at most ${MOST_CLASSES.toLocaleString("en")} classes, got more ` +
            "different numbers. Take it as a regression, or choose another column.",
        );
      }
      name = String(value);
      nameOf.set(value, name);
    }
    names.push(name);
  }
  return names;
}

function differentValues(values: Iterable<number>, enough: number): Set<number> {
  const different = new Set<number>();
  for (const value of values) {
    different.add(value);
    if (different.size === enough) break;
  }
  return different;
}

function checkVariety(column: Column, different: readonly string[], what: string): void {
  if (different.length >= 2) return;
  throw new DataError(
    `target: ${columnLabel(column)}: expected two or more different ${what}, got ${shown(different[0] ?? "")} in every ` +
      "row. There is nothing to learn: choose another column, or more data.",
  );
}

function expectedColumns(table: Table, only: Column): DataError {
  const delimiter = table.delimiter === "\t" ? "a tab" : JSON.stringify(table.delimiter);
  return new DataError(
    `target: expected a target and at least one other column, got one column, ${columnLabel(only)}. ` +
      `Give the delimiter of the file: it was taken to be ${delimiter}.`,
  );
}

function expectedNumbers(table: Table, column: CategoryColumn): DataError {
  const place = column.firstText ?? {
    row: rowInFile(
      table,
      column.codes.findIndex((code) => code !== missingCode),
    ),
    text: column.categories[0] ?? "",
  };
  return new DataError(
    `target: ${columnLabel(column)}, row ${place.row}: expected a number, for a regression, got ${shown(place.text)}. ` +
      "Take it as a classification, or choose another column.",
  );
}
