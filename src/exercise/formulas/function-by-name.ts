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

/** What a function is called with in the formulas of `functionFormula`. */
const ARGUMENT = "z";

const known = new Map<string, Formula | null>();

/**
 * The formula, in `z`, of a function with `primes` primes: one that the sheet defines, else an activation or a function of
 * formulas by its name. Null when there is none of that name, or it takes more than one argument.
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
    return differentiated(substitute(own.body, new Map([[parameter, symbol(ARGUMENT)]])), primes);
  }
  const key = `${name} ${primes}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = namedFunction(name);
  const formula = found === null ? null : differentiated(found.formula, primes);
  known.set(key, formula);
  return formula;
}

function differentiated(formula: Formula, primes: number): Formula {
  let result = primes === 0 ? formula : simplify(stabilize(formula));
  for (let i = 0; i < primes; i += 1) result = simplify(differentiate(result, ARGUMENT));
  return result;
}
