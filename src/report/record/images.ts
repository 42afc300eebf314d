import type { Preprocessing } from "../../data/index.ts";

/** An image, row by row from the top left, 0 (paper) … 1 (ink). */
export interface Image {
  readonly width: number;
  readonly pixels: readonly number[];
}

/** The smallest image: below 8 × 8, columns that happen to be a square number are more likely measurements. */
const FEWEST_PIXELS = 64;

/**
 * The inputs of an example as an image, where they are one: those of IDX files, and tables whose columns but the target
 * are pixels by name, one numbered name (x1 … x64, pixel0 … pixel783), a square number of them. Null for others.
 *
 * @param row as the network sees it.
 */
export function imageOf(
  row: ArrayLike<number>,
  { preprocessing }: { readonly preprocessing: Preprocessing | null },
): Image | null {
  if (preprocessing === null) {
    const width = squareRoot(row.length);
    return width === null ? null : { width, pixels: Array.from(row, rounded) };
  }
  const { inputs, dropped, target, isStandardized } = preprocessing;
  const positions = [...inputs, ...dropped].filter(({ position }) => position !== target.position);
  const width = squareRoot(positions.length);
  const isNumbered =
    positions.every(({ name }) => /^[a-z]*_?\d+$/i.test(name)) && areOneFamily(positions.map(({ name }) => name));
  if (width === null || !isNumbered || inputs.some(({ kind }) => kind !== "number")) return null;
  const values = new Map<number, number>();
  let at = 0;
  let largest = 0;
  for (const input of inputs) {
    if (input.kind !== "number") continue;
    const prepared = row[at] ?? 0;
    const value = isStandardized ? input.mean + input.deviation * prepared : prepared;
    values.set(input.position, value);
    largest = Math.max(largest, value);
    at += input.hasMissingIndicator ? 2 : 1;
  }
  // What is left out does not vary: paper, at the edge. Ink goes up to 1, or to 16 or 255, and a hair beyond by rounding.
  const scale = largest < 1.01 ? 1 : largest < 16.1 ? 16 : 255;
  const ordered = positions.toSorted((left, right) => left.position - right.position);
  return { width, pixels: ordered.map(({ position }) => rounded((values.get(position) ?? 0) / scale)) };
}

function squareRoot(count: number): number | null {
  const root = Math.round(Math.sqrt(count));
  return root * root === count && count >= FEWEST_PIXELS ? root : null;
}

function areOneFamily(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.replace(/\d+$/, ""))).size === 1;
}

/** To the 256 shades that a screen has. */
function rounded(value: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, value))) / 255;
}
