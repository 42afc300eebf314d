import { FormulaError } from "../errors.ts";
import type { Formula, FunctionName, Operator, Relation } from "./tree.ts";

/** The number e = 2.718…, base of the natural logarithm. */
export const E: Formula = { kind: "constant", name: "e" };

/** The number π = 3.141…. */
export const PI: Formula = { kind: "constant", name: "pi" };

/**
 * A number; a negative one (−0 included) becomes the negation of its magnitude.
 * @throws FormulaError when it is NaN or infinite, which no formula can be.
 */
export function number(value: number): Formula {
  if (!Number.isFinite(value)) {
    const text = String(value);
    throw new FormulaError(
      { where: "formula", expected: "a finite number", got: text, advice: "Use a symbol and give it that value." },
      text,
      { start: 0, end: text.length },
    );
  }
  if (value < 0 || Object.is(value, -0)) return negate({ kind: "number", value: -value });
  return { kind: "number", value };
}

/** A plain named quantity, without indices or layer. */
export function symbol(name: string): Formula {
  return { kind: "symbol", name, indices: [], layer: null };
}

function operation(operator: Operator, left: Formula, right: Formula): Formula {
  return { kind: "operation", operator, left, right };
}

/** `left + right`, exactly as written: nothing is folded. */
export function add(left: Formula, right: Formula): Formula {
  return operation("+", left, right);
}

/** `left - right`, as written. */
export function subtract(left: Formula, right: Formula): Formula {
  return operation("-", left, right);
}

/** `left * right`, as written. */
export function multiply(left: Formula, right: Formula): Formula {
  return operation("*", left, right);
}

/** `left / right`, as written. */
export function divide(left: Formula, right: Formula): Formula {
  return operation("/", left, right);
}

/** `base ^ exponent`, as written. */
export function power(base: Formula, exponent: Formula): Formula {
  return operation("^", base, exponent);
}

/** `-operand`, as written: a double negation stays. */
export function negate(operand: Formula): Formula {
  return { kind: "negate", operand };
}

/** A function of the table applied; the count of arguments is the caller's to get right (the parser checks it). */
export function call(name: FunctionName, ...parts: readonly Formula[]): Formula {
  return { kind: "call", name, arguments: parts };
}

/** `left relation right`: 1 or 0. */
export function compare(relation: Relation, left: Formula, right: Formula): Formula {
  return { kind: "comparison", relation, left, right };
}

/** `condition ? then : otherwise`. */
export function choose(condition: Formula, then: Formula, otherwise: Formula): Formula {
  return { kind: "choice", condition, then, otherwise };
}
