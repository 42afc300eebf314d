import { isNumberLike, isUsualAffix, splitAffix } from "../columns/number-format.ts";
import { daysOfIsoDate } from "../columns/iso-date.ts";
import { defaultName } from "../table.ts";
import { categoryText } from "../columns/text-codes.ts";

/** A column of numbers has so large a part of them, in the rows looked at. */
const MOSTLY = 0.75;
/** So large a part of the numbers below a name are greater, or less, where it is none of them. */
const NEARLY_ALL = 0.9;
/** Names that were taken are told one by one up to here. */
const MOST_TOLD = 3;

/** Whether the first record names the columns, and why that is believed. */
export interface HeaderGuess {
  readonly hasHeader: boolean;
  readonly reason: string;
}

/**
 * Looks for a header: a first record of words above columns of numbers; or, where no column holds numbers, one of words
 * that all differ and mostly do not come again below; or names that are numbers themselves: years, or 0, 1, 2 … as pandas
 * writes them, above numbers of another kind.
 *
 * @param records the first records of the file.
 * @param isMissing true for a cell that stands for a missing value.
 */
export function guessHeader(
  records: readonly (readonly string[])[],
  isMissing: (cell: string) => boolean,
): HeaderGuess {
  const [first = [], ...all] = records;
  const below = withoutRepeats(first, all);
  const filled = first.filter((cell) => !isMissing(cell));
  if (filled.length === 0) return { hasHeader: false, reason: "row 1 names no column" };
  if (below.length === 0) {
    return filled.some(isNumber)
      ? { hasHeader: false, reason: "row 1, the only one, holds numbers" }
      : { hasHeader: true, reason: "row 1, the only one, holds words" };
  }
  const cells = first.map((_, k) => below.map((record) => record[k] ?? "").filter((cell) => !isMissing(cell)));
  const numbersBelow = cells.map(
    (column) => column.length > 0 && column.filter(isNumber).length >= MOSTLY * column.length,
  );
  if (numbersBelow.includes(true)) {
    // A name may be missing (the row names of R and pandas) or be a number itself (a year), as long as one is a word.
    const isNamed = first.every((cell, k) => !numbersBelow[k] || isMissing(cell) || !isNumber(cell));
    const hasEvidence = first.some((cell, k) => numbersBelow[k] === true && !isMissing(cell) && !isNumber(cell));
    if (isNamed && hasEvidence) return { hasHeader: true, reason: "row 1 holds words above columns of numbers" };
    const counted = numbersAsNames(first, cells, numbersBelow);
    if (counted !== null) return { hasHeader: true, reason: counted };
    return { hasHeader: false, reason: "row 1 holds numbers where the rows below do" };
  }
  if (filled.some(isNumber)) return { hasHeader: false, reason: "row 1 holds numbers" };
  const isDifferent = new Set(filled.map((cell) => cell.trim())).size === filled.length;
  const again = first.filter(
    (cell, k) => !isMissing(cell) && (cells[k] ?? []).some((other) => other.trim() === cell.trim()),
  );
  if (isDifferent && again.length === 0)
    return { hasHeader: true, reason: "the words of row 1 all differ and do not come again below" };
  const alone = first.filter((cell, k) => !isMissing(cell) && standsOut(cell, cells[k] ?? []));
  return isDifferent && alone.length > again.length
    ? { hasHeader: true, reason: "most words of row 1 do not come again below, where others do" }
    : { hasHeader: false, reason: "the words of row 1 come again" };
}

/** The rows without those that are the first one again, where it comes seldom: files with a header, one after the other. */
function withoutRepeats(
  first: readonly string[],
  below: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const others = below.filter((record) => record.some((cell, k) => cell !== first[k]));
  const repeats = below.length - others.length;
  const stay = others.some((record) => record.some((cell, k) => cell.trim() !== "" && cell === first[k]));
  return first.length > 1 && repeats > 0 && 10 * repeats <= below.length && !stay ? others : below;
}

/** True for a word that a column never has again, while it says the others over and over. */
function standsOut(cell: string, below: readonly string[]): boolean {
  const words = below.map((other) => other.trim());
  const different = new Set(words);
  return !different.has(cell.trim()) && words.length >= 4 && 2 * different.size <= words.length;
}

/**
 * Why a first row with numbers above numbers is a header after all; null when it is none: names that go on in the same
 * step, years or from 0 or 1 on, as no row below does, above numbers of another size or with fractions.
 */
function numbersAsNames(
  first: readonly string[],
  cells: readonly (readonly string[])[],
  numbersBelow: readonly boolean[],
): string | null {
  const above = first.flatMap((cell, k) => (numbersBelow[k] === true && /^\d{1,4}$/.test(cell.trim()) ? [k] : []));
  // Every number below has a whole number above, but for a name that is missing or a word.
  const isWhole = first.every((cell, k) => numbersBelow[k] !== true || above.includes(k) || !isNumber(cell));
  const names = above.map((k) => Number(first[k]));
  const step = (names[1] ?? 0) - (names[0] ?? 0);
  const keepsStep = (row: readonly number[]): boolean =>
    step !== 0 && row.every((value, i) => i === 0 || value - (row[i - 1] ?? 0) === step);
  const areYears = names.every((name) => name >= 1800 && name <= 2200);
  const areCounted = step === 1 && (names[0] === 0 || names[0] === 1);
  // Words beside the numbers tell more than a third number.
  const hasWords = first.some(
    (cell, k) =>
      numbersBelow[k] !== true && cell.trim() !== "" && !(cells[k] ?? []).some((other) => other.trim() === cell.trim()),
  );
  const enough = names.length >= 3 || (names.length === 2 && areYears && hasWords);
  if (!isWhole || !enough || !keepsStep(names) || !(areYears || areCounted)) return null;
  const columns = above.map((k) => (cells[k] ?? []).map((cell) => Number(cell.trim().replace(",", "."))));
  // Rows that go on in the same step are of the same kind as the first.
  const rows = Math.min(...columns.map(({ length }) => length));
  for (let row = 0; row < rows; row++) if (keepsStep(columns.map((column) => column[row] ?? 0))) return null;
  const others = columns.filter((values, i) => {
    const name = names[i] ?? 0;
    const share = (isSo: (value: number) => boolean): number => values.filter(isSo).length / values.length;
    return (
      values.some((value) => !Number.isInteger(value)) ||
      share((value) => value < name) >= NEARLY_ALL ||
      share((value) => value > name) >= NEARLY_ALL
    );
  });
  if (2 * others.length <= above.length) return null;
  return areYears ? "row 1 holds years in a row above other numbers" : "row 1 counts the columns, above other numbers";
}

function isNumber(cell: string): boolean {
  if (isNumberLike(cell) || !Number.isNaN(daysOfIsoDate(cell))) return true;
  const affixed = splitAffix(cell);
  return affixed !== null && isUsualAffix(affixed) && isNumberLike(affixed.number);
}

/** Names that differ, none of them empty: `column 3` for a missing one, `age (7)` for the second `age`, in column 7. */
export function columnNames(header: readonly string[]): {
  readonly names: readonly string[];
  readonly notes: readonly string[];
} {
  const given = new Set(header.map(categoryText));
  const taken = new Set<string>();
  const notes: string[] = [];
  let renamed = 0;
  const names = header.map((cell, k) => {
    const text = categoryText(cell);
    const wanted = text === "" ? defaultName(k + 1) : text;
    let name = wanted;
    // Whatever is appended could be the name of another column.
    while (taken.has(name) || (name !== wanted && given.has(name))) name += ` (${k + 1})`;
    taken.add(name);
    if (name === wanted) return name;
    renamed += 1;
    if (renamed <= MOST_TOLD) notes.push(`Column ${k + 1} is called ${JSON.stringify(name)}: its name was taken.`);
    return name;
  });
  if (renamed > MOST_TOLD) {
    notes.push(
      `${(renamed - MOST_TOLD).toLocaleString("en")} more columns had names that were taken; they have their number behind it.`,
    );
  }
  return { names, notes };
}
