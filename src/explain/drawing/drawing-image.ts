import { html, type Html } from "../../page/index.ts";
import { largestMagnitude, shareOf } from "./drawing-text.ts";

/** Steps from nothing to full color: more are not told apart in a picture of this size. */
const LEVELS = 12;

/** Numbers as a picture: where it stands, how large, and how it is colored. */
export interface PixelImage {
  /** Left, top and width in the drawing; the height follows. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** "ink": from the least to the largest; "signed": by sign and magnitude, nothing for 0. */
  readonly color: "ink" | "signed";
}

/** Pixels as SVG: a path for each color that occurs, so that 784 of them stay a few kilobytes. */
export function pixelImage({ x, y, size, rows, columns, values, color }: PixelImage): Html {
  const all = Array.from(values);
  const largest = largestMagnitude(all);
  const least = Math.min(...all);
  const range = Math.max(...all) - least || 1;
  const paths = new Map<string, string>();
  for (const [i, value] of all.entries()) {
    const share = color === "ink" ? (value - least) / range : shareOf(value, largest);
    const level = Math.round(LEVELS * share);
    if (level === 0 || !Number.isFinite(level)) continue;
    const key = `${color === "ink" ? "" : value > 0 ? " plus" : " minus"}|${level}`;
    const place = `M${i % columns} ${Math.floor(i / columns)}h1v1h-1z`;
    paths.set(key, (paths.get(key) ?? "") + place);
  }
  const scale = size / columns;
  const height = rows * scale;
  const layers = [...paths].map(([key, path]) => {
    const [kind = "", level = "1"] = key.split("|");
    return html`<path class="pixels${kind}" fill-opacity="${Math.round((100 * Number(level)) / LEVELS) / 100}" d="${path}"/>`;
  });
  return html`<rect class="card" x="${x - 1}" y="${y - 1}" width="${size + 2}" height="${height + 2}"/>
<g transform="translate(${x} ${y}) scale(${Math.round(scale * 1e4) / 1e4})">${layers}</g>`;
}
