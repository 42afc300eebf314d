import { OptionError } from "../errors.ts";
import type { Axis } from "../graph/node.ts";

/** Tensors start on multiples of this many floats: 64 bytes, a cache line. */
const ALIGNMENT = 16;

/** Floats in a SIMD vector: strides are multiples, so that whole vectors never straddle rows. */
const LANES = 4;

/** Width in memory of a row of `width` floats: whole SIMD vectors, and whole cache lines once a row is longer than one. */
export function strideFor(width: number): number {
  return roundUp(width, width > ALIGNMENT ? ALIGNMENT : LANES);
}

/** A tensor of at most two axes as rows and columns: a vector is one row, a scalar one row of one. */
export function rowsAndColumns(axes: readonly Axis[]): { readonly rows: Axis | null; readonly columns: Axis | null } {
  if (axes.length > 2) {
    throw new OptionError({
      where: "wasm",
      expected: "tensors of at most two axes",
      got: axes.map(({ name }) => name).join(" × "),
      advice: 'Run this program on the "reference" engine.',
    });
  }
  return { rows: axes.length === 2 ? axes[0]! : null, columns: axes.at(-1) ?? null };
}

/** Stride of a tensor's rows, in floats. */
export function strideOf(axes: readonly Axis[]): number {
  return strideFor(rowsAndColumns(axes).columns?.size ?? 1);
}

/** Floats a tensor takes in memory. */
export function floatsOf(axes: readonly Axis[]): number {
  return roundUp((rowsAndColumns(axes).rows?.size ?? 1) * strideOf(axes), ALIGNMENT);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
