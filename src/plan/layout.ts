import type { Axis } from "../graph/node.ts";

/** Tensors start on multiples of this many floats: 64 bytes, a cache line. */
const ALIGNMENT = 16;

/** Floats in a SIMD vector: strides are multiples, so that whole vectors never straddle rows. */
const LANES = 4;

/** Width in memory of a row of `width` floats: whole SIMD vectors, and whole cache lines once a row is longer than one. */
export function strideFor(width: number): number {
  return roundUp(width, width > ALIGNMENT ? ALIGNMENT : LANES);
}

/** Stride of a tensor's rows, in floats: a row lies along the last axis; a scalar is one row of one. */
export function strideOf(axes: readonly Axis[]): number {
  return strideFor(axes.at(-1)?.size ?? 1);
}

/** Floats a tensor takes in memory. */
export function floatsOf(axes: readonly Axis[]): number {
  return roundUp(elementsOf(axes.slice(0, -1)) * strideOf(axes), ALIGNMENT);
}

/** Positions of some axes together. */
export function elementsOf(axes: readonly Axis[]): number {
  return axes.reduce((product, { size }) => product * size, 1);
}

/** Floats from one position to the next along each axis of a tensor. */
export type Steps = ReadonlyMap<Axis, number>;

/** 1 along the last axis, the stride of a row along the one before, and so on: row-major. */
export function stepsOf(axes: readonly Axis[]): Steps {
  const steps = new Map<Axis, number>();
  let step = strideOf(axes);
  for (let i = axes.length - 2; i >= 0; i--) {
    steps.set(axes[i]!, step);
    step *= axes[i]!.size;
  }
  const last = axes.at(-1);
  if (last !== undefined) steps.set(last, 1);
  return steps;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
