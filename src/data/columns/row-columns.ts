import { DataError } from "../../errors.ts";
import { type Column, columnLabel, missingCode, rowInFile, type Table } from "../table.ts";
import { findColumn } from "./target.ts";

/**
 * Weights of the rows from a column of numbers from 0 up.
 *
 * @param rows of the table, from 0.
 * @throws DataError when there is no such column, or a weight is missing or below 0; with row and column.
 */
export function weightsFrom(table: Table, name: string | number, rows: ArrayLike<number>): Float64Array {
  const column = numbersIn(table, name, "weights");
  return Float64Array.from(rows, (row) => {
    const weight = column.values[row] ?? Number.NaN;
    if (weight >= 0 && weight < Infinity) return weight;
    throw new DataError({
      where: ["weights", `${columnLabel(column)}, row ${rowInFile(table, row)}`],
      expected: "a weight from 0 up",
      got: `${Number.isNaN(weight) ? "a missing value" : weight}`,
      advice: "Fill it in, or correct it.",
    });
  });
}

function numbersIn(table: Table, name: string | number, where: string): Column & { readonly kind: "number" } {
  const column = findColumn(table, name, "weights");
  if (column.kind === "number") return column;
  throw new DataError({
    where: [where, columnLabel(column)],
    expected: "numbers",
    got: column.kind === "category" ? "words" : column.kind,
    advice: "Name another column.",
  });
}

/**
 * The group of each row, from a column of words or numbers; rows without a value are a group of their own.
 *
 * @param rows of the table, from 0.
 * @throws DataError when there is no such column, or its values were not kept.
 */
export function groupsFrom(table: Table, name: string | number, rows: ArrayLike<number>): (string | number)[] {
  const column = findColumn(table, name, "split: group");
  const groupOf = groupReader(column);
  return Array.from(rows, groupOf);
}

function groupReader(column: Column): (row: number) => string | number {
  if (column.kind === "category") {
    return (row) => {
      const code = column.codes[row] ?? missingCode;
      return code === missingCode ? "" : (column.categories[code] ?? "");
    };
  }
  if ("values" in column) {
    return (row) => {
      const value = column.values[row] ?? Number.NaN;
      return Number.isNaN(value) ? "" : value;
    };
  }
  const got = column.kind === "text" ? "texts that differ in too many rows to be kept" : "a column without values";
  throw new DataError({
    where: ["split", columnLabel(column)],
    expected: "values that group the rows",
    got,
    advice:
      "Name another column, or number the groups, or say that it holds categories (columns: { NAME: " +
      '"category" }).',
  });
}

/** What times and dates are called. */
const TIME_NAME =
  /(^|[ _.-])(year|yr|month|week|day|date|datetime|time|timestamp|ts|period|quarter|hour|epoch|season)([ _.-]|$)|(date|time|timestamp)$/i;
/** With fewer rows, a column rises by chance or by habit. */
const ROWS_TO_RISE = 20;

/**
 * The first column by which the rows seem to follow one another in time: named like a time or date, or read as dates, never
 * falling through the file (or never rising), with several values. Null where there is none.
 */
export function timeColumn(table: Table): Column | null {
  return table.columns.find((column) => (isTimely(column) ? isMonotonic(column) : false)) ?? null;
}

function isTimely({ kind, name }: Column): boolean {
  return TIME_NAME.test(name) || (kind as string) === "date"; // as: dates are a kind where the reader knows them
}

function isMonotonic(column: Column): boolean {
  if (!("values" in column) || column.values.length < ROWS_TO_RISE) return false;
  let [before, ups, downs] = [Number.NaN, 0, 0];
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (value > before) ups += 1;
    if (value < before) downs += 1;
    before = value;
  }
  return ups + downs >= 4 && (ups === 0 || downs === 0);
}
