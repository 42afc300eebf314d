import { targetsIn } from "../../data/columns/several-targets.ts";
import type { Model } from "../../model/index.ts";
import { classScores, confusionMatrix } from "../../train/index.ts";
import { determinationOf } from "../../train/scores/metrics.ts";

/** The answers of a model with several targets, and the truth: those of an example after one another. */
export interface TargetAnswers {
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
}

/** How good the answers of one label are. */
export interface LabelFigures {
  readonly target: string;
  /** What counts as holding: the second of its two values. */
  readonly holds: string;
  readonly accuracy: number;
  /** Accuracy of the value that most of these examples have. */
  readonly baseline: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Examples that have it. */
  readonly support: number;
}

/** How good the answers of one amount are, in its units. */
export interface AmountFigures {
  readonly target: string;
  readonly r2: number;
  readonly mae: number;
  readonly mse: number;
}

function column(values: readonly number[], width: number, j: number): number[] {
  return Array.from({ length: values.length / width }, (_, i) => values[i * width + j] ?? Number.NaN);
}

/** Names of the outputs: of the targets, or numbers where the model has none. */
function namesOf({ preprocessing, classes, network: net }: Model): readonly string[] {
  if (preprocessing !== null) return targetsIn(preprocessing).map(({ name }) => name);
  return Array.from({ length: net.outputs }, (_, j) => classes?.[j] ?? `output ${j + 1}`);
}

/** The figures of each label, judged by itself. */
export function labelFigures(model: Model, { predicted, actual }: TargetAnswers): LabelFigures[] {
  const names = namesOf(model);
  return names.map((target, j) => {
    const [taken, right] = [column(predicted, names.length, j), column(actual, names.length, j)];
    const [, score] = classScores(confusionMatrix(taken, right, 2)).classes;
    const hits = taken.filter((label, i) => label === right[i]).length;
    const support = score?.support ?? 0;
    const words = model.preprocessing === null ? undefined : targetsIn(model.preprocessing)[j];
    return {
      target,
      holds: words?.kind === "classes" ? (words.classes[1] ?? "1") : "1",
      accuracy: hits / right.length,
      baseline: Math.max(support, right.length - support) / right.length,
      precision: score?.precision ?? 0,
      recall: score?.recall ?? 0,
      f1: score?.f1 ?? 0,
      support,
    };
  });
}

/** Part of the examples whose labels are all answered right. */
export function allLabelsRight(model: Model, { predicted, actual }: TargetAnswers): number {
  const width = namesOf(model).length;
  const rows = Array.from({ length: actual.length / width }, (_, i) => i);
  const right = rows.filter((i) => namesOf(model).every((_, j) => predicted[i * width + j] === actual[i * width + j]));
  return right.length / rows.length;
}

/** The figures of each amount. */
export function amountFigures(model: Model, { predicted, actual }: TargetAnswers): AmountFigures[] {
  const names = namesOf(model);
  return names.map((target, j) => {
    const [answers, right] = [column(predicted, names.length, j), column(actual, names.length, j)];
    const errors = answers.map((answer, i) => answer - (right[i] ?? Number.NaN));
    const mean = (f: (error: number) => number): number =>
      errors.reduce((sum, error) => sum + f(error) / errors.length, 0);
    return {
      target,
      r2: determinationOf(answers, right),
      mae: mean(Math.abs),
      mse: mean((error) => error * error),
    };
  });
}
