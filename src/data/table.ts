interface ColumnBase {
  /** As in the header; `column 3` where there is none. No two columns of a table share a name. */
  readonly name: string;
  /** 1 for the first column of the file. */
  readonly position: number;
  /** Cells without a value. */
  readonly missing: number;
  /** Texts that were taken for a missing value, as written, with the number of their cells; empty cells are not among them. */
  readonly markers: readonly { readonly text: string; readonly cells: number }[];
}

/** What a column is to be read as. */
export type ColumnKind = "number" | "category" | "date" | "ignored";

/** Numbers; NaN where one is missing. */
export interface NumberColumn extends ColumnBase {
  readonly kind: "number";
  /** One per row. Float32 in long files where that loses nothing that matters (see `growingNumbers`). */
  readonly values: Float32Array | Float64Array;
  /** True when the reader was told to read numbers here. */
  readonly isForced: boolean;
  /** How the numbers are written, where `String` would write them otherwise (1.50) and there are few; else null. */
  readonly words: { readonly codes: Uint16Array; readonly categories: readonly string[] } | null;
}

/** Days, with or without the time of day. */
export interface DateColumn extends ColumnBase {
  readonly kind: "date";
  /** Days since 1970-01-01, the time of day as a fraction; NaN where one is missing. */
  readonly values: Float64Array;
  readonly isForced: boolean;
}

/** Words, each one of a limited number of categories. */
export interface CategoryColumn extends ColumnBase {
  readonly kind: "category";
  /** One per row: a position in `categories`, or `missingCode`. */
  readonly codes: Uint16Array;
  /** In the order in which they first occur in the file. */
  readonly categories: readonly string[];
  /** The first cell that is not a number, with its row as counted in the file; null when all are. */
  readonly firstText: Place | null;
  readonly isForced: boolean;
}

/** Text with too many different values to be categories (names, addresses); the values are not kept. */
export interface TextColumn extends ColumnBase {
  readonly kind: "text";
  readonly firstText: Place;
}

/** A column without a single value. */
export interface EmptyColumn extends ColumnBase {
  readonly kind: "empty";
}

/** A column that the reader was told to leave out. */
export interface IgnoredColumn extends ColumnBase {
  readonly kind: "ignored";
}

/** A column, by what its cells hold. */
export type Column = NumberColumn | DateColumn | CategoryColumn | TextColumn | EmptyColumn | IgnoredColumn;

/** A cell: its row as counted in the file (the first, header or not, is 1), and its text. */
export interface Place {
  readonly row: number;
  readonly text: string;
}

/** The code of a missing category. */
export const missingCode = 0xffff;

/** A file as columns. */
export interface Table {
  /** Rows of data, the header and blank lines not counted. */
  readonly rows: number;
  readonly columns: readonly Column[];
  /** True when the names of the columns come from the file or the caller. */
  readonly hasHeader: boolean;
  /** The character between two cells; a space stands for any number of spaces and tabs. */
  readonly delimiter: string;
  /** Row of the file in which data row 0 stands. */
  readonly firstRow: number;
  /** For each blank line among the data: the data row that follows it. */
  readonly blankBefore: readonly number[];
  /** The sign between whole and fraction in the file's numbers. */
  readonly decimal: "." | ",";
  /** Texts that the reader took for missing values beside empty cells, in lower case. */
  readonly missingTexts: readonly string[];
  /** What the reader found out or decided, a sentence each. */
  readonly notes: readonly string[];
}

/** The row of the file, counted from 1, in which data row `row`, counted from 0, stands. */
export function rowInFile(table: Pick<Table, "firstRow" | "blankBefore">, row: number): number {
  let blanks = 0;
  while (blanks < table.blankBefore.length && (table.blankBefore[blanks] ?? 0) <= row) blanks += 1;
  return table.firstRow + row + blanks;
}

/** A column as messages name it: `column "age" (2)`, or `column 2` when it has no name of its own. */
export function columnLabel(column: { readonly name: string; readonly position: number }): string {
  if (column.name === defaultName(column.position)) return column.name;
  const name = column.name.length > 40 ? `${column.name.slice(0, 40)}…` : column.name;
  return `column ${JSON.stringify(name)} (${column.position})`;
}

/** The name of a column without one. */
export function defaultName(position: number): string {
  return `column ${position}`;
}
