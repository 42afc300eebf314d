import { DataError } from "../../errors.ts";
import { shown } from "../columns/cell.ts";
import { dayHours, monthOf, weekdayOf } from "../columns/iso-date.ts";
import { nameFinder, sameButCase } from "../columns/known-name.ts";
import type { CategoryInput, DateInput, Input, NumberInput } from "../preprocessing.ts";
import { type Column, columnLabel, missingCode, rowInFile, type Table } from "../table.ts";

/** Where the inputs of one column go: from `at` on, in each row of a matrix of so many columns. */
export interface Placement {
  readonly table: Table;
  readonly rows: Uint32Array;
  readonly values: Float32Array;
  readonly columns: number;
  readonly at: number;
  readonly isStandardized: boolean;
}

/**
 * Writes the inputs that one column becomes.
 *
 * @param notes gets a sentence for what training did not know: categories, missing values, numbers far outside.
 * @throws DataError when the column does not hold what it held in training.
 */
export function placeInput(input: Input, column: Column, place: Placement, notes: string[]): void {
  if (input.kind === "number") placeNumbers(input, column, place, notes);
  else if (input.kind === "date") placeDates(input, column, place, notes);
  else placeCategories(input, column, place, notes);
}

function placeNumbers(input: NumberInput, column: Column, place: Placement, notes: string[]): void {
  if (column.kind !== "number" && column.kind !== "empty") throw expectedNumber(input, column, place.table);
  const { rows, values, columns, at, isStandardized } = place;
  const [mean, deviation] = isStandardized ? [input.mean, input.deviation] : [0, 1];
  const unusual = unusualValues(
    input,
    input.range ?? null,
    input.hasMissingIndicator,
    String(Number(input.mean.toPrecision(4))),
  );
  for (let i = 0; i < rows.length; i++) {
    const given = column.kind === "number" ? (column.values[rows[i] ?? 0] ?? Number.NaN) : Number.NaN;
    const isMissing = Number.isNaN(given);
    const value = isMissing ? input.mean : input.isSingle ? Math.fround(given) : given;
    const placed = Math.fround((value - mean) / deviation);
    if (!Number.isFinite(placed)) throw expectedNear(input, given, rowInFile(place.table, rows[i] ?? 0));
    unusual.add(given, rows[i] ?? 0);
    values[i * columns + at] = placed;
    if (input.hasMissingIndicator && isMissing) values[i * columns + at + 1] = 1;
  }
  notes.push(...unusual.notes(place.table, String));
}

function placeDates(input: DateInput, column: Column, place: Placement, notes: string[]): void {
  if (column.kind !== "date" && column.kind !== "empty") throw expectedDate(input, column, place.table);
  const { rows, values, columns, isStandardized } = place;
  const scaled = (value: number, moments: { mean: number; deviation: number }): number =>
    isStandardized ? (value - moments.mean) / moments.deviation : value;
  const asDate = (days: number): string =>
    new Date(Math.round(days * 86_400) * 1000).toISOString().replace(/T00:00:00.*|\.000Z$/, "");
  const unusual = unusualValues(input, input.day?.range ?? null, input.hasMissingIndicator, "the mean");
  for (let i = 0; i < rows.length; i++) {
    const days = column.kind === "date" ? (column.values[rows[i] ?? 0] ?? Number.NaN) : Number.NaN;
    const isMissing = Number.isNaN(days);
    unusual.add(days, rows[i] ?? 0);
    let at = i * columns + place.at;
    const put = (value: number): void => {
      values[at] = value;
      at += 1;
    };
    if (input.day !== null) put(scaled(isMissing ? input.day.mean : days, input.day));
    for (const month of input.months) put(Number(!isMissing && monthOf(days) === month));
    for (const weekday of input.weekdays) put(Number(!isMissing && weekdayOf(days) === weekday));
    if (input.hour !== null) put(scaled(isMissing ? input.hour.mean : dayHours(days), input.hour));
    if (input.hasMissingIndicator) put(Number(isMissing));
  }
  notes.push(...unusual.notes(place.table, asDate));
}

/** Counts what a model has not seen in a column of numbers. */
function unusualValues(
  input: Pick<Input, "name" | "position">,
  range: readonly [number, number] | null,
  knowsMissing: boolean,
  filledBy: string,
): { add(value: number, row: number): void; notes(table: Table, written: (value: number) => string): string[] } {
  const [least, greatest] = range ?? [-Infinity, Infinity];
  // Half as far again as training went is no surprise to a model; several times that is a guess.
  const reach = greatest - least;
  let [missing, far] = [0, 0];
  let first: { readonly value: number; readonly row: number } | null = null;
  return {
    add(value, row) {
      if (Number.isNaN(value)) missing += 1;
      else if (value > greatest + reach || value < least - reach) {
        far += 1;
        first ??= { value, row };
      }
    },
    notes(table, written) {
      const notes: string[] = [];
      if (missing > 0 && !knowsMissing) {
        notes.push(
          `${columnLabel(input)}: ${counted(missing, "row has no value, as no training row had; it counts", "rows have no value, as no training row had; they count")} as ${filledBy === "the mean" ? filledBy : `the mean, ${filledBy}`}.`,
        );
      }
      if (first !== null) {
        const more = far === 1 ? "" : ` and ${(far - 1).toLocaleString("en")} more`;
        notes.push(
          `${columnLabel(input)}: ${written(first.value)} in row ${rowInFile(table, first.row)}${more} ${far === 1 ? "lies" : "lie"} far outside the ` +
            `training rows' ${written(least)} to ${written(greatest)}: the answer there is a guess.`,
        );
      }
      return notes;
    },
  };
}

function placeCategories(input: CategoryInput, column: Column, place: Placement, notes: string[]): void {
  const { rows, values, columns, at } = place;
  if (column.kind === "text" || column.kind === "ignored" || column.kind === "date")
    throw expectedCategories(input, column);
  const offsetOf = nameFinder(input.categories);
  const words = column.kind === "category" ? column : column.kind === "number" ? column.words : null;
  const known = words?.categories.map(offsetOf) ?? null;
  let [unknown, missing] = [0, 0];
  let firstUnknown: string | null = null;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    let name: string | null = null;
    let offset: number | null = null;
    if (words !== null) {
      const code = words.codes[row] ?? missingCode;
      if (code !== missingCode) [name, offset] = [words.categories[code] ?? "", known?.[code] ?? null];
    } else if (column.kind === "number") {
      const value = column.values[row] ?? Number.NaN;
      if (!Number.isNaN(value)) [name, offset] = [String(value), offsetOf(String(value))];
    }
    if (name === null) missing += 1;
    else if (offset === null) {
      firstUnknown ??= name;
      unknown += 1;
    } else values[i * columns + at + offset] = 1;
  }
  if (firstUnknown !== null) {
    const alike = sameButCase(firstUnknown, input.categories);
    notes.push(
      `${columnLabel(column)}: ${counted(unknown, "row holds a category", "rows hold categories")} that training did not ` +
        `have (such as ${shown(firstUnknown)}${alike === null ? "" : `, which differs from ${shown(alike)} in case`}), read as none of those it had.`,
    );
  }
  if (missing > 0 && input.hasMissing !== true) {
    notes.push(
      `${columnLabel(column)}: ${counted(missing, "row has", "rows have")} no category, as no training row had; read as none of them.`,
    );
  }
}

/** A count before a noun in its singular or plural: `1,204 rows have`. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** The error for a text where training had numbers. */
export function expectedNumber(input: Pick<Input, "name" | "position">, column: Column, table: Table): DataError {
  const place = column.kind === "category" || column.kind === "text" ? column.firstText : null;
  const got = place === null ? "a column that was not read as numbers" : shown(place.text);
  const row = place?.row ?? table.firstRow;
  return new DataError({
    where: ["applyPreprocessing", `${columnLabel(column)}, row ${row}`],
    expected: `a number, as in the training rows of ${columnLabel(input)}`,
    got,
    advice: "Correct the cell, or leave it empty if the value is missing.",
  });
}

function expectedDate(input: DateInput, column: Column, table: Table): DataError {
  const place = column.kind === "category" || column.kind === "text" ? column.firstText : null;
  const got = place === null ? "a column that was not read as dates" : shown(place.text);
  return new DataError({
    where: ["applyPreprocessing", `${columnLabel(column)}, row ${place?.row ?? table.firstRow}`],
    expected: `a date such as 2024-05-01, as in the training rows of ${columnLabel(input)}`,
    got,
    advice: "Correct the cell, or leave it empty if the value is missing.",
  });
}

function expectedNear(input: NumberInput, value: number, row: number): DataError {
  return new DataError({
    where: ["applyPreprocessing", `${columnLabel(input)}, row ${row}`],
    expected: `a number of the size of the training rows' (mean ${input.mean}, deviation ${input.deviation})`,
    got: `${value}`,
    advice: "Correct the cell, or leave it empty.",
  });
}

function expectedCategories(input: CategoryInput, column: Column): DataError {
  const got = column.kind === "text" ? "more different texts than are kept" : "a column that was left out";
  return new DataError({
    where: ["applyPreprocessing", columnLabel(column)],
    expected: `categories, as in the training rows of ${columnLabel(input)}`,
    got,
    advice: "Read the file like that of training (the option like).",
  });
}
