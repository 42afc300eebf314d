import { symbol } from "../../formula/index.ts";
import type { Extent, Instruction, MapInstruction, MultiplyInstruction, Plan } from "../../plan/instruction.ts";

/** A plan in pieces: runs of instructions for the WebAssembly machine, and the matrix products between them. */
export type Part =
  | { readonly kind: "plan"; readonly plan: Plan }
  | {
      readonly kind: "product";
      readonly product: MultiplyInstruction;
      /** True when the output already holds what is to be added: the bias, or what an update starts from. */
      readonly addsToOutput: boolean;
    };

/**
 * Multiply-adds from which a product goes to the BLAS. A call costs 0.4 µs there, against a few ns in WebAssembly: with
 * OpenBLAS on an AVX2 EPYC the two are level between 8,000 and 14,000 (`backpass engines` measures it).
 */
export const CUT_OVER = 10_000;

/**
 * Cuts a plan at the products that go to the BLAS. Their bias is written to the output by a map in the part before, to be
 * added to. A plan without such a product is one part, itself.
 *
 * @param cutOver multiply-adds from which a product goes, counted at full extents
 */
export function cutPlan(plan: Plan, cutOver: number = CUT_OVER): readonly Part[] {
  const parts: Part[] = [];
  let instructions: Instruction[] = [];
  const close = (): void => {
    if (instructions.length > 0) parts.push({ kind: "plan", plan: { ...plan, instructions } });
    instructions = [];
  };
  for (const instruction of plan.instructions) {
    if (instruction.kind !== "multiply" || !isForBlas(instruction, cutOver)) {
      instructions.push(instruction);
      continue;
    }
    const addend = addendOf(instruction);
    if (addend !== null) instructions.push(addend);
    close();
    const addsToOutput = instruction.bias !== null || instruction.update !== undefined;
    parts.push({ kind: "product", product: instruction, addsToOutput });
  }
  close();
  return parts.length === 0 ? [{ kind: "plan", plan }] : parts;
}

/**
 * Products with a vector stay: they read every number of a matrix once, memory decides, and the general product of a BLAS
 * was 1.2 to 1.8 times slower there. A batch of products stays when it has something to add: that would take a map in loops.
 */
function isForBlas({ rows, columns, depth, batch, bias }: MultiplyInstruction, cutOver: number): boolean {
  if (batch !== undefined && bias !== null) return false;
  const sizes = [rows, columns, depth].map(({ size }: Extent) => size);
  return Math.min(...sizes) > 1 && sizes.reduce((product, size) => product * size) >= cutOver;
}

/** Writes what is to be added to the output, if it does not lie there already. */
function addendOf({ rows, output, bias, update }: MultiplyInstruction): MapInstruction | null {
  const fill = (offset: number, pattern: "row" | "full"): MapInstruction => ({
    kind: "map",
    rows,
    width: output.stride,
    operands: [{ symbol: "b", offset, pattern }],
    equations: [{ symbol: "z", formula: symbol("b"), offset: output.offset }],
  });
  if (bias !== null) return fill(bias, "row");
  return update === undefined || update.from.offset === output.offset ? null : fill(update.from.offset, "full");
}
