import { type Chart, curvesSvg, formatCost } from "./curves-svg.ts";
import { formatNumber } from "../../page/format-number.ts";
import type { Outcome } from "../record/run-figures.ts";

/** The curves of a run as a file to be looked at in a browser. */
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
