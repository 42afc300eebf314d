import { html, type Html, htmlLines } from "../../page/index.ts";
import { epochTicks, linear, logarithmic } from "./curves-svg.ts";
import { printedFormula } from "../../page/minus-signs.ts";

/** A line of a chart. */
export interface Series {
  readonly name: string;
  /** Its color: `series-1` … `series-6` of the page's style. */
  readonly style: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A chart over epochs. */
export interface LineChart {
  /** What it shows, in words. */
  readonly description: string;
  readonly series: readonly Series[];
  /** A level to compare with. */
  readonly level: { readonly name: string; readonly value: number } | null;
  /** An epoch to mark; 0 for none. */
  readonly mark: number;
  readonly isLogarithmic: boolean;
  readonly format: (value: number) => string;
}

const WIDTH = 680;
const HEIGHT = 250;
const LEFT = 64;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 30;
/** A line with more points than pixels shows nothing more. */
const MOST_POINTS = 1000;
/** Digits of the chart's labels are 9 wide in a narrow window, where they are larger; this is a little more. */
const LETTER = 9.5;

/** A chart as SVG that takes its colors from the page, with its legend in words below the picture. */
export function lineChart(chart: LineChart): Html {
  const { description, series, level, mark, isLogarithmic } = chart;
  const format = (value: number): string => printedFormula(chart.format(value));
  const drawn = series.map((each) => ({ ...each, points: thinned(each.points.filter(([, y]) => Number.isFinite(y))) }));
  const values = drawn.flatMap(({ points }) => points.map(([, y]) => y));
  // A level far away would press the curves flat; its number stands in the legend anyway.
  const isNear = level !== null && isWithin(level.value, values);
  if (level !== null && isNear) values.push(level.value);
  // Of a curve that is a level line, a scale with 0 on it says more than one about its digits.
  const [only = 0] = values;
  if (values.every((value) => value === only)) values.push(0, only >= 0 && only <= 1 ? 1 : 2 * only);
  const positive = values.filter((value) => value > 0);
  // What is 0 has no logarithm: it is drawn at the lower edge.
  const scale = isLogarithmic && positive.length > 0 ? logarithmic(positive) : linear(values);
  const last = Math.max(1, ...drawn.flatMap(({ points }) => points.map(([x]) => x)));
  const bottom = HEIGHT - BOTTOM;
  const x = (epoch: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * (epoch - 1)) / Math.max(1, last - 1);
  const y = (value: number): number => bottom - (bottom - TOP) * Math.min(1, Math.max(0, scale.place(value)));
  const lines = scale.ticks.map(
    (tick) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/><text x="${LEFT - 8}" y="${fixed(y(tick) + 4)}" text-anchor="end">${format(tick)}</text>`,
  );
  for (const epoch of epochTicks(last)) {
    lines.push(html`<text x="${fixed(x(epoch))}" y="${bottom + 20}" text-anchor="middle">${epoch}</text>`);
  }
  lines.push(html`<text x="${LEFT - 8}" y="${bottom + 20}" text-anchor="end">epoch</text>`);
  if (level !== null && isNear) {
    lines.push(
      html`<line class="mark" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(level.value))}" y2="${fixed(y(level.value))}"/>`,
    );
  }
  if (mark > 0)
    lines.push(html`<line class="mark" x1="${fixed(x(mark))}" x2="${fixed(x(mark))}" y1="${TOP}" y2="${bottom}"/>`);
  for (const { points, style } of drawn) lines.push(curve(points, style, x, y));
  const entries = drawn.map(({ name, style }) => html`<li><span class="swatch ${style}"></span>${name}</li>`);
  if (level !== null)
    entries.push(
      html`<li>${isNear ? html`<span class="swatch dashed"></span>` : null}${level.name} ${format(level.value)}</li>`,
    );
  if (mark > 0) entries.push(html`<li><span class="swatch dashed"></span>kept: epoch ${mark}</li>`);
  return html`${svg(description, HEIGHT, lines)}
<ul class="legend">${entries}</ul>`;
}

/** Amounts as they are and as they were answered, with the line on which both are the same. */
export function scatterChart(
  description: string,
  pairs: readonly (readonly [expected: number, answered: number])[],
  format: (value: number) => string,
): Html {
  const height = 400;
  const bottom = height - 44;
  const finite = pairs.filter((pair) => pair.every(Number.isFinite));
  // No dot beyond the last line, so none is drawn over a label.
  const scale = linear(finite.flat(), 1e-9);
  const labels = scale.ticks.map((tick) => printedFormula(format(tick)));
  const widest = LETTER * Math.max(1, ...labels.map((label) => label.length));
  // The longest label fits beside the axis, and half of the last one right of it.
  const left = Math.max(LEFT, widest + 16);
  const right = Math.max(RIGHT, widest / 2 + 4);
  const every = Math.ceil((widest + 10) / ((WIDTH - left - right) / Math.max(1, labels.length - 1)));
  const x = (value: number): number => left + (WIDTH - left - right) * scale.place(value);
  const y = (value: number): number => bottom - (bottom - TOP) * scale.place(value);
  const [from = 0, to = 1] = [scale.ticks[0], scale.ticks.at(-1)];
  const lines = scale.ticks.map((tick, i) => {
    const label = labels[i] ?? "";
    const below = html`<text x="${fixed(x(tick))}" y="${bottom + 18}" text-anchor="middle">${label}</text>`;
    return html`<line class="grid" x1="${fixed(left)}" x2="${fixed(WIDTH - right)}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/><text x="${fixed(left - 8)}" y="${fixed(y(tick) + 4)}" text-anchor="end">${label}</text>${i % every === 0 ? below : null}`;
  });
  lines.push(
    html`<line class="mark" x1="${fixed(x(from))}" y1="${fixed(y(from))}" x2="${fixed(x(to))}" y2="${fixed(y(to))}"/>`,
    ...finite.map(
      ([expected, answered]) =>
        html`<circle class="dot" cx="${fixed(x(expected))}" cy="${fixed(y(answered))}" r="3.5"/>`,
    ),
    html`<text x="${fixed(WIDTH - right)}" y="${bottom + 38}" text-anchor="end">right value →</text>`,
    html`<text x="${fixed(left + 8)}" y="${TOP + 10}">↑ answer</text>`,
  );
  return svg(description, height, lines);
}

function svg(description: string, height: number, lines: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${description}"><svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${description}">
${htmlLines(lines)}
</svg></div>`;
}

function curve(
  points: readonly (readonly [number, number])[],
  style: string,
  x: (epoch: number) => number,
  y: (value: number) => number,
): Html {
  const [only, second] = points;
  // A line of one point has no length.
  if (only !== undefined && second === undefined) {
    return html`<circle class="dot ${style}" cx="${fixed(x(only[0]))}" cy="${fixed(y(only[1]))}" r="3.5"/>`;
  }
  const places = points.map(([epoch, value]) => `${fixed(x(epoch))},${fixed(y(value))}`);
  return html`<polyline class="curve ${style}" points="${places.join(" ")}"/>`;
}

/** Whether a level lies within, or beside the values by less than twice their span. */
function isWithin(level: number, values: readonly number[]): boolean {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const reach = Math.max(2 * (most - least), 1e-9);
  return level >= least - reach && level <= most + reach;
}

function thinned<Each>(points: readonly Each[]): readonly Each[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return every <= 1 ? points : points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

function fixed(value: number): string {
  return String(Math.round(10 * value) / 10);
}
