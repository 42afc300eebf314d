import { FormulaError } from "../../errors.ts";
import { spend } from "../budget.ts";
import { symbolText } from "../print-text.ts";
import type { Formula, SymbolFormula } from "../tree.ts";
import { foldFormula } from "../walk.ts";
import { evaluateIn, valueOfPart } from "./evaluate-in.ts";
import { float64Arithmetic } from "./float64.ts";

/**
 * The value of a formula in float64. Both branches of a choice are computed and one is taken, so a NaN in the other does
 * no harm.
 * @throws FormulaError when a symbol has no value.
 */
export function evaluate(formula: Formula, values: Readonly<Record<string, number>>): number {
  return evaluateIn(formula, float64Arithmetic, (symbol) => valueOfSymbol(symbol, values));
}

/** A value with what is known of its rounding. */
export interface ValueWithError {
  readonly value: number;
  /** Roughly what rounding may have cost, to first order: every operation's own, carried on through the later ones. */
  readonly error: number;
  /** Whether some part is infinite: it overflowed, or divides by 0. */
  readonly hasInfinity: boolean;
  /** Whether some part is NaN. */
  readonly hasNaN: boolean;
}

/** The value of a formula, and how far it is to be trusted. A few times slower than `evaluate`. */
export function evaluateWithError(formula: Formula, values: Readonly<Record<string, number>>): ValueWithError {
  let hasInfinity = false;
  let hasNaN = false;
  const result = foldFormula<{ readonly value: number; readonly error: number }>(formula, (part, operands) => {
    spend(8);
    const inputs = operands.map((operand) => operand.value);
    const value = part.kind === "symbol" ? valueOfSymbol(part, values) : valueFromParts(part, inputs);
    hasInfinity ||= Math.abs(value) === Infinity;
    hasNaN ||= Number.isNaN(value);
    let error = part.kind === "symbol" ? 0 : Number.EPSILON * Math.abs(value);
    for (const [position, operand] of operands.entries()) {
      const moved = [operand.value + operand.error, operand.value - operand.error].map((input) =>
        Math.abs(valueFromParts(part, inputs.with(position, input)) - value),
      );
      // A step out of the domain (the logarithm of less than 0) tells nothing.
      error += Math.max(0, ...moved.filter((change) => !Number.isNaN(change)));
    }
    return { value, error };
  });
  return { ...result, hasInfinity, hasNaN };
}

function valueOfSymbol(part: SymbolFormula, values: Readonly<Record<string, number>>): number {
  const name = symbolText(part);
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value ?? missingValue(name, Object.keys(values));
}

/** @throws FormulaError that says which symbol has no value. */
export function missingValue(name: string, given: readonly string[]): never {
  const list = given.length === 0 ? "no values" : `values for ${given.join(", ")}`;
  throw new FormulaError(
    { where: "formula", expected: `a value for "${name}"`, got: list, advice: "Give every symbol a value." },
    name,
    { start: 0, end: name.length },
  );
}

/** The value of one construct from those of its parts; a symbol has none, nor has what stands for a network's quantities. */
export function valueFromParts(formula: Formula, operands: readonly number[]): number {
  return valueOfPart(formula, (position) => operands[position] ?? Number.NaN, float64Arithmetic);
}
