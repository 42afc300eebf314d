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
import { oncePerName } from "../once.ts";

/** What a function is called with in the formulas of `functionFormula`. */
const ARGUMENT = "z";

const byName = new Map<string, { readonly formula: Formula } | null>();

/**
 * The formula, in `z`, of a function with `primes` primes: one that the sheet defines, else an activation or a function of
 * formulas by its name. Null when there is none of that name, or it takes more than one argument.
 *
 * @throws OverBudget when that derivative is too long.
 */
export function functionFormula(
  name: string,
  primes: number,
  defined: ReadonlyMap<string, DefinedFunction>,
): Formula | null {
  const own = defined.get(name);
  if (own !== undefined) {
    const [parameter, second] = own.parameters;
    if (parameter === undefined || second !== undefined) return null;
    const formulas =
      ownFormulas.get(own) ??
      oncePerName((text) =>
        differentiated(substitute(own.body, new Map([[parameter, symbol(ARGUMENT)]])), Number(text)),
      );
    ownFormulas.set(own, formulas);
    return formulas(`${primes}`);
  }
  const found = byName.get(name) ?? namedFunction(name);
  byName.set(name, found);
  return found === null ? null : derivativeOf(found.formula, primes);
}

type ByPrimes = (primes: string) => Formula;
const ownFormulas = new WeakMap<DefinedFunction, ByPrimes>();
const derivatives = new WeakMap<Formula, ByPrimes>();

/** The derivative of a formula in `z` that is always the same object, with so many primes; kept. @throws OverBudget */
export function derivativeOf(formula: Formula, primes: number): Formula {
  const known = derivatives.get(formula) ?? oncePerName((text) => differentiated(formula, Number(text)));
  derivatives.set(formula, known);
  return known(`${primes}`);
}

function differentiated(formula: Formula, primes: number): Formula {
  let result = primes === 0 ? formula : simplify(stabilize(formula));
  for (let i = 0; i < primes; i += 1) result = simplify(differentiate(result, ARGUMENT));
  return result;
}
