import { numberIn } from "./cell.ts";
import { defaultName } from "./table.ts";

/** Whether the first record names the columns, and why that is believed. */
export interface HeaderGuess {
  readonly hasHeader: boolean;
  readonly reason: string;
}

/**
 * Looks for a header: a first record of words above columns of numbers; or, where no column holds numbers, one of words
 * that all differ and do not come again below.
 *
 * @param records the first records of the file.
 * @param isMissing true for a cell that stands for a missing value.
 */
export function guessHeader(
  records: readonly (readonly string[])[],
  isMissing: (cell: string) => boolean,
): HeaderGuess {
  const [first = [], ...below] = records;
  const filled = first.filter((cell) => !isMissing(cell));
  if (filled.length === 0) return { hasHeader: false, reason: "row 1 names no column" };
  if (below.length === 0) {
    return filled.some(isNumber)
      ? { hasHeader: false, reason: "row 1, the only one, holds numbers" }
      : { hasHeader: true, reason: "row 1, the only one, holds words" };
  }
  const cellsBelow = (k: number): string[] => below.map((record) => record[k] ?? "").filter((cell) => !isMissing(cell));
  const numbersBelow = first.map((_, k) => {
    const cells = cellsBelow(k);
    return cells.length > 0 && cells.every(isNumber);
  });
  if (numbersBelow.includes(true)) {
    // A name may be missing (the row names of R and pandas) or be a number itself (a year), as long as one is a word.
    const isNamed = first.every((cell, k) => !numbersBelow[k] || isMissing(cell) || !isNumber(cell));
    const hasEvidence = first.some((cell, k) => numbersBelow[k] === true && !isMissing(cell) && !isNumber(cell));
    return isNamed && hasEvidence
      ? { hasHeader: true, reason: "row 1 holds words above columns of numbers" }
      : { hasHeader: false, reason: "row 1 holds numbers where the rows below do" };
  }
  if (filled.some(isNumber)) return { hasHeader: false, reason: "row 1 holds numbers" };
  const isDifferent = new Set(filled.map((cell) => cell.trim())).size === filled.length;
  const comesAgain = first.some(
    (cell, k) => !isMissing(cell) && cellsBelow(k).some((other) => other.trim() === cell.trim()),
  );
  return isDifferent && !comesAgain
    ? { hasHeader: true, reason: "the words of row 1 all differ and do not come again below" }
    : { hasHeader: false, reason: "the words of row 1 come again" };
}

function isNumber(cell: string): boolean {
  return !Number.isNaN(numberIn(cell));
}

/** Names that differ, none of them empty: `column 3` for a missing one, `age (7)` for the second `age`, in column 7. */
export function columnNames(header: readonly string[]): {
  readonly names: readonly string[];
  readonly notes: readonly string[];
} {
  const given = new Set(header.map((cell) => cell.trim()));
  const taken = new Set<string>();
  const notes: string[] = [];
  const names = header.map((cell, k) => {
    const wanted = cell.trim() === "" ? defaultName(k + 1) : cell.trim();
    let name = wanted;
    // Whatever is appended could be the name of another column.
    while (taken.has(name) || (name !== wanted && given.has(name))) name += ` (${k + 1})`;
    taken.add(name);
    if (name !== wanted) notes.push(`Column ${k + 1} is called ${JSON.stringify(name)}: its name was taken.`);
    return name;
  });
  return { names, notes };
}
