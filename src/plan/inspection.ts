import type { CompiledPlan } from "./compiled-plan.ts";
import type { Plan } from "./instruction.ts";

/** Sees every plan that is made, and throws when something is wrong with it. */
export interface PlanInspector {
  readonly compiled: (plan: CompiledPlan) => void;
  /** @param parts one plan for each thread */
  readonly divided: (plan: Plan, parts: readonly Plan[]) => void;
}

let inspector: PlanInspector | null = null;

/** Has all plans inspected from here on; null: none. The verifier is given here in tests and for `--debug`, as it takes time. */
export function inspectPlans(next: PlanInspector | null): void {
  inspector = next;
}

/** To be called with every compiled plan. */
export function inspectCompiled(plan: CompiledPlan): void {
  inspector?.compiled(plan);
}

/** To be called with every plan that has been divided among threads. */
export function inspectDivided(plan: Plan, parts: readonly Plan[]): void {
  inspector?.divided(plan, parts);
}
