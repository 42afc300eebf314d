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
import { keptFor } from "../kept-for.ts";

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
    return derivativesOfOwn(own, `${primes}`, () =>
      differentiated(substitute(own.body, new Map([[parameter, symbol(ARGUMENT)]])), primes),
    );
  }
  const found = byName.get(name) ?? namedFunction(name);
  byName.set(name, found);
  return found === null ? null : derivativeOf(found.formula, primes);
}

const derivativesOfOwn = keptFor<Formula>();
const derivatives = keptFor<Formula>();

/** The derivative of a formula in `z` that is always the same object, with so many primes; kept. @throws OverBudget */
export function derivativeOf(formula: Formula, primes: number): Formula {
  return derivatives(formula, `${primes}`, () => differentiated(formula, primes));
}

function differentiated(formula: Formula, primes: number): Formula {
  let result = primes === 0 ? formula : simplify(stabilize(formula));
  for (let i = 0; i < primes; i += 1) result = simplify(differentiate(result, ARGUMENT));
  return result;
}
