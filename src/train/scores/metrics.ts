import { OptionError, ShapeError } from "../../errors.ts";
import { shown } from "../../tree/reader.ts";
import { denseRows, isMatrix, type Labels, type MatrixLike } from "../../network/index.ts";
import { checkLabels } from "../examples/dataset.ts";

/**
 * The class each row of outputs speaks for: the position of its largest number, the first of several; with one output,
 * 1 from ½ on, else 0.
 */
export function predictedLabels(outputs: MatrixLike): number[] {
  const { values, width, rows } = laidOut("predictedLabels", outputs);
  return Array.from({ length: rows }, (_, i) => {
    if (width === 1) return (values[i] ?? 0) >= 0.5 ? 1 : 0;
    return largestAt(values, i * width, width);
  });
}

/** Position, from 0, of the largest of `count` numbers from `start` on; the first of several. */
export function largestAt(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let j = 1; j < count; j++) if ((values[start + j] ?? 0) > (values[start + best] ?? 0)) best = j;
  return best;
}

/** Part of the labels that are predicted right, 0 … 1; NaN for no examples. */
export function accuracy(predicted: Labels, actual: Labels): number {
  checkCounts("accuracy", predicted.length, actual.length);
  let right = 0;
  for (let i = 0; i < actual.length; i++) if (predicted[i] === actual[i]) right += 1;
  return right / actual.length;
}

/**
 * Part of the examples whose class is among the `k` largest outputs, 0 … 1; NaN for no examples. Of equal outputs, the
 * earlier counts as larger.
 *
 * @throws OptionError when `k` is not a whole number from 1 up.
 */
export function topK(outputs: MatrixLike, actual: Labels, k: number): number {
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new OptionError({
      where: "topK",
      expected: "k of 1 or more",
      got: shown(k),
      advice: "Give a whole number, such as 5.",
    });
  }
  const { values, width, rows } = laidOut("topK", outputs);
  checkCounts("topK", rows, actual.length);
  checkLabels("topK: actual", actual, width);
  let right = 0;
  for (let i = 0; i < rows; i++) {
    const label = actual[i] ?? 0;
    const row = values.subarray(i * width, (i + 1) * width);
    const own = row[label] ?? 0;
    const ahead = row.filter((value, j) => value > own || (value === own && j < label)).length;
    if (ahead < k) right += 1;
  }
  return right / rows;
}

/**
 * How often examples of class i (row) were taken for class j (column).
 *
 * @throws DataError when a label is none of 0 … classes − 1.
 */
export function confusionMatrix(predicted: Labels, actual: Labels, classes: number): number[][] {
  checkCounts("confusionMatrix", predicted.length, actual.length);
  checkLabels("confusionMatrix: predicted", predicted, classes);
  checkLabels("confusionMatrix: actual", actual, classes);
  const counts = new Float64Array(classes * classes);
  for (let i = 0; i < actual.length; i++) {
    const at = (actual[i] ?? 0) * classes + (predicted[i] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return Array.from({ length: classes }, (_, i) => Array.from(counts.subarray(i * classes, (i + 1) * classes)));
}

/** How well one class is told from the others. */
export interface ClassScore {
  /** Of the examples taken for this class, the part that is of it; 0 when there are none. */
  readonly precision: number;
  /** Of the examples of this class, the part taken for it; 0 when there are none. */
  readonly recall: number;
  /** Harmonic mean of the two; 0 when both are 0. */
  readonly f1: number;
  /** Examples of this class. */
  readonly support: number;
}

/** Scores of every class, and their plain mean. */
export interface ClassScores {
  readonly classes: readonly ClassScore[];
  /** Mean over the classes that occur, as such or in a prediction, each counting alike; zeros when none does. */
  readonly macro: Omit<ClassScore, "support">;
}

/** Precision, recall and F1 of every class, from a confusion matrix. */
export function classScores(confusion: readonly (readonly number[])[]): ClassScores {
  const occurring: ClassScore[] = [];
  const classes = confusion.map((row, i): ClassScore => {
    const right = row[i] ?? 0;
    const support = row.reduce((sum, count) => sum + count, 0);
    const taken = confusion.reduce((sum, each) => sum + (each[i] ?? 0), 0);
    const score = {
      precision: ratio(right, taken),
      recall: ratio(right, support),
      // 2pr/(p + r), in counts.
      f1: ratio(2 * right, taken + support),
      support,
    };
    if (taken + support > 0) occurring.push(score);
    return score;
  });
  const mean = (key: "precision" | "recall" | "f1"): number =>
    ratio(
      occurring.reduce((sum, score) => sum + score[key], 0),
      occurring.length,
    );
  return { classes, macro: { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") } };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Mean of `(a − t)²` over all numbers; NaN for none. */
export function meanSquaredError(outputs: MatrixLike, targets: MatrixLike): number {
  return meanOver("meanSquaredError", outputs, targets, (difference) => difference * difference);
}

/** Mean of `|a − t|` over all numbers; NaN for none. */
export function meanAbsoluteError(outputs: MatrixLike, targets: MatrixLike): number {
  return meanOver("meanAbsoluteError", outputs, targets, Math.abs);
}

/**
 * Coefficient of determination `R² = 1 − Σ(a − t)²/Σ(t − t̄)²`, the mean over the outputs: 1 is perfect, 0 no better than
 * the mean of the targets. An output whose targets are all the same counts 1 when it is met exactly, else 0.
 */
export function rSquared(outputs: MatrixLike, targets: MatrixLike): number {
  const { a, t, width, rows } = pair("rSquared", outputs, targets);
  let sum = 0;
  for (let j = 0; j < width; j++) sum += determinationOf(a, t, width, j);
  return rows === 0 ? Number.NaN : sum / width;
}

/**
 * R² of output j of row-major answers and targets of `width` columns: `1 − Σ(a − t)²/Σ(t − t̄)²`. Targets that are all the
 * same leave nothing to explain: 1 where each is met exactly, else 0.
 */
export function determinationOf(a: ArrayLike<number>, t: ArrayLike<number>, width = 1, j = 0): number {
  const rows = t.length / width;
  const first = t[j] ?? 0;
  // About the first target: the mean of equal numbers is rounded, and would leave differences where there are none.
  let offset = 0;
  for (let i = j; i < t.length; i += width) offset += ((t[i] ?? 0) - first) / rows;
  let [residual, total] = [0, 0];
  for (let i = j; i < t.length; i += width) {
    const target = t[i] ?? 0;
    residual += ((a[i] ?? 0) - target) ** 2;
    total += (target - first - offset) ** 2;
  }
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

function meanOver(where: string, outputs: MatrixLike, targets: MatrixLike, f: (difference: number) => number): number {
  const { a, t } = pair(where, outputs, targets);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += f((a[i] ?? 0) - (t[i] ?? 0));
  return sum / a.length;
}

function pair(
  where: string,
  outputs: MatrixLike,
  targets: MatrixLike,
): { a: ArrayLike<number>; t: ArrayLike<number>; width: number; rows: number } {
  const a = laidOut(`${where}: outputs`, outputs);
  const t = laidOut(`${where}: targets`, targets);
  checkCounts(where, a.rows, t.rows);
  if (a.width !== t.width) {
    throw new ShapeError({
      where,
      expected: `targets of ${a.width} columns`,
      got: `${t.width}`,
      advice: "Give as many as there are outputs.",
    });
  }
  return { a: a.values, t: t.values, width: a.width, rows: a.rows };
}

function laidOut(
  where: string,
  given: MatrixLike,
): { values: Float32Array | Float64Array; rows: number; width: number } {
  const width = (isMatrix(given) ? given.columns : given[0]?.length) ?? 1;
  return { ...denseRows(where, given, width), width };
}

function checkCounts(where: string, predicted: number, actual: number): void {
  if (predicted === actual) return;
  throw new ShapeError({
    where,
    expected: "as many predictions as targets",
    got: `${predicted} and ${actual}`,
    advice: "Pass both for all.",
  });
}
