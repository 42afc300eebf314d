import type { Baseline } from "../index.ts";
import type { Dataset } from "../../train/index.ts";

/**
 * What the most frequent class of training is worth as the answer to every example: for data without preprocessing, which
 * `baseline` of src/data needs.
 *
 * @param counts training examples of each class.
 */
export function classBaseline(counts: readonly number[], classes: readonly string[] | null, data: Dataset): Baseline {
  const label = counts.indexOf(Math.max(...counts));
  let right = 0;
  for (const target of data.targets) if (target === label) right += 1;
  return { kind: "accuracy", value: right / data.examples, answer: classes?.[label] ?? String(label) };
}
