import { html, type Html, htmlLines } from "../../page/index.ts";
import { formatNumber } from "../../page/format-number.ts";
import { printedFormula } from "../../page/minus-signs.ts";
import { rangeOf } from "../../page/scale.ts";

/** A line of a chart: a value per epoch, the first at epoch 1. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  /** Which color: of training, or of validation. */
  readonly role: "training" | "validation";
}

/** One chart of a page of curves. */
export interface Chart {
  readonly title: string;
  readonly curves: readonly Curve[];
  /** A level that the curves are to be compared with. */
  readonly baseline: { readonly name: string; readonly value: number } | null;
  /** True to space the values by ratio: for costs, which fall by orders of magnitude. */
  readonly isLogarithmic: boolean;
  readonly format: (value: number) => string;
}

const WIDTH = 720;
const CHART_HEIGHT = 240;
const LEFT = 72;
const RIGHT = 16;
const TOP = 44;
const BOTTOM = 36;
/** A line with more points than pixels shows nothing more. */
const MOST_POINTS = 1500;

/**
 * The curves of a training run as an SVG file, charts one below the other over the same epochs. It needs nothing from
 * outside, and follows the viewer's light or dark theme.
 *
 * @param bestEpoch is marked in every chart; 0 for none.
 */
export function curvesSvg(title: string, charts: readonly Chart[], bestEpoch: number): string {
  const height = 40 + charts.length * CHART_HEIGHT;
  const drawn = charts.map((chart, i) => chartSvg(chart, 40 + i * CHART_HEIGHT, bestEpoch));
  const page = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${title}">
<style>
  svg { --paper: #ffffff; --ink: #1c2128; --faint: #d8dee4; --soft: #57606a; --training: #0969da; --validation: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --faint: #30363d; --soft: #8d96a0; --training: #58a6ff; --validation: #f0883e; }
  }
  text { font: 12px system-ui, sans-serif; fill: var(--soft); }
  .title { font-size: 16px; font-weight: 600; fill: var(--ink); }
  .name { font-size: 13px; font-weight: 600; fill: var(--ink); }
  .paper { fill: var(--paper); }
  .grid { stroke: var(--faint); }
  .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
  .training { stroke: var(--training); }
  .validation { stroke: var(--validation); }
  .dot.training { fill: var(--training); stroke: none; }
  .dot.validation { fill: var(--validation); stroke: none; }
  .mark { stroke: var(--soft); stroke-dasharray: 3 4; }
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
<text class="title" x="16" y="26">${title}</text>
${htmlLines(drawn)}
</svg>
`;
  return page.markup;
}

function chartSvg(chart: Chart, top: number, bestEpoch: number): Html {
  const epochs = Math.max(1, ...chart.curves.map(({ values }) => values.length));
  const levels = chart.curves.flatMap(({ values }) => values);
  if (chart.baseline !== null) levels.push(chart.baseline.value);
  const scale = chart.isLogarithmic ? logarithmic(levels) : linear(levels);
  const bottom = top + CHART_HEIGHT - BOTTOM;
  const x = (epoch: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * (epoch - 1)) / Math.max(1, epochs - 1);
  const y = (value: number): number => bottom - (bottom - top - TOP) * scale.place(value);
  const lines = [html`<text class="name" x="16" y="${top + 18}">${chart.title}</text>`];
  for (const tick of scale.ticks) {
    lines.push(
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/>`,
      html`<text x="${LEFT - 8}" y="${fixed(y(tick) + 4)}" text-anchor="end">${printedFormula(chart.format(tick))}</text>`,
    );
  }
  for (const epoch of epochTicks(epochs)) {
    lines.push(html`<text x="${fixed(x(epoch))}" y="${bottom + 18}" text-anchor="middle">${epoch}</text>`);
  }
  lines.push(html`<text x="${LEFT - 8}" y="${bottom + 18}" text-anchor="end">epoch</text>`);
  if (chart.baseline !== null) {
    const level = fixed(y(chart.baseline.value));
    lines.push(html`<line class="mark" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${level}" y2="${level}"/>`);
  }
  if (bestEpoch > 0) {
    const at = fixed(x(bestEpoch));
    lines.push(html`<line class="mark" x1="${at}" x2="${at}" y1="${top + TOP}" y2="${bottom}"/>`);
  }
  lines.push(...chart.curves.map((curve) => curveSvg(curve, x, y)));
  lines.push(legend(chart, top + 18, bestEpoch));
  return htmlLines(lines);
}

function curveSvg({ values, role }: Curve, x: (epoch: number) => number, y: (value: number) => number): Html {
  const every = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  const points: string[] = [];
  for (const [i, value] of values.entries()) {
    const isShown = i % every === 0 || i === values.length - 1;
    if (isShown && Number.isFinite(value)) points.push(`${fixed(x(i + 1))},${fixed(y(value))}`);
  }
  // A line of one point has no length.
  const [only, second] = points;
  if (only !== undefined && second === undefined) {
    const [cx, cy] = only.split(",");
    return html`<circle class="dot ${role}" cx="${cx ?? ""}" cy="${cy ?? ""}" r="3"/>`;
  }
  return html`<polyline class="curve ${role}" points="${points.join(" ")}"/>`;
}

/** Names of the curves, from the right edge. */
function legend({ curves, baseline, format }: Chart, y: number, bestEpoch: number): Html {
  const entries = curves.map(({ name, role }) => ({ text: name, style: `curve ${role}` }));
  if (baseline !== null)
    entries.push({ text: `${baseline.name} ${printedFormula(format(baseline.value))}`, style: "mark" });
  if (bestEpoch > 0) entries.push({ text: `best: epoch ${bestEpoch}`, style: "mark" });
  let right = WIDTH - RIGHT;
  const drawn: Html[] = [];
  for (const { text, style } of entries.toReversed()) {
    // Letters of this size are 7 pixels wide on average, and no wider in most fonts.
    const left = right - 7 * text.length;
    drawn.push(
      html`<text x="${left}" y="${y}">${text}</text>`,
      html`<line class="${style}" x1="${left - 26}" x2="${left - 6}" y1="${y - 4}" y2="${y - 4}"/>`,
    );
    right = left - 44;
  }
  return htmlLines(drawn);
}

/** Where a chart puts values, and which it names. */
export interface Scale {
  /** 0 at the bottom, 1 at the top. */
  place(value: number): number;
  readonly ticks: readonly number[];
}

/**
 * Evenly spaced, with round ticks.
 *
 * @param beyond part of a step by which values may lie beyond the last tick.
 */
export function linear(levels: readonly number[], beyond = 0.05): Scale {
  const [least, most] = limits(levels);
  const step = niceStep((most - least) / 4);
  // A level a hair beyond a round number needs no step of its own.
  const [from, to] = [Math.floor(least / step + beyond) * step, Math.ceil(most / step - beyond) * step];
  const count = Math.round((to - from) / step);
  return {
    place: (value) => (value - from) / (to - from),
    // As whole multiples: a sum of steps would not end at round numbers.
    ticks: Array.from({ length: count + 1 }, (_, i) => Math.round(from / step + i) * step),
  };
}

/** Spaced by ratio, where values differ by enough; else linear. */
export function logarithmic(levels: readonly number[]): Scale {
  const [least, most] = rangeOf(levels);
  // Costs of 0 or below (of some own costs) have no logarithm, nor is one needed within a factor of 3.
  if (!(least > 0) || most < 3 * least) return linear(levels);
  const [from, to] = [Math.log10(least), Math.log10(most)];
  const ticks: number[] = [];
  for (let decade = Math.floor(from); decade <= to; decade++) {
    for (const digit of to - from > 2.5 ? [1] : to - from > 1.2 ? [1, 3] : [1, 2, 5]) {
      const tick = digit * 10 ** decade;
      if (Math.log10(tick) >= from - 1e-9 && Math.log10(tick) <= to + 1e-9) ticks.push(tick);
    }
  }
  return { place: (value) => (Math.log10(Math.max(value, least)) - from) / (to - from), ticks };
}

/** Least and most, a little apart at least. */
function limits(levels: readonly number[]): readonly [number, number] {
  const [least, most] = rangeOf(levels);
  if (most < least) return [0, 1];
  return most - least > 1e-9 * Math.abs(most) ? [least, most] : [least - 0.5, most + 0.5];
}

/** 1, 2 or 5 times a power of ten, about as large as wanted. */
function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((each) => each * power >= wanted) ?? 10;
  return factor * power;
}

/** 1, the last, and a few round ones between. */
export function epochTicks(epochs: number): number[] {
  const step = Math.max(1, niceStep(epochs / 6));
  const between: number[] = [];
  for (let epoch = step; epoch < epochs - step / 2; epoch += step) if (epoch > 1 + step / 2) between.push(epoch);
  return epochs === 1 ? [1] : [1, ...between, epochs];
}

function fixed(value: number): string {
  return String(Math.round(10 * value) / 10);
}

/** Numbers of an axis of costs. */
export function formatCost(value: number): string {
  return value === 0
    ? "0"
    : formatNumber(value, 2)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");
}
