import { checkOptions, type OptionNames } from "../../network/known-options.ts";
import { OptionError } from "../../errors.ts";
import { missingMarkers } from "../columns/cell.ts";
import type { DecimalSign } from "../columns/number-format.ts";
import type { Preprocessing } from "../preprocessing.ts";
import type { ColumnKind } from "../table.ts";

/** How to read a file; what is not given is found out, and said in the notes of the table. */
export interface ReadCsvOptions {
  /** One character; a space stands for any number of spaces and tabs. */
  readonly delimiter?: string;
  /** True when row 1 names the columns, false when it is data; or the names. */
  readonly header?: boolean | readonly string[];
  /** The sign between whole and fraction, in every number of the file; the other one groups digits. */
  readonly decimal?: DecimalSign;
  /** Kinds by name, or by number from 1, of columns that are to be read as such. */
  readonly columns?: Readonly<Record<string, ColumnKind>>;
  /** Columns to leave out, by name or by number from 1. */
  readonly ignore?: readonly string[];
  /**
   * Texts, beside the usual ones (`missingMarkers`), that stand for a missing value; case does not count. Or `only` these:
   * an empty list leaves empty cells alone. Default with `like`: those of training.
   */
  readonly missing?: readonly string[] | { readonly only: readonly string[] };
  /** Of bytes without a byte order mark. Default "utf-8". */
  readonly encoding?: string;
  /** Read the columns as those of a model's training file, and leave out others: for prediction and evaluation. */
  readonly like?: Preprocessing;
  /** False: with `like`, the target's column is left out too, whatever stands in it. Default true. */
  readonly readsTarget?: boolean;
  /** Called now and then with the rows read so far. */
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

/** Every option there is. */
const known: OptionNames<ReadCsvOptions> = {
  delimiter: true,
  header: true,
  decimal: true,
  columns: true,
  ignore: true,
  missing: true,
  encoding: true,
  like: true,
  readsTarget: true,
  onProgress: true,
  signal: true,
};

const kinds: readonly ColumnKind[] = ["number", "category", "date", "ignored"];

/** Names of the kinds of columns, as options have them. */
export const columnKinds: readonly ColumnKind[] = kinds;

/** Checks what is given. @throws OptionError for an option out of its range. */
export function checkCsvOptions(options: ReadCsvOptions): void {
  checkOptions("readCsv", options, known);
  const { delimiter, header, decimal } = options;
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n\0\uFEFF]/.test(delimiter))) {
    throw new OptionError({
      where: "readCsv",
      expected: "one character as delimiter, no quote or line end",
      got: JSON.stringify(delimiter),
      advice: 'Give ",", ";", "|", a tab, or a space.',
    });
  }
  if (Array.isArray(header) && header.length === 0) {
    throw new OptionError({
      where: "readCsv",
      expected: "the names of the columns as header",
      got: "an empty list",
      advice: "Give one a column.",
    });
  }
  if (decimal !== undefined && decimal !== "." && decimal !== ",") {
    throw new OptionError({
      where: ["readCsv", "decimal"],
      expected: '"." or ","',
      got: JSON.stringify(decimal),
      advice: "Give one of the two.",
    });
  }
  if (decimal !== undefined && decimal === delimiter) {
    throw new OptionError({
      where: "readCsv",
      expected: "a decimal sign that separates no columns",
      got: `${JSON.stringify(decimal)} for both`,
      advice: "Give another delimiter.",
    });
  }
  for (const [column, kind] of Object.entries(options.columns ?? {})) {
    if (kinds.includes(kind)) continue;
    throw new OptionError({
      where: ["readCsv", "columns"],
      expected: `${kinds.map((each) => JSON.stringify(each)).join(", ")} for ${JSON.stringify(column)}`,
      got: JSON.stringify(kind),
      advice: "Give one of the four.",
    });
  }
}

/** The texts that stand for a missing value, in lower case; the empty one is always among them. */
export function missingTextsOf({ missing, like }: ReadCsvOptions): ReadonlySet<string> {
  const lower = (texts: readonly string[]): string[] => texts.map((text) => text.trim().toLowerCase());
  if (missing === undefined) return new Set(["", ...(like?.reading?.missing ?? missingMarkers)]);
  if ("only" in missing) return new Set(["", ...lower(missing.only)]);
  return new Set([...(like?.reading?.missing ?? missingMarkers), "", ...lower(missing)]);
}
