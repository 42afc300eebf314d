import { spend } from "../budget.ts";
import { areIndependent, type ExponentialForm, exponentialForms, powerName } from "../rewrite/exponential-form.ts";
import { constantOf, type LinearForm, linearForms } from "../rewrite/linear-form.ts";
import { symbolText } from "../print-text.ts";
import { modularNumber, modularPower, modularQuotient, modulo, prime } from "./prime-field.ts";
import { type Rational, rationalOne } from "../numeric/rational.ts";
import type { Formula, Operation } from "../tree.ts";
import { childrenOf, postorder } from "../walk.ts";

/** Values of a formula at one random point of the field of integers modulo 2^61 − 1; null where it divides by 0. */
export type ModularEvaluator = (draw: (name: string) => bigint) => bigint | null;

/**
 * Evaluators for formulas that are rational functions of their symbols and of exponentials: e^u with u linear in the
 * symbols, b^u with b a positive rational number, and powers of these; null when one of them is anything else.
 *
 * With D the common denominator of all exponents, each e^(s/D) is one more variable, and so is p^(s/D) for each prime p of
 * a base: since 1 and the logarithms of primes are linearly independent over the rational numbers, no polynomial equation
 * holds between these and s. Two such formulas are then equal exactly when they are equal as rational functions in
 * these variables. pi and e stand for variables of their own.
 */
export function modularEvaluators(formulas: readonly Formula[]): readonly ModularEvaluator[] | null {
  const prepared = formulas.map((formula) => {
    const linear = linearForms(formula);
    return { order: postorder(formula), linear, exponential: exponentialForms(formula, linear) };
  });
  if (!areIndependent(prepared.flatMap(({ exponential }) => [...exponential.values()]))) return null;
  let denominator = 1n;
  for (const forms of prepared) {
    for (const part of forms.order) {
      if (!isRational(part, forms)) return null;
      const form = exponentialOf(part, forms);
      for (const value of form?.powers.values() ?? [])
        denominator = leastCommonMultiple(denominator, value.denominator);
    }
  }
  // Degrees grow with it, and with degrees the chance that two formulas agree; beyond this sampling decides.
  if (denominator > 10_000_000_000_000n) return null;
  return prepared.map((forms) => (draw) => evaluateModular({ ...forms, denominator, draw }));
}

interface Forms {
  readonly order: readonly Formula[];
  readonly linear: ReadonlyMap<Formula, LinearForm>;
  readonly exponential: ReadonlyMap<Formula, ExponentialForm>;
}

interface Point extends Forms {
  readonly denominator: bigint;
  readonly draw: (name: string) => bigint;
}

/**
 * The exponential whose value a part is, or e^u where the part is a rational function of that; null where the part is
 * worked out from its own parts.
 */
function exponentialOf(part: Formula, { linear, exponential }: Forms): ExponentialForm | null {
  if (part.kind === "call" && Object.hasOwn(ofExponential, part.name)) {
    const [u] = part.arguments;
    const form = u === undefined ? undefined : linear.get(u);
    return form === undefined ? null : naturalExponential(form);
  }
  const isOwn =
    (part.kind === "constant" && part.name === "e") ||
    (part.kind === "call" && part.name === "sqrt") ||
    (part.kind === "operation" && part.operator === "^" && !isWholePower(part, linear));
  return isOwn ? (exponential.get(part) ?? null) : null;
}

function naturalExponential(form: LinearForm): ExponentialForm {
  return { factor: rationalOne, powers: new Map([...form].map(([name, value]) => [powerName("e", name), value])) };
}

function isRational(part: Formula, forms: Forms): boolean {
  switch (part.kind) {
    case "number":
    case "constant":
    case "symbol":
    case "negate":
      return true;
    case "operation":
      return part.operator !== "^" || isWholePower(part, forms.linear) || exponentialOf(part, forms) !== null;
    case "call":
      return exponentialOf(part, forms) !== null;
    default:
      return false;
  }
}

function isWholePower(part: Operation, linear: ReadonlyMap<Formula, LinearForm>): boolean {
  const form = linear.get(part.right);
  return form !== undefined && constantOf(form)?.denominator === 1n;
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

function evaluateModular(point: Point): bigint | null {
  const values = new Map<Formula, bigint>();
  let last: bigint | null = null;
  for (const part of point.order) {
    spend(8);
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
  const form = exponentialOf(part, point);
  if (form !== null) return valueOfExponential(part, form, point);
  switch (part.kind) {
    case "number":
      return modularNumber(part.value);
    case "constant":
      return point.draw("pi");
    case "symbol":
      return point.draw(`symbol ${symbolText(part)}`);
    case "negate":
      return modulo(-a);
    case "operation":
      return operation(part, a, b, point);
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
      return modularQuotient(a, b);
    case "^": {
      const form = point.linear.get(part.right);
      const exponent = (form === undefined ? null : constantOf(form))?.numerator;
      if (exponent === undefined) return null;
      return exponent < 0n ? modularQuotient(1n, modularPower(a, -exponent)) : modularPower(a, exponent);
    }
  }
}

function valueOfExponential(part: Formula, form: ExponentialForm, point: Point): bigint | null {
  const value = exponential(form, point);
  const ofX = part.kind === "call" ? ofExponential[part.name] : undefined;
  if (value === null || ofX === undefined) return value;
  const [above, below] = ofX(value);
  return modularQuotient(above, below);
}

/** The factor and the variables e^(s/D) and p^(s/D), each to its whole power. */
function exponential({ factor, powers }: ExponentialForm, point: Point): bigint | null {
  let product = fieldValue(factor);
  if (product === null) return null;
  for (const [name, { numerator, denominator }] of powers) {
    // By Fermat the exponent counts modulo prime − 1, which also makes it positive.
    const exponent = ((numerator * point.denominator) / denominator) % (prime - 1n);
    const variable = point.draw(`power ${name}`);
    product = modulo(product * modularPower(variable, exponent < 0n ? exponent + prime - 1n : exponent));
  }
  return product;
}

function fieldValue(value: Rational | null): bigint | null {
  return value === null ? null : modularQuotient(value.numerator, value.denominator);
}

function leastCommonMultiple(left: bigint, right: bigint): bigint {
  let a = left;
  let b = right;
  while (b !== 0n) [a, b] = [b, a % b];
  return (left / a) * right;
}
