import { namedFunction } from "../../explain/index.ts";
import {
  type DefinedFunction,
  differentiate,
  type Formula,
  simplify,
  stabilize,
  substitute,
  symbol,
} from "../../formula/index.ts";
import { apart } from "../../formula/budget.ts";
import { once, oncePerName } from "../once.ts";
import { sheetOperations } from "../operations.ts";

/** The functions that the formulas of a sheet may name: those that it defines, activations, and those of the formula language. */
export interface FunctionTable {
  /** Those that the sheet defines. */
  readonly defined: ReadonlyMap<string, DefinedFunction>;
  /**
   * The formula, in `z`, of a function with so many primes, worked out once. Null when there is none of that name, or it takes more than
   * one argument.
   *
   * @throws OverBudget when that derivative is too long.
   */
  readonly formula: (name: string, primes: number) => Formula | null;
}

/** What a function is called with in the formulas of a table. */
const ARGUMENT = "z";

/** A table of the functions that a sheet defines and of those that have a formula without it. */
export function functionTable(defined: ReadonlyMap<string, DefinedFunction>): FunctionTable {
  const known = new Map<string, () => Formula>();
  const plainFormula = (name: string): Formula | null => {
    const own = defined.get(name);
    if (own === undefined) return namedFunction(name)?.formula ?? null;
    const [parameter, second] = own.parameters;
    if (parameter === undefined || second !== undefined) return null;
    return substitute(own.body, new Map([[parameter, symbol(ARGUMENT)]]));
  };
  return {
    defined,
    formula: (name, primes) => {
      const key = `${name} ${primes}`;
      const before = known.get(key);
      if (before !== undefined) return before();
      const plain = apart(sheetOperations, () => plainFormula(name));
      // Only what is there is kept: of other names any number may be typed.
      if (plain === null) return null;
      const formula = once(() => differentiated(plain, primes));
      known.set(key, formula);
      return formula();
    },
  };
}

/** Derivatives of activations, which go with the activation's formula. */
const derivatives = new WeakMap<Formula, (primes: string) => Formula>();

/**
 * The derivative, in `z`, of an activation that is known by its name, or of one that a network's file defines; each is worked out once.
 *
 * @throws OverBudget when it is too long.
 */
export function derivativeOfActivation(
  { name, formula }: { readonly name: string; readonly formula: Formula },
  primes: number,
): Formula {
  const plain = (): Formula => namedFunction(name)?.formula ?? formula;
  const known = derivatives.get(formula) ?? oncePerName((text) => differentiated(plain(), Number(text)));
  derivatives.set(formula, known);
  return known(`${primes}`);
}

function differentiated(formula: Formula, primes: number): Formula {
  let result = primes === 0 ? formula : simplify(stabilize(formula));
  for (let i = 0; i < primes; i += 1) result = simplify(differentiate(result, ARGUMENT));
  return result;
}
