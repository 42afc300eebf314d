import {
  appliedDataset,
  applyPreprocessing,
  type Baseline,
  baseline,
  inUnitsOfTarget,
  type Table,
} from "../../data/index.ts";
import { classBaseline } from "../../data/preprocessing/class-baseline.ts";
import type { EngineName } from "../../engine/index.ts";
import { DataError } from "../../errors.ts";
import { type Model, predictWith } from "../../model/index.ts";
import { trainedOnNote } from "../../model/row-fingerprints.ts";
import { classScores, confusionMatrix, type Dataset, evaluate, type Score } from "../../train/index.ts";
import { determinationOf } from "../../train/scores/metrics.ts";
import { baselineFigure } from "./run-figures.ts";
import { allLabelsRight, amountFigures, labelFigures } from "./target-figures.ts";

/** A model's answers and the truth, example by example, with its score beside the baseline's. */
export interface Evaluation {
  readonly score: Score;
  readonly baseline: Baseline;
  /** Class labels, or amounts in the units of the target; of several targets, those of an example after one another. */
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
  /** What was found in the data, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Measures a model on examples whose answers are known: a table with the columns of its training, or, for a model without
 * preprocessing, a data set.
 *
 * @throws DataError when there are no targets, or the data are of the other kind.
 */
export function evaluateModel(model: Model, data: Table | Dataset, engine: EngineName = "auto"): Evaluation {
  const { network: net, preprocessing } = model;
  if (preprocessing === null) {
    if ("columns" in data) {
      throw new DataError({
        where: "evaluate",
        expected: "images for a model of images",
        got: "a table",
        advice: "Name some.",
      });
    }
    const counts = new Array<number>(net.outputs).fill(0);
    for (const label of data.targets) counts[label] = (counts[label] ?? 0) + 1;
    return {
      score: evaluate(net, data, { engine }),
      baseline: classBaseline(counts, model.classes, data),
      ...answers(model, data, engine),
      notes: trainedOnNotes(model, data),
    };
  }
  if (!("columns" in data)) {
    throw new DataError({
      where: "evaluate",
      expected: "a table for a model with preprocessing",
      got: "a data set",
      advice: "Give the table.",
    });
  }
  const applied = applyPreprocessing(preprocessing, data, { targets: true });
  const examples = appliedDataset(preprocessing, applied);
  return {
    score: evaluate(net, examples, { engine }),
    baseline: baseline(preprocessing, examples.targets),
    ...answers(model, examples, engine),
    notes: [...applied.notes, ...trainedOnNotes(model, examples)],
  };
}

function trainedOnNotes({ summary }: Model, data: Dataset): readonly string[] {
  const note = trainedOnNote(summary, data);
  return note === null ? [] : [note];
}

function answers(model: Model, data: Dataset, engine: EngineName): Pick<Evaluation, "predicted" | "actual"> {
  // The inputs are prepared already.
  const predictions = predictWith(
    { ...model, preprocessing: null },
    { values: data.inputs, columns: data.inputWidth },
    { engine },
  );
  if (predictions.task === "classification") return { predicted: predictions.labels, actual: Array.from(data.targets) };
  const inUnits = (values: ArrayLike<number>): number[] =>
    Array.from(model.preprocessing === null ? Array.from(values) : inUnitsOfTarget(model.preprocessing, values));
  if (predictions.task === "multilabel")
    return { predicted: predictions.labels.flat(), actual: Array.from(data.targets) };
  return { predicted: inUnits(predictions.values.flat()), actual: inUnits(data.targets) };
}

/** Whether a model gives several labels, or several amounts. */
export function hasSeveralTargets({ task, network: net }: Model): boolean {
  return task === "multilabel" || (task === "regression" && net.outputs > 1);
}

/** An evaluation for programs: what `backpass evaluate --json` prints. */
export function evaluationJson(model: Model, evaluation: Evaluation): object {
  const { score, baseline, predicted, notes } = evaluation;
  const width = hasSeveralTargets(model) ? model.network.outputs : 1;
  const head = { task: model.task, examples: predicted.length / width, cost: score.cost };
  const tail = { baseline: { ...baselineFigure(baseline), answer: baseline.answer }, notes };
  if (model.task === "multilabel") {
    const allRight = allLabelsRight(model, evaluation);
    return { ...head, accuracy: score.accuracy, allRight, ...tail, targets: labelFigures(model, evaluation) };
  }
  if (hasSeveralTargets(model)) return { ...head, r2: score.r2, ...tail, targets: amountFigures(model, evaluation) };
  if (model.task === "regression") return { ...head, ...errorsOf(evaluation), ...tail };
  const { names, confusion } = confusionOf(model, evaluation);
  const { classes, macro } = classScores(confusion);
  const scores = classes.map((each, label) => ({ class: names[label], ...each }));
  return { ...head, accuracy: accuracyOf(evaluation), ...tail, macro, classes: scores, confusion };
}

/** Part of the examples whose class is answered right. */
export function accuracyOf({ predicted, actual }: Evaluation): number {
  return predicted.filter((label, i) => label === actual[i]).length / actual.length;
}

/** Errors in the units of the target. */
export function errorsOf({ predicted, actual }: Evaluation): { mse: number; mae: number; r2: number } {
  const count = actual.length;
  let [squares, sizes] = [0, 0];
  for (const [i, value] of actual.entries()) {
    const error = (predicted[i] ?? Number.NaN) - value;
    squares += error * error;
    sizes += Math.abs(error);
  }
  return { mse: squares / count, mae: sizes / count, r2: determinationOf(predicted, actual) };
}

/** How often each class was taken for each. */
export function confusionOf(
  model: Model,
  { predicted, actual }: Evaluation,
): { names: string[]; confusion: number[][] } {
  const count = model.classes?.length ?? model.network.outputs;
  const names = Array.from({ length: count }, (_, label) => model.classes?.[label] ?? String(label));
  return { names, confusion: confusionMatrix(predicted, actual, count) };
}
