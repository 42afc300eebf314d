import { type ChartArea, levelMarks, planeOf, valueMarks } from "./chart-axes.ts";
import { html, type Html } from "./html.ts";
import { printedFormula } from "./minus-signs.ts";
import { linearScale } from "./scale.ts";
import { coordinate } from "./svg.ts";

/** Digits of the labels are 9 wide in a narrow window, where they are larger; this is a little more. */
const DIGIT = 9.5;

/** Pairs of amounts on axes that are alike. */
export interface ScatterChart {
  readonly pairs: readonly (readonly [x: number, y: number])[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly format: (value: number) => string;
}

/** Each pair as a dot, with the line on which both amounts are the same. Its style is `chartStyle`. */
export function scatterMarks({ pairs, xTitle, yTitle, format }: ScatterChart, area: ChartArea): readonly Html[] {
  const finite = pairs.filter((pair) => pair.every(Number.isFinite));
  // No dot beyond the last line, so none is drawn over a label.
  const scale = linearScale(finite.flat(), 1e-9);
  const widest = DIGIT * Math.max(1, ...scale.ticks.map((tick) => printedFormula(format(tick)).length));
  // The longest label fits beside the axis, and half of the last one right of it.
  const left = Math.max(area.left, widest + 16);
  const right = area.right - Math.max(0, widest / 2 - 8);
  const step = Math.ceil((widest + 10) / ((right - left) / Math.max(1, scale.ticks.length - 1)));
  const plane = planeOf({ ...area, left, right }, scale, scale);
  const { x, y } = plane;
  const [from = 0, to = 1] = [scale.ticks[0], scale.ticks.at(-1)];
  return [
    ...levelMarks(plane, { scale, format }),
    ...valueMarks(plane, { scale, format }, step),
    html`<line class="mark" x1="${coordinate(x(from))}" y1="${coordinate(y(from))}" x2="${coordinate(x(to))}" y2="${coordinate(y(to))}"/>`,
    ...finite.map(
      ([one, other]) => html`<circle class="dot" cx="${coordinate(x(one))}" cy="${coordinate(y(other))}" r="3.5"/>`,
    ),
    html`<text x="${coordinate(right)}" y="${coordinate(area.bottom + 40)}" text-anchor="end">${xTitle} →</text>`,
    html`<text x="${coordinate(left + 8)}" y="${coordinate(area.top + 10)}">↑ ${yTitle}</text>`,
  ];
}
