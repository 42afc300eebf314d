import type { Preprocessing } from "./preprocessing.ts";
import type { Table } from "./table.ts";

/** Notes that say nothing new of a file which has the columns of the model. */
const USUAL = /^(The columns are separated by|Row \d+ is the header:|Every row ends in a delimiter)/;
const NO_HEADER = "There is no header:";
const DECIMAL = /^Numbers have a decimal (comma|point)/;

/**
 * What was decided when a file was read for a model, and may be a mistake: columns taken by position where the training
 * file had names, units read off, grouped digits, a decimal sign that training did not have.
 */
export function readingNotes({ hasHeader, reading }: Preprocessing, table: Table): string[] {
  // Rows in code, and a file of which it was said, have no header by intent.
  const isGuessed = table.notes.some((note) => note.startsWith(NO_HEADER));
  const isByPosition = hasHeader && !table.hasHeader && isGuessed;
  const isSameSign = table.decimal === (reading?.decimal ?? ".");
  const notes = table.notes.filter(
    (note) => !USUAL.test(note) && !note.startsWith(NO_HEADER) && !(isSameSign && DECIMAL.test(note)),
  );
  return isByPosition
    ? [
        "The file has no header, so its columns are taken in the order of training (--header if row 1 names them).",
        ...notes,
      ]
    : notes;
}
