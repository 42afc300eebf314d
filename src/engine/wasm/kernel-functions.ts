import type { ImportedFunction } from "./assembler.ts";

const elementary = ["exp", "expm1", "log", "log1p", "sin", "cos", "tanh", "sigmoid", "erf", "sign"] as const;
const instructions = [
  "multiply",
  "multiplyRightTransposed",
  "reduceRows",
  "reduceColumns",
  "reduceBoth",
  "transpose",
] as const;

/** A function of the kernels that carries out the instruction at an address. */
export type InstructionFunction = (typeof instructions)[number];

/** What generated functions may call: `kernels/index.ts` exports them. */
export const kernelFunctions: readonly ImportedFunction[] = [
  ...elementary.map((name) => ({ name, type: "unary" }) as const),
  { name: "power", type: "binary" },
  ...instructions.map((name) => ({ name, type: "instruction" }) as const),
];
