import { DataError } from "../../errors.ts";
import { checkIsNoOtherText } from "./foreign-format.ts";
import { readArffHeader } from "./arff.ts";
import type { ColumnKind } from "../table.ts";

/** What stands above the table in a file. */
export interface Preamble {
  /** Lines, and characters with their line ends, before the table. */
  readonly lines: number;
  readonly length: number;
  /** The delimiter it names, if it does. */
  readonly delimiter: string | null;
  /** Names of the columns, and their kinds, if it says them. */
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind | null }[] | null;
  /** The last comment, which may be the header: `# x y`. */
  readonly comment: string | null;
  readonly hasComments: boolean;
  readonly quote: '"' | "'";
  readonly notes: readonly string[];
}

const nothing: Preamble = {
  lines: 0,
  length: 0,
  delimiter: null,
  columns: null,
  comment: null,
  hasComments: false,
  quote: '"',
  notes: [],
};

/**
 * Reads what programs write above a table: comment lines (`#`, also `%`, `//`, `!`, `;` and `--`, before the header), Excel's `sep=;`, the header of an ARFF
 * file.
 *
 * @param sample the start of the file, lines ended by line feeds.
 * @throws DataError for an ARFF header that cannot be read, and for a text that is no table (JSON, HTML, …).
 */
export function readPreamble(sample: string): Preamble {
  checkIsNoOtherText(sample);
  const separator = /^"?sep=([^\n])"?[ \t]*\n/i.exec(sample);
  if (separator !== null) {
    const delimiter = separator[1] ?? ",";
    return {
      ...nothing,
      lines: 1,
      length: separator[0].length,
      delimiter,
      notes: [`Row 1, ${JSON.stringify(separator[0].trim())}, names the delimiter.`],
    };
  }
  if (/^\s*(%[^\n]*\n\s*)*@relation\b/i.test(sample)) return arff(sample);
  return comments(sample);
}

/** A line of comment: `#`, and not a column that is called `#`. */
export function isComment(line: string): boolean {
  return /^\s*#(?![,;\t|])/.test(line);
}

function comments(sample: string): Preamble {
  let [at, lines, last] = [0, 0, null as string | null];
  for (;;) {
    const end = sample.indexOf("\n", at);
    if (end < 0) break;
    const line = sample.slice(at, end);
    if (line.trim() !== "" && !isComment(line)) break;
    // Blank lines belong to the comments before them.
    if (line.trim() === "" && last === null) break;
    if (line.trim() !== "") last = line;
    at = end + 1;
    lines += 1;
  }
  if (last === null) return otherComments(sample);
  const rows = lines === 1 ? "Row 1 starts" : `Rows 1 to ${lines} start`;
  return {
    ...nothing,
    lines,
    length: at,
    comment: last,
    hasComments: true,
    notes: [`${rows} with # and ${lines === 1 ? "is" : "are"} passed over as comment.`],
  };
}

/** What starts a comment beside `#`, as MATLAB, C, Fortran, assemblers and SQL write it. */
const OTHER_COMMENT = /^\s*(%|\/\/|!|;|--)/;

/**
 * Lines that start with another sign of comments, if they are not cut into as many cells as the first line below them: then
 * the sign belongs to a name.
 */
function otherComments(sample: string): Preamble {
  const sign = OTHER_COMMENT.exec(sample)?.[1];
  if (sign === undefined) return nothing;
  const found: string[] = [];
  let [at, below] = [0, null as string | null];
  while (below === null) {
    const end = sample.indexOf("\n", at);
    if (end < 0) return nothing;
    const line = sample.slice(at, end);
    if (line.trimStart().startsWith(sign) || (line.trim() === "" && found.length > 0)) {
      found.push(line);
      at = end + 1;
    } else below = line;
  }
  const first = below;
  const delimiter = ["\t", ";", "|", ","].find((each) => first.includes(each));
  const cells = (line: string): number => line.split(delimiter ?? /\s+/).length;
  if (cells(first) < 2 || found.some((line) => cells(line) === cells(first))) return nothing;
  const rows = found.length === 1 ? "Row 1 starts" : `Rows 1 to ${found.length} start`;
  return {
    ...nothing,
    lines: found.length,
    length: at,
    notes: [`${rows} with ${sign} and ${found.length === 1 ? "is" : "are"} passed over as comment.`],
  };
}

function arff(sample: string): Preamble {
  const found = readArffHeader(sample);
  if (found === null) {
    throw new DataError({
      where: "readCsv",
      expected: "an ARFF file with @attribute lines and @data before its rows",
      got: "none",
      advice: "Check that the file is whole.",
    });
  }
  const { columns, lines, length } = found;
  const rest = sample.slice(length, length + 4096);
  if (/^\s*(%[^\n]*\n\s*)*\{/.test(rest)) {
    throw new DataError({
      where: "readCsv",
      expected: "the rows of an ARFF file one value after the other",
      got: "sparse ones, in braces",
      advice: "Write it in full.",
    });
  }
  const quote = /(^|[,\n\t ])'/.test(rest) ? "'" : '"';
  return {
    ...nothing,
    lines,
    length,
    // Weka takes tabs, too.
    delimiter: /^(?:\s*(?:%[^\n]*)?\n)*[^\n,]*\t[^\n,]*\n/.test(rest) ? "\t" : ",",
    columns,
    quote,
    hasComments: true,
    notes: [`An ARFF file: its @attribute lines name ${columns.length} columns.`],
  };
}
