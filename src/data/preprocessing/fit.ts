import { checkTable } from "../columns/check-table.ts";
import { checkOptions, type OptionNames } from "../../network/known-options.ts";
import { DataError } from "../../errors.ts";
import { missingMarkers } from "../columns/cell.ts";
import { dayHours, monthOf, weekdayOf } from "../columns/iso-date.ts";
import { type Input, type Preprocessing, sortedCategories, widthOf } from "../preprocessing.ts";
import { rowIdentity } from "../columns/row-identity.ts";
import {
  type CategoryColumn,
  type Column,
  columnLabel,
  type DateColumn,
  missingCode,
  type NumberColumn,
  type Table,
} from "../table.ts";
import { chooseTargets, type TargetsOptions } from "../columns/several-targets.ts";
import { type ChosenTarget, ROUNDING } from "../columns/target.ts";

/** An input of one network unit per category: beyond this, a column of words costs more than it can teach. */
const MOST_CATEGORIES = 100;
/** From so many rows on, a column that is different in more than half of them names the rows. */
const ROWS_TO_SEE_NAMES = 20;

/** 1.5.2024, 05/01/24, 1 May 2024, Jan 1 2000. */
const OTHER_DATE =
  /^(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? [a-z]{3,9}\.?,? \d{4}|[a-z]{3,9}\.? \d{1,2},? \d{4})\b/i;

type Dropped = Preprocessing["dropped"][number];

/** How to turn a table into numbers. */
export interface FitOptions extends TargetsOptions {
  /** False: take numbers as they are. Default true. */
  readonly standardize?: boolean;
  /** Rows of the table, from 0, to fit to; those without a target are passed over. Default: all. */
  readonly trainingRows?: ArrayLike<number>;
  /** Words with more categories than this are left out. Default 100. */
  readonly maxCategories?: number;
  /** Columns that are no inputs, by their number from 1, with the reason: what holds weights or groups of the rows. */
  readonly apart?: ReadonlyMap<number, string>;
}

/** Every option there is. */
const known: OptionNames<FitOptions> = {
  target: true,
  task: true,
  standardize: true,
  trainingRows: true,
  maxCategories: true,
  apart: true,
};

/**
 * Fits the preprocessing of a table to its training rows.
 *
 * Numbers become `(x − mean)/deviation`; a missing one counts as the mean, and gets an input that says so when training
 * rows miss it too. Categories become one input each. Left out, with the reason: columns without values or with a single
 * one; text; categories by the hundred; columns that name or count the rows (see `rowIdentity`). Classes are those of all rows.
 *
 * @throws DataError when the target cannot be learned (see `chooseTarget`), or no column is left to learn from.
 */
export function fitPreprocessing(table: Table, options: FitOptions = {}): Preprocessing {
  checkTable("fitPreprocessing", table);
  checkOptions("fitPreprocessing", options, known);
  return fittedTo(table, options);
}

/** The same, of options that were checked at another door. */
export function fittedTo(table: Table, options: FitOptions): Preprocessing {
  const chosen = chooseTargets(table, options);
  const [target] = chosen.targets as readonly [ChosenTarget]; // as: there is one at least
  const values = chosen.targets.map((each) => targetsByRow(table, each));
  const rows = Uint32Array.from(options.trainingRows ?? chosen.rows).filter((row) =>
    values.every((each) => !Number.isNaN(each[row] ?? Number.NaN)),
  );
  const targetAt = new Set(chosen.targets.map(({ column }) => column.position));
  if (rows.length === 0) {
    throw new DataError({
      where: "fitPreprocessing",
      expected: "training rows with a target",
      got: `none of ${table.rows}`,
      advice: "Pass more rows.",
    });
  }
  const inputs: Input[] = [];
  const dropped: Dropped[] = [];
  for (const column of table.columns) {
    if (targetAt.has(column.position)) continue;
    const fitted =
      options.apart?.get(column.position) ?? fitColumn(column, rows, options.maxCategories ?? MOST_CATEGORIES);
    if (typeof fitted === "string") dropped.push({ name: column.name, position: column.position, reason: fitted });
    else inputs.push(fitted);
  }
  dropIdentities(table, inputs, dropped);
  if (inputs.length === 0) throw expectedInputs(target, dropped);
  const fitted = chosen.targets.map((each, j) =>
    fitTarget(
      each,
      Float64Array.from(rows, (row) => values[j]?.[row] ?? 0),
    ),
  );
  return {
    version: 1,
    task: chosen.task,
    taskReason: chosen.reason,
    isStandardized: options.standardize ?? true,
    hasHeader: table.hasHeader,
    columns: table.columns.length,
    target: fitted[0] as Preprocessing["target"], // as: there is one at least
    ...(fitted.length === 1 ? {} : { moreTargets: fitted.slice(1) }),
    inputs,
    ...readingOf(table),
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
    case "date":
      return fitDates(column, rows);
    case "category":
      return fitCategories(column, rows, maxCategories);
    case "text":
      return "text, different in too many rows to be categories";
    case "empty":
      return "no value in any row";
    case "ignored":
      return "as asked for";
  }
}

function fitNumbers(column: NumberColumn, rows: Uint32Array): Input | string {
  const filled = filledValues(column.values, rows);
  if (filled.length === 0) return "no value in any training row";
  const { mean, deviation, range } = moments(filled);
  if (deviation === 0) {
    return range[0] === range[1]
      ? `always ${filled[0]} in the training rows`
      : `always ${filled[0]} in the training rows, but for the rounding of its last digits`;
  }
  return {
    kind: "number",
    name: column.name,
    position: column.position,
    mean,
    deviation,
    hasMissingIndicator: filled.length < rows.length,
    isSingle: column.values instanceof Float32Array,
    range,
  };
}

function filledValues(values: Float32Array | Float64Array, rows: Uint32Array): Float64Array {
  const filled = new Float64Array(rows.length);
  let used = 0;
  for (const row of rows) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isNaN(value)) filled[used++] = value;
  }
  return filled.subarray(0, used);
}

function fitDates(column: DateColumn, rows: Uint32Array): Input | string {
  const filled = filledValues(column.values, rows);
  if (filled.length === 0) return "no value in any training row";
  const { deviation, mean, range } = moments(filled);
  const different = (part: (days: number) => number): number[] => {
    const found = [...new Set(Array.from(filled, part))].sort((a, b) => a - b);
    return found.length > 1 ? found : [];
  };
  const hours = moments(filled.map(dayHours));
  if (deviation === 0) return "always the same date in the training rows";
  return {
    kind: "date",
    name: column.name,
    position: column.position,
    day: { mean, deviation, range },
    months: different(monthOf),
    weekdays: different(weekdayOf),
    hour: hours.deviation === 0 ? null : { mean: hours.mean, deviation: hours.deviation },
    hasMissingIndicator: filled.length < rows.length,
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
    const isDate = categories.some((name) => OTHER_DATE.test(name));
    return `text, different in ${seen.size} of ${filled} training rows${isDate ? " (dates are read when they are written as 2024-05-01)" : ""}`;
  }
  if (seen.size > maxCategories) return `${seen.size} different categories, more than ${maxCategories}`;
  const base = { kind: "category", name: column.name, position: column.position, categories } as const;
  return filled < rows.length ? { ...base, hasMissing: true } : base;
}

/**
 * Mean and deviation (of the whole, not of a sample), in two passes, from the first value to the last: the same bits
 * everywhere; and the range. The deviation is 0 exactly when all values are the same but for rounding.
 */
function moments(values: Float64Array): {
  readonly mean: number;
  readonly deviation: number;
  readonly range: readonly [number, number];
} {
  const first = values[0] ?? 0;
  let [least, greatest] = [first, first];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const range = [least, greatest] as const;
  if (greatest - least <= ROUNDING * Math.max(Math.abs(least), Math.abs(greatest)))
    return { mean: first, deviation: 0, range };
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
  return { mean, deviation: deviation > 1e-300 ? deviation : 0, range };
}

/**
 * Takes out the columns that name or count the rows (see `rowIdentity`), as long as others are left; of dates, the day
 * alone: months and weekdays come again.
 */
function dropIdentities(table: Table, inputs: Input[], dropped: Dropped[]): void {
  for (const input of inputs.slice()) {
    const column = table.columns[input.position - 1];
    const identity = column === undefined ? null : rowIdentity(table, column);
    if (identity?.isCertain !== true || inputs.length === 1) continue;
    const at = inputs.indexOf(input);
    if (input.kind === "date" && widthOf({ ...input, day: null }) > Number(input.hasMissingIndicator))
      inputs[at] = { ...input, day: null };
    else {
      inputs.splice(at, 1);
      dropped.push({ name: input.name, position: input.position, reason: identity.reason });
    }
  }
}

/** How the file was read, where it is not the usual. */
function readingOf({ decimal, missingTexts }: Table): Pick<Preprocessing, "reading"> {
  const usual = missingMarkers.filter((text) => text !== "");
  const isUsual = missingTexts.length === usual.length && usual.every((text) => missingTexts.includes(text));
  // Rows in memory have no markers.
  const isOfRows = missingTexts.length === 1 && missingTexts[0] === "nan";
  const reading = {
    ...(isUsual || isOfRows ? {} : { missing: missingTexts }),
    ...(decimal === "." ? {} : { decimal }),
  };
  return Object.keys(reading).length === 0 ? {} : { reading };
}

function expectedInputs(target: ChosenTarget, dropped: readonly Dropped[]): DataError {
  const reasons = dropped.slice(0, 5).map((each) => `${columnLabel(each)}: ${each.reason}`);
  if (dropped.length > 5) reasons.push("…");
  return new DataError({
    where: "fitPreprocessing",
    expected: `at least one column to learn from, beside the target ${columnLabel(target.column)}`,
    got: `none (${reasons.join("; ")})`,
    advice: "Choose another target (--target), or say what the columns hold (--columns NAME=number or NAME=category).",
  });
}
