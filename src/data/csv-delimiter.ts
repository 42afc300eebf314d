import { numberIn } from "./cell.ts";
import { type RecordReader, sampleRecords } from "./csv-records.ts";

/** In the order in which they are believed: what separates columns is seldom within the cells of one, but a comma is. */
const CANDIDATES = ["\t", ";", "|", ","] as const;
/** Records that are looked at. */
const RECORDS = 100;

/**
 * What separates the columns: of tab, `;`, `|` and `,`, the one that gives the most of the first records the same number
 * of cells, two or more; else spaces, where they line up and half of the cells are numbers; else the comma (one column).
 */
export function guessDelimiter(reader: Pick<RecordReader, "sample" | "isWhole">): string {
  let best = { delimiter: ",", share: 0 };
  for (const delimiter of CANDIDATES) {
    if (!reader.sample.includes(delimiter)) continue;
    const records = sampleRecords(reader, delimiter, RECORDS);
    const share = shareOfUsualWidth(records);
    if (share > best.share) best = { delimiter, share };
  }
  if (best.share > 0) return best.delimiter;
  if (!/[ \t]/.test(reader.sample)) return ",";
  const records = sampleRecords(reader, " ", RECORDS);
  const cells = records.flat();
  const numbers = cells.filter((cell) => Number.isFinite(numberIn(cell))).length;
  return shareOfUsualWidth(records) === 1 && 2 * numbers >= cells.length ? " " : ",";
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
