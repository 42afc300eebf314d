import { checkTable } from "./check-table.ts";
import { DataError } from "../../errors.ts";
import { didYouMean } from "../../tree/nearest-name.ts";
import { shown } from "./cell.ts";
import { sortedCategories, type Task } from "../preprocessing.ts";
import { optionText } from "./stray-text.ts";
import { chooseTask } from "./task-of-target.ts";
import { categoryText } from "./text-codes.ts";
import {
  type CategoryColumn,
  type Column,
  columnLabel,
  defaultName,
  missingCode,
  type NumberColumn,
  rowInFile,
  type Table,
} from "../table.ts";

/** More classes than this are a mistake: every one is an output of the network. */
const MOST_CLASSES = 10_000;
/** From so many rows on, more classes than half of them are no classes. */
const ROWS_TO_COUNT_CLASSES = 10;
/** Numbers that differ by so small a part of their size differ by the rounding of sums and products. */
export const ROUNDING = 1e-14;

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
 * Finds the target of a table, and whether it holds classes or amounts (see `chooseTask`).
 *
 * @throws DataError when there is no such column, it holds no values or too many different words; when more than half of
 * the rows would have a class of their own; or there is nothing to learn: one class, or one amount.
 */
export function chooseTarget(table: Table, options: TargetOptions = {}): ChosenTarget {
  checkTable("chooseTarget", table);
  const found = options.target === undefined ? lastColumn(table) : findColumn(table, options.target);
  if (table.columns.length === 1) throw expectedColumns(table, found);
  const column = withValues(found, table.rows);
  const { task, reason } = chooseTask(table, column, options.task);
  const rows = rowsWithValue(column);
  if (task === "classification") {
    const names = rowNames(column, rows);
    const classes = sortedCategories(new Set(names));
    checkVariety(table, column, classes, "classes");
    checkClasses(column, classes, rows.length);
    const codes = new Map(classes.map((name, code) => [name, code]));
    return { column, task, reason, classes, rows, values: Float64Array.from(names, (name) => codes.get(name) ?? 0) };
  }
  if (column.kind === "category") throw expectedNumbers(table, column);
  const values = Float64Array.from(rows, (row) => column.values[row] ?? 0);
  checkVariety(table, column, differentAmounts(values), "amounts");
  return { column, task, reason, classes: null, rows, values };
}

/** The last column, but for columns without a name and a value behind it. */
function lastColumn(table: Table): Column {
  const named = table.columns.filter(({ kind, name, position }) => kind !== "empty" || name !== defaultName(position));
  return findColumn(table, named.at(-1)?.position ?? -1);
}

/** @param where what the message blames. @throws DataError when there is no such column; the message names the nearest. */
export function findColumn(table: Table, target: string | number, where = "target"): Column {
  const { columns } = table;
  const byName = columns.find(({ name }) => name === (typeof target === "string" ? categoryText(target) : target));
  if (byName !== undefined) return byName;
  const number = typeof target === "string" && target.trim() === "" ? Number.NaN : Number(target);
  const byNumber = columns[number < 0 ? columns.length + number : number - 1];
  if (byNumber !== undefined) return byNumber;
  const names = columns.map(({ name }) => name);
  const listed = `The columns are ${names.slice(0, 10).join(", ")}${names.length > 10 ? ", …" : ""}.`;
  const advice = didYouMean(target, names, listed);
  throw new DataError({
    where,
    expected: `the name of a column, or a number from 1 to ${columns.length}`,
    got: JSON.stringify(target),
    advice,
  });
}

function withValues(column: Column, rows: number): NumberColumn | CategoryColumn {
  if (column.kind === "number" || column.kind === "category") {
    if (column.missing < rows) return column;
  }
  const label = columnLabel(column);
  if (column.kind === "text") {
    throw new DataError({
      where: ["target", label],
      expected: "numbers or categories",
      got:
        `more different texts than a network can have classes (${shown(column.firstText.text)} in row ` +
        `${column.firstText.row} is one)`,
      advice: "Choose another column as target (--target).",
    });
  }
  const got =
    column.kind === "ignored"
      ? "a column that was left out"
      : column.kind === "date"
        ? "dates"
        : `a column without values${markersIn(column)}`;
  throw new DataError({
    where: ["target", label],
    expected: "numbers or categories",
    got,
    advice: "Choose another column as target.",
  });
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

/** The class of each row as it is written. */
function rowNames(column: NumberColumn | CategoryColumn, rows: Uint32Array): string[] {
  const names: string[] = [];
  const words = column.kind === "category" ? column : column.words;
  if (words !== null) {
    for (const row of rows) names.push(words.categories[words.codes[row] ?? 0] ?? "");
    return names;
  }
  if (column.kind === "category") return names;
  // One string per class, not per row.
  const nameOf = new Map<number, string>();
  for (const row of rows) {
    const value = column.values[row] ?? 0;
    let name = nameOf.get(value);
    if (name === undefined) {
      if (nameOf.size === MOST_CLASSES) {
        throw new DataError({
          where: ["target", columnLabel(column)],
          expected: `at most ${MOST_CLASSES.toLocaleString("en")} classes`,
          got: "more different numbers",
          advice: "Take it as a regression (--task regression), or choose another column (--target).",
        });
      }
      name = String(value);
      nameOf.set(value, name);
    }
    names.push(name);
  }
  return names;
}

/** Two amounts that differ by more than rounding; one when all are the same. */
function differentAmounts(values: Float64Array): string[] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const isOne = greatest - least <= ROUNDING * Math.max(Math.abs(least), Math.abs(greatest));
  return isOne ? [String(least)] : [String(least), String(greatest)];
}

function checkClasses(column: NumberColumn | CategoryColumn, classes: readonly string[], rows: number): void {
  if (rows < ROWS_TO_COUNT_CLASSES || 2 * classes.length <= rows) return;
  const some = classes.slice(0, 3).map(shown).join(", ");
  const asNumbers =
    column.kind === "number"
      ? "--task regression to predict the number"
      : `${optionText("columns", `${column.name}=number`)} if these are numbers`;
  throw new DataError({
    where: ["target", columnLabel(column)],
    expected: "classes of two rows or more on average",
    got: `${classes.length.toLocaleString("en")} different in ${rows.toLocaleString("en")} rows (${some}, …)`,
    advice: `Say ${asNumbers}, or choose another column (--target).`,
  });
}

function markersIn({ markers }: Column): string {
  const listed = markers
    .slice(0, 3)
    .map(({ text, cells }) => `${shown(text)} (${cells.toLocaleString("en")} ${cells === 1 ? "row" : "rows"})`);
  return listed.length === 0
    ? ""
    : `: ${listed.join(", ")} ${listed.length === 1 ? "counts" : "count"} as missing (--missing= to read such cells as values)`;
}

function checkVariety(table: Table, column: Column, different: readonly string[], what: string): void {
  if (different.length >= 2) return;
  const every =
    column.missing === 0 ? "every row" : `all ${(table.rows - column.missing).toLocaleString("en")} rows that have one`;
  throw new DataError({
    where: ["target", columnLabel(column)],
    expected: `two or more different ${what}`,
    got: `${shown(different[0] ?? "")} in ${every}${markersIn(column)}`,
    advice: "There is nothing to learn: choose another column (--target), or more data.",
  });
}

function expectedColumns(table: Table, only: Column): DataError {
  const delimiter = table.delimiter === "\t" ? "a tab" : JSON.stringify(table.delimiter);
  return new DataError({
    where: "target",
    expected: "a target and at least one other column",
    got: `one column, ${columnLabel(only)}`,
    advice: `Give the delimiter of the file: it was taken to be ${delimiter} (--delimiter).`,
  });
}

function expectedNumbers(table: Table, column: CategoryColumn): DataError {
  const place = column.firstText ?? {
    row: rowInFile(
      table,
      column.codes.findIndex((code) => code !== missingCode),
    ),
    text: column.categories[0] ?? "",
  };
  return new DataError({
    where: ["target", `${columnLabel(column)}, row ${place.row}`],
    expected: "a number, for a regression",
    got: shown(place.text),
    advice: "Take it as a classification (--task classification), or choose another column (--target).",
  });
}
