import type { Network } from "../../network/index.ts";
import type { DrawingView, NetworkDrawing } from "./drawing.ts";

/** A layer of more neurons is folded: so many are shown. */
const MOST_SHOWN = 10;
const SHOWN_OF_FOLDED = 8;

/** In a network of layers no wider than this neurons are circles; in others, rows of a table. */
const MOST_CIRCLES = 4;

/** Sizes in the drawing's own units, pixels at 100 %. */
export const sizes = {
  radius: 36,
  circlePitch: 118,
  rowHeight: 26,
  rowPitch: 34,
  /** Of a row: the neuron's number, then its values. */
  numberWidth: 34,
  valueWidth: 76,
  image: 168,
  tile: 32,
  tilePitch: 42,
  margin: 32,
  top: 160,
} as const;

/** A neuron that is shown. */
export interface PlacedNeuron {
  /** From 0. */
  readonly index: number;
  readonly y: number;
}

/** A layer as a column; layer 0 is the input. */
export interface Column {
  readonly layer: number;
  readonly width: number;
  readonly kind: "circles" | "rows" | "image";
  readonly neurons: readonly PlacedNeuron[];
  /** How many there are beside those. */
  readonly folded: number;
  /** Left and right end of its neurons. */
  readonly left: number;
  readonly right: number;
  /** Below its last neuron. */
  readonly bottom: number;
  /** True where each neuron has its weights beside it as an image. */
  readonly hasTiles: boolean;
}

/** Where everything stands. */
export interface Layout {
  readonly columns: readonly Column[];
  readonly isSmall: boolean;
  /** Of the columns, without what stands right of the outputs. */
  readonly right: number;
  readonly middle: number;
  readonly bottom: number;
}

/** Places the columns of a drawing from left to right, each centered on the same height. */
export function layoutOf(drawing: NetworkDrawing): Layout {
  const { net, image, inputNames } = drawing;
  const widths = [net.inputs, ...net.layers.map(({ units }) => units)];
  const isSmall = image === null && widths.every((width) => width <= MOST_CIRCLES);
  const chosen = widths.map((_, layer) => shownNeurons(drawing, layer));
  const pitchOf = (layer: number): number => {
    if (isSmall) return sizes.circlePitch;
    return layer === 1 && image !== null ? sizes.tilePitch : sizes.rowPitch;
  };
  const heights = chosen.map((neurons, layer) => {
    if (layer === 0 && image !== null) return (sizes.image * image.rows) / image.columns;
    const isFolded = neurons.length < (widths[layer] ?? 0);
    return (neurons.length + (isFolded && !isSmall ? 0.8 : 0)) * pitchOf(layer);
  });
  const tallest = Math.max(...heights);
  const middle = sizes.top + tallest / 2;
  const nameWidth = Math.max(0, ...(image === null ? inputNames : []).map((name) => 6.6 * Math.min(name.length, 22)));
  let x = sizes.margin + (isSmall || nameWidth > 0 ? nameWidth + 12 : 0);
  const columns = widths.map((width, layer): Column => {
    const isImage = layer === 0 && image !== null;
    const hasTiles = layer === 1 && image !== null;
    const kind = isImage ? "image" : isSmall ? "circles" : "rows";
    const neurons = chosen[layer] ?? [];
    const pitch = pitchOf(layer);
    const start = middle - (heights[layer] ?? 0) / 2;
    if (hasTiles) x += sizes.tile + 10;
    const left = x;
    const valuesInRow = layer === 0 ? 1 : 2;
    const size = isImage
      ? sizes.image
      : isSmall
        ? 2 * sizes.radius
        : sizes.numberWidth + valuesInRow * sizes.valueWidth;
    x += size + laneAfter(net, layer, isSmall);
    return {
      layer,
      width,
      kind,
      neurons: isImage ? [] : neurons.map((index, i) => ({ index, y: start + (i + 0.5) * pitch })),
      folded: isImage ? 0 : width - neurons.length,
      left,
      right: left + size,
      bottom: isImage ? start + (heights[layer] ?? 0) : start + neurons.length * pitch,
      hasTiles,
    };
  });
  return { columns, isSmall, right: columns.at(-1)?.right ?? x, middle, bottom: sizes.top + tallest };
}

/** Room for the lines after a layer: more where many meet. */
function laneAfter(net: Network, layer: number, isSmall: boolean): number {
  if (layer === net.layers.length) return 0;
  return isSmall ? 168 : 150;
}

/** Numbers, from 0, of the neurons of a layer that are shown, in order: all, or those with the largest values. */
function shownNeurons({ net, values, targets, view, opened }: NetworkDrawing, layer: number): readonly number[] {
  const { a, delta } = values(layer);
  const all = Array.from(a.keys());
  if (all.length <= MOST_SHOWN) return all;
  const size = weighing(view, a, delta);
  const isOutput = layer === net.layers.length;
  // The neuron that is opened is always seen, and so is the output that should be largest.
  const must = new Set<number>();
  if (opened?.layer === layer) must.add(opened.neuron - 1);
  if (isOutput) must.add(targets.indexOf(Math.max(...targets)));
  const rank = (j: number): number => (must.has(j) ? Number.POSITIVE_INFINITY : size(j));
  const largest = all.sort((i, j) => (rank(i) === rank(j) ? i - j : rank(j) - rank(i))).slice(0, SHOWN_OF_FOLDED);
  return largest.sort((i, j) => i - j);
}

function weighing(view: DrawingView, a: readonly number[], delta: readonly number[] | null): (j: number) => number {
  const by = view === "backward" && delta !== null ? delta : a;
  return (j) => Math.abs(by[j] ?? 0);
}
