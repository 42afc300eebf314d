import type { FunctionWriter, SimdOperation } from "./assembler.ts";
import { kernelFunctions } from "./kernel-functions.ts";
import type { ComputedValue, MapOperation, Value } from "./map-values.ts";

/** True for what calls a function of the kernels. */
export function isCalled(operation: MapOperation): boolean {
  return kernelFunctions.some(({ name }) => name === operation);
}

/** Operations that are one instruction on their arguments. */
const instructionOf: Readonly<Partial<Record<MapOperation, SimdOperation>>> = {
  abs: "abs",
  add: "add",
  divide: "div",
  max: "max",
  min: "min",
  multiply: "mul",
  negate: "neg",
  sqrt: "sqrt",
  subtract: "sub",
};

/** Comparisons; as numbers they are 0 or 1. */
const comparisonOf: Readonly<Partial<Record<MapOperation, SimdOperation>>> = {
  equal: "eq",
  less: "lt",
  lessEqual: "le",
  notEqual: "ne",
};

const selectionOf: Readonly<Partial<Record<MapOperation, SimdOperation>>> = {
  selectEqual: "eq",
  selectLess: "lt",
  selectLessEqual: "le",
};

/** Writes one operation, which leaves its result on the stack; `push` puts an argument on the stack. */
export function writeOperation(
  writer: FunctionWriter,
  { operation, arguments: parts }: ComputedValue,
  push: (part: Value) => void,
): void {
  const instruction = instructionOf[operation];
  const comparison = comparisonOf[operation];
  const selection = selectionOf[operation];
  const [a, b] = parts as readonly [Value, Value]; // as: of operations with one argument, b is not used
  if (instruction !== undefined) {
    parts.forEach(push);
    writer.simd(instruction);
  } else if (comparison !== undefined) {
    parts.forEach(push);
    writer.simd(comparison).vectorConstant(1).simd("and");
  } else if (selection !== undefined) {
    [...parts.slice(2), a, b].forEach(push);
    writer.simd(selection).simd("bitselect");
  } else if (operation === "select") {
    [...parts.slice(1), a].forEach(push);
    writer.vectorConstant(0).simd("ne").simd("bitselect");
  } else if (operation === "relu") {
    [a, a].forEach(push);
    writer.vectorConstant(0).simd("le").simd("andnot"); // NaN ≤ 0 is false: NaN stays
  } else {
    parts.forEach(push);
    writer.call(operation);
  }
}
