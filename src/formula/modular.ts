import { constantOf, type LinearForm, linearForms } from "./linear-form.ts";
import { symbolText } from "./print-text.ts";
import { rationalOf, rationalOne } from "./rational.ts";
import type { Call, Formula, Operation } from "./tree.ts";
import { childrenOf, postorder } from "./walk.ts";

/** The Mersenne prime 2^61 − 1: two different polynomials of degree d agree at a random point with probability d/2^61. */
const prime = 2n ** 61n - 1n;

/** Values of a formula at one random point of the field of integers modulo 2^61 − 1; null where it divides by 0. */
export type ModularEvaluator = (draw: (name: string) => bigint) => bigint | null;

/**
 * Evaluators for formulas that are rational functions of their symbols and of exponentials e^u with u linear in the
 * symbols; null when one of them is anything else.
 *
 * With D the common denominator of all exponents, each e^(s/D) is one more variable: s and e^(s/D) satisfy no polynomial
 * equation, so two such formulas are equal exactly when they are equal as rational functions in these variables. pi and
 * e stand for variables of their own.
 */
export function modularEvaluators(formulas: readonly Formula[]): readonly ModularEvaluator[] | null {
  const prepared = formulas.map((formula) => ({ order: postorder(formula), forms: linearForms(formula) }));
  let denominator = 1n;
  for (const { order, forms } of prepared) {
    for (const part of order) {
      if (!isRational(part, forms)) return null;
      const exponent = exponentOf(part);
      const form = exponent === null ? undefined : forms.get(exponent);
      for (const value of form?.values() ?? []) denominator = leastCommonMultiple(denominator, value.denominator);
    }
  }
  // Beyond this the exponents are not what anyone typed; sampling decides.
  if (denominator > 1_000_000n) return null;
  return prepared.map(
    ({ order, forms }) =>
      (draw) =>
        evaluateModular(order, { forms, denominator, draw }),
  );
}

interface Point {
  readonly forms: ReadonlyMap<Formula, LinearForm>;
  readonly denominator: bigint;
  readonly draw: (name: string) => bigint;
}

/** u when the part is a function of e^u, else null. */
function exponentOf(part: Formula): Formula | null {
  if (part.kind === "call" && Object.hasOwn(ofExponential, part.name)) return part.arguments[0] ?? null;
  const isNatural = part.kind === "operation" && part.operator === "^" && isE(part.left);
  return isNatural ? part.right : null;
}

function isE(formula: Formula): boolean {
  return formula.kind === "constant" && formula.name === "e";
}

function isRational(part: Formula, forms: ReadonlyMap<Formula, LinearForm>): boolean {
  switch (part.kind) {
    case "number":
      return forms.has(part);
    case "constant":
    case "symbol":
    case "negate":
      return true;
    case "operation":
      return part.operator !== "^" || isRationalPower(part, forms);
    case "call": {
      const exponent = exponentOf(part);
      return exponent !== null && forms.has(exponent);
    }
    default:
      return false;
  }
}

function isRationalPower(part: Operation, forms: ReadonlyMap<Formula, LinearForm>): boolean {
  const form = forms.get(part.right);
  return form !== undefined && (isE(part.left) || constantOf(form)?.denominator === 1n);
}

/** Functions of x = e^u that are quotients of polynomials in x: numerator and denominator. */
const ofExponential: Readonly<Record<string, (x: bigint) => readonly [bigint, bigint]>> = {
  exp: (x) => [x, 1n],
  expm1: (x) => [x - 1n, 1n],
  sinh: (x) => [x * x - 1n, 2n * x],
  cosh: (x) => [x * x + 1n, 2n * x],
  tanh: (x) => [x * x - 1n, x * x + 1n],
  sigmoid: (x) => [x, x + 1n],
};

function evaluateModular(order: readonly Formula[], point: Point): bigint | null {
  const values = new Map<Formula, bigint>();
  let last: bigint | null = null;
  for (const part of order) {
    last = valueOf(
      part,
      childrenOf(part).map((child) => values.get(child) ?? 0n),
      point,
    );
    if (last === null) return null;
    values.set(part, last);
  }
  return last;
}

function valueOf(part: Formula, [a = 0n, b = 0n]: readonly bigint[], point: Point): bigint | null {
  switch (part.kind) {
    case "number": {
      const value = rationalOf(part.value);
      return value === null ? null : quotient(value.numerator, value.denominator);
    }
    case "constant":
      return part.name === "e" ? exponential(new Map([["", rationalOne]]), point) : point.draw("pi");
    case "symbol":
      return point.draw(`symbol ${symbolText(part)}`);
    case "negate":
      return modulo(-a);
    case "operation":
      return operation(part, a, b, point);
    case "call":
      return callValue(part, point);
    default:
      return null;
  }
}

function operation(part: Operation, a: bigint, b: bigint, point: Point): bigint | null {
  switch (part.operator) {
    case "+":
      return modulo(a + b);
    case "-":
      return modulo(a - b);
    case "*":
      return modulo(a * b);
    case "/":
      return quotient(a, b);
    case "^": {
      const form = point.forms.get(part.right);
      if (form === undefined) return null;
      if (isE(part.left)) return exponential(form, point);
      const exponent = constantOf(form)?.numerator ?? 0n;
      return exponent < 0n ? quotient(1n, powerOf(a, -exponent)) : powerOf(a, exponent);
    }
  }
}

function callValue(part: Call, point: Point): bigint | null {
  const [u] = part.arguments;
  const form = u === undefined ? undefined : point.forms.get(u);
  const ofX = ofExponential[part.name];
  if (form === undefined || ofX === undefined) return null;
  const [above, below] = ofX(exponential(form, point));
  return quotient(above, below);
}

/** e^u for a linear u: the product of the variables e^(s/D), each to its whole power. */
function exponential(form: LinearForm, point: Point): bigint {
  let product = 1n;
  for (const [name, { numerator, denominator }] of form) {
    // By Fermat the exponent counts modulo prime − 1, which also makes it positive.
    const exponent = ((numerator * point.denominator) / denominator) % (prime - 1n);
    product = modulo(product * powerOf(point.draw(`e ${name}`), exponent < 0n ? exponent + prime - 1n : exponent));
  }
  return product;
}

function modulo(value: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

function powerOf(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = modulo(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

/** above/below, by Fermat: below^(prime−2) is its inverse. */
function quotient(above: bigint, below: bigint): bigint | null {
  const divisor = modulo(below);
  return divisor === 0n ? null : modulo(modulo(above) * powerOf(divisor, prime - 2n));
}

function leastCommonMultiple(left: bigint, right: bigint): bigint {
  let a = left;
  let b = right;
  while (b !== 0n) [a, b] = [b, a % b];
  return (left / a) * right;
}
