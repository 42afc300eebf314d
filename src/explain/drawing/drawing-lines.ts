import { coordinate, html, type Html, htmlLines } from "../../page/index.ts";
import type { NetworkDrawing } from "./drawing.ts";
import { pixelImage } from "./drawing-image.ts";
import { type Column, type Layout, type PlacedNeuron, sizes } from "./drawing-layout.ts";
import { largestMagnitude, shareOf, shortNumber, text } from "./drawing-text.ts";

/** Lines with a number each need this much height for one number. */
const LABEL_HEIGHT = 16;

/** Between two columns: the weights as lines, with their numbers where there is room, or as an image of each neuron. */
export function laneMarks(drawing: NetworkDrawing, { columns, isSmall, middle }: Layout): Html {
  const lanes = columns.slice(1).flatMap((to, i) => {
    const from = columns[i];
    return from === undefined ? [] : [{ from, to, values: valuesOn(drawing, from, to) }];
  });
  const ofAll = lanes.flatMap(({ values }) => values);
  return htmlLines(
    lanes.map(({ from, to, values }) => {
      if (to.hasTiles) return tiles(drawing, from, to, middle);
      return lines(drawing, { from, to, isSmall, largest: largestMagnitude(isSmall ? ofAll : values) });
    }),
  );
}

interface Line {
  readonly value: number;
  /** Of the largest, from 0 to 1. */
  readonly share: number;
  readonly start: PlacedNeuron;
  readonly end: PlacedNeuron;
  readonly isFaded: boolean;
}

interface Lane {
  readonly from: Column;
  readonly to: Column;
  readonly isSmall: boolean;
  /** The largest magnitude on a line: of this lane, or of the whole network where it is small. */
  readonly largest: number;
}

function valuesOn(drawing: NetworkDrawing, from: Column, to: Column): readonly number[] {
  return to.neurons.flatMap((end) => from.neurons.map((start) => drawing.onLine(to.layer, end.index, start.index)));
}

function lines(drawing: NetworkDrawing, lane: Lane): Html {
  const { from, to, largest } = lane;
  const values = to.neurons.flatMap((end) =>
    from.neurons.map((start) => ({ start, end, value: drawing.onLine(to.layer, end.index, start.index) })),
  );
  const all = values
    .map(({ start, end, value }): Line => ({
      start,
      end,
      value,
      share: shareOf(value, largest),
      isFaded: isFaded(drawing, from, start, to, end),
    }))
    // The strongest are drawn last, on top.
    .sort((one, other) => one.share - other.share);
  const place = lane.isSmall ? labelPlace(from, to) : null;
  return htmlLines([
    ...all.map((line) => lineMark(drawing, lane, line)),
    ...(place === null ? [] : all.map((line) => labelMark(lane, line, place))),
  ]);
}

/** With a neuron opened, only its own lines stand out. */
function isFaded(
  { opened }: NetworkDrawing,
  from: Column,
  start: PlacedNeuron,
  to: Column,
  end: PlacedNeuron,
): boolean {
  if (opened === null) return false;
  const isIts = (column: Column, { index }: PlacedNeuron): boolean =>
    column.layer === opened.layer && index === opened.neuron - 1;
  return !isIts(from, start) && !isIts(to, end);
}

function signOf(value: number): "plus" | "minus" | "zero" {
  return value > 0 ? "plus" : value < 0 ? "minus" : "zero";
}

function lineMark({ view }: NetworkDrawing, { from, to, isSmall }: Lane, line: Line): Html {
  const { start, end, value, share, isFaded: faded } = line;
  const [a, b] = ends(from, start, to, end, isSmall);
  const width = isSmall ? 1 + 4.5 * share : 0.5 + 2.8 * share;
  const opacity = isSmall ? 1 : 0.25 + 0.65 * share;
  const style = `${signOf(value)}${faded ? " faded" : ""}`;
  const seen = opacity === 1 || faded ? null : html` stroke-opacity="${coordinate(opacity)}"`;
  const [tail, head] = view === "forward" ? [a, b] : [b, a];
  const length = Math.hypot(head.x - tail.x, head.y - tail.y);
  const [ux, uy] = [(head.x - tail.x) / length, (head.y - tail.y) / length];
  const tipLength = isSmall ? 8 + 1.2 * width : 0;
  const neck = { x: head.x - tipLength * ux, y: head.y - tipLength * uy };
  const stroke = html`<line class="weight ${style}" x1="${coordinate(tail.x)}" y1="${coordinate(tail.y)}" x2="${coordinate(neck.x)}" y2="${coordinate(neck.y)}" stroke-width="${coordinate(width)}"${seen}/>`;
  if (!isSmall) return stroke;
  return html`${stroke}${tip(head, { ux, uy, length: tipLength + 0.5, half: 3 + 0.9 * width }, style)}`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The head of an arrow. */
export function tip(
  { x, y }: Point,
  at: { readonly ux: number; readonly uy: number; readonly length: number; readonly half: number },
  style: string,
): Html {
  const { ux, uy, length, half } = at;
  const [bx, by] = [x - length * ux, y - length * uy];
  const corners = [
    [x, y],
    [bx - half * uy, by + half * ux],
    [bx + half * uy, by - half * ux],
  ].map(([cx = 0, cy = 0]) => `${coordinate(cx)},${coordinate(cy)}`);
  return html`<polygon class="tip ${style}" points="${corners.join(" ")}"/>`;
}

/** A line goes from edge to edge, with a little air at circles. */
function ends(
  from: Column,
  start: PlacedNeuron,
  to: Column,
  end: PlacedNeuron,
  isSmall: boolean,
): readonly [Point, Point] {
  if (!isSmall)
    return [
      { x: from.right, y: start.y },
      { x: to.left, y: end.y },
    ] as const;
  const [x1, x2] = [from.right - sizes.radius, to.left + sizes.radius];
  const length = Math.hypot(x2 - x1, end.y - start.y);
  const [ux, uy] = [(x2 - x1) / length, (end.y - start.y) / length];
  const reach = sizes.radius + 2;
  return [
    { x: x1 + reach * ux, y: start.y + reach * uy },
    { x: x2 - reach * ux, y: end.y - reach * uy },
  ] as const;
}

/** The part of the way, from centre to centre, at which the numbers of all lines stand apart; null where there is none. */
function labelPlace(from: Column, to: Column): number | null {
  let best: { readonly place: number; readonly gap: number } | null = null;
  for (const place of [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.28, 0.72]) {
    const heights = to.neurons
      .flatMap((end) => from.neurons.map((start) => start.y + place * (end.y - start.y)))
      .sort((one, other) => one - other);
    const gap = Math.min(...heights.slice(1).map((height, i) => height - (heights[i] ?? 0)), 40);
    if (best === null || gap > best.gap + 1) best = { place, gap };
  }
  return best !== null && best.gap >= LABEL_HEIGHT ? best.place : null;
}

function labelMark({ from, to }: Lane, { start, end, value, isFaded: faded }: Line, place: number): Html {
  const [x1, x2] = [from.right - sizes.radius, to.left + sizes.radius];
  const [x, y] = [x1 + place * (x2 - x1), start.y + place * (end.y - start.y)];
  const content = shortNumber(value);
  const width = 7 * content.length + 2;
  const paper = html`<rect class="paper" x="${coordinate(x - width / 2)}" y="${coordinate(y - 7)}" width="${coordinate(width)}" height="14" rx="3"/>`;
  const number = text(x, y + 4, content, { style: "small", anchor: "middle" });
  return faded ? html`<g class="faded">${number}</g>` : html`${paper}${number}`;
}

/** Of an image each neuron sees every pixel: its weights are an image, too. */
function tiles(drawing: NetworkDrawing, from: Column, to: Column, middle: number): Html {
  const { image, opened } = drawing;
  if (image === null) return html``;
  const area = image.rows * image.columns;
  return htmlLines(
    to.neurons.map(({ index, y }) => {
      const values = new Float64Array(area);
      for (const [k, place] of image.places.entries()) values[place] = drawing.onLine(to.layer, index, k);
      const x = to.left - sizes.tile - 8;
      const tile = pixelImage({
        x,
        y: y - (sizes.tile * image.rows) / image.columns / 2,
        size: sizes.tile,
        rows: image.rows,
        columns: image.columns,
        values,
        color: "signed",
      });
      const faded = opened !== null && !(opened.layer === to.layer && opened.neuron === index + 1) ? " faded" : "";
      const wire = html`<path class="wire${faded}" d="M${coordinate(from.right + 2)} ${coordinate(middle)}C${coordinate(from.right + 60)} ${coordinate(middle)} ${coordinate(x - 60)} ${coordinate(y)} ${coordinate(x - 2)} ${coordinate(y)}"/>`;
      return html`${wire}${tile}`;
    }),
  );
}
