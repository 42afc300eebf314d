import { type EquationSystem } from "../../explain/index.ts";
import {
  differentiate,
  type Formula,
  number,
  rewriteFormula,
  substitute,
  symbol,
  toText,
} from "../../formula/index.ts";
import { oncePerName } from "../once.ts";

/** `∂of/∂by` as a formula, by names as answers type them; null where the system has no such quantity. @throws OverBudget */
export type SystemDerivatives = (of: string, by: string) => Formula | null;

/**
 * `∂of/∂by` of any quantity of a system by any other, by the chain rule along every way between them, as a formula in quantities of
 * the system; 0 where the one does not depend on the other. Each is worked out once. OverBudget is thrown where one is too long.
 */
export function systemDerivatives(system: EquationSystem): SystemDerivatives {
  const own = [...Object.keys(system.given), ...Object.keys(system.parameters)].map(typedName);
  const names = new Set([...own, ...system.equations.map(({ name }) => typedName(name))]);
  const derivativesBy = oncePerName((by) => oncePerName((of) => derivativeIn(system, of, by)));
  return (of, by) => (names.has(of) && names.has(by) ? derivativesBy(by)(of) : null);
}

function derivativeIn(system: EquationSystem, of: string, by: string): Formula {
  if (of === by) return number(1);
  let whole: Formula = symbol(of);
  // In the order of computation: from the last to the first each is replaced once; by itself stays.
  for (const { name, formula } of system.equations.toReversed()) {
    if (typedName(name) !== by) whole = substitute(whole, new Map([[typedName(name), withTypedNames(formula)]]));
  }
  return differentiate(whole, by);
}

/** `w1` of an equation file is the `w_1` of an answer. */
export function typedName(name: string): string {
  return name.replace(/^(\p{L}+)([0-9]+)$/u, "$1_$2");
}

/** A formula of a system in the names that answers are typed with. */
export function withTypedNames(formula: Formula): Formula {
  return rewriteFormula(formula, (part) => (part.kind === "symbol" ? symbol(typedName(toText(part))) : part));
}
