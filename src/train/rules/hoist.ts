import { internalError } from "../../errors.ts";
import {
  add,
  divide,
  formulaKey,
  foldFormula,
  literalValue,
  multiply,
  negate,
  number,
  subtract,
  symbol,
  symbolText,
  withChildren,
} from "../../formula/index.ts";
import type { Formula } from "../../formula/tree.ts";
import { compileScalar } from "./scalar-formula.ts";

/** What a symbol stands for: a number known now, a number of each step, or a tensor. */
export type SymbolValue = number | "step" | "tensor";

/** A part of a formula that is one number in each step, and the symbol put in its place. */
export interface Hoisted {
  readonly symbol: string;
  readonly formula: Formula;
}

/**
 * Takes out of formulas what need not be computed for every element: parts without a tensor's symbol are replaced by a
 * number, where they are the same in every step, or else by a symbol for a scalar, to be computed once a step. Then 0·u,
 * u + 0 and 1·u are dropped, so a weight decay of 0 costs nothing, and an infinite weight times it makes no NaN.
 *
 * Equal parts, of this formula and of others given to the same hoister, share one scalar.
 */
export interface Hoister {
  hoist(formula: Formula): Formula;
  /** The scalars so far, in order of first use. */
  readonly scalars: readonly Hoisted[];
}

/** @param symbols what every symbol stands for. */
export function createHoister(symbols: ReadonlyMap<string, SymbolValue>): Hoister {
  const scalars: Hoisted[] = [];
  const symbolOfKey = new Map<number, string>();

  const scalarFor = (formula: Formula): Formula => {
    const key = formulaKey(formula);
    let name = symbolOfKey.get(key);
    if (name === undefined) {
      name = formula.kind === "symbol" ? symbolText(formula) : freeName(symbols, scalars.length + 1);
      symbolOfKey.set(key, name);
      scalars.push({ symbol: name, formula });
    }
    return symbol(name);
  };

  /** One node of a formula, from its parts. */
  const sorted = (part: Formula, operands: readonly Sorted[]): Sorted => {
    if (part.kind === "symbol") {
      const value = symbols.get(symbolText(part));
      if (value === undefined) throw internalError(`hoist: nothing is known of symbol "${symbolText(part)}".`);
      return typeof value === "number" ? { formula: number(value), level: "number" } : { formula: part, level: value };
    }
    const levels = operands.map(({ level }) => level);
    if (levels.includes("tensor")) {
      const parts = operands.map(({ formula, level }) => (level === "step" ? scalarFor(formula) : formula));
      const formula = withoutIdle(withChildren(part, parts));
      return { formula, level: literalValue(formula) === null ? "tensor" : "number" };
    }
    const made = withChildren(
      part,
      operands.map(({ formula }) => formula),
    );
    if (levels.includes("step")) return { formula: made, level: "step" };
    const value = compileScalar(made, [])([]);
    return { formula: Number.isFinite(value) ? number(value) : made, level: "number" };
  };

  const hoist = (formula: Formula): Formula => {
    const { formula: result, level } = foldFormula<Sorted>(formula, sorted);
    return level === "step" ? scalarFor(result) : result;
  };

  return { hoist, scalars };
}

/** A formula, and what it is: a number known now, a number of each step, or a tensor. */
interface Sorted {
  readonly formula: Formula;
  readonly level: "number" | "step" | "tensor";
}

/** 0·u → 0, 1·u → u, u + 0 → u, u − 0 → u, 0/u → 0, u/1 → u; by value these hold for every finite u. */
function withoutIdle(formula: Formula): Formula {
  if (formula.kind !== "operation") return formula;
  const { operator, left, right } = formula;
  const [leftValue, rightValue] = [literalValue(left), literalValue(right)];
  switch (operator) {
    case "+":
      return leftValue === 0 ? right : rightValue === 0 ? left : add(left, right);
    case "-":
      return rightValue === 0 ? left : leftValue === 0 ? negate(right) : subtract(left, right);
    case "*":
      if (leftValue === 0 || rightValue === 0) return number(0);
      return leftValue === 1 ? right : rightValue === 1 ? left : multiply(left, right);
    case "/":
      return leftValue === 0 ? number(0) : rightValue === 1 ? left : divide(left, right);
    case "^":
      return formula;
  }
}

/** A name that no symbol has. */
function freeName(symbols: ReadonlyMap<string, SymbolValue>, count: number): string {
  let name = `scalar${count}`;
  while (symbols.has(name)) name += "_";
  return name;
}
