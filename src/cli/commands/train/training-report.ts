import type { Baseline, Task } from "../../../data/index.ts";
import { targetNames } from "../../../data/columns/several-targets.ts";
import type { EpochReport, Score } from "../../../train/index.ts";
import { type Chart, curvesSvg, formatCost } from "../../report/curves-svg.ts";
import { formatDuration, formatNumber, formatPercent, formatR2 } from "../../framework/format-number.ts";
import { printable } from "../../framework/printable.ts";
import type { Refit } from "./refit.ts";
import { rangeOf, sparkline } from "../../framework/sparkline.ts";
import type { Terminal } from "../../framework/terminal.ts";
import type { SplitPart, TrainingData } from "./training-data.ts";
import { counted } from "./training-intro.ts";

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

/** `accuracy 97.2 %` or `R² 0.482`. */
export function qualityOf(score: Score): string {
  if (score.accuracy !== undefined) return `accuracy ${formatPercent(score.accuracy)}`;
  return score.r2 === undefined ? "" : `R² ${formatR2(score.r2)}`;
}

/** The cost, and the examples' own where a penalty on the weights is part of it: that decided. */
function costOf({ cost, ownCost }: Score): string {
  const own = cost === ownCost ? "" : ` (${formatNumber(ownCost)} without the penalty)`;
  return `${formatNumber(cost)}${own}`;
}

/** The figures at the end of a run, for people. */
export function figuresOf(outcome: Outcome): string {
  const { data, history, keptEpoch, stopped, refit } = outcome;
  const measured = data.test ?? data.validation ?? data.training;
  const rows: [string, Score | null][] = [
    ["training", outcome.train],
    ["validation", outcome.validation],
    ["test", outcome.test],
  ];
  const lines = rows.flatMap(([name, score]) =>
    score === null ? [] : [`${name.padEnd(11)} cost ${costOf(score)}  ${qualityOf(score)}`],
  );
  lines.push(`${"baseline".padEnd(11)} ${describeBaseline(measured, data)}`);
  const epochs = `${history.length} ${history.length === 1 ? "epoch" : "epochs"} in ${formatDuration(outcome.seconds)}`;
  const best = refit === null ? "kept the weights of the best, epoch" : "best was epoch";
  const kept = keptEpoch > 0 && keptEpoch < history.length ? `; ${best} ${keptEpoch}` : "";
  lines.push(`${stopped === "aborted" ? "interrupted after " : ""}${epochs}${kept}`);
  if (refit !== null) {
    lines.push(
      `refit       the model is trained again on all ${counted(refit.rows, "row")}, for ${counted(refit.epochs, "epoch")}; ` +
        `${data.test === null ? "the scores above are" : "training and validation above are"} of the network that had not ` +
        "seen those held back (--refit off keeps that one)",
    );
  }
  lines.push(
    `model       ${outcome.modelPath}`,
    `curves      ${outcome.curvesPath}`,
    ...(outcome.reportPath === null ? [] : [`report      ${outcome.reportPath}`]),
    `weights     ${outcome.weightsHash}`,
  );
  return `${lines.map(printable).join("\n")}\n`;
}

function describeBaseline({ baseline }: SplitPart, data: TrainingData): string {
  const on = data.test !== null ? "test" : data.validation !== null ? "validation" : "training";
  if (data.task === "multilabel")
    return `accuracy ${formatPercent(baseline.value)} on ${on}, mean over the labels, with the more frequent value of each as every answer`;
  if (baseline.kind === "r2" && baseline.answers !== undefined)
    return `R² ${formatR2(baseline.value)} on ${on}, with the means ${baseline.answers.map((each) => formatNumber(each)).join(", ")} as every answer`;
  return baseline.kind === "accuracy"
    ? `accuracy ${formatPercent(baseline.value)} on ${on}, with "${baseline.answer}" as every answer`
    : `R² ${formatR2(baseline.value)} on ${on}, with the mean ${formatNumber(baseline.answer)} as every answer`;
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

/** Small curves for a terminal: cost of training and validation on one scale, and what validation gave. */
export function smallCurves(history: readonly EpochReport[], terminal: Terminal): string {
  if (history.length < 3) return "";
  const [trained, held] = [
    history.map(({ cost }) => cost),
    history.flatMap(({ validation }) => validation?.cost ?? []),
  ];
  const quality = history.flatMap(({ validation }) => validation?.accuracy ?? validation?.r2 ?? []);
  const width = Math.max(4, Math.min(60, terminal.columns() - 42));
  const { isUnicode } = terminal;
  // By ratio: the first epochs would else be all there is to see.
  const isPositive = [...trained, ...held].every((cost) => cost > 0);
  const scaled = (costs: readonly number[]): number[] => costs.map((cost) => (isPositive ? Math.log(cost) : cost));
  const range = rangeOf(scaled([...trained, ...held]));
  const line = (name: string, bars: string, values: readonly number[], format: (value: number) => string): string => {
    const [first = Number.NaN, last = Number.NaN] = [values[0], values.at(-1)];
    return `${name.padEnd(20)} ${bars}  ${format(first)} ${isUnicode ? "→" : "->"} ${format(last)}\n`;
  };
  const costLine = (name: string, costs: readonly number[]): string =>
    costs.length === 0
      ? ""
      : line(name, sparkline(scaled(costs), { width, isUnicode, range }), costs, (cost) => formatNumber(cost, 3));
  const isAccuracy = history.some(({ validation }) => validation?.accuracy !== undefined);
  const qualityName = isAccuracy ? "accuracy" : isUnicode ? "R²" : "R2";
  const qualityFormat = isAccuracy ? formatPercent : formatR2;
  return (
    costLine("cost, training", trained) +
    costLine("cost, validation", held) +
    (quality.length === 0
      ? ""
      : line(`${qualityName}, validation`, sparkline(quality, { width, isUnicode }), quality, qualityFormat))
  );
}

/** The same as a file to be looked at in a browser. */
export function curvesFile({ data, history, keptEpoch }: Pick<Outcome, "data" | "history" | "keptEpoch">): Uint8Array {
  const held = history.flatMap(({ validation }) => validation?.cost ?? []);
  const quality = history.flatMap(({ validation }) => validation?.accuracy ?? validation?.r2 ?? []);
  const isAccuracy = data.task !== "regression";
  const best = history.length > 1 ? keptEpoch : 0;
  const charts: Chart[] = [
    {
      title: "Cost",
      curves: [
        { name: "training", values: history.map(({ cost }) => cost), role: "training" },
        ...(held.length === 0 ? [] : [{ name: "validation", values: held, role: "validation" } as const]),
      ],
      baseline: null,
      isLogarithmic: true,
      format: formatCost,
    },
  ];
  if (quality.length > 0) {
    const percent = (value: number): string => `${formatNumber(100 * value, 3).replace(/\.0+$/, "")} %`;
    charts.push({
      title: isAccuracy ? "Accuracy" : "R²",
      curves: [{ name: "validation", values: quality, role: "validation" }],
      baseline: data.validation === null ? null : { name: "baseline", value: data.validation.baseline.value },
      isLogarithmic: false,
      format: isAccuracy ? percent : (value) => String(Number(value.toFixed(3))),
    });
  }
  return new TextEncoder().encode(curvesSvg(`Training on ${data.name}`, charts, best));
}
