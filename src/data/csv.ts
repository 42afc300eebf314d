import { DataError, OptionError } from "../errors.ts";
import { nearestName } from "../formula/index.ts";
import { missingMarkers } from "./cell.ts";
import { type CellRules, type ColumnBuilder, columnBuilder, type ColumnPlan } from "./column-builder.ts";
import { delimiterName, guessDelimiter } from "./csv-delimiter.ts";
import { columnNames, guessHeader } from "./csv-header.ts";
import { isBlank, type RecordReader, recordReader, sampleRecords } from "./csv-records.ts";
import { type CsvSource, textOf } from "./csv-source.ts";
import { matchColumns } from "./match-columns.ts";
import type { Preprocessing } from "./preprocessing.ts";
import { columnLabel, defaultName, type Table } from "./table.ts";

/** Records from which a header is guessed. */
const HEADER_RECORDS = 100;

/** What a column is to be read as. */
export type ForcedKind = "number" | "category" | "ignored";

/** How to read a file; what is not given is found out, and said in the notes of the table. */
export interface ReadCsvOptions {
  /** One character; a space stands for any number of spaces and tabs. */
  readonly delimiter?: string;
  /** True when row 1 names the columns, false when it is data; or the names. */
  readonly header?: boolean | readonly string[];
  /** Kinds by name, or by number from 1, of columns that are to be read as such. */
  readonly columns?: Readonly<Record<string, ForcedKind>>;
  /** Texts, beside the usual ones (`missingMarkers`), that stand for a missing value; case does not count. */
  readonly missing?: readonly string[];
  /** Of bytes without a byte order mark. Default "utf-8". */
  readonly encoding?: string;
  /** Read the columns as those of a model's training file, and leave out others: for prediction and evaluation. */
  readonly like?: Preprocessing;
  /** Called now and then with the rows read so far. */
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads a table from CSV or a relative of it: RFC 4180 with any line ends and `,`, `;`, `|`, tab or spaces between the
 * cells. Memory: 4 bytes a number in a long file (8 for those that need it), 2 a category; a piece of 65,536 characters
 * is held as text at any time.
 *
 * Rows are counted as in the file, from 1, the header and blank lines included. Blank lines are skipped.
 *
 * @throws DataError for what is no table: no rows, rows of different lengths, quotes that do not close, bytes that are no
 * text, text in a column of numbers; with row and column.
 * @throws OptionError for an option out of its range.
 */
export async function readCsv(source: CsvSource, options: ReadCsvOptions = {}): Promise<Table> {
  const rules = checkedRules(options);
  const reader = await recordReader(textOf(source, options.encoding));
  const delimiter = options.delimiter ?? guessDelimiter(reader);
  const notes: string[] = [];
  if (options.delimiter === undefined) notes.push(`The columns are separated by ${delimiterName(delimiter)}.`);
  const allRules: CellRules = { missing: rules, allowsDecimalComma: delimiter !== "," };
  const header = resolveHeader(reader, delimiter, options, allRules, notes);

  let builders: ColumnBuilder[] = [];
  let firstRow = 0;
  let rows = 0;
  let names: readonly string[] = [];
  let widthFrom = "";
  const blankBefore: number[] = [];
  const start = (first: readonly string[], row: number): void => {
    ({ names } = named(header === true ? first : header, first.length, notes));
    if (names.length !== first.length)
      throw expectedCells("the names given", names.length, first.length, row, delimiter);
    widthFrom = header === true ? `the header in row ${row}` : header === false ? `row ${row}` : "the names given";
    builders = plans(names, header !== false, options).map((plan) => columnBuilder(plan, allRules));
  };

  for await (const batch of reader.records(delimiter)) {
    options.signal?.throwIfAborted();
    let row = batch.firstRow - 1;
    for (const record of batch.records) {
      row += 1;
      if (isBlank(record)) {
        if (firstRow > 0) blankBefore.push(rows);
        continue;
      }
      if (builders.length === 0) {
        start(record, row);
        if (header === true) continue;
      }
      if (record.length !== builders.length)
        throw expectedCells(widthFrom, builders.length, record.length, row, delimiter);
      if (firstRow === 0) firstRow = row;
      for (let k = 0; k < builders.length; k++) builders[k]?.add(record[k] ?? "", row);
      rows += 1;
    }
    options.onProgress?.(rows);
  }
  if (rows === 0) throw expectedRows(names);
  const columns = builders.map((builder) => builder.finish());
  // Blank lines at the end come before no row.
  while (blankBefore.at(-1) === rows) blankBefore.pop();
  return { rows, columns, hasHeader: header !== false, delimiter, firstRow, blankBefore, notes };
}

function checkedRules(options: ReadCsvOptions): ReadonlySet<string> {
  const { delimiter, missing = [], header } = options;
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n\0\uFEFF]/.test(delimiter))) {
    throw new OptionError(
      `readCsv: expected one character as delimiter, no quote or line end, got ${JSON.stringify(delimiter)}. ` +
        'Give ",", ";", "|", a tab, or a space.',
    );
  }
  if (Array.isArray(header) && header.length === 0) {
    throw new OptionError(
      "readCsv: expected the names of the columns as header, got an empty list. Give one a column.",
    );
  }
  for (const [column, kind] of Object.entries(options.columns ?? {})) {
    if (kind === "number" || kind === "category" || kind === "ignored") continue;
    throw new OptionError(
      `readCsv: columns: expected "number", "category" or "ignored" for ${JSON.stringify(column)}, got ` +
        `${JSON.stringify(kind)}. Give one of the three.`,
    );
  }
  return new Set([...missingMarkers, ...missing.map((marker) => marker.trim().toLowerCase())]);
}

/** True: row 1 is the header; false: there is none; else the names. */
function resolveHeader(
  reader: RecordReader,
  delimiter: string,
  options: ReadCsvOptions,
  { missing }: CellRules,
  notes: string[],
): boolean | readonly string[] {
  if (options.header !== undefined) return options.header;
  const records = sampleRecords(reader, delimiter, HEADER_RECORDS);
  const known = options.like;
  if (known?.hasHeader === true) {
    // The names of the training file are the best evidence; without one of them it is rows, or the wrong file.
    const wanted = new Set([...known.inputs.map(({ name }) => name), known.target.name]);
    if (records[0]?.some((cell) => wanted.has(cell.trim())) === true) return true;
  }
  const { hasHeader, reason } = guessHeader(records, (cell) => missing.has(cell.trim().toLowerCase()));
  notes.push(hasHeader ? `Row 1 is the header: ${reason}.` : `There is no header: ${reason}.`);
  return hasHeader;
}

function named(
  header: readonly string[] | boolean,
  width: number,
  notes: string[],
): { readonly names: readonly string[] } {
  if (typeof header === "boolean") return { names: Array.from({ length: width }, (_, k) => defaultName(k + 1)) };
  const found = columnNames(header);
  notes.push(...found.notes);
  return found;
}

function plans(names: readonly string[], hasHeader: boolean, options: ReadCsvOptions): ColumnPlan[] {
  const all = names.map((name, k): ColumnPlan => ({ name, position: k + 1, kind: null, isDouble: false }));
  if (options.like !== undefined) planLike(all, options.like, hasHeader ? { names } : { count: names.length });
  for (const [column, kind] of Object.entries(options.columns ?? {})) {
    const k = names.includes(column) ? names.indexOf(column) : Number(column) - 1;
    const plan = all[k];
    if (plan === undefined) {
      const near = nearestName(column, names);
      throw new DataError(
        `readCsv: columns: expected a name, or a number from 1 to ${names.length}, got ${JSON.stringify(column)}. ` +
          (near === null ? "Give a column of the file." : `Did you mean ${JSON.stringify(near)}?`),
      );
    }
    all[k] = { ...plan, kind };
  }
  return all;
}

function planLike(
  all: ColumnPlan[],
  like: Preprocessing,
  file: { readonly names: readonly string[] } | { readonly count: number },
): void {
  const matched = matchColumns(like, file);
  for (const [k, plan] of all.entries()) all[k] = { ...plan, kind: "ignored" };
  const set = (k: number, kind: ForcedKind, isDouble: boolean): void => {
    const plan = all[k];
    if (plan !== undefined) all[k] = { ...plan, kind, isDouble };
  };
  for (const [i, input] of like.inputs.entries()) {
    const isDouble = input.kind === "number" && !input.isSingle;
    set(matched.inputs[i] ?? -1, input.kind, isDouble);
  }
  for (const at of matched.targets) if (at !== null) set(at, like.task === "regression" ? "number" : "category", true);
}

function expectedCells(where: string, expected: number, got: number, row: number, delimiter: string): DataError {
  return new DataError(
    `readCsv: row ${row}: expected ${expected} cells, as in ${where}, got ${got}. Fill or cut the row, put quotes ` +
      `around cells that hold the delimiter, or give another delimiter: it was ${delimiterName(delimiter)}.`,
  );
}

function expectedRows(names: readonly string[]): DataError {
  if (names.length === 0) {
    return new DataError("readCsv: expected rows of data, got an empty file. Check where the data comes from.");
  }
  const first = columnLabel({ name: names[0] ?? "", position: 1 });
  return new DataError(
    `readCsv: expected rows of data below the header, got none (${first} and ${names.length - 1} more are named). ` +
      "Check where the data comes from, or say that row 1 is no header.",
  );
}
