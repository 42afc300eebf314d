import { DataError } from "../errors.ts";
import { determinationOf } from "../train/metrics.ts";
import type { Preprocessing } from "./preprocessing.ts";

/** What an answer is worth that does not look at the inputs: the measure a network has to beat. */
export type Baseline =
  | {
      readonly kind: "accuracy";
      /** The part of the rows, 0 … 1, that are of `answer`. */
      readonly value: number;
      /** The class that most training rows have; the first of several. */
      readonly answer: string;
    }
  | {
      readonly kind: "r2";
      /** R² of `answer`: 0 on the training rows, a little less on others. */
      readonly value: number;
      /** The mean of the training rows' targets. */
      readonly answer: number;
    };

/**
 * The baseline on some rows: the most frequent class of training, or the mean of training, as the answer to every one.
 *
 * @param targets as `applyPreprocessing` gives them.
 * @throws DataError when there are none.
 */
export function baseline(preprocessing: Preprocessing, targets: ArrayLike<number>): Baseline {
  const { target, isStandardized } = preprocessing;
  const values = Array.from(targets);
  if (values.length === 0)
    throw new DataError("baseline: expected one target or more, got none. Pass rows with a target.");
  if (target.kind === "classes") {
    const label = target.counts.reduce((best, count, j) => (count > (target.counts[best] ?? 0) ? j : best), 0);
    const right = values.filter((value) => value === label).length;
    return { kind: "accuracy", value: right / values.length, answer: target.classes[label] ?? "" };
  }
  const answer = isStandardized ? 0 : target.mean;
  // Of targets that are all the same, the mean may be the right answer, which says nothing.
  const value = determinationOf(new Float64Array(values.length).fill(answer), values);
  return { kind: "r2", value: Math.min(0, value), answer: target.mean };
}
