import { spend } from "../budget.ts";
import { symbolText } from "../print-text.ts";
import {
  addRationals,
  isPrintable,
  multiplyRationals,
  negateRational,
  powerOfRational,
  type Rational,
  rationalOf,
  rationalOne,
  rationalZero,
} from "../numeric/rational.ts";
import type { Formula, Operation } from "../tree.ts";
import { childrenOf, postorder } from "../walk.ts";

/** Σ coefficient · symbol + constant, with rational coefficients; the constant stands under the empty name. */
export type LinearForm = ReadonlyMap<string, Rational>;

const constantName = "";

/** Forms are made for every part, so their length is bounded; an exponent of more symbols is not what anyone typed. */
const mostSymbols = 32;

/** The linear form of every part of a formula that is linear in its symbols. */
export function linearForms(formula: Formula): ReadonlyMap<Formula, LinearForm> {
  const forms = new Map<Formula, LinearForm>();
  for (const part of postorder(formula)) {
    const [left, right] = childrenOf(part).map((child) => forms.get(child) ?? null);
    const form = linearForm(part, left ?? null, right ?? null);
    spend(6 + 4 * (form?.size ?? 0));
    const isUsable = form !== null && form.size <= mostSymbols && [...form.values()].every(isPrintable);
    if (isUsable) forms.set(part, form);
  }
  return forms;
}

/** The number a linear form is when it has no symbols, else null. */
export function constantOf(form: LinearForm): Rational | null {
  if (form.size === 0) return rationalZero;
  const constant = form.get(constantName);
  return constant !== undefined && form.size === 1 ? constant : null;
}

function linearForm(formula: Formula, left: LinearForm | null, right: LinearForm | null): LinearForm | null {
  switch (formula.kind) {
    case "number": {
      const value = rationalOf(formula.value);
      return value === null ? null : withoutZeros([[constantName, value]]);
    }
    case "symbol":
      return new Map([[symbolText(formula), rationalOne]]);
    case "negate":
      return left === null ? null : mapValues(left, negateRational);
    case "operation":
      return left === null || right === null ? null : linearOperation(formula, left, right);
    default:
      return null;
  }
}

function linearOperation({ operator }: Operation, left: LinearForm, right: LinearForm): LinearForm | null {
  const leftNumber = constantOf(left);
  const rightNumber = constantOf(right);
  switch (operator) {
    case "+":
      return sum(left, right);
    case "-":
      return sum(left, mapValues(right, negateRational));
    case "*":
      if (rightNumber !== null) return mapValues(left, (value) => multiplyRationals(value, rightNumber));
      return leftNumber === null ? null : mapValues(right, (value) => multiplyRationals(value, leftNumber));
    case "/": {
      if (rightNumber === null || rightNumber.numerator === 0n) return null;
      const inverse = powerOfRational(rightNumber, -1);
      return mapValues(left, (value) => multiplyRationals(value, inverse));
    }
    case "^":
      return null;
  }
}

function mapValues(form: LinearForm, change: (value: Rational) => Rational): LinearForm {
  return withoutZeros([...form].map(([name, value]) => [name, change(value)]));
}

function sum(left: LinearForm, right: LinearForm): LinearForm {
  const total = new Map(left);
  for (const [name, value] of right) {
    const other = total.get(name);
    total.set(name, other === undefined ? value : addRationals(other, value));
  }
  return withoutZeros([...total]);
}

/** Of numbers by name, those that are not 0. */
export function withoutZeros(entries: readonly (readonly [string, Rational])[]): LinearForm {
  return new Map(entries.filter(([, value]) => value.numerator !== 0n));
}
