import type { Model } from "../../../model/index.ts";
import { formatNumber, formatPercent, formatR2 } from "../../../page/format-number.ts";
import { textTable } from "../../framework/text-table.ts";
import {
  allLabelsRight,
  amountFigures,
  labelFigures,
  type TargetAnswers,
} from "../../../report/record/target-figures.ts";

/** The figures of several targets as a text. */
export function targetsText(model: Model, answers: TargetAnswers, cost: number): string {
  const examples = answers.actual.length / model.network.outputs;
  const head: string[][] = [["examples", examples.toLocaleString("en"), ""]];
  if (model.task === "multilabel") {
    const figures = labelFigures(model, answers);
    const mean = figures.reduce((sum, { accuracy }) => sum + accuracy / figures.length, 0);
    const level = figures.reduce((sum, { baseline }) => sum + baseline / figures.length, 0);
    head.push(
      [
        "accuracy",
        formatPercent(mean),
        `mean over the labels; baseline ${formatPercent(level)}: the more frequent value of each`,
      ],
      ["all right", formatPercent(allLabelsRight(model, answers)), "examples with every label right"],
      ["cost", formatNumber(cost), ""],
    );
    const rows = figures.map((each) => [
      each.target,
      each.holds,
      ...[each.accuracy, each.baseline, each.precision, each.recall, each.f1].map(formatPercent),
      each.support.toLocaleString("en"),
    ]);
    const titles = ["label", "holds", "accuracy", "baseline", "precision", "recall", "F1", "examples"];
    return `${textTable(head, ["left", "right", "left"])}\n${textTable([titles, ...rows], ["left", "left", ...titles.slice(2).map(() => "right" as const)])}`;
  }
  const figures = amountFigures(model, answers);
  const mean = figures.reduce((sum, { r2 }) => sum + r2 / figures.length, 0);
  head.push(["R²", formatR2(mean), "mean over the targets"], ["cost", formatNumber(cost), ""]);
  const rows = figures.map(({ target, r2, mae, mse }) => [
    target,
    formatR2(r2),
    formatNumber(mae),
    formatNumber(Math.sqrt(mse)),
  ]);
  const titles = ["target", "R²", "mean absolute error", "root of the mean squared error"];
  return `${textTable(head, ["left", "right", "left"])}\n${textTable([titles, ...rows], ["left", "right", "right", "right"])}`;
}
