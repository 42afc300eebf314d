import { optionText } from "./stray-text.ts";
import { columnLabel, type NumberColumn, rowInFile, type Table } from "../table.ts";

/** Rows from which on the bulk of a column can be told from a few cells. */
const ROWS_TO_SEE = 10;
/** So far beyond the middle four fifths of a column, in widths of these, lies what does not belong to it. */
const FAR = 10;
/** A scale so much larger with a few cells than without is theirs. */
const LARGEST_RATIO = 5;
/** Numbers that programs write for a missing one. */
const SENTINELS: ReadonlySet<number> = new Set([
  -9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 1e9, -1e9, 1e20, 1e30,
]);

/** A few cells of a column that stand apart from all others. */
export interface ScaleCells {
  readonly name: string;
  /** Column, from 1. */
  readonly position: number;
  /** The farthest of them, and how often it comes. */
  readonly value: number;
  readonly times: number;
  /** Row of the file in which it first stands. */
  readonly row: number;
  /** How many cells stand apart. */
  readonly cells: number;
  /** Least and greatest of the other cells. */
  readonly others: readonly [least: number, greatest: number];
  /** The deviation with them, as a multiple of that without; standardized inputs are smaller by it. */
  readonly ratio: number;
  /** True for a number such as −999 that comes again: perhaps it stands for a missing one. */
  readonly isSentinel: boolean;
}

/**
 * Columns of numbers whose scale a few cells set, one 1e9 among ones or −999 in a twentieth: standardized, all others
 * become nearly the same. Also cells such as −999 that come again, apart from all others, where the scale stays.
 *
 * @param positions of the columns to look at, from 1. Default: all.
 */
export function scaleCells(table: Table, positions?: Iterable<number>): ScaleCells[] {
  const wanted = positions === undefined ? null : new Set(positions);
  const found: ScaleCells[] = [];
  for (const column of table.columns) {
    if (column.kind !== "number" || wanted?.has(column.position) === false) continue;
    const cells = cellsApart(table, column);
    if (cells !== null) found.push(cells);
  }
  return found;
}

/** The same as a sentence. */
export function scaleNote({ name, position, value, times, row, cells, others, ratio, isSentinel }: ScaleCells): string {
  const label = columnLabel({ name, position }).replace(/^c/, "C");
  const more = times > 1 ? `, and in ${(times - 1).toLocaleString("en")} more` : "";
  const rest = cells > times ? `; ${(cells - times).toLocaleString("en")} other cells are as far out` : "";
  const scale =
    ratio >= LARGEST_RATIO ? `; so few cells set the scale, which is ${short(ratio)} times that of the others` : "";
  const missing = `${optionText("missing", String(value))} if it stands for a missing value`;
  const advice = isSentinel ? missing : `correct it, or ${missing}`;
  return `${label}: ${value} in row ${row}${more}${rest}, where all others lie between ${short(others[0])} and ${short(others[1])}${scale}: ${advice}.`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function cellsApart(table: Table, column: NumberColumn): ScaleCells | null {
  const sorted = Float64Array.from(column.values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const count = sorted.length;
  if (count < ROWS_TO_SEE) return null;
  const at = (share: number): number => sorted[Math.floor(share * (count - 1))] ?? Number.NaN;
  const [low, high] = [at(0.1), at(0.9)];
  const width = high - low;
  const isFar = (value: number): boolean => width > 0 && (value < low - FAR * width || value > high + FAR * width);
  return (
    apart(table, column, sorted, isFar, LARGEST_RATIO) ??
    // A sentinel at either end.
    [sorted[0] ?? 0, sorted[count - 1] ?? 0]
      .filter((value) => SENTINELS.has(value))
      .map((value) => apart(table, column, sorted, (other) => other === value, 0))
      .find((cells) => cells !== null && cells.times > 1 && isBeyond(cells)) ??
    null
  );
}

/** True for a value as far from all others as these lie apart. */
function isBeyond({ value, others: [least, greatest] }: ScaleCells): boolean {
  return greatest > least && Math.max(least - value, value - greatest) > (greatest - least) / 2;
}

function apart(
  table: Table,
  column: NumberColumn,
  sorted: Float64Array,
  isApart: (value: number) => boolean,
  leastRatio: number,
): ScaleCells | null {
  const rest = sorted.filter((value) => !isApart(value));
  const cells = sorted.length - rest.length;
  if (cells === 0 || rest.length === 0) return null;
  const ratio = deviationOf(sorted) / deviationOf(rest);
  if (!(ratio >= leastRatio)) return null;
  const [least, greatest] = [rest[0] ?? 0, rest.at(-1) ?? 0];
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const value = least - first > last - greatest ? first : last;
  const times = sorted.filter((other) => other === value).length;
  return {
    name: column.name,
    position: column.position,
    value,
    times,
    row: rowInFile(table, Array.from(column.values).indexOf(value)),
    cells,
    others: [least, greatest],
    ratio,
    isSentinel: SENTINELS.has(value) && times > 1,
  };
}

/** Square root of the mean squared distance from the mean; halves of it, so that nothing overflows. */
function deviationOf(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value / 2 - mean / 2));
  if (largest === 0) return 0;
  let squares = 0;
  for (const value of values) squares += ((value / 2 - mean / 2) / largest) ** 2 / values.length;
  return 2 * largest * Math.sqrt(squares);
}
