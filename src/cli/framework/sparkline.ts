import { rangeOf } from "../../page/scale.ts";

const BLOCKS = "▁▂▃▄▅▆▇█";
/** From little ink to much, for terminals without the blocks. */
const ASCII = "_.-=+*#@";

/**
 * Numbers as a line of small bars, the least lowest. More numbers than `width` are averaged in groups; those that are
 * not finite are spaces.
 *
 * @param range what lowest and highest bar stand for, when several lines are to be compared.
 */
export function sparkline(
  values: readonly number[],
  options: { readonly width: number; readonly isUnicode: boolean; readonly range?: readonly [number, number] },
): string {
  const bars = options.isUnicode ? BLOCKS : ASCII;
  const shown = grouped(values, options.width);
  const [least, most] = options.range ?? rangeOf(shown);
  return shown
    .map((value) => {
      if (!Number.isFinite(value)) return " ";
      const part = most > least ? (value - least) / (most - least) : 0.5;
      return bars[Math.max(0, Math.min(bars.length - 1, Math.round(part * (bars.length - 1))))] ?? " ";
    })
    .join("");
}

/** At most `width` numbers: means of neighbors. */
export function grouped(values: readonly number[], width: number): readonly number[] {
  if (values.length <= width) return values;
  return Array.from({ length: width }, (_, i) => {
    const group = values.slice(Math.floor((i * values.length) / width), Math.floor(((i + 1) * values.length) / width));
    return group.reduce((sum, value) => sum + value, 0) / group.length;
  });
}
