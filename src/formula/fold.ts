import { add, call, divide, multiply, negate, number, power, subtract } from "./build.ts";
import type { Formula } from "./tree.ts";

/**
 * Constructors that leave out what adds nothing (0 + u, 1 · u, 0 · u, u¹), for formulas made by rule, such as
 * derivatives. A factor 0 wins even where the other is not finite: the derivative of a constant is 0 everywhere.
 */

/** Whether a formula is just this number, not negative. */
export function isNumber(formula: Formula, value: number): boolean {
  return formula.kind === "number" && formula.value === value;
}

/** left + right */
export function sumOf(left: Formula, right: Formula): Formula {
  if (isNumber(left, 0)) return right;
  if (isNumber(right, 0)) return left;
  return right.kind === "negate" ? subtract(left, right.operand) : add(left, right);
}

/** left − right */
export function differenceOf(left: Formula, right: Formula): Formula {
  if (isNumber(right, 0)) return left;
  if (isNumber(left, 0)) return negationOf(right);
  return right.kind === "negate" ? add(left, right.operand) : subtract(left, right);
}

/** −operand */
export function negationOf(operand: Formula): Formula {
  if (operand.kind === "negate") return operand.operand;
  return isNumber(operand, 0) ? operand : negate(operand);
}

/** left · right */
export function productOf(left: Formula, right: Formula): Formula {
  if (isNumber(left, 0) || isNumber(right, 0)) return number(0);
  if (isNumber(left, 1)) return right;
  if (isNumber(right, 1)) return left;
  if (left.kind === "negate") return negationOf(productOf(left.operand, right));
  if (right.kind === "negate") return negationOf(productOf(left, right.operand));
  return multiply(left, right);
}

/** left / right */
export function quotientOf(left: Formula, right: Formula): Formula {
  if (isNumber(left, 0) && !isNumber(right, 0)) return left;
  if (isNumber(right, 1)) return left;
  if (left.kind === "negate") return negationOf(quotientOf(left.operand, right));
  return divide(left, right);
}

/** base ^ exponent */
export function powerOf(base: Formula, exponent: Formula): Formula {
  if (isNumber(exponent, 0)) return number(1);
  return isNumber(exponent, 1) ? base : power(base, exponent);
}

/** The exponent u of a formula that is e^u however written (`e^u`, `exp(u)`, `1/e^u`, `e`), else null. */
export function naturalExponent(formula: Formula): Formula | null {
  if (formula.kind === "constant" && formula.name === "e") return number(1);
  if (formula.kind === "call" && formula.name === "exp") return formula.arguments[0] ?? null;
  if (formula.kind !== "operation") return null;
  if (formula.operator === "^" && formula.left.kind === "constant" && formula.left.name === "e") return formula.right;
  if (formula.operator !== "/" || !isNumber(formula.left, 1)) return null;
  const exponent = naturalExponent(formula.right);
  return exponent === null ? null : negationOf(exponent);
}

/** e^u with the function `exp`, which engines compute best. */
export function exponentialOf(exponent: Formula): Formula {
  return isNumber(exponent, 0) ? number(1) : call("exp", exponent);
}
