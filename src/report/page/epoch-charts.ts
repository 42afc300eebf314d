import { formatNumber } from "../../page/format-number.ts";
import {
  countingScale,
  html,
  type Html,
  htmlLines,
  legendList,
  legendOf,
  linearScale,
  type LineChart,
  lineMarks,
  logarithmicScale,
  type Series,
} from "../../page/index.ts";
import { baselineValue, isOfClasses } from "../record/run-figures.ts";
import type { RunRecord } from "../record/run-record.ts";

/** A chart over the epochs of a run, with its title. */
export interface EpochChart {
  readonly title: string;
  /** What it shows, for whom it is read aloud. */
  readonly description: string;
  readonly chart: LineChart;
}

/** Cost of training and validation, and where rows were held back the accuracy or R² on them, beside the baseline. */
export function learningCurves(record: Pick<RunRecord, "figures" | "history">): readonly EpochChart[] {
  const { figures, history } = record;
  const held = history.flatMap(({ epoch, validation }) => (validation === null ? [] : [{ epoch, ...validation }]));
  const best = history.length > 1 ? figures.bestEpoch : 0;
  const training: Series = {
    name: "training",
    color: 1,
    points: history.map(({ epoch, cost }) => [epoch, cost]),
  };
  const validation: Series = { name: "validation", color: 2, points: held.map(({ epoch, cost }) => [epoch, cost]) };
  const charts: EpochChart[] = [
    {
      title: "Cost",
      description: "Cost by epoch, spaced by ratio",
      chart: overEpochs(held.length === 0 ? [training] : [training, validation], {
        isByRatio: true,
        format: formatCost,
        best,
      }),
    },
  ];
  if (held.length === 0) return charts;
  const isClasses = isOfClasses(figures);
  const title = isClasses ? "Accuracy" : "R²";
  const quality = isClasses ? "accuracy" : "r2";
  const points = held.map((each): [number, number] => [each.epoch, each[quality] ?? Number.NaN]);
  const level = baselineValue(figures.baseline.validation);
  charts.push({
    title,
    description: `${title} by epoch`,
    chart: overEpochs([{ ...validation, points }], {
      isByRatio: false,
      format: isClasses ? shortPercent : (value) => String(Number(value.toFixed(2))),
      best,
      ...(level === null ? {} : { level: { name: "baseline", value: level } }),
    }),
  });
  return charts;
}

/** How a chart over epochs is made. */
interface EpochChartOptions {
  /** True to space the values by ratio: for those that fall by orders of magnitude. */
  readonly isByRatio: boolean;
  readonly format: (value: number) => string;
  /** The epoch to mark; 0 for none. */
  readonly best: number;
  readonly level?: { readonly name: string; readonly value: number };
}

/** Lines over the epochs from 1 to the last. */
export function overEpochs(series: readonly Series[], options: EpochChartOptions): LineChart {
  const { isByRatio, format, best, level } = options;
  const values = series.flatMap(({ points }) => points.map(([, y]) => y)).filter(Number.isFinite);
  // A level far away would press the curves flat; its number stands in the legend anyway.
  const isDrawn = level !== undefined && isNear(level.value, values);
  if (isDrawn) values.push(level.value);
  // Of a curve that is a level line, a scale with 0 on it says more than one about its digits.
  const [only = 0] = values;
  if (values.every((value) => value === only)) values.push(0, only >= 0 && only <= 1 ? 1 : 2 * only);
  const positive = values.filter((value) => value > 0);
  // What is 0 has no logarithm: it is drawn at the lower edge.
  const scale = isByRatio && positive.length > 0 ? logarithmicScale(positive) : linearScale(values);
  // A loop, as there may be more epochs than a function takes arguments.
  const last = series.reduce((most, { points }) => Math.max(most, points.at(-1)?.[0] ?? 1), 1);
  return {
    series,
    x: { scale: countingScale(last), format: String, title: "epoch" },
    y: { scale, format },
    ...(level === undefined ? {} : { level: { ...level, isDrawn } }),
    ...(best > 0 ? { mark: { name: `kept: epoch ${best}`, at: best } } : {}),
  };
}

const WIDTH = 680;
const HEIGHT = 250;

/** A chart as a piece of the report, with its legend in words below the picture. */
export function chartHtml(description: string, chart: LineChart): Html {
  const area = { left: 64, right: WIDTH - 12, top: 12, bottom: HEIGHT - 30 };
  return html`${chartFrame(description, HEIGHT, lineMarks(chart, area))}
${legendList(legendOf(chart))}`;
}

/** The picture of a chart as wide as the report; it scrolls where the window is narrow. */
export function chartFrame(description: string, height: number, marks: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${description}"><svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${description}">
${htmlLines(marks)}
</svg></div>`;
}

/** Whether a level lies within, or beside the values by less than twice their span. */
function isNear(level: number, values: readonly number[]): boolean {
  const least = values.reduce((low, each) => Math.min(low, each), Infinity);
  const most = values.reduce((high, each) => Math.max(high, each), -Infinity);
  const reach = Math.max(2 * (most - least), 1e-9);
  return level >= least - reach && level <= most + reach;
}

/** Numbers of an axis of costs. */
export function formatCost(value: number): string {
  if (value === 0) return "0";
  return formatNumber(value, 2)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

function shortPercent(value: number): string {
  return `${Number((100 * value).toFixed(1))} %`;
}
