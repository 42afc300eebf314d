import { numberIn } from "../columns/cell.ts";
import { type RecordReader, sampleRecords } from "./csv-records.ts";

/** In the order in which they are believed: what separates columns is seldom within the cells of one, but a comma is. */
const CANDIDATES = ["\t", ";", "|", ","] as const;
/** Records that are looked at. */
const RECORDS = 100;

/**
 * What separates the columns: of tab, `;`, `|` and `,`, the one that gives the most of the first records the same number
 * of cells, two or more; else spaces, where they line up and half of the cells are numbers; else the comma (one column).
 */
export function guessDelimiter(reader: Pick<RecordReader, "sample" | "isWhole" | "quote">): string {
  let best = { delimiter: ",", share: 0 };
  for (const delimiter of CANDIDATES) {
    if (!reader.sample.includes(delimiter)) continue;
    const records = sampleRecords(reader, delimiter, RECORDS);
    const share = shareOfUsualWidth(records);
    if (share > best.share) best = { delimiter, share };
  }
  // Spaces, and then a tab before the last column: numbers side by side in one cell are cells of their own.
  if (best.delimiter === "\t" && holdsRowsOfNumbers(reader) && widthBySpaces(reader) > 2) return " ";
  if (best.share > 0) return best.delimiter;
  if (!/[ \t]/.test(reader.sample)) return ",";
  const records = sampleRecords(reader, " ", RECORDS);
  const areNamed = lacksOneName(records);
  // Names of rows and columns are no evidence against numbers.
  const cells = areNamed ? records.slice(1).flatMap((record) => record.slice(1)) : records.flat();
  const numbers = cells.filter((cell) => Number.isFinite(numberIn(cell))).length;
  const isEven = shareOfUsualWidth(records) === 1 || areNamed;
  return isEven && 2 * numbers >= cells.length ? " " : ",";
}

/** True where the first record has one cell less than all others, which have as many: row names, as R writes them. */
export function lacksOneName(records: readonly (readonly string[])[]): boolean {
  const [first, ...below] = records;
  const width = below[0]?.length ?? 0;
  return (
    first !== undefined && first.length === width - 1 && width > 2 && below.every(({ length }) => length === width)
  );
}

/** True when a column between tabs holds two or more numbers with spaces between them in every row. */
function holdsRowsOfNumbers(reader: Pick<RecordReader, "sample" | "isWhole" | "quote">): boolean {
  const records = sampleRecords(reader, "\t", RECORDS);
  const width = records[0]?.length ?? 0;
  return Array.from({ length: width }, (_, k) => k).some((k) => {
    const cells = records.map((record) => (record[k] ?? "").trim());
    // 1 037 is one number.
    if (cells.every((cell) => /^\d{1,3}( \d{3})+$/.test(cell))) return false;
    return cells.every((cell) => {
      const parts = cell.split(/ +/);
      return parts.length > 1 && parts.filter((part) => Number.isFinite(numberIn(part))).length >= 2;
    });
  });
}

function widthBySpaces(reader: Pick<RecordReader, "sample" | "isWhole" | "quote">): number {
  const records = sampleRecords(reader, " ", RECORDS);
  return shareOfUsualWidth(records) === 1 ? (records[0]?.length ?? 0) : 0;
}

/** Part of the records that have as many cells as most have; 0 when that is one. */
function shareOfUsualWidth(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let usual = { width: 1, count: 0 };
  for (const [width, count] of counts) if (count > usual.count) usual = { width, count };
  return usual.width < 2 ? 0 : usual.count / records.length;
}

/** A delimiter as messages name it. */
export function delimiterName(delimiter: string): string {
  if (delimiter === "\t") return "tabs";
  return delimiter === " " ? "spaces" : JSON.stringify(delimiter);
}
