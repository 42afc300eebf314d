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
import { keptFor } from "../kept-for.ts";

const derivatives = keptFor<Formula | null>();

/**
 * `∂of/∂by` of any quantity of a system by any other, by the chain rule along every way between them, as a formula in quantities of
 * the system; 0 where the one does not depend on the other. Names are as answers type them. Null where the system has no such
 * quantity.
 *
 * @throws OverBudget where it is too long.
 */
export function systemDerivative(system: EquationSystem, of: string, by: string): Formula | null {
  return derivatives(system, `${of} ${by}`, () => {
    const own = [...Object.keys(system.given), ...Object.keys(system.parameters)].map(typedName);
    const names = [...own, ...system.equations.map(({ name }) => typedName(name))];
    if (!names.includes(of) || !names.includes(by)) return null;
    if (of === by) return number(1);
    let whole: Formula = symbol(of);
    // In the order of computation: from the last to the first each is replaced once; by itself stays.
    for (const { name, formula } of system.equations.toReversed()) {
      if (typedName(name) !== by) whole = substitute(whole, new Map([[typedName(name), withTypedNames(formula)]]));
    }
    return differentiate(whole, by);
  });
}

/** `w1` of an equation file is the `w_1` of an answer. */
export function typedName(name: string): string {
  return name.replace(/^(\p{L}+)([0-9]+)$/u, "$1_$2");
}

/** A formula of a system in the names that answers are typed with. */
export function withTypedNames(formula: Formula): Formula {
  return rewriteFormula(formula, (part) => (part.kind === "symbol" ? symbol(typedName(toText(part))) : part));
}
