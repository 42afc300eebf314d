import { internalError } from "../../errors.ts";
import { type Arithmetic, evaluateIn, float64Arithmetic, lower, symbolText } from "../../formula/index.ts";
import type { Formula, FunctionName } from "../../formula/tree.ts";
import { cos, exp, log, pow, sin } from "../../random/index.ts";

/** The value of a formula; its symbols' values come in the order they were named in. */
export type ScalarFunction = (values: ArrayLike<number>) => number;

/**
 * A float64 evaluator that gives the same bits in every JavaScript engine, for numbers that enter a weight: powers,
 * exponentials, logarithms, sines are those of `src/random`, the rest is exact rounding. About 10 ns an operation.
 *
 * @param names symbols of the formula, in the order their values will come.
 */
export function compileScalar(formula: Formula, names: readonly string[]): ScalarFunction {
  return evaluateIn(lower(formula), scalarArithmetic, (symbol) => {
    const position = names.indexOf(symbolText(symbol));
    if (position < 0) throw internalError(`formula: no value for "${symbolText(symbol)}".`);
    return (values) => values[position] ?? Number.NaN;
  });
}

const missing: ScalarFunction = () => Number.NaN;

/** Functions of the same values as numbers. */
const scalarArithmetic: Arithmetic<ScalarFunction> = {
  number: (value) => () => value,
  constant: (name) => {
    const value = float64Arithmetic.constant(name);
    return () => value;
  },
  negate: (a) => (values) => -a(values),
  operation: (operator, a, b) => {
    if (operator === "^") return (values) => pow(a(values), b(values));
    return (values) => float64Arithmetic.operation(operator, a(values), b(values));
  },
  comparison: (relation, a, b) => (values) => float64Arithmetic.comparison(relation, a(values), b(values)),
  choice: (condition, then, otherwise) => {
    const [b, c] = [then(), otherwise()];
    return (values) => (condition(values) !== 0 ? b(values) : c(values));
  },
  call: (name, a, b = missing) => {
    const apply = functions[name];
    if (apply === undefined) throw internalError(`formula: ${name} was not lowered.`);
    return (values) => apply(a(values), b(values));
  },
};

/** The functions `lower` leaves; those it rewrites have no entry. */
const functions: Readonly<Partial<Record<FunctionName, (u: number, v: number) => number>>> = {
  exp,
  expm1,
  log,
  log1p,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  sin,
  cos,
  tanh: (u) => {
    const grown = expm1(2 * Math.abs(u));
    return Math.sign(u) * (grown === Infinity ? 1 : grown / (grown + 2));
  },
  sigmoid: (u) => 1 / (1 + exp(-u)),
  erf,
  min: Math.min,
  max: Math.max,
};

/** `eᵘ − 1`, exact for small u too: what rounding eᵘ took off is divided out by the logarithm (Kahan). */
function expm1(u: number): number {
  const grown = exp(u);
  if (grown === 1) return u;
  const less = grown - 1;
  return less === -1 || grown === Infinity ? less : (less * u) / log(grown);
}

/** `log(1 + u)`, exact for small u too, by the same device. */
function log1p(u: number): number {
  const grown = 1 + u;
  if (grown === 1) return u;
  return grown === Infinity ? grown : (log(grown) * u) / (grown - 1);
}

/** The error function by its series, all terms of one sign (Abramowitz and Stegun 7.1.6); 1 from 6 on. */
function erf(u: number): number {
  if (!(Math.abs(u) < 6)) return Math.sign(u);
  let term = u;
  let sum = u;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (2 * u * u) / odd;
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * exp(-u * u) * sum;
}
