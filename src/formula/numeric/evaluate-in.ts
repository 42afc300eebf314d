import { FormulaError, internalError } from "../../errors.ts";
import { spend } from "../budget.ts";
import { symbolText } from "../print-text.ts";
import { formulaKey } from "../structure.ts";
import { notWrittenOut } from "../read/textbook.ts";
import type { Call, Comparison, ConstantFormula, Formula, FunctionName, Operation } from "../tree.ts";
import { childrenOf, postorder } from "../walk.ts";

/**
 * What a formula can be computed in: numbers of some kind, with an operation for every construct of a formula. Float64 is
 * one, intervals are another (`interval-arithmetic.ts`), series in a quantity that grows a third.
 */
export interface Arithmetic<Value> {
  /** A literal, finite and not negative. */
  readonly number: (value: number) => Value;
  readonly constant: (name: ConstantFormula["name"]) => Value;
  readonly negate: (u: Value) => Value;
  readonly operation: (operator: Operation["operator"], u: Value, v: Value) => Value;
  /** `v` is undefined for a function of one argument. */
  readonly call: (name: FunctionName, u: Value, v: Value | undefined, formula: Call) => Value;
  /** 1 where the relation holds, 0 where not. */
  readonly comparison: (relation: Comparison["relation"], u: Value, v: Value) => Value;
  /** `then` where the condition is not 0, else `otherwise`; both are computed before. */
  readonly choice: (condition: Value, then: Value, otherwise: Value) => Value;
}

/**
 * A formula of one symbol as a function of that symbol's value, in an arithmetic. The formula is flattened once, equal
 * parts are computed once, and parts without the symbol only at the first use.
 *
 * @throws FormulaError when the formula has another symbol, or stands for a network's quantities.
 */
export function evaluatorIn<Value>(
  formula: Formula,
  arithmetic: Arithmetic<Value>,
  name: string,
): (value: Value) => Value {
  const indexOf = new Map<number, number>();
  const parts: { readonly formula: Formula; readonly operands: readonly number[]; readonly isFixed: boolean }[] = [];
  for (const part of postorder(formula)) {
    const key = formulaKey(part);
    if (indexOf.has(key)) continue;
    const operands = childrenOf(part).map((child) => indexOf.get(formulaKey(child)) ?? 0);
    if (part.kind === "symbol" && symbolText(part) !== name) throw unknownSymbol(symbolText(part), name);
    const isFixed = part.kind !== "symbol" && operands.every((operand) => parts[operand]?.isFixed === true);
    indexOf.set(key, parts.length);
    parts.push({ formula: part, operands, isFixed });
  }
  const root = indexOf.get(formulaKey(formula)) ?? 0;
  const values: Value[] = [];
  let isFirst = true;
  return (value) => {
    spend(4 * parts.length);
    for (const [i, part] of parts.entries()) {
      if (part.isFixed && !isFirst) continue;
      values[i] = part.formula.kind === "symbol" ? value : valueIn(part.formula, part.operands, values, arithmetic);
    }
    isFirst = false;
    return values[root] as Value; // as: every part before the root, and the root, were just computed
  };
}

function valueIn<Value>(
  formula: Formula,
  operands: readonly number[],
  values: readonly Value[],
  arithmetic: Arithmetic<Value>,
): Value {
  const [first = 0, second = 0, third = 0] = operands;
  const at = (index: number): Value => values[index] as Value; // as: operands come before what uses them
  switch (formula.kind) {
    case "number":
      return arithmetic.number(formula.value);
    case "constant":
      return arithmetic.constant(formula.name);
    case "negate":
      return arithmetic.negate(at(first));
    case "operation":
      return arithmetic.operation(formula.operator, at(first), at(second));
    case "comparison":
      return arithmetic.comparison(formula.relation, at(first), at(second));
    case "choice":
      return arithmetic.choice(at(first), at(second), at(third));
    case "call":
      return arithmetic.call(formula.name, at(first), operands.length > 1 ? at(second) : undefined, formula);
    case "symbol":
      throw internalError("formula: a symbol has no value of its own.");
    case "sum":
    case "application":
    case "derivative":
      throw notWrittenOut(formula);
  }
}

function unknownSymbol(got: string, name: string): FormulaError {
  return new FormulaError(
    { where: "formula", expected: `no symbol but "${name}"`, got: `"${got}"`, advice: "Give it a value." },
    got,
    { start: 0, end: got.length },
  );
}
