import papaparse from "papaparse";
import { DataError } from "../../errors.ts";

/** The longest record, in characters: room for a million columns, but not for a file whose quote is never closed. */
const LONGEST_RECORD = 2 ** 24;
/** From so much of the start are the delimiter and the header guessed. */
const SAMPLE = 2 ** 20;
/** Text is parsed in pieces of this size; of rows, no more than these are in memory as text. */
const PIECE = 65_536;

/** Some records, each a list of cells, in the order of the file. */
export interface Records {
  readonly records: readonly (readonly string[])[];
  /** Row of the file, from 1, in which `records[0]` stands; blank lines are records of one empty cell. */
  readonly firstRow: number;
}

/** The records of a text, and what its start looks like. */
export interface RecordReader {
  /** The start of the file, with line feeds at the ends of lines, cut where 2²⁰ characters are full. */
  readonly sample: string;
  /** True when the sample is all there is. */
  readonly isWhole: boolean;
  /** Row of the file in which the sample, and the records, start. */
  readonly firstRow: number;
  /** What stands around cells that hold delimiters. */
  readonly quote: '"' | "'";
  /**
   * Reads on from the beginning. To be called once.
   *
   * @throws DataError when a quote is not closed, or text follows a closing quote.
   */
  records(delimiter: string): AsyncGenerator<Records>;
  /** All that has been read of the text, and what is left. */
  readonly start: string;
  readonly rest: AsyncGenerator<string>;
}

/**
 * Takes a text apart into records: RFC 4180, with line ends of any kind. A line feed stands for a line end inside quotes
 * too, so that the same table written on Windows and elsewhere is the same.
 */
export async function recordReader(pieces: AsyncGenerator<string>): Promise<RecordReader> {
  const lines = withLineFeeds(pieces);
  let sample = "";
  let isWhole = false;
  while (sample.length < SAMPLE) {
    const next = await lines.next();
    isWhole = next.done === true;
    if (next.done === true) break;
    sample += next.value;
  }
  return readerOf(sample, isWhole, lines, { firstRow: 1, quote: '"' });
}

/** What is left of a text when some lines at its start, which are not rows, are taken away. */
export function withoutPreamble(
  reader: RecordReader,
  { lines, length, quote }: { readonly lines: number; readonly length: number; readonly quote: '"' | "'" },
): RecordReader {
  const { firstRow, isWhole, start, rest } = reader;
  return readerOf(start.slice(length), isWhole, rest, { firstRow: firstRow + lines, quote });
}

function readerOf(
  start: string,
  isWhole: boolean,
  rest: AsyncGenerator<string>,
  { firstRow, quote }: { readonly firstRow: number; readonly quote: '"' | "'" },
): RecordReader {
  return {
    sample: start.slice(0, SAMPLE),
    isWhole,
    firstRow,
    quote,
    start,
    rest,
    records: (delimiter) => parsed(start, rest, { delimiter, firstRow, quote }),
  };
}

/** Records that were taken apart already, by delimiter and count: a layout is looked at from several sides. */
const sampled = new WeakMap<object, Map<string, readonly string[][]>>();

/** Whole records at the start of a sample, blank lines left out; errors in it are for the reading proper to find. */
export function sampleRecords(
  reader: Pick<RecordReader, "sample" | "isWhole" | "quote">,
  delimiter: string,
  count: number,
): readonly string[][] {
  const known = sampled.get(reader) ?? new Map<string, readonly string[][]>();
  sampled.set(reader, known);
  const key = `${delimiter}${count}`;
  const records = known.get(key) ?? firstRecords(reader, delimiter, count);
  known.set(key, records);
  return records;
}

function firstRecords(
  { sample, isWhole, quote }: Pick<RecordReader, "sample" | "isWhole" | "quote">,
  delimiter: string,
  count: number,
): string[][] {
  const parser = new papaparse.Parser({ ...settings(delimiter, quote), preview: count });
  const { data } = parser.parse(forDelimiter(sample, delimiter), 0, !isWhole);
  return data.filter((record) => !isBlank(record)).slice(0, count);
}

/** All whole records of a sample, blank lines included, so that their places are those of rows. */
export function allSampleRecords(
  { sample, isWhole, quote }: Pick<RecordReader, "sample" | "isWhole" | "quote">,
  delimiter: string,
): string[][] {
  const parser = new papaparse.Parser(settings(delimiter, quote));
  return parser.parse(forDelimiter(sample, delimiter), 0, !isWhole).data;
}

/** True for a line with nothing on it. */
export function isBlank(record: readonly string[]): boolean {
  return record.length === 1 && record[0]?.trim() === "";
}

function settings(delimiter: string, quoteChar: string): { delimiter: string; newline: "\n"; quoteChar: string } {
  return { delimiter, newline: "\n", quoteChar };
}

/**
 * Where spaces separate the cells, any number of spaces and tabs is one, and those at the ends of a line are none. For a
 * text that starts with a record; a space at its end is kept, since the line may go on.
 */
function forDelimiter(text: string, delimiter: string): string {
  if (delimiter !== " ") return text;
  return text
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/^ /, "");
}

async function* withLineFeeds(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of pieces) {
    let text = held + piece;
    held = "";
    if (text.endsWith("\r")) {
      // The line feed that belongs to it may be the first character of the next piece.
      held = "\r";
      text = text.slice(0, -1);
    }
    if (text !== "") yield text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }
  if (held !== "") yield "\n";
}

async function* parsed(
  start: string,
  rest: AsyncGenerator<string>,
  {
    delimiter,
    firstRow: from,
    quote,
  }: { readonly delimiter: string; readonly firstRow: number; readonly quote: string },
): AsyncGenerator<Records> {
  const parser = new papaparse.Parser(settings(delimiter, quote));
  let firstRow = from;
  let tail = "";
  // A record that does not end in its piece is parsed anew with what follows: waiting until there is twice as much keeps
  // the work in proportion to its length.
  let waitFor = PIECE;
  const take = (text: string, isLast: boolean): Records | null => {
    tail = forDelimiter(tail + text, delimiter);
    if (delimiter === " " && isLast) tail = tail.replace(/ $/, "");
    if (tail.length < waitFor && !isLast) return null;
    const { data, errors, meta } = parser.parse(tail, 0, !isLast);
    checkQuotes(errors, data, firstRow, isLast);
    const batch = { records: data, firstRow };
    firstRow += data.length;
    tail = tail.slice(meta.cursor);
    if (tail.length > LONGEST_RECORD) throw expectedEnd(firstRow);
    waitFor = Math.max(PIECE, 2 * tail.length);
    return data.length === 0 ? null : batch;
  };
  try {
    for (let at = 0; at < start.length; at += PIECE) {
      const piece = start.slice(at, at + PIECE);
      checkNoNul(tail, piece, firstRow);
      const batch = take(piece, false);
      if (batch !== null) yield batch;
    }
    for await (const piece of rest) {
      checkNoNul(tail, piece, firstRow);
      const batch = take(piece, false);
      if (batch !== null) yield batch;
    }
    const batch = take("", true);
    if (batch !== null) yield batch;
  } finally {
    await rest.return(undefined);
  }
}

function checkNoNul(tail: string, piece: string, firstRow: number): void {
  const at = piece.indexOf("\0");
  if (at < 0) return;
  const row = firstRow + (tail + piece.slice(0, at)).split("\n").length - 1;
  throw new DataError({
    where: ["readCsv", `row ${row}`],
    expected: "text",
    got: "a NUL character",
    advice:
      "The file is binary, or text in UTF-16 without its mark: save it as CSV in UTF-8, or say --encoding " +
      "utf-16le.",
  });
}

function checkQuotes(
  errors: readonly { readonly code: string; readonly row?: number }[],
  data: readonly unknown[],
  firstRow: number,
  isLast: boolean,
): void {
  // Of a record that is not whole yet, nothing can be said.
  const error = errors.find(({ row = 0 }) => isLast || row < data.length);
  if (error === undefined) return;
  const row = firstRow + (error.row ?? 0);
  if (error.code === "MissingQuotes") throw expectedEnd(row);
  throw new DataError({
    where: ["readCsv", `row ${row}`],
    expected: "a delimiter or the end of the line after a closing quote",
    got: "other text",
    advice: 'Write a quote inside a quoted cell twice (""), or take the quotes away.',
  });
}

function expectedEnd(row: number): DataError {
  return new DataError({
    where: ["readCsv", `row ${row}`],
    expected: "a closing quote",
    got: `none before the end of the file or ${LONGEST_RECORD.toLocaleString("en")} characters`,
    advice: 'Close it, or write a quote inside a quoted cell twice ("").',
  });
}
