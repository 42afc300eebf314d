import {
  type Axis,
  type ChartArea,
  levelLine,
  levelMarks,
  type Plane,
  planeOf,
  uprightLine,
  valueMarks,
} from "./chart-axes.ts";
import type { LegendEntry } from "./chart-legend.ts";
import { html, type Html } from "./html.ts";
import { printedFormula } from "./minus-signs.ts";
import { SERIES_COLORS } from "./palette.ts";
import { coordinate } from "./svg.ts";

/** A line of a chart. Where a point's y is not finite, the line has a gap. */
export interface Series {
  readonly name: string;
  /** From 1: which color of the palette; those beyond the last begin again. */
  readonly color: number;
  /** Default false. */
  readonly isDashed?: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Lines over one axis. */
export interface LineChart {
  readonly series: readonly Series[];
  readonly x: Axis & { readonly title?: string };
  readonly y: Axis;
  /** A level to compare with; `isDrawn` false where it lies too far away, and only its value is named. Default none. */
  readonly level?: { readonly name: string; readonly value: number; readonly isDrawn: boolean };
  /** A value of x to mark. Default none. */
  readonly mark?: { readonly name: string; readonly at: number };
  /** Draws the lines x = 0 and y = 0. Default false. */
  readonly hasZeroLines?: boolean;
}

/** A line with more points than pixels shows nothing more. */
const MOST_POINTS = 1000;

/** What a chart draws in an area of a picture. Its style is `chartStyle`. */
export function lineMarks({ series, x, y, level, mark, hasZeroLines = false }: LineChart, area: ChartArea): Html[] {
  const plane = planeOf(area, x.scale, y.scale);
  const marks = [...levelMarks(plane, y), ...valueMarks(plane, x)];
  if (x.title !== undefined) {
    marks.push(
      html`<text x="${coordinate(area.left - 8)}" y="${coordinate(area.bottom + 20)}" text-anchor="end">${x.title}</text>`,
    );
  }
  if (hasZeroLines) marks.push(uprightLine(plane, 0, "axis"), levelLine(plane, 0, "axis"));
  if (level?.isDrawn === true) marks.push(levelLine(plane, level.value, "mark"));
  if (mark !== undefined) marks.push(uprightLine(plane, mark.at, "mark"));
  for (const each of series) marks.push(...curveMarks(each, plane));
  return marks;
}

/** The names of what a chart draws. */
export function legendOf({ series, level, mark, y }: LineChart): readonly LegendEntry[] {
  const entries: LegendEntry[] = series.map((each) => ({ name: each.name, style: styleOf(each) }));
  if (level !== undefined) {
    const name = `${level.name} ${printedFormula(y.format(level.value))}`;
    entries.push({ name, style: level.isDrawn ? "mark" : null });
  }
  if (mark !== undefined) entries.push({ name: mark.name, style: "mark" });
  return entries;
}

function styleOf({ color, isDashed = false }: Series): string {
  return `curve series-${1 + ((color - 1) % SERIES_COLORS)}${isDashed ? " dashed" : ""}`;
}

function curveMarks(series: Series, { x, y }: Plane): readonly Html[] {
  const style = styleOf(series);
  return pieces(thinned(series.points)).map((piece) => {
    const [only, second] = piece;
    // A line of one point has no length.
    if (only !== undefined && second === undefined) {
      return html`<circle class="dot ${style.replace("curve ", "")}" cx="${coordinate(x(only[0]))}" cy="${coordinate(y(only[1]))}" r="3.5"/>`;
    }
    const places = piece.map(([at, value]) => `${coordinate(x(at))},${coordinate(y(value))}`);
    return html`<polyline class="${style}" points="${places.join(" ")}"/>`;
  });
}

type Points = Series["points"];

/** The stretches of points with finite y. */
function pieces(points: Points): readonly Points[] {
  const found: (readonly [number, number])[][] = [[]];
  for (const point of points) {
    if (Number.isFinite(point[1])) found.at(-1)?.push(point);
    else found.push([]);
  }
  return found.filter(({ length }) => length > 0);
}

function thinned(points: Points): Points {
  const every = Math.ceil(points.length / MOST_POINTS);
  return every <= 1 ? points : points.filter((_, i) => i % every === 0 || i === points.length - 1);
}
