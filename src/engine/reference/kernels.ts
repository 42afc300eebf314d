import { compileFormula } from "../../formula/index.ts";
import type { Axis, ContractNode, MapNode, RandomNode, ReduceNode } from "../../graph/node.ts";
import { uniform } from "../../random/philox.ts";
import { elementCount, extentOf, type Extents } from "../extents.ts";

/** A tensor: dense, row-major, of the extents of one run. */
export interface Tensor {
  readonly axes: readonly Axis[];
  readonly values: Float64Array;
}

/** Computes one node from its operands; what depends on shapes alone was worked out before. */
export type Kernel = () => void;

/** `c_ij = Σ_k a_ik b_kj`, for any axes i, j, k. Terms are added in row-major order of k. */
export function contractKernel(
  node: ContractNode,
  output: Tensor,
  left: Tensor,
  right: Tensor,
  extents: Extents,
): Kernel {
  const summed = left.axes.filter((axis) => !node.axes.includes(axis));
  const leftStarts = positions(node.axes, strides(left.axes, extents), extents);
  const rightStarts = positions(node.axes, strides(right.axes, extents), extents);
  const leftTerms = positions(summed, strides(left.axes, extents), extents);
  const rightTerms = positions(summed, strides(right.axes, extents), extents);
  return () => {
    for (let i = 0; i < output.values.length; i++) {
      let sum = 0;
      for (let k = 0; k < leftTerms.length; k++) {
        sum += left.values[leftStarts[i]! + leftTerms[k]!]! * right.values[rightStarts[i]! + rightTerms[k]!]!;
      }
      output.values[i] = sum;
    }
  };
}

/** `y_i = f(u_i, v_i, …)` */
export function mapKernel(
  node: MapNode,
  output: Tensor,
  operands: Readonly<Record<string, Tensor>>,
  extents: Extents,
): Kernel {
  const names = Object.keys(node.operands);
  const evaluate = compileFormula(node.formula, names);
  const columns = names.map((name) => {
    const operand = operands[name]!;
    return { values: operand.values, at: positions(node.axes, strides(operand.axes, extents), extents) };
  });
  const point = new Float64Array(names.length);
  return () => {
    for (let i = 0; i < output.values.length; i++) {
      for (let n = 0; n < columns.length; n++) point[n] = columns[n]!.values[columns[n]!.at[i]!]!;
      output.values[i] = evaluate(point);
    }
  };
}

/** Sum, mean or maximum, taken in row-major order; a NaN makes the maximum NaN. */
export function reduceKernel(node: ReduceNode, output: Tensor, operand: Tensor, extents: Extents): Kernel {
  const reduced = operand.axes.filter((axis) => !node.axes.includes(axis));
  const starts = positions(node.axes, strides(operand.axes, extents), extents);
  const terms = positions(reduced, strides(operand.axes, extents), extents);
  const isMax = node.reduction === "max";
  const divisor = node.reduction === "mean" ? terms.length : 1;
  return () => {
    for (let i = 0; i < output.values.length; i++) {
      let result = isMax ? -Infinity : 0;
      for (let k = 0; k < terms.length; k++) {
        const term = operand.values[starts[i]! + terms[k]!]!;
        result = isMax ? Math.max(result, term) : result + term;
      }
      output.values[i] = result / divisor;
    }
  };
}

/** Uniform numbers; positions count with full sizes, so that a smaller batch draws the same numbers for its rows. */
export function randomKernel(node: RandomNode, output: Tensor, extents: Extents): (seed: number, step: number) => void {
  const at = positions(node.axes, strides(node.axes, new Map()), extents);
  return (seed, step) => {
    for (let i = 0; i < output.values.length; i++) output.values[i] = uniform(seed, node.stream, step, at[i]!);
  };
}

/** Distance, in elements, between neighbors along each axis of a dense row-major tensor. */
function strides(axes: readonly Axis[], extents: Extents): ReadonlyMap<Axis, number> {
  const found = new Map<Axis, number>();
  let stride = 1;
  for (const axis of axes.toReversed()) {
    found.set(axis, stride);
    stride *= extentOf(axis, extents);
  }
  return found;
}

/** For every position of `space`, row-major, where its element lies in a tensor with these strides (0 along other axes). */
function positions(space: readonly Axis[], strideOf: ReadonlyMap<Axis, number>, extents: Extents): Int32Array {
  const found = new Int32Array(elementCount(space, extents));
  let repeat = found.length;
  for (const axis of space) {
    const extent = extentOf(axis, extents);
    const stride = strideOf.get(axis) ?? 0;
    repeat /= extent;
    for (let i = 0; i < found.length; i++) found[i]! += (Math.floor(i / repeat) % extent) * stride;
  }
  return found;
}
