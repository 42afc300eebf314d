import { DataError } from "../../errors.ts";
import { shown } from "../columns/cell.ts";
import { type DecimalSign, isNumberLike, splitAffix } from "../columns/number-format.ts";
import type { Place } from "../table.ts";

/** So many cells that may be thousands, beside whole numbers below 1000 and none above, are thousands. */
const MANY_GROUPED = 10;
/** So few groups after a point are more likely fractions: a point is a decimal sign almost everywhere. */
const FEW_GROUPED = 3;

/** The decimal sign of a file, and how sure that is. */
export interface DecimalChoice {
  readonly decimal: DecimalSign;
  /** True when nothing has shown it: a cell with the other sign may still come. */
  readonly isOpen: boolean;
  readonly notes: readonly string[];
}

/** What the numbers of one column say. */
interface ColumnSigns {
  filled: number;
  numbers: number;
  /** The first cell in which the sign can only be decimal: 0.5, 1,037.25. */
  readonly sure: Record<DecimalSign, Place | null>;
  /** Cells such as 1.037, in which the sign is decimal or groups the digits. */
  readonly either: Record<DecimalSign, { count: number; first: Place | null }>;
  /** Whole numbers below and from 1000, without any sign. */
  small: number;
  large: number;
}

/**
 * Decides for a whole file which sign is decimal, the point or the comma.
 *
 * Some cells tell: 0,5 or 3,14 or 1.037,5 (comma), 0.5 or 1,037.5 or 1,037,000 (point). Where none does, cells such as
 * 1,037 are thousands if the file's columns are separated by commas, or if they stand, in numbers, beside whole numbers
 * below 1000 and none above; else nothing tells, and the caller has to. A point alone is taken for decimal, unless semicolons
 * separate the columns, as where the decimal sign is a comma.
 *
 * @param records below the header, with the row of the file of the first.
 * @param usual the sign of a model's training file, for what cannot be told.
 * @throws DataError when both signs are decimal somewhere, or nothing tells.
 */
export function chooseDecimal(
  records: readonly (readonly string[])[],
  firstRow: number,
  delimiter: string,
  usual: DecimalSign | null,
): DecimalChoice {
  const columns = signsOf(records, firstRow).filter(({ filled, numbers }) => 2 * numbers >= filled);
  const sureOf = (sign: DecimalSign): Place | null =>
    columns.map(({ sure }) => sure[sign]).find((place) => place !== null) ?? null;
  const [point, comma] = [sureOf("."), sureOf(",")];
  if (point !== null && comma !== null && delimiter !== ",") throw expectedOneSign(point, comma);
  if (point !== null) return { decimal: ".", isOpen: false, notes: [] };
  if (comma !== null) {
    return {
      decimal: ",",
      isOpen: false,
      notes: [`Numbers have a decimal comma, as ${shown(comma.text)} in row ${comma.row} (--decimal . if not).`],
    };
  }
  for (const sign of [",", "."] as const) {
    const found = columns.filter(({ either }) => either[sign].count > 0);
    const first = found[0]?.either[sign].first ?? null;
    if (first === null) continue;
    const other = sign === "," ? "." : ",";
    const chosen = (decimal: DecimalSign, why: string): DecimalChoice => {
      const value = decimal === sign ? first.text.trim().replace(",", ".") : first.text.trim().replaceAll(sign, "");
      return {
        decimal,
        isOpen: false,
        notes: [
          `${shown(first.text)} in row ${first.row} is read as ${value}: ${why} (--decimal ${sign} or --decimal ${other} to say it).`,
        ],
      };
    };
    // Beside whole numbers below 1000, and none above without a sign, a group of three digits is hardly a fraction.
    const grouped = found.filter(({ small, large }) => small > 0 && large === 0);
    const count = Math.max(0, ...grouped.map(({ either }) => either[sign].count));
    if (count >= MANY_GROUPED)
      return chosen(other, `three digits follow ${shown(sign)} everywhere, and whole numbers below 1000 have none`);
    if (sign === "," && delimiter === ",")
      return chosen(".", "where commas separate the columns, the decimal sign is a point");
    if (usual !== null) return chosen(usual, "as in the file the model was trained on");
    const all = Math.max(0, ...found.map(({ either }) => either[sign].count));
    if (sign === "," || count >= FEW_GROUPED || (delimiter === ";" && all >= FEW_GROUPED))
      throw expectedSign(first, sign);
    // A point is decimal almost everywhere: but where commas do not separate the columns, it is said.
    if (delimiter !== "," && all >= FEW_GROUPED) return chosen(".", "a point is usually the decimal sign");
  }
  return { decimal: usual ?? ".", isOpen: true, notes: [] };
}

function signsOf(records: readonly (readonly string[])[], firstRow: number): ColumnSigns[] {
  const columns: ColumnSigns[] = [];
  for (const [i, record] of records.entries()) {
    for (const [k, cell] of record.entries()) {
      columns[k] ??= noSigns();
      addCell(columns[k], cell, firstRow + i);
    }
  }
  return columns;
}

function noSigns(): ColumnSigns {
  return {
    filled: 0,
    numbers: 0,
    sure: { ".": null, ",": null },
    either: { ".": { count: 0, first: null }, ",": { count: 0, first: null } },
    small: 0,
    large: 0,
  };
}

const NO_POINT = -1;
const OTHER_TEXT = -2;

/**
 * Where the point stands in a text of digits with one point among them, which may begin with a minus sign; `NO_POINT` for
 * digits alone, `OTHER_TEXT` for all else.
 */
function pointAmongDigits(text: string): number {
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  let point = NO_POINT;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) continue;
    if (code !== 46 || point !== NO_POINT || at === start || at === text.length - 1) return OTHER_TEXT;
    point = at;
  }
  return point === NO_POINT && start === 1 ? OTHER_TEXT : point;
}

function addCell(column: ColumnSigns, cell: string, row: number): void {
  const text = cell.trim();
  if (text === "") return;
  column.filled += 1;
  // Nearly all numbers are digits with a point among them, and are looked at once.
  const point = pointAmongDigits(text);
  if (point === NO_POINT) {
    column.numbers += 1;
    if (text.length <= 3) column.small += 1;
    else column.large += 1;
    return;
  }
  // They tell nothing new once their column has shown its sign.
  if (point > 0 && column.sure["."] !== null) {
    const start = text.charCodeAt(0) === 45 ? 1 : 0;
    const mayGroup = text.length === point + 4 && point - start < 4 && text.charCodeAt(start) !== 48;
    if (!mayGroup) {
      column.numbers += 1;
      return;
    }
  }
  if (text.length > 40 || !/\d/.test(text)) return;
  const core = isNumberLike(text)
    ? text.replace(/^\((.*)\)$/, "$1").replace(/^[+\-\u2212]\s*/, "")
    : splitAffix(text)?.number.replace(/^-/, "");
  if (core === undefined || !isNumberLike(core)) return;
  column.numbers += 1;
  const found = signIn(core);
  if (found === null) return;
  const place = { row, text: cell };
  if (found.isSure) column.sure[found.sign] ??= place;
  else {
    column.either[found.sign].count += 1;
    column.either[found.sign].first ??= place;
  }
}

/** The decimal sign that an unsigned number shows, or the only sign it has; null when it has none. */
function signIn(core: string): { readonly sign: DecimalSign; readonly isSure: boolean } | null {
  const [point, comma] = [core.lastIndexOf("."), core.lastIndexOf(",")];
  if (point < 0 && comma < 0) return null;
  const sign = point > comma ? "." : ",";
  // Both: the last one is decimal.
  if (point >= 0 && comma >= 0) return { sign, isSure: true };
  const at = Math.max(point, comma);
  // Twice the same: it groups, and the other one is decimal.
  if (core.indexOf(sign) !== at) return { sign: sign === "." ? "," : ".", isSure: true };
  const mayGroup = core.length === at + 4 && at > 0 && at < 4 && !core.startsWith("0") && !/[^\d.,]/.test(core);
  return { sign, isSure: !mayGroup };
}

function expectedOneSign(point: Place, comma: Place): DataError {
  const [first, second] =
    point.row > comma.row || (point.row === comma.row && point.text < comma.text) ? [point, comma] : [comma, point];
  return new DataError({
    where: "readCsv",
    expected: "one decimal sign",
    got: `${shown(first.text)} in row ${first.row} and ${shown(second.text)} in row ${second.row}`,
    advice: "Write all numbers the same way, or say which it is: --decimal . or --decimal ,",
  });
}

function expectedSign({ row, text }: Place, sign: DecimalSign): DataError {
  const [whole, fraction] = [text.trim().replaceAll(sign, ""), text.trim().replace(",", ".")];
  const other = sign === "," ? "." : ",";
  return new DataError({
    where: ["readCsv", `row ${row}`],
    expected: "numbers that show their decimal sign",
    got: `${shown(text)}, which may be ${whole} or ${fraction}, and no cell that tells`,
    advice: `Say --decimal ${other} for ${whole}, --decimal ${sign} for ${fraction}.`,
  });
}
