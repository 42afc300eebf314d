import { internalError } from "../errors.ts";
import type { CompiledPlan } from "./compiled-plan.ts";
import type { PlanInspector } from "./inspection.ts";
import type { Instruction, Plan } from "./instruction.ts";
import { verifyInstruction } from "./verify-instruction.ts";
import { type Report, verifyMemory } from "./verify-memory.ts";
import { verifyThreads } from "./verify-threads.ts";

/**
 * Verifies plans: that every instruction keeps what `instruction.ts` asks of it, touches only memory that the plan has,
 * reads only what was written before and has not been written over since; and that threads do not meet in memory between
 * two barriers. It takes time in proportion to the numbers that the plan touches, so it is on in tests and for `--debug`.
 */
export const planVerifier: PlanInspector = { compiled: verifyPlan, divided: verifyDivision };

/** @throws BackpassError (internal) that names the first instruction in which something is wrong. */
export function verifyPlan(plan: CompiledPlan): void {
  const report: Report = (position, what) => {
    throw internalError(`plan: ${nameOf(plan, position)}: ${what}`);
  };
  plan.instructions.forEach((instruction, position) =>
    verifyInstruction(instruction, plan.variableAxes, (what) => report(position, what)),
  );
  verifyMemory(plan, report);
}

/** @throws BackpassError (internal) that names the first instruction in which something is wrong. */
export function verifyDivision(plan: Plan, parts: readonly Plan[]): void {
  verifyThreads(plan, parts, (thread, position, what) => {
    const instruction = parts[thread]?.instructions[position];
    throw internalError(`plan: thread ${thread}, instruction ${position} (${instruction?.kind ?? "the end"}): ${what}`);
  });
}

function nameOf({ instructions, names }: CompiledPlan, position: number): string {
  const instruction: Instruction | undefined = instructions[position];
  if (instruction === undefined) return "the end";
  const computed = names.get(instruction) ?? [];
  return `instruction ${position} (${[instruction.kind, ...computed].join(" ")})`;
}
