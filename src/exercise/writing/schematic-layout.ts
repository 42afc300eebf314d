/** Sizes of a schematic drawing, in the units of its SVG. */
export const RADIUS = 25;
const PITCH = 74;
const LANE = 170;
const MARGIN = 48;
const TOP = 96;

/** A place in a drawing, from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the neurons of a fully connected network stand: layers as columns, n_0 first. */
export interface SchematicLayout {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly (readonly Point[])[];
  /** The number of the last layer, L. */
  readonly last: number;
  /** The layer to which the connection leads whose parts are named: the second, where there is one. */
  readonly named: number;
}

/** @param widths `[L + 1]`, n_0 … n_L. */
export function layOutSchematic(widths: readonly number[]): SchematicLayout {
  const tallest = Math.max(...widths);
  const last = widths.length - 1;
  return {
    width: 2 * MARGIN + 2 * RADIUS + last * LANE,
    height: TOP + tallest * PITCH + 24,
    layers: widths.map((count, layer) =>
      Array.from({ length: count }, (_, j): Point => ({
        x: MARGIN + RADIUS + layer * LANE,
        y: TOP + ((tallest - count) / 2 + j + 0.5) * PITCH,
      })),
    ),
    last,
    named: Math.min(2, last),
  };
}

/** What a layer is in the network, and its letter where parts are named: `input`, `= l`. */
export function layerRole(layer: number, { last }: SchematicLayout, named: number | null): string {
  const role = layer === 0 ? "input" : layer === last ? "output" : "";
  if (named === null) return role;
  const letters: Readonly<Record<number, string>> = {
    ...(named > 1 ? { [named - 1]: "l − 1" } : {}),
    [named]: "l",
    [last]: "L",
  };
  const letter = letters[layer];
  return [role, letter === undefined ? "" : `= ${letter}`].filter((each) => each !== "").join(" ");
}
