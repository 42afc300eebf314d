import { type Column, columnLabel, type DateColumn, defaultName, type NumberColumn, type Table } from "../table.ts";
import { optionText } from "./stray-text.ts";

/** From so many rows on, numbers that are all different may name the rows. */
const ROWS_TO_SEE_NAMES = 10;
/** From so many rows on, a column that counts is no accident. */
const ROWS_TO_SEE_COUNTING = 20;
/** Part of the steps from row to row that are 1, or −1, in a column that counts. */
const MOSTLY = 0.5;
/** Numbers of a column that is noted, per row at most. */
const NUMBERS_PER_ROW = 2;

/** What an index, or an identifier, is usually called. */
const INDEX_NAME =
  /^(unnamed: ?\d+|index|idx|row ?names?|row[ _.-]?(id|index|number|num|no|nr)?|no\.?|nr\.?|#|id ?no\.?|obs|obs(ervation)?[ _.-]?(id|no|number)?|(sample|case|record|instance|serial|sequence|seq)[ _.-]?(id|no\.?|nr\.?|num|number)?|s\.? ?no\.?|sr\.? ?no\.?|lfd\.? ?nr\.?|key|uid|uuid|guid|rownum|counter)$/i;
/** `id`, `patient_id`, `PassengerId`, `customerID`. */
const ID_NAME = /(^|[ _.\-\d])ids?$/i;
const CAMEL_ID = /[a-z](Id|ID)$/;
/** What time stamps are called. */
const TIME_NAME = /(^|[ _.-])(time|timestamp|date|datetime|ts|epoch|unix|t)([ _.-]|$)|(time|timestamp|date)$/i;
/** Seconds and milliseconds since 1970 from 1990 to 2100. */
const isEpoch = (value: number): boolean => (value > 6.3e8 && value < 4.2e9) || (value > 6.3e11 && value < 4.2e12);

/** What a column says of the rows rather than of what they hold. */
export interface RowIdentity {
  /** True: it is left out. False: it is only noted. */
  readonly isCertain: boolean;
  /** Why, in words that go on after "is left out: ". */
  readonly reason: string;
}

/**
 * Whether a column names or counts the rows of its file, which teaches nothing about new rows: whole numbers that are all
 * different in an unnamed first column or under an index's or identifier's usual names; numbers that rise or fall through
 * the file mostly by 1; time stamps that only rise. Whole numbers that are all different and span about as many numbers as
 * there are rows may be an index in another order: that is noted only. Null for other columns, and for those that were
 * said to be numbers.
 */
export function rowIdentity(table: Table, column: Column): RowIdentity | null {
  if (column.kind === "date") return risingDates(column);
  if (column.kind !== "number" || column.isForced) return null;
  const found = figuresOf(column);
  if (found === null) return null;
  const { count, isWhole, isRising, isFalling, isNeverFalling, least, greatest, ones } = found;
  const certain = (reason: string): RowIdentity => ({ isCertain: true, reason });
  const isUnnamed = table.hasHeader && column.position === 1 && column.name === defaultName(1);
  if (isWhole && count >= ROWS_TO_SEE_COUNTING && (isRising || isFalling)) {
    if (ones === count - 1) return certain("counts the rows of the file");
    if (ones > MOSTLY * (count - 1))
      return certain(`${isRising ? "rises" : "falls"} through the file, mostly by 1: it counts the rows`);
  }
  const isTime = TIME_NAME.test(column.name) || (isWhole && isEpoch(least) && isEpoch(greatest));
  if (isNeverFalling && isTime && count >= ROWS_TO_SEE_COUNTING)
    return certain("a time that only rises through the file: it identifies the row");
  if (!isWhole || (!isRising && !isFalling && !areAllDifferent(column))) return null;
  if (isUnnamed) return certain("whole numbers, all different, in a first column without a name: an index of the rows");
  if (INDEX_NAME.test(column.name) || ID_NAME.test(column.name) || CAMEL_ID.test(column.name))
    return certain("whole numbers, all different, under the name of an index or identifier");
  const span = greatest - least + 1;
  if (count < ROWS_TO_SEE_COUNTING || span > NUMBERS_PER_ROW * count) return null;
  return {
    isCertain: false,
    reason: `holds ${count.toLocaleString("en")} whole numbers, all different, from ${least} to ${greatest}: it may number the rows`,
  };
}

/** Notes about columns that are learned from and may identify the rows. */
export function identityNotes(table: Table, positions: Iterable<number>): string[] {
  const notes: string[] = [];
  for (const position of positions) {
    const column = table.columns[position - 1];
    const identity = column === undefined ? null : rowIdentity(table, column);
    if (column === undefined || identity === null) continue;
    const label = columnLabel(column).replace(/^c/, "C");
    notes.push(
      identity.isCertain
        ? `${label} is the only column to learn from, so it is kept, though it may identify the row: ${identity.reason}.`
        : `${label} ${identity.reason}. Leave it out if it does (${optionText("ignore", column.name)}): new rows have other numbers.`,
    );
  }
  return notes;
}

interface Figures {
  readonly count: number;
  readonly isWhole: boolean;
  readonly isRising: boolean;
  readonly isFalling: boolean;
  /** True for one that rises or stays, and changes in more than half of the steps. */
  readonly isNeverFalling: boolean;
  readonly least: number;
  readonly greatest: number;
  /** Steps to the next row by 1, of a column that rises, or by −1. */
  readonly ones: number;
}

/** Null for a column with missing values or too few rows. */
function figuresOf({ values, missing }: NumberColumn | DateColumn): Figures | null {
  const count = values.length;
  if (missing > 0 || count < ROWS_TO_SEE_NAMES) return null;
  let [isWhole, isRising, isFalling, isNeverFalling] = [true, true, true, true];
  let [ups, downs, ties] = [0, 0, 0];
  let [least, greatest] = [Infinity, -Infinity];
  let before = Number.NaN;
  for (const value of values) {
    isWhole &&= Number.isInteger(value);
    isRising &&= !(value <= before);
    isFalling &&= !(value >= before);
    isNeverFalling &&= !(value < before);
    if (value === before) ties += 1;
    if (value - before === 1) ups += 1;
    else if (before - value === 1) downs += 1;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    before = value;
    if (!isWhole && !isFalling && !isNeverFalling) return null;
  }
  isNeverFalling &&= 2 * ties < count;
  return { count, isWhole, isRising, isFalling, isNeverFalling, least, greatest, ones: isRising ? ups : downs };
}

function areAllDifferent({ values }: NumberColumn): boolean {
  const sorted = Float64Array.from(values).sort();
  return sorted.every((value, i) => i === 0 || value !== sorted[i - 1]);
}

function risingDates(column: DateColumn): RowIdentity | null {
  if (column.isForced) return null;
  const found = figuresOf(column);
  if (found === null || found.count < ROWS_TO_SEE_COUNTING || !(found.isNeverFalling || found.isFalling)) return null;
  return {
    isCertain: true,
    reason: `dates that only ${found.isFalling ? "fall" : "rise"} through the file: they identify the row`,
  };
}
