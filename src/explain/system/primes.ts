import {
  add,
  applied,
  childrenOf,
  differentiate,
  type Formula,
  formulaKey,
  type FunctionName,
  multiply,
  number,
  parenthesized,
  replaceSubformula,
  scripts,
  sign,
  simplify,
  symbol,
  symbolsOf,
  typeset,
  type Typeset,
} from "../../formula/index.ts";

/** Functions a textbook gives a name to, and whose derivative it writes with a prime. */
const primed: readonly FunctionName[] = ["sigmoid", "relu", "tanh", "softplus"];

/** Symbols that stand for the prime of a function at a place, and how each looks: `σ′(z2)`. */
export type Primes = Map<string, Typeset>;

/**
 * `∂formula/∂by` with the derivatives of named functions left as primes, `σ′(z2) w2`, or null when it has no such
 * function. The symbols it puts in for them are added to `primes`.
 */
export function derivativeWithPrimes(formula: Formula, by: string, primes: Primes): Formula | null {
  const outer = outermostCalls(formula).filter((each) => symbolsOf(each).includes(by));
  if (outer.length === 0) return null;
  let open = formula;
  const names = outer.map((each, i) => {
    const name = `call ${i}`; // no name of a file has a space
    open = replaceSubformula(open, each, symbol(name));
    return name;
  });
  let total = differentiate(open, by);
  for (const [i, each] of outer.entries()) {
    const [argument = number(0)] = childrenOf(each);
    const inner = derivativeWithPrimes(argument, by, primes) ?? differentiate(argument, by);
    const prime = `prime ${formulaKey(each)}`;
    primes.set(prime, primeOf(each, argument));
    const outerDerivative = differentiate(open, names[i] ?? "");
    total = add(total, multiply(multiply(outerDerivative, symbol(prime)), inner));
  }
  for (const [i, each] of outer.entries()) total = replaceSubformula(total, symbol(names[i] ?? ""), each);
  return simplify(total);
}

function outermostCalls(formula: Formula): readonly Formula[] {
  if (formula.kind === "call" && primed.includes(formula.name)) return [formula];
  const found = new Map(
    childrenOf(formula).flatMap((part) => outermostCalls(part).map((each) => [each, each] as const)),
  );
  return [...found.values()];
}

/** `f′(u)` */
function primeOf(call: Formula, argument: Formula): Typeset {
  const { notation, level } = typeset(call);
  // The name stands first, as wherever a function is applied.
  const [name = notation] = notation.kind === "row" ? notation.parts : [];
  const prime = scripts(name, null, sign("prime"));
  return { notation: applied(prime, parenthesized(typeset(argument).notation)), level };
}
