import type { Formula } from "./tree.ts";

/** The value of a number or of a negated number, else null. */
export function literalValue(formula: Formula): number | null {
  if (formula.kind === "number") return formula.value;
  if (formula.kind === "negate" && formula.operand.kind === "number") return -formula.operand.value;
  return null;
}
