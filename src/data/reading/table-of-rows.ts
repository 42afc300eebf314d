import { DataError } from "../../errors.ts";
import { type ColumnBuilder, columnBuilder } from "../columns/column-builder.ts";
import { columnNames } from "./csv-header.ts";
import { adviceUnlessPromise, isObject, shown } from "../../tree/reader.ts";
import { isArrayLike } from "../../network/rows.ts";
import { defaultName, type Table } from "../table.ts";

/** A value of a row: an amount, the name of a category, or null, undefined and NaN for a missing one. */
export type Cell = number | string | boolean | null | undefined;

/**
 * A table of rows in memory, as `readCsv` makes one of a file: kinds inferred, strings with numbers in them read as such.
 *
 * @param names of the columns. Default: `column 1`, `column 2` …
 * @throws DataError when there are no rows, they differ in length, or text stands in a column of numbers.
 */
export function tableOfRows(rows: Iterable<readonly Cell[]>, names?: readonly string[]): Table {
  checkIsList(rows);
  const notes: string[] = [];
  let builders: ColumnBuilder[] = [];
  let count = 0;
  for (const row of rows) {
    if (!isArrayLike(row)) throw noRowOfCells(row, count + 1);
    if (count === 0) {
      const found = names === undefined ? null : columnNames(names);
      for (const note of found?.notes ?? []) notes.push(note);
      builders = Array.from({ length: found?.names.length ?? row.length }, (_, k) =>
        columnBuilder(
          { name: found?.names[k] ?? defaultName(k + 1), position: k + 1, kind: null, isDouble: false, known: null },
          { missing: new Set(["", "nan"]), decimal: ".", isDecimalOpen: false },
        ),
      );
    }
    count += 1;
    if (row.length !== builders.length) {
      throw new DataError({
        where: ["tableOfRows", `row ${count}`],
        expected: `${builders.length} cells`,
        got: `${row.length}`,
        advice: "Give every row as many.",
      });
    }
    for (const [k, builder] of builders.entries()) builder.add(String(row[k] ?? ""), count);
  }
  if (count === 0 || builders.length === 0) {
    throw new DataError({
      where: "tableOfRows",
      expected: "rows of one cell or more",
      got: "none",
      advice: "Check where the data comes from.",
    });
  }
  const columns = builders.map((builder) => builder.finish(notes));
  const hasHeader = names !== undefined;
  return {
    rows: count,
    columns,
    hasHeader,
    delimiter: ",",
    firstRow: 1,
    blankBefore: [],
    decimal: ".",
    missingTexts: ["nan"],
    notes,
  };
}

/** Callers without types give columns, a text, or nothing. */
function checkIsList(rows: unknown): void {
  if (typeof rows === "object" && rows !== null && Symbol.iterator in rows) return;
  const advice =
    typeof rows === "string"
      ? "Read the text of a table with readCsv(text)."
      : 'Give rows of cells, and the names of the columns: tableOfRows([[1.5, "a"], [2.5, "b"]], ["length", "kind"]).';
  throw new DataError({
    where: "tableOfRows",
    expected: "a list of rows",
    got: shown(rows),
    advice: adviceUnlessPromise(rows, advice),
  });
}

/** The error about a row that is no list of cells, such as an object by column. */
function noRowOfCells(row: unknown, number: number): DataError {
  const advice = isObject(row)
    ? "Give lists, and the names apart: tableOfRows(rows.map(Object.values), Object.keys(rows[0]))."
    : "Give a list for each row: [[1.5], [2.5]].";
  return new DataError({
    where: ["tableOfRows", `row ${number}`],
    expected: "a list of cells",
    got: shown(row),
    advice,
  });
}
