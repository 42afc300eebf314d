import { DataError } from "../../errors.ts";
import { type CellRules, type ColumnBuilder, columnBuilder } from "../columns/column-builder.ts";
import { delimiterName } from "./csv-delimiter.ts";
import { type CsvLayout, findLayout } from "./csv-layout.ts";
import { checkCsvOptions, missingTextsOf, type ReadCsvOptions } from "./csv-options.ts";
import { columnPlans } from "./csv-plan.ts";
import { recordReader } from "./csv-records.ts";
import { type CsvSource, textOf } from "./csv-source.ts";
import { columnLabel, defaultName, type Table } from "../table.ts";

/**
 * Reads a table from CSV or a relative of it: RFC 4180 with any line ends and `,`, `;`, `|`, tab or spaces between the
 * cells; the dense form of ARFF; with comment lines, Excel's `sep=`, or R's row names. Numbers may have a decimal comma
 * and grouped digits, units or currencies; which, is decided for the file, and said in the notes. Memory: 4 bytes a number
 * in a long file (8 for those that need it), 2 a category; a piece of 65,536 characters is held as text at any time.
 *
 * Rows are counted as in the file, from 1, the header and blank lines included. Blank lines are skipped.
 *
 * @throws DataError for what is no table: no rows, rows of different lengths, quotes that do not close, bytes that are no
 * text, text in a column of numbers, numbers that may be read in two ways; with row and column.
 * @throws OptionError for an option out of its range.
 */
export async function readCsv(source: CsvSource, options: ReadCsvOptions = {}): Promise<Table> {
  checkCsvOptions(options);
  checkIsText(source);
  const missing = missingTextsOf(options);
  const layout = findLayout(await recordReader(textOf(source, options.encoding)), options, missing);
  const { delimiter, decimal, isFirstHeader, hasHeader, isPassedOver } = layout;
  const rules: CellRules = { missing, decimal: decimal.decimal, isDecimalOpen: decimal.isOpen && delimiter !== "," };
  const notes = [...layout.notes];
  let builders: ColumnBuilder[] = [];
  let firstRow = 0;
  let rows = 0;
  let isHeaderRead = !isFirstHeader;
  let header: readonly string[] = [];
  const repeated: number[] = [];
  const blankBefore: number[] = [];

  for await (const batch of layout.reader.records(delimiter)) {
    options.signal?.throwIfAborted();
    let row = batch.firstRow - 1;
    for (const record of batch.records) {
      row += 1;
      if (isPassedOver(record)) {
        if (firstRow > 0) blankBefore.push(rows);
        continue;
      }
      if (!isHeaderRead) {
        isHeaderRead = true;
        header = record;
        continue;
      }
      if (rows === 0 && layout.isRule(record)) continue;
      if (record[0] === header[0] && isSameRecord(record, header)) {
        repeated.push(row);
        if (firstRow > 0) blankBefore.push(rows);
        continue;
      }
      if (builders.length === 0) {
        const names = layout.names ?? Array.from(record, (_, k) => defaultName(k + 1));
        builders = columnPlans(names, hasHeader, options, layout.kinds).map((plan) => columnBuilder(plan, rules));
      }
      const isLonger = layout.endsInDelimiter && record.length === builders.length + 1 && record.at(-1)?.trim() === "";
      if (record.length !== builders.length && !isLonger)
        throw expectedCells(layout.namesFrom, builders.length, record.length, row, delimiter);
      if (firstRow === 0) firstRow = row;
      for (let k = 0; k < builders.length; k++) builders[k]?.add(record[k] ?? "", row);
      rows += 1;
    }
    options.onProgress?.(rows);
  }
  if (rows === 0) throw expectedRows(layout);
  if (repeated.length > 0) notes.push(repeatedNote(repeated));
  const columns = builders.map((builder) => builder.finish(notes));
  // Blank lines at the end come before no row.
  while (blankBefore.at(-1) === rows) blankBefore.pop();
  const missingTexts = [...missing].filter((text) => text !== "");
  return { rows, columns, hasHeader, delimiter, firstRow, blankBefore, decimal: decimal.decimal, missingTexts, notes };
}

function isSameRecord(record: readonly string[], header: readonly string[]): boolean {
  return record.length === header.length && record.every((cell, k) => cell === header[k]);
}

function repeatedNote(rows: readonly number[]): string {
  const more = rows.length > 1 ? ` and in ${(rows.length - 1).toLocaleString("en")} more` : "";
  return `The header comes again in row ${rows[0]}${more}, and is passed over there.`;
}

function expectedCells(where: string, expected: number, got: number, row: number, delimiter: string): DataError {
  const title = expected === 1 && where.startsWith("the header") ? "Take out a title above the table, fill" : "Fill";
  return new DataError({
    where: ["readCsv", `row ${row}`],
    expected: `${expected} ${expected === 1 ? "cell" : "cells"}, as in ${where}`,
    got: `${got}`,
    advice:
      `${title} or cut the row, put quotes around cells that hold the delimiter, or give another ` +
      `delimiter: it was ${delimiterName(delimiter)}.`,
  });
}

function expectedRows({ names }: CsvLayout): DataError {
  if (names === null || names.length === 0) {
    return new DataError({
      where: "readCsv",
      expected: "rows of data",
      got: "an empty file",
      advice: "Check where the data comes from.",
    });
  }
  const first = columnLabel({ name: names[0] ?? "", position: 1 });
  return new DataError({
    where: "readCsv",
    expected: "rows of data below the header",
    got: `none (${first} and ${names.length - 1} more are named)`,
    advice: "Check where the data comes from, or say that row 1 is no header.",
  });
}

/** @throws DataError for a path or an address, which this reader of texts and bytes does not follow. */
function checkIsText(source: unknown): void {
  const isPath =
    typeof source === "string" &&
    !/[\r\n]/.test(source) &&
    (/^[^,;|\t]+\.(csv|tsv|tab|txt|data|dat|gz)$/i.test(source.trim()) || /^(https?|file):\/\//i.test(source));
  if (!isPath && !(source instanceof URL)) return;
  const got = String(source).slice(0, 80);
  throw new DataError({
    where: "readCsv",
    expected: "the text or the bytes of a table",
    got: `"${got}", which looks like a path or an address`,
    advice: "Pass what is in it: createReadStream(path) of node:fs, or (await fetch(address)).body.",
  });
}
