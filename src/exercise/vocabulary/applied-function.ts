import { application, call, differentiate, type Formula, functions, substitute, symbol } from "../../formula/index.ts";
import { functionNamed } from "../../formula/read/plain-language.ts";

/**
 * `name(argument)` with as many primes: of a function of the formula language (also by its other names, `sigma`) its call
 * or the formula of its derivative, of any other function as it is written.
 */
export function appliedFunction(name: string, argument: Formula, primes: number): Formula {
  const known = functionNamed.get(name);
  if (known === undefined || functions[known].arity !== 1) return application(name, argument, primes);
  const variable = "u";
  let formula = call(known, symbol(variable));
  for (let prime = 0; prime < primes; prime += 1) formula = differentiate(formula, variable);
  return substitute(formula, new Map([[variable, argument]]));
}
