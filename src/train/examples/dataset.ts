import { checkOptions, type OptionNames } from "../../network/known-options.ts";
import { isArrayLike, noRow } from "../../network/rows.ts";
import { checkNoWords } from "../../network/targets.ts";
import { DataError, ShapeError } from "../../errors.ts";
import {
  denseRows,
  type ExampleWeights,
  isMatrix,
  type Labels,
  type Matrix,
  type MatrixLike,
  meanOneWeights,
  type Rows,
} from "../../network/index.ts";

/**
 * Examples to learn from: a row of inputs each, and what the outputs should be. Made by `dataset`, which checks it; not
 * to be changed afterwards.
 */
export interface Dataset<In extends number = number, Out extends number = number> {
  /** How many. */
  readonly examples: number;
  /** Numbers of one example, `n_0`. */
  readonly inputWidth: In;
  /** Classes, or values of one target: `n_L`. A list without `classes` counts as 1 value until a network says more. */
  readonly outputWidth: Out;
  /** Row-major, `examples × inputWidth`. */
  readonly inputs: Float32Array | Float64Array;
  /** One number per example when `hasLabels` or `outputWidth` is 1, else row-major, `examples × outputWidth`. */
  readonly targets: Float32Array | Float64Array;
  /** True when targets are class labels, 0 … outputWidth − 1. */
  readonly hasLabels: boolean;
  /** Names of the classes, or null. */
  readonly classes: readonly string[] | null;
  /** `u_x`, how much each example counts in the cost, of mean 1; null or absent where all count alike. */
  readonly weights?: Float64Array | null;
}

/** What `dataset` reads. */
export interface DatasetDefinition<In extends number = number, Out extends number = number> {
  /** A row per example. */
  readonly inputs: Rows | Matrix<In>;
  /**
   * A row of values per example; or a list, one number each: class labels, counted from 0, with `classes` or when the
   * network has more than one output, else the value of the one output.
   */
  readonly targets: Rows | Matrix<Out> | Labels;
  /** Names of the classes, for labels and for rows with one value per class. */
  readonly classes?: readonly string[];
  /**
   * How much each example counts in the cost, a number from 0 up: `C = Σ_x u_x C_x / Σ_x u_x`. Accuracy and R² count every
   * example once. Default: all alike.
   */
  readonly weights?: ExampleWeights;
}

/** Everything a definition may have. */
const known: OptionNames<DatasetDefinition> = { inputs: true, targets: true, classes: true, weights: true };

/**
 * A data set, checked at the door: all rows of one width, every number finite, every label a class.
 *
 * @throws DataError when there are no examples, a number is not finite, a label is none of the classes, or a weight is
 *   below 0.
 * @throws ShapeError when rows differ in width, or there are not as many targets as inputs.
 */
export function dataset<In extends number = number, Out extends number = number>(
  definition: DatasetDefinition<In, Out>,
): Dataset<In, Out> {
  checkOptions("dataset", definition, known);
  const classes = definition.classes ?? null;
  const inputWidth = widthOf("dataset: inputs", definition.inputs);
  const inputs = denseRows("dataset: inputs", definition.inputs, inputWidth);
  const given = definition.targets;
  checkNoWords("dataset: targets", given);
  const targets = isList(given) ? readList(given, classes) : readTargetRows(given, classes);
  if (targets.rows !== inputs.rows) {
    throw new ShapeError({
      where: "dataset",
      expected: `a target for each of the ${inputs.rows} inputs`,
      got: `${targets.rows}`,
      advice: "Pass as many of both.",
    });
  }
  return {
    examples: inputs.rows,
    // The widths are found here, at run time; the types say what the caller promised.
    inputWidth: inputWidth as In,
    outputWidth: targets.width as Out,
    inputs: inputs.values,
    targets: targets.values,
    hasLabels: targets.hasLabels,
    classes,
    ...(definition.weights === undefined
      ? {}
      : { weights: meanOneWeights("dataset: weights", definition.weights, inputs.rows) }),
  };
}

/** True where examples count by weights of their own. */
export function hasWeights<Given extends Pick<Dataset, "weights">>(
  data: Given,
): data is Given & { readonly weights: Float64Array } {
  return data.weights !== undefined && data.weights !== null;
}

/** Some of the examples, by number, in that order. Weights stay as they are: their mean may be another. */
export function examplesOf<In extends number, Out extends number>(
  data: Dataset<In, Out>,
  numbers: ArrayLike<number>,
): Dataset<In, Out> {
  const columns = data.targets.length / data.examples;
  const weights = data.weights ?? null;
  return {
    ...data,
    ...(weights === null ? {} : { weights: Float64Array.from(numbers, (i) => weights[i] ?? 0) }),
    examples: numbers.length,
    inputs: rowsByNumber(data.inputs, data.inputWidth, numbers),
    targets: rowsByNumber(data.targets, columns, numbers),
  };
}

/** Rows of a row-major matrix, by number. */
export function rowsByNumber(
  values: Float32Array | Float64Array,
  columns: number,
  numbers: ArrayLike<number>,
): Float32Array | Float64Array {
  const length = numbers.length * columns;
  const picked = values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < numbers.length; i++) {
    const start = (numbers[i] ?? 0) * columns;
    picked.set(values.subarray(start, start + columns), i * columns);
  }
  return picked;
}

/** The width of the first row. */
function widthOf(where: string, given: MatrixLike): number {
  if (!isMatrix(given) && !Array.isArray(given)) throw noRow(where, "rows of numbers", given);
  const first: unknown = isMatrix(given) ? null : given[0];
  if (first !== null && first !== undefined && !isArrayLike(first)) {
    throw noRow(`${where}[0]`, "a row of numbers", first);
  }
  const width = isMatrix(given) ? given.columns : given[0]?.length;
  const isEmpty = isMatrix(given) ? given.values.length === 0 : given.length === 0;
  if (isEmpty)
    throw new DataError({ where, expected: "1 or more rows", got: "none", advice: "Check where the data comes from." });
  if (width === undefined || !Number.isSafeInteger(width) || width < 1) {
    throw new ShapeError({
      where,
      expected: "rows of 1 or more numbers",
      got: String(width),
      advice: "Pass an array of arrays.",
    });
  }
  return width;
}

interface ReadTargets {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly hasLabels: boolean;
}

function isList(given: Rows | Matrix | Labels): given is Labels {
  if (isMatrix(given)) return false;
  // Rows and lists are both arrays; the first element tells them apart.
  return ArrayBuffer.isView(given) || typeof (given as readonly unknown[])[0] === "number";
}

function readList(given: Labels, classes: readonly string[] | null): ReadTargets {
  const { values, rows } = denseRows("dataset: targets", { values: Float64Array.from(given), columns: 1 }, 1);
  if (classes === null) return { values, rows, width: 1, hasLabels: false };
  checkLabels("dataset: targets", values, classes.length);
  return { values, rows, width: classes.length, hasLabels: true };
}

function readTargetRows(given: MatrixLike, classes: readonly string[] | null): ReadTargets {
  const width = widthOf("dataset: targets", given);
  const { values, rows } = denseRows("dataset: targets", given, width);
  if (classes !== null && classes.length !== width) {
    throw new ShapeError({
      where: "dataset",
      expected: `a name for each of the ${width} columns of targets`,
      got: `${classes.length} classes`,
      advice: "Give as many, or labels instead of rows.",
    });
  }
  return { values, rows, width, hasLabels: false };
}

/** @throws DataError when a label is not a whole number from 0 to classes − 1. */
export function checkLabels(where: string, labels: ArrayLike<number>, classes: number): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label !== undefined && Number.isInteger(label) && label >= 0 && label < classes) continue;
    throw new DataError({
      where: `${where}[${i}]`,
      expected: `a class label from 0 to ${classes - 1}`,
      got: String(label),
      advice: "Number the classes from 0.",
    });
  }
}
