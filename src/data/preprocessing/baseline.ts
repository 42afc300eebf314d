import { DataError } from "../../errors.ts";
import { determinationOf } from "../../train/scores/metrics.ts";
import type { ClassTarget, NumberTarget, Preprocessing } from "../preprocessing.ts";
import { targetsIn } from "../columns/several-targets.ts";

/** What an answer is worth that does not look at the inputs: the measure a network has to beat. */
export type Baseline =
  | {
      readonly kind: "accuracy";
      /** The part of the rows, 0 … 1, that are of `answer`; of several labels, the mean over them. */
      readonly value: number;
      /** The class that most training rows have, the first of several; of several labels, each label's, with commas between. */
      readonly answer: string;
    }
  | {
      readonly kind: "r2";
      /** R² of `answer`: 0 on the training rows, a little less on others; of several targets, the mean over them. */
      readonly value: number;
      /** The mean of the training rows' targets; the first of several. */
      readonly answer: number;
      /** The means of several targets; absent for one. */
      readonly answers?: readonly number[];
    };

/**
 * The baseline on some rows: the most frequent class of training, or the mean of training, as the answer to every one; of
 * several targets, each by itself.
 *
 * @param targets as `applyPreprocessing` gives them.
 * @throws DataError when there are none.
 */
export function baseline(preprocessing: Preprocessing, targets: ArrayLike<number>): Baseline {
  const all = targetsIn(preprocessing);
  if (targets.length === 0)
    throw new DataError({
      where: "baseline",
      expected: "one target or more",
      got: "none",
      advice: "Pass rows with a target.",
    });
  const each = all.map((target, j) => {
    const own = Float64Array.from({ length: targets.length / all.length }, (_, i) => targets[i * all.length + j] ?? 0);
    return ofOne(target, preprocessing.isStandardized, own);
  });
  const [first] = each as [Baseline]; // as: there is one at least
  if (each.length === 1) return first;
  const value = each.reduce((sum, one) => sum + one.value / each.length, 0);
  if (first.kind === "accuracy")
    return { kind: "accuracy", value, answer: each.map(({ answer }) => answer).join(", ") };
  return { ...first, value, answers: each.map(({ answer }) => Number(answer)) };
}

function ofOne(target: ClassTarget | NumberTarget, isStandardized: boolean, values: Float64Array): Baseline {
  if (target.kind === "classes") {
    const label = target.counts.reduce((best, count, j) => (count > (target.counts[best] ?? 0) ? j : best), 0);
    const right = values.filter((value) => value === label).length;
    return { kind: "accuracy", value: right / values.length, answer: target.classes[label] ?? "" };
  }
  const answer = isStandardized ? 0 : target.mean;
  // Of targets that are all the same, the mean may be the right answer, which says nothing.
  const value = determinationOf(new Float64Array(values.length).fill(answer), values);
  return { kind: "r2", value: value === 1 ? 0 : Math.min(0, value), answer: target.mean };
}
