import { FormulaError } from "../../errors.ts";
import { toText } from "../print-text.ts";
import type { Application, Derivative, Formula, Summation, SymbolFormula } from "../tree.ts";

/** A quantity with its scripts: `w_jk^(l+1)`. */
export function scripted(name: string, indices: readonly Formula[], layer: Formula | null): SymbolFormula {
  return { kind: "symbol", name, indices, layer };
}

/** `Σ_index body`, from `from` to `to` or over the whole layer. */
export function summation(
  index: string,
  body: Formula,
  limits: { readonly from: Formula | null; readonly to: Formula | null } = { from: null, to: null },
): Summation {
  return { kind: "sum", index, from: limits.from, to: limits.to, body };
}

/** `name(argument)`, with as many primes. */
export function application(name: string, argument: Formula, primes = 0): Application {
  return { kind: "application", name, primes, argument };
}

/** `∂of/∂by` */
export function derivative(of: SymbolFormula, by: SymbolFormula): Derivative {
  return { kind: "derivative", of, by };
}

/**
 * The error of whoever is to compute what stands for a network's quantities: a sum over neurons, a function without a
 * formula, a derivative by its name.
 */
export function notWrittenOut(formula: Summation | Application | Derivative): FormulaError {
  const text = toText(formula);
  return new FormulaError(
    {
      where: "formula",
      expected: "numbers, symbols and functions to compute with",
      got: text,
      advice: "Write it out for a network first.",
    },
    text,
    { start: 0, end: text.length },
  );
}
