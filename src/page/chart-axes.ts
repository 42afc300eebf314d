import { html, type Html } from "./html.ts";
import { printedFormula } from "./minus-signs.ts";
import type { Scale } from "./scale.ts";
import { coordinate } from "./svg.ts";

/** The edges of a chart in its picture, in pixels; labels stand left of it and below it. */
export interface ChartArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Values along an edge, and how they are written. */
export interface Axis {
  readonly scale: Scale;
  readonly format: (value: number) => string;
}

/** Where a chart puts a point. */
export interface Plane {
  readonly area: ChartArea;
  readonly x: (value: number) => number;
  /** What lies beyond the edges is put on them. */
  readonly y: (value: number) => number;
}

/** The plane between two axes. */
export function planeOf(area: ChartArea, x: Scale, y: Scale): Plane {
  const { left, right, top, bottom } = area;
  return {
    area,
    x: (value) => left + (right - left) * x.place(value),
    y: (value) => bottom - (bottom - top) * Math.min(1, Math.max(0, y.place(value))),
  };
}

/** A level line with its value for each tick of the y axis. */
export function levelMarks(plane: Plane, { scale, format }: Axis): readonly Html[] {
  const { left } = plane.area;
  return scale.ticks.map((tick) => {
    const y = plane.y(tick);
    const label = printedFormula(format(tick));
    return html`${levelLine(plane, tick, "grid")}<text x="${coordinate(left - 8)}" y="${coordinate(y + 4)}" text-anchor="end">${label}</text>`;
  });
}

/** The values of the x axis below it: every one, or every `step`-th. */
export function valueMarks({ area, x }: Plane, { scale, format }: Axis, step = 1): readonly Html[] {
  const labels = scale.ticks.filter((_, i) => i % step === 0);
  return labels.map(
    (tick) =>
      html`<text x="${coordinate(x(tick))}" y="${coordinate(area.bottom + 20)}" text-anchor="middle">${printedFormula(format(tick))}</text>`,
  );
}

/** A line across the chart, at a value of the y axis. */
export function levelLine({ area, y }: Plane, value: number, style: string): Html {
  const at = coordinate(y(value));
  return html`<line class="${style}" x1="${coordinate(area.left)}" x2="${coordinate(area.right)}" y1="${at}" y2="${at}"/>`;
}

/** A line from top to bottom, at a value of the x axis. */
export function uprightLine({ area, x }: Plane, value: number, style: string): Html {
  const at = coordinate(x(value));
  return html`<line class="${style}" x1="${at}" x2="${at}" y1="${coordinate(area.top)}" y2="${coordinate(area.bottom)}"/>`;
}
