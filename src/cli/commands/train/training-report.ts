import type { EpochReport, Score } from "../../../train/index.ts";
import { formatDuration, formatNumber, formatPercent, formatR2 } from "../../../page/format-number.ts";
import { printable } from "../../framework/printable.ts";
import { rangeOf } from "../../../page/scale.ts";
import { sparkline } from "../../framework/sparkline.ts";
import type { Terminal } from "../../framework/terminal.ts";
import type { Outcome } from "../../../report/record/run-figures.ts";
import type { SplitPart, TrainingData } from "../../../defaults/training-data.ts";
import { counted } from "../../../defaults/data-facts.ts";

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
