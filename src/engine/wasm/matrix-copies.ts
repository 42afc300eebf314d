import type { Matrix } from "../../plan/instruction.ts";
import type { Values } from "../engine.ts";

/** So few numbers are copied faster one by one than by a view of them. */
const FEW = 32;

/** Copies rows that lie in `values` without gaps from `first` on to a matrix of a memory: see `Machine.write`. */
export function writeMatrix(
  floats: Float32Array,
  { offset, stride }: Matrix,
  values: ArrayLike<number>,
  first: number,
  rows: number,
  columns: number,
): void {
  // What a small network is fed is copied here, in a loop that the compiler puts where it is called.
  if (rows === 1 && columns <= FEW) {
    for (let i = 0; i < columns; i++) floats[offset + i] = values[first + i]!;
    return;
  }
  if (columns === stride || rows === 1) {
    copy(values, first, floats, offset, rows * columns);
    return;
  }
  for (let i = 0; i < rows; i++) copy(values, first + i * columns, floats, offset + i * stride, columns);
}

/** Copies rows of a matrix of a memory to `values`, without gaps, from `first` on: see `Machine.read`. */
export function readMatrix(
  floats: Float32Array,
  { offset, stride }: Matrix,
  values: Values,
  first: number,
  rows: number,
  columns: number,
): void {
  if (rows === 1 && columns <= FEW) {
    for (let i = 0; i < columns; i++) values[first + i] = floats[offset + i]!;
    return;
  }
  if (columns === stride || rows === 1) {
    copy(floats, offset, values, first, rows * columns);
    return;
  }
  for (let i = 0; i < rows; i++) copy(floats, offset + i * stride, values, first + i * columns, columns);
}

function copy(from: ArrayLike<number>, start: number, to: Values, at: number, count: number): void {
  if (count > FEW && isTyped(from)) {
    to.set(start === 0 && count === from.length ? from : from.subarray(start, start + count), at);
    return;
  }
  for (let i = 0; i < count; i++) to[at + i] = from[start + i]!;
}

function isTyped(values: ArrayLike<number>): values is Values {
  return values instanceof Float32Array || values instanceof Float64Array;
}
