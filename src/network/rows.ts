import { DataError, ShapeError } from "../errors.ts";
import { adviceUnlessPromise, isObject, isPromise, shown } from "../tree/reader.ts";

/** Rows of numbers, one per example: arrays or typed arrays, all of one length. */
export type Rows = readonly ArrayLike<number>[];

/** The same as one row-major array: row i is `values[i * columns … (i + 1) * columns − 1]`. */
export interface Matrix<Columns extends number = number> {
  readonly values: Float32Array | Float64Array;
  readonly columns: Columns;
}

/** Numbers for some examples, in either form. */
export type MatrixLike = Rows | Matrix;

/**
 * What an argument of type `Given` must be as well, for rows of `Width` numbers: nothing where a width is unknown to the
 * compiler, else a type that rows of another width are not. Use as `rows: Given & OfWidth<Given, Width>`.
 */
export type OfWidth<Given, Width extends number> = number extends Width
  ? unknown
  : Given extends { readonly columns: infer Columns }
    ? WidthCheck<Columns, Width>
    : Given extends readonly { readonly length: infer Length }[]
      ? WidthCheck<Length, Width>
      : unknown;

/** Anything, where the width is right or not known. Rows of several lengths make `Actual` a union: no member may be wrong. */
export type WidthCheck<Actual, Width> = number extends Actual
  ? unknown
  : [Exclude<Actual, Width>] extends [never]
    ? unknown
    : { readonly expectedWidth: Width; readonly gotWidth: Exclude<Actual, Width> };

/** Rows as one array of finite numbers. */
export interface DenseRows {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
}

/** True for the form with `values` and `columns`. */
export function isMatrix(given: unknown): given is Matrix {
  return typeof given === "object" && given !== null && "values" in given && "columns" in given;
}

/**
 * Checks rows at the door and lays them out row-major; a `Matrix` is passed on without a copy.
 *
 * @param where what the message blames, such as `predict: inputs`.
 * @throws ShapeError when a row has not `width` numbers.
 * @throws DataError when a number is not finite.
 */
export function denseRows(where: string, given: MatrixLike, width: number): DenseRows {
  const dense = isMatrix(given) ? fromMatrix(where, given, width) : fromRows(where, given, width);
  const bad = firstNotFinite(dense.values);
  if (bad < 0) return dense;
  const [i, k] = [Math.floor(bad / width), bad % width];
  const got: unknown = isMatrix(given) ? dense.values[bad] : given[i]?.[k];
  throw new DataError({
    where: `${where}[${i}][${k}]`,
    expected: "a finite number",
    got: shown(got),
    advice: adviceOnValue(got),
  });
}

// A plain loop: ten times as fast as findIndex, on data sets of millions of numbers.
function firstNotFinite(values: Float32Array | Float64Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}

function fromMatrix(where: string, given: Matrix, width: number): DenseRows {
  const { values, columns } = given;
  if (columns !== width) {
    throw new ShapeError({ where, expected: `${width} columns`, got: `${columns}`, advice: adviceOnWidth(width) });
  }
  if (values.length % width !== 0) {
    throw new ShapeError({
      where,
      expected: `a multiple of ${width} numbers`,
      got: `${values.length}`,
      advice: "Pass whole rows, row-major.",
    });
  }
  return { values, rows: values.length / width };
}

function fromRows(where: string, given: Rows, width: number): DenseRows {
  if (!Array.isArray(given)) {
    throw new DataError({
      where,
      expected: `rows of ${width} numbers`,
      got: shown(given),
      advice: adviceOnRows(given),
    });
  }
  const values = new Float64Array(given.length * width);
  for (const [i, row] of given.entries()) {
    if (!isArrayLike(row)) throw noRow(`${where}[${i}]`, `a row of ${width} numbers`, row);
    if (row.length !== width) {
      throw new ShapeError({
        where: `${where}[${i}]`,
        expected: `${width} ${width === 1 ? "number" : "numbers"}`,
        got: `${row.length}`,
        advice: adviceOnWidth(width),
      });
    }
    for (let k = 0; k < width; k++) {
      // Anything but a number is not to be converted in silence: "3" and null have no place in a row.
      const value: unknown = row[k];
      values[i * width + k] = typeof value === "number" ? value : Number.NaN;
    }
  }
  return { values, rows: given.length };
}

/** True for a list of values, typed or not; false for what callers without types give, such as objects by column. */
export function isArrayLike(row: unknown): row is ArrayLike<unknown> {
  return typeof row === "object" && row !== null && "length" in row && typeof row.length === "number";
}

/** The error about something in the place of a row; an object by column is told how to become one. */
export function noRow(where: string, expected: string, given: unknown): DataError {
  const keys = isObject(given) && !isPromise(given) && !ArrayBuffer.isView(given) ? Object.keys(given) : [];
  if (keys.length === 0) {
    return new DataError({ where, expected, got: shown(given), advice: adviceOnRows(given) });
  }
  const some = keys.slice(0, 3).map((key) => JSON.stringify(key));
  return new DataError({
    where,
    expected,
    got: `an object with ${some.join(", ")}${keys.length > 3 ? ", …" : ""}`,
    advice:
      `Pass its values in a fixed order, [row[${some[0] ?? ""}], …], or read such rows as a table: ` +
      "prepare(tableOfRows(rows.map(Object.values), Object.keys(rows[0]))) of backpass/data.",
  });
}

/** What to do about something that is no list of rows. */
function adviceOnRows(given: unknown): string {
  if (ArrayBuffer.isView(given)) return "Pass { values, columns } for numbers that lie row after row.";
  const advice =
    isObject(given) && "inputs" in given
      ? "Pass rows, as an array of arrays, or { values: data.inputs, columns: data.inputWidth } of a data set."
      : "Pass an array of arrays.";
  return adviceUnlessPromise(given, advice);
}

/** What to do about a value that is no number. */
export function adviceOnValue(got: unknown): string {
  if (typeof got === "string") {
    return Number.isFinite(Number(got)) && got.trim() !== ""
      ? "Turn texts into numbers: Number(text)."
      : "Number the words, or read them as a table: backpass/data.";
  }
  if (typeof got === "boolean") return "Write 1 for true and 0 for false.";
  if (Array.isArray(got)) return "Pass one list of numbers for each example: row.flat().";
  return "Replace it, or drop the row.";
}

function adviceOnWidth(width: number): string {
  return `Give every example ${width} ${width === 1 ? "number" : "numbers"}, or change the network's width.`;
}

/** Row-major numbers as rows of their own. */
export function rowsOf(values: ArrayLike<number>, columns: number): number[][] {
  const all = Array.from(values);
  return Array.from({ length: all.length / columns }, (_, i) => all.slice(i * columns, (i + 1) * columns));
}
