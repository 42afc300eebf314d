import { DataError, ShapeError } from "../errors.ts";
import { adviceUnlessPromise, shown } from "../tree/reader.ts";
import { denseRows, isMatrix, type MatrixLike } from "./rows.ts";

/** Class labels, one whole number from 0 per example. With a single output: the values themselves. */
export type Labels = readonly number[] | Int32Array | Uint32Array | Uint8Array;

/** What the outputs should be: values, a row per example; or class labels. */
export type Targets = MatrixLike | Labels;

/** Targets as one array: `values` are `rows × outputs` numbers, `labels` one per example. */
export interface DenseTargets {
  readonly kind: "values" | "labels";
  readonly values: ArrayLike<number>;
  readonly rows: number;
}

/**
 * Checks targets at the door. A flat list is class labels when there are two outputs or more, else the values of the
 * one output.
 *
 * @param where what the message blames, such as `gradient: targets`.
 * @throws ShapeError when a row has not `outputs` numbers, or there are not `examples` of them.
 * @throws DataError when a number is not finite, or a label is none of 0 … outputs − 1.
 */
export function denseTargets(where: string, given: Targets, outputs: number, examples: number): DenseTargets {
  const dense = readTargets(where, given, outputs);
  if (dense.rows !== examples) {
    throw new ShapeError({
      where,
      expected: `one per example, ${examples}`,
      got: `${dense.rows}`,
      advice: "Pass as many targets as inputs.",
    });
  }
  return dense;
}

function readTargets(where: string, given: Targets, outputs: number): DenseTargets {
  checkList(where, given);
  checkNoWords(where, given);
  if (!isFlat(given)) return { kind: "values", ...denseRows(where, given, outputs) };
  if (outputs === 1) {
    return { kind: "values", ...denseRows(where, { values: Float64Array.from(given), columns: 1 }, 1) };
  }
  const labels = Array.from(given);
  const bad = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= outputs);
  if (bad >= 0) {
    throw new DataError({
      where: `${where}[${bad}]`,
      expected: `a class label from 0 to ${outputs - 1}`,
      got: shown(labels[bad]),
      advice: `Number the classes from 0, or pass rows of ${outputs} values.`,
    });
  }
  return { kind: "labels", values: labels, rows: labels.length };
}

/**
 * Refuses a list of words or of true and false, which callers without types give.
 *
 * @throws DataError that says how to number them.
 */
export function checkNoWords(where: string, given: unknown): void {
  if (!Array.isArray(given)) return;
  const bad = given.findIndex((each) => typeof each === "string" || typeof each === "boolean");
  if (bad < 0) return;
  const value: unknown = given[bad];
  const advice =
    typeof value === "boolean"
      ? "Write 1 for true and 0 for false."
      : "Number the classes from 0, in the order of their names: targets.map((word) => classes.indexOf(word)).";
  throw new DataError({ where: `${where}[${bad}]`, expected: "a number", got: shown(value), advice });
}

/**
 * Refuses what is no list at all.
 *
 * @throws DataError that says what to pass.
 */
function checkList(where: string, given: unknown): void {
  if (Array.isArray(given) || ArrayBuffer.isView(given) || isMatrix(given)) return;
  const advice = "Pass one for each example: a class label, or a row of values.";
  throw new DataError({
    where,
    expected: "a list of targets",
    got: shown(given),
    advice: adviceUnlessPromise(given, advice),
  });
}

function isFlat(given: Targets): given is Labels {
  if (isMatrix(given)) return false;
  // Both are lists; the first element tells numbers from rows.
  return ArrayBuffer.isView(given) || (given.length > 0 && typeof given[0] === "number");
}
