import { targetsIn } from "../data/columns/several-targets.ts";
import type { Model } from "./model.ts";

/** Answers that say of several labels whether each holds. */
export interface LabelPredictions {
  readonly task: "multilabel";
  /** `examples × n_L`: 1 where the label holds, from a probability of ½ up, else 0. Each label is judged by itself. */
  readonly labels: readonly (readonly number[])[];
  /** The same in the words of the training file, such as "yes" and "no"; "1" and "0" where the model has no words. */
  readonly words: readonly (readonly string[])[];
  /** `examples × n_L`, of each label by itself: a row need not add up to 1. */
  readonly probabilities: readonly (readonly number[])[];
  /** What was not known in the data, a sentence each. */
  readonly notes: readonly string[];
}

/** The labels that a network's outputs speak for, each by the side of ½ it is on. */
export function labelsOf(
  { preprocessing, network: net }: Pick<Model, "preprocessing" | "network">,
  outputs: readonly (readonly number[])[],
): Omit<LabelPredictions, "task" | "notes"> {
  const words = Array.from({ length: net.outputs }, (_, j) => {
    const target = preprocessing === null ? undefined : targetsIn(preprocessing)[j];
    return target?.kind === "classes" ? target.classes : ["0", "1"];
  });
  const labels = outputs.map((row) => row.map((output) => Number(output >= 0.5)));
  return {
    labels,
    words: labels.map((row) => row.map((label, j) => words[j]?.[label] ?? String(label))),
    probabilities: outputs,
  };
}
