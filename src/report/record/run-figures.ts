import type { Baseline, Task } from "../../data/index.ts";
import { targetNames } from "../../data/columns/several-targets.ts";
import type { EpochReport, Score } from "../../train/index.ts";
import type { Refit } from "../../defaults/refit.ts";
import type { SplitPart, TrainingData } from "../../defaults/training-data.ts";

/** A run that has ended. */
export interface Outcome {
  readonly data: TrainingData;
  readonly train: Score;
  readonly validation: Score | null;
  readonly test: Score | null;
  readonly history: readonly EpochReport[];
  /** The epoch whose parameters were kept. */
  readonly keptEpoch: number;
  readonly seconds: number;
  /** "diverged": a number was no longer finite. */
  readonly stopped: "finished" | "early" | "aborted" | "diverged";
  /** Of the network that is kept. */
  readonly weightsHash: string;
  /** The training on all rows of the network that is kept; null when it is the one measured in `train` and `validation`. */
  readonly refit: (Pick<Refit, "epochs"> & { readonly rows: number }) | null;
  readonly modelPath: string;
  readonly curvesPath: string;
  readonly recordPath: string;
  readonly reportPath: string | null;
}

/** What `--json` prints, and `run.json` keeps; further fields may come, none of these goes. */
export interface RunFigures {
  readonly task: Task;
  readonly data: string;
  readonly target: string | null;
  readonly train: ScoreJson | null;
  readonly validation: ScoreJson | null;
  readonly test: ScoreJson | null;
  readonly baseline: Readonly<Record<"train" | "validation" | "test", { accuracy: number } | { r2: number } | null>>;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly stopped: Outcome["stopped"];
  readonly seconds: number;
  readonly model: string;
  readonly curves: string;
  readonly run: string;
  /** Null when none was asked for. */
  readonly report: string | null;
  /** Of the network in `model`. */
  readonly weightsHash: string;
  /**
   * The training on all rows of the network in `model`; null, or absent in runs of before, where it is the one of `train`
   * and `validation`. `test` is always of the network in `model`.
   */
  readonly refit?: { readonly rows: number; readonly epochs: number } | null;
  readonly notes: readonly string[];
}

/** The figures of a run, for programs. */
export function runFigures(outcome: Outcome): RunFigures {
  const { data, train, validation, test, history, seconds, stopped } = outcome;
  return {
    task: data.task,
    data: data.name,
    target: data.preprocessing === null ? null : targetNames(data.preprocessing),
    train: scoreJson(train),
    validation: scoreJson(validation),
    test: scoreJson(test),
    baseline: {
      train: baselineJson(data.training),
      validation: baselineJson(data.validation),
      test: baselineJson(data.test),
    },
    epochs: history.length,
    bestEpoch: outcome.keptEpoch,
    stopped,
    seconds,
    model: outcome.modelPath,
    curves: outcome.curvesPath,
    run: outcome.recordPath,
    report: outcome.reportPath,
    weightsHash: outcome.weightsHash,
    refit: outcome.refit,
    notes: data.notes,
  };
}

/** A score for programs. */
export type ScoreJson = {
  readonly cost: number;
  readonly ownCost?: number;
  readonly accuracy?: number;
  readonly r2?: number;
};

/** Cost, and accuracy or R². */
export function scoreJson(score: Score | null): ScoreJson | null {
  if (score === null) return null;
  const { cost, ownCost, accuracy, r2 } = score;
  return { cost, ownCost, ...(accuracy === undefined ? {} : { accuracy }), ...(r2 === undefined ? {} : { r2 }) };
}

function baselineJson(part: SplitPart | null): { accuracy: number } | { r2: number } | null {
  return part === null ? null : baselineFigure(part.baseline);
}

/** The baseline as a score has it. */
export function baselineFigure({ kind, value }: Baseline): { accuracy: number } | { r2: number } {
  return kind === "accuracy" ? { accuracy: value } : { r2: value };
}

/** Accuracy or R² of a baseline; null where there is none. */
export function baselineValue(baseline: RunFigures["baseline"]["train"]): number | null {
  if (baseline === null) return null;
  return "accuracy" in baseline ? baseline.accuracy : baseline.r2;
}

/** Whether answers are right or wrong, so that there is an accuracy; else there is an R². */
export function isOfClasses({ task }: Pick<RunFigures, "task">): boolean {
  return task !== "regression";
}
