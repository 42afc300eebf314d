import { ShapeError } from "../errors.ts";
import type { Axis, InputNode, VariableNode } from "./node.ts";

/** How many positions each variable axis has in a run; an axis not mentioned has its full size. */
export type Extents = ReadonlyMap<Axis, number>;

/** Positions of `axis` in use. */
export function extentOf(axis: Axis, extents: Extents): number {
  return axis.isVariable ? (extents.get(axis) ?? axis.size) : axis.size;
}

/** Number of elements of a tensor with these axes. */
export function elementCount(axes: readonly Axis[], extents: Extents): number {
  return axes.reduce((product, axis) => product * extentOf(axis, extents), 1);
}

/** @throws ShapeError when an extent is not a whole number from 1 to the size of its axis. */
export function checkExtents(extents: Extents): void {
  for (const [axis, extent] of extents) {
    if (axis.isVariable && Number.isInteger(extent) && extent >= 1 && extent <= axis.size) continue;
    throw new ShapeError({
      where: "run",
      expected: `1 to ${axis.size} positions along "${axis.name}"${axis.isVariable ? "" : ", which is fixed"}`,
      got: `${extent}`,
      advice: "Prepare a program with a larger axis, or pass fewer rows.",
    });
  }
}

/** @throws ShapeError when `values` has not one number for every element of `node`. */
export function checkLength(node: InputNode | VariableNode, length: number, extents: Extents): void {
  const expected = elementCount(node.axes, extents);
  if (length === expected) return;
  const shape = node.axes.map((axis) => `${axis.name} ${extentOf(axis, extents)}`).join(" × ") || "a scalar";
  throw new ShapeError({
    where: `${node.kind} "${node.name}"`,
    expected: `${expected} numbers (${shape})`,
    got: `${length}`,
    advice: "Pass them row-major.",
  });
}
