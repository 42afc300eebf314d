import { FormulaError, internalError } from "../../errors.ts";
import { spend } from "../budget.ts";
import { symbolText } from "../print-text.ts";
import { formulaKey } from "../structure.ts";
import { notWrittenOut } from "../read/textbook.ts";
import type { Formula, SymbolFormula } from "../tree.ts";
import { childrenOf, foldFormula, postorder } from "../walk.ts";
import type { Arithmetic } from "./arithmetic.ts";

/**
 * The value of one construct from those of its parts: what a formula means, in any arithmetic.
 *
 * @param part the value of the part at a position of `childrenOf`; asked for when it is needed, so a branch of a choice
 *   may never be.
 * @throws FormulaError for what stands for a network's quantities, and for a function by its name where the arithmetic
 *   has none.
 */
export function valueOfPart<Value>(
  formula: Formula,
  part: (position: number) => Value,
  arithmetic: Arithmetic<Value>,
): Value {
  switch (formula.kind) {
    case "number":
      return arithmetic.number(formula.value);
    case "constant":
      return arithmetic.constant(formula.name);
    case "negate":
      return arithmetic.negate(part(0));
    case "operation":
      return arithmetic.operation(formula.operator, part(0), part(1), formula);
    case "comparison":
      return arithmetic.comparison(formula.relation, part(0), part(1));
    case "choice":
      return arithmetic.choice(
        part(0),
        () => part(1),
        () => part(2),
      );
    case "call":
      return arithmetic.call(formula.name, part(0), formula.arguments.length > 1 ? part(1) : undefined, formula);
    case "application":
      if (arithmetic.apply === undefined) throw notWrittenOut(formula);
      return arithmetic.apply(formula.name, formula.primes, part(0));
    case "symbol":
      throw internalError("formula: a symbol has no value of its own.");
    case "sum":
    case "derivative":
      throw notWrittenOut(formula);
  }
}

/**
 * The value of a formula in an arithmetic. Every object of it is worked out once.
 *
 * @param valueOf the value of a symbol.
 * @throws FormulaError as `valueOfPart` does.
 */
export function evaluateIn<Value>(
  formula: Formula,
  arithmetic: Arithmetic<Value>,
  valueOf: (symbol: SymbolFormula) => Value,
): Value {
  return foldFormula<Value>(formula, (part, operands) =>
    part.kind === "symbol" ? valueOf(part) : valueOfPart(part, (position) => operands[position] as Value, arithmetic),
  ); // as: a part has as many operands as `childrenOf` says
}

/** A part of a flattened formula. */
interface FlatPart {
  readonly formula: Formula;
  /** Positions of its operands among the parts. */
  readonly operands: readonly number[];
  /** Whether it has no symbol. */
  readonly isFixed: boolean;
}

/** The parts of a formula, each before those that it is in, equal ones once; the last is the formula. */
function flattened(formula: Formula): readonly FlatPart[] {
  const indexOf = new Map<number, number>();
  const parts: FlatPart[] = [];
  for (const part of postorder(formula)) {
    const key = formulaKey(part);
    if (indexOf.has(key)) continue;
    const operands = childrenOf(part).map((child) => indexOf.get(formulaKey(child)) ?? 0);
    const isFixed = part.kind !== "symbol" && operands.every((operand) => parts[operand]?.isFixed === true);
    indexOf.set(key, parts.length);
    parts.push({ formula: part, operands, isFixed });
  }
  return parts;
}

/**
 * A formula as a function of the values of its symbols, in an arithmetic: flattened once, and equal parts are worked out
 * once.
 */
export function preparedIn<Value>(
  formula: Formula,
  arithmetic: Arithmetic<Value>,
): (valueOf: (symbol: SymbolFormula) => Value) => Value {
  const parts = flattened(formula);
  return (valueOf) => {
    const values: Value[] = [];
    for (const part of parts) {
      values.push(part.formula.kind === "symbol" ? valueOf(part.formula) : flatValue(part, values, arithmetic));
    }
    return values.at(-1) as Value; // as: a formula has a part at least, itself
  };
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
  const parts = flattened(formula);
  for (const part of parts) {
    if (part.formula.kind !== "symbol" || symbolText(part.formula) === name) continue;
    throw unknownSymbol(symbolText(part.formula), name);
  }
  const values: Value[] = [];
  let isFirst = true;
  return (value) => {
    spend(4 * parts.length);
    for (const [i, part] of parts.entries()) {
      if (part.isFixed && !isFirst) continue;
      values[i] = part.formula.kind === "symbol" ? value : flatValue(part, values, arithmetic);
    }
    isFirst = false;
    return values[parts.length - 1] as Value; // as: every part, the whole last, was just computed
  };
}

function flatValue<Value>(
  { formula, operands }: FlatPart,
  values: readonly Value[],
  arithmetic: Arithmetic<Value>,
): Value {
  // as: operands come before what uses them
  return valueOfPart(formula, (position) => values[operands[position] ?? 0] as Value, arithmetic);
}

function unknownSymbol(got: string, name: string): FormulaError {
  return new FormulaError(
    { where: "formula", expected: `no symbol but "${name}"`, got: `"${got}"`, advice: "Give it a value." },
    got,
    { start: 0, end: got.length },
  );
}
