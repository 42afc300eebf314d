import { spend } from "../budget.ts";
import { areIndependent, type ExponentialForm, exponentialForms, powerName } from "../rewrite/exponential-form.ts";
import { constantOf, type LinearForm, linearForms } from "../rewrite/linear-form.ts";
import { symbolText } from "../print-text.ts";
import { modularPower, modularQuotient, modulo, prime } from "../numeric/prime-field.ts";
import { type Arithmetic, NotRational, NoValue } from "../numeric/arithmetic.ts";
import { valueOfPart } from "../numeric/evaluate-in.ts";
import { fieldArithmetic } from "../numeric/field-arithmetic.ts";
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
  const arithmetic = pointArithmetic(point);
  let last: bigint | null = null;
  try {
    for (const part of point.order) {
      spend(8);
      const form = exponentialOf(part, point);
      const parts = childrenOf(part);
      const operand = (position: number): bigint => values.get(parts[position] ?? part) ?? 0n;
      if (form !== null) last = valueOfExponential(part, form, point);
      else if (part.kind === "symbol") last = point.draw(`symbol ${symbolText(part)}`);
      else last = valueOfPart(part, operand, arithmetic);
      if (last === null) return null;
      values.set(part, last);
    }
  } catch (error) {
    if (error instanceof NoValue || error instanceof NotRational) return null;
    throw error;
  }
  return last;
}

/** The field, where an exponent that is a whole number may be written in any way: x^(3 - 1). */
function pointArithmetic({ draw, linear }: Point): Arithmetic<bigint> {
  const field = fieldArithmetic(draw);
  return {
    ...field,
    operation: (operator, u, v, formula) => {
      const form = operator === "^" && formula !== undefined ? linear.get(formula.right) : undefined;
      const exponent = (form === undefined ? null : constantOf(form))?.numerator;
      if (exponent === undefined) return field.operation(operator, u, v, formula);
      const power = exponent < 0n ? modularQuotient(1n, modularPower(u, -exponent)) : modularPower(u, exponent);
      if (power === null) throw new NoValue("it divides by 0");
      return power;
    },
  };
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
