import { html, type Html, tableHtml } from "../../page/index.ts";
import { formatNumber, formatPercent, formatR2 } from "../../page/format-number.ts";
import type { MeasuredRecord } from "../record/measured-record.ts";
import { figureHtml } from "./report-figures.ts";

const count = (value: number): string => value.toLocaleString("en");

/** How good the answers are, target by target. */
export function targetsSection({ targets = [], examples, on }: MeasuredRecord): Html {
  const isLabels = targets.some((each) => "holds" in each);
  const rows = targets.map((each, i) => {
    const figure = (key: string, value: number, format: (value: number) => string): Html =>
      figureHtml(`measured.targets.${i}.${key}`, value, format);
    if (!("holds" in each)) {
      return [
        each.target,
        figure("r2", each.r2, formatR2),
        figure("mae", each.mae, (value) => formatNumber(value)),
        figure("mse", each.mse, (value) => formatNumber(value)),
      ];
    }
    const { target, holds, accuracy, baseline, precision, recall, f1, support } = each;
    return [
      target,
      holds,
      figure("accuracy", accuracy, formatPercent),
      figure("baseline", baseline, formatPercent),
      figure("precision", precision, formatPercent),
      figure("recall", recall, formatPercent),
      figure("f1", f1, formatPercent),
      figure("support", support, count),
    ];
  });
  const heading = isLabels
    ? ["label", "holds", "accuracy", "baseline", "precision", "recall", "F1", "examples"]
    : ["target", "R²", "mean absolute error", "mean squared error"];
  const caption = isLabels ? "Each label by itself" : "Each target by itself, in its own units";
  return html`<p>${figureHtml("measured.examples", examples, count)} examples (${on}).</p>
${tableHtml({ caption, heading, rows })}`;
}
