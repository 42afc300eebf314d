import { targetsIn } from "../columns/several-targets.ts";
import { chooseDecimal, type DecimalChoice } from "./csv-decimal.ts";
import { delimiterName, guessDelimiter, lacksOneName } from "./csv-delimiter.ts";
import { columnNames, guessHeader } from "./csv-header.ts";
import type { ReadCsvOptions } from "./csv-options.ts";
import { isComment, type Preamble, readPreamble } from "./csv-preamble.ts";
import { allSampleRecords, isBlank, type RecordReader, sampleRecords, withoutPreamble } from "./csv-records.ts";
import { isNumberLike } from "../columns/number-format.ts";
import { defaultName, type ColumnKind } from "../table.ts";
import { categoryText } from "../columns/text-codes.ts";

/** Records from which a header is guessed. */
const HEADER_RECORDS = 100;

/** How a file is laid out, found out from its start or told. */
export interface CsvLayout {
  /** The records of the table, without what stands above it. */
  readonly reader: RecordReader;
  readonly delimiter: string;
  /** True when the first record names the columns. */
  readonly isFirstHeader: boolean;
  /** True when the columns are named: by the first record, above it, or by the caller. */
  readonly hasHeader: boolean;
  /** Names of the columns, header or not. Null: as many as the first record has cells, without names. */
  readonly names: readonly string[] | null;
  /** What the names come from, in words. */
  readonly namesFrom: string;
  /** Kinds that the file says, by column. */
  readonly kinds: readonly (ColumnKind | null)[];
  /** True when every line ends in a delimiter with nothing behind it. */
  readonly endsInDelimiter: boolean;
  readonly decimal: DecimalChoice;
  /** True for records that are comments. */
  readonly isPassedOver: (record: readonly string[]) => boolean;
  /** True for the line of dashes below the names. */
  readonly isRule: (record: readonly string[]) => boolean;
  readonly notes: readonly string[];
}

/**
 * Finds out how a file is laid out.
 *
 * @throws DataError when its decimal sign cannot be told, or the header of an ARFF file not be read.
 */
export function findLayout(whole: RecordReader, options: ReadCsvOptions, missing: ReadonlySet<string>): CsvLayout {
  const preamble = readPreamble(whole.sample);
  const reader = withoutPreamble(whole, preamble);
  const notes = [...preamble.notes];
  const delimiter = options.delimiter ?? preamble.delimiter ?? guessDelimiter(reader);
  if (options.delimiter === undefined && preamble.delimiter === null)
    notes.push(`The columns are separated by ${delimiterName(delimiter)}.`);
  const isPassedOver = (record: readonly string[]): boolean =>
    isBlank(record) || (preamble.hasComments && isCommentRecord(record, preamble));
  const sampled = sampleRecords(reader, delimiter, HEADER_RECORDS).filter((record) => !isPassedOver(record));
  const hasRule = options.header !== false && sampled[1] !== undefined && isRule(sampled[1]);
  const records = sampled.filter((_, i) => i !== 1 || !hasRule);
  if (hasRule) notes.push("The line of dashes below the header is passed over.");
  const header = headerOf(records, preamble, delimiter, { options, missing, notes });
  const { names, endsInDelimiter } = namesOf(header.cells, header.isFirst, records, options, notes);
  const decimal = decimalOf(reader, delimiter, header.isFirst, options, isPassedOver);
  notes.push(...decimal.notes);
  return {
    reader,
    delimiter,
    isFirstHeader: header.isFirst,
    hasHeader: header.cells !== null,
    names,
    namesFrom: header.from,
    kinds: preamble.columns?.map(({ kind }) => kind) ?? [],
    endsInDelimiter,
    decimal,
    isPassedOver,
    isRule: (record) => hasRule && isRule(record),
    notes,
  };
}

/** A line under the names, as in a table for people: `---,---`, `|:--|--:|`, `---+---`. */
function isRule(record: readonly string[]): boolean {
  return record.some((cell) => cell.includes("---")) && record.every((cell) => /^\s*[-=:+]*\s*$/.test(cell));
}

function isCommentRecord([first = ""]: readonly string[], { columns }: Preamble): boolean {
  return isComment(first) || (columns !== null && first.trimStart().startsWith("%"));
}

interface Header {
  /** True when the first record is the header. */
  readonly isFirst: boolean;
  /** Its cells, wherever they come from; null when there are none. */
  readonly cells: readonly string[] | null;
  readonly from: string;
}

function headerOf(
  records: readonly (readonly string[])[],
  preamble: Preamble,
  delimiter: string,
  {
    options,
    missing,
    notes,
  }: { readonly options: ReadCsvOptions; readonly missing: ReadonlySet<string>; readonly notes: string[] },
): Header {
  const [first = []] = records;
  const row = preamble.lines + 1;
  const isFirst: Header = { isFirst: true, cells: first, from: `the header in row ${row}` };
  const none: Header = { isFirst: false, cells: null, from: `row ${row}` };
  if (Array.isArray(options.header)) return { isFirst: false, cells: options.header, from: "the names given" };
  if (options.header === true) return isFirst;
  if (preamble.columns !== null)
    return { isFirst: false, cells: preamble.columns.map(({ name }) => name), from: "the @attribute lines" };
  if (options.header === false) return none;
  if (options.like?.hasHeader === true) {
    // The names of the training file are the best evidence; without one of them it is rows, or the wrong file.
    const wanted = new Set([...options.like.inputs, ...targetsIn(options.like)].map(({ name }) => categoryText(name)));
    if (first.some((cell) => wanted.has(categoryText(cell)))) return isFirst;
  }
  const { hasHeader, reason } = guessHeader(records, (cell) => missing.has(cell.trim().toLowerCase()));
  const said = reason.replaceAll("row 1", `row ${row}`);
  const asComment = hasHeader ? null : namesInComment(preamble, delimiter, first.length);
  if (asComment !== null) {
    notes.push(`The columns are named by the comment in row ${preamble.lines}.`);
    return { isFirst: false, cells: asComment, from: `the comment in row ${preamble.lines}` };
  }
  notes.push(
    hasHeader
      ? `Row ${row} is the header: ${said} (--no-header if not).`
      : `There is no header: ${said} (--header if there is).`,
  );
  return hasHeader ? isFirst : none;
}

/** `# x y` above two columns without names. */
function namesInComment({ comment }: Preamble, delimiter: string, width: number): readonly string[] | null {
  if (comment === null || width < 2) return null;
  const text = comment.replace(/^\s*#\s*/, "");
  const cells = (delimiter === " " ? text.trim().split(/\s+/) : text.split(delimiter)).map((cell) => cell.trim());
  return cells.length === width && cells.every((cell) => cell !== "" && !isNumberLike(cell)) ? cells : null;
}

/** The names of the columns, where a header has one cell less or more than the rows. */
function namesOf(
  cells: readonly string[] | null,
  isFirst: boolean,
  records: readonly (readonly string[])[],
  options: ReadCsvOptions,
  notes: string[],
): { readonly names: readonly string[] | null; readonly endsInDelimiter: boolean } {
  const below = isFirst ? records.slice(1) : records;
  const width = below[0]?.length ?? cells?.length ?? 0;
  const isEven = below.every(({ length }) => length === width);
  const lastIsEmpty = below.length > 0 && isEven && below.every((record) => record.at(-1)?.trim() === "");
  const found = (
    list: readonly string[],
    endsInDelimiter: boolean,
  ): { names: readonly string[]; endsInDelimiter: boolean } => {
    const named = columnNames(list);
    for (const note of named.notes) notes.push(note);
    return { names: named.names, endsInDelimiter };
  };
  const ending = "Every row ends in a delimiter: what would stand behind it is no column.";
  if (cells === null) {
    const isCut = lastIsEmpty && below.length > 1 && width > 2 && options.like?.columns !== width;
    if (isCut) notes.push(ending);
    return {
      names: isCut ? Array.from({ length: width - 1 }, (_, k) => defaultName(k + 1)) : null,
      endsInDelimiter: isCut,
    };
  }
  if (
    cells.length > 1 &&
    lastIsEmpty &&
    width > 2 &&
    (cells.length === width - 1 || (cells.length === width && cells.at(-1)?.trim() === ""))
  ) {
    notes.push(ending);
    return found(cells.slice(0, width - 1), true);
  }
  // The header alone ends in a delimiter.
  if (isEven && cells.length === width + 1 && cells.at(-1)?.trim() === "") return found(cells.slice(0, -1), true);
  if (isFirst && lacksOneName(records)) {
    notes.push(
      "The header has one name less than the rows have cells: the first cell is the name of its row, as R writes it.",
    );
    return found(["", ...cells], false);
  }
  return found(cells, false);
}

function decimalOf(
  reader: RecordReader,
  delimiter: string,
  isFirstHeader: boolean,
  options: ReadCsvOptions,
  isPassedOver: (record: readonly string[]) => boolean,
): DecimalChoice {
  if (options.decimal !== undefined) return { decimal: options.decimal, isOpen: false, notes: [] };
  const all = allSampleRecords(reader, delimiter).map((record) => (isPassedOver(record) ? [] : record));
  const start = isFirstHeader ? all.findIndex((record) => record.length > 0) + 1 : 0;
  return chooseDecimal(
    all.slice(start),
    reader.firstRow + start,
    delimiter,
    options.like?.reading?.decimal ?? (options.like === undefined ? null : "."),
  );
}
