import { call, choose, compare, E, number, PI } from "../build.ts";
import { differenceOf, negationOf, powerOf, productOf, quotientOf, sumOf } from "../fold.ts";
import { application } from "../read/textbook.ts";
import type { Formula } from "../tree.ts";
import type { Arithmetic } from "./arithmetic.ts";

const operations = { "+": sumOf, "-": differenceOf, "*": productOf, "/": quotientOf, "^": powerOf } as const;

/**
 * Formulas as numbers: what is computed in it is written down. Evaluating a formula whose symbols have formulas for values
 * substitutes them; evaluating a graph writes its equations out. What adds nothing (`0 + u`, `1 u`) is left out.
 */
export const formulaArithmetic: Arithmetic<Formula> = {
  number,
  constant: (name) => (name === "e" ? E : PI),
  negate: negationOf,
  operation: (operator, u, v) => operations[operator](u, v),
  call: (name, u, v) => (v === undefined ? call(name, u) : call(name, u, v)),
  comparison: compare,
  choice: (condition, then, otherwise) => choose(condition, then(), otherwise()),
  apply: (name, primes, argument) => application(name, argument, primes),
};
