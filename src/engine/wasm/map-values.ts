import { internalError } from "../../errors.ts";
import {
  foldFormula,
  type Formula,
  type FunctionName,
  lower,
  notWrittenOut,
  type Operator,
} from "../../formula/index.ts";
import type { MapInstruction, MapOperand, Pattern } from "../../plan/instruction.ts";

/** What a map computes with; each is a few machine instructions, or a function of the kernels. */
export type MapOperation =
  | "abs"
  | "add"
  | "cos"
  | "divide"
  | "equal"
  | "erf"
  | "exp"
  | "expm1"
  | "less"
  | "lessEqual"
  | "log"
  | "log1p"
  | "max"
  | "min"
  | "multiply"
  | "negate"
  | "notEqual"
  | "power"
  | "relu"
  /** a ≠ 0 ? b : c */
  | "select"
  /** a = b ? c : d, and so on */
  | "selectEqual"
  | "selectLess"
  | "selectLessEqual"
  | "sigmoid"
  | "sign"
  | "sin"
  | "sqrt"
  | "subtract"
  | "tanh";

/**
 * A number per position that a map reads or computes. Equal values are the same object, so what two equations share is
 * computed once.
 */
export type Value = ConstantValue | OperandValue | ComputedValue;

/** How far a value reaches: the same everywhere, the same along a row of positions, or any. */
export type Reach = "all" | "row" | "position";

export interface ConstantValue {
  readonly kind: "constant";
  readonly value: number;
  readonly reach: "all";
}

export interface OperandValue {
  readonly kind: "operand";
  readonly operand: MapOperand;
  readonly reach: Reach;
}

export interface ComputedValue {
  readonly kind: "computed";
  readonly operation: MapOperation;
  readonly arguments: readonly Value[];
  readonly reach: Reach;
}

/** The values of a map in the order they have to be computed, and those that are stored. */
export interface MapValues {
  readonly computed: readonly ComputedValue[];
  readonly outputs: readonly { readonly offset: number; readonly value: Value }[];
}

/** A column vector is one number for each row of positions. */
const reachOfPattern: Readonly<Record<Pattern, Reach>> = {
  scalar: "all",
  column: "row",
  row: "position",
  full: "position",
};

const reaches: readonly Reach[] = ["all", "row", "position"];

const operationOfFunction: Readonly<Partial<Record<FunctionName, MapOperation>>> = {
  exp: "exp",
  expm1: "expm1",
  log: "log",
  log1p: "log1p",
  sqrt: "sqrt",
  abs: "abs",
  sign: "sign",
  sin: "sin",
  cos: "cos",
  tanh: "tanh",
  sigmoid: "sigmoid",
  erf: "erf",
  min: "min",
  max: "max",
};

const operationOfOperator: Readonly<Record<Operator, MapOperation>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "^": "power",
};

/** Comparisons that choose without a detour over 0 and 1. */
const selectOperation: Readonly<Partial<Record<MapOperation, MapOperation>>> = {
  less: "selectLess",
  lessEqual: "selectLessEqual",
  equal: "selectEqual",
};

/**
 * Reads the equations of a map into shared values.
 *
 * @throws BackpassError (internal) when a formula uses an unknown symbol or a function that `lower` should have removed.
 */
export function valuesOf(instruction: MapInstruction): MapValues {
  const known = new Map<string, Value>();
  const numberOf = new Map<Value, number>();
  const computed: ComputedValue[] = [];

  const intern = <V extends Value>(key: string, make: () => V): V => {
    let value = known.get(key) as V | undefined; // as: a key tells the kind
    if (value === undefined) {
      value = make();
      known.set(key, value);
      numberOf.set(value, numberOf.size);
      if (value.kind === "computed") computed.push(value);
    }
    return value;
  };
  const constant = (number: number): ConstantValue => {
    const value = Math.fround(number);
    return intern(Object.is(value, -0) ? "#-0" : `#${value}`, () => ({ kind: "constant", value, reach: "all" }));
  };
  const compute = (operation: MapOperation, ...parts: readonly Value[]): ComputedValue =>
    intern(`${operation} ${parts.map((part) => numberOf.get(part)).join(" ")}`, () => ({
      kind: "computed",
      operation,
      arguments: parts,
      reach: reaches[Math.max(...parts.map(({ reach }) => reaches.indexOf(reach)))]!,
    }));
  const part = (parts: readonly Value[], position: number): Value => {
    const value = parts[position];
    if (value === undefined) throw internalError(`map: a formula lacks part ${position}.`);
    return value;
  };

  const translateCall = (name: FunctionName, parts: readonly Value[]): Value => {
    const operation = operationOfFunction[name];
    if (operation === undefined) throw internalError(`map: no operation for the function ${name}.`);
    if (operation !== "max") return compute(operation, ...parts);
    const zero = parts.findIndex((each) => each.kind === "constant" && Object.is(each.value, 0));
    return zero < 0 ? compute(operation, ...parts) : compute("relu", part(parts, 1 - zero));
  };

  const translateChoice = (condition: Value, then: Value, otherwise: Value): Value => {
    if (condition.kind === "computed") {
      const [left, right] = condition.arguments;
      const fused = selectOperation[condition.operation];
      if (fused !== undefined) return compute(fused, left!, right!, then, otherwise);
      if (condition.operation === "notEqual") return compute("selectEqual", left!, right!, otherwise, then);
    }
    return compute("select", condition, then, otherwise);
  };

  const symbols = new Map<string, Value>();
  const translate = (formula: Formula, parts: readonly Value[]): Value => {
    switch (formula.kind) {
      case "number":
        return constant(formula.value);
      case "constant":
        return constant(formula.name === "e" ? Math.E : Math.PI);
      case "symbol": {
        const value = symbols.get(formula.name);
        if (value === undefined) throw internalError(`map: nothing is given for the symbol ${formula.name}.`);
        return value;
      }
      case "negate": {
        const operand = part(parts, 0);
        return operand.kind === "constant" ? constant(-operand.value) : compute("negate", operand);
      }
      case "operation":
        return compute(operationOfOperator[formula.operator], part(parts, 0), part(parts, 1));
      case "call":
        return translateCall(formula.name, parts);
      case "comparison": {
        const [left, right] = [part(parts, 0), part(parts, 1)];
        switch (formula.relation) {
          case "<":
            return compute("less", left, right);
          case "<=":
            return compute("lessEqual", left, right);
          case ">":
            return compute("less", right, left);
          case ">=":
            return compute("lessEqual", right, left);
          case "==":
            return compute("equal", left, right);
          case "!=":
            return compute("notEqual", left, right);
        }
      }
      // Every relation returns: nothing falls through.
      case "choice":
        return translateChoice(part(parts, 0), part(parts, 1), part(parts, 2));
      case "sum":
      case "application":
      case "derivative":
        throw notWrittenOut(formula);
    }
  };

  for (const operand of instruction.operands) {
    const value = intern(`$${operand.offset} ${operand.pattern}`, () => ({
      kind: "operand",
      operand,
      reach: reachOfPattern[operand.pattern],
    }));
    symbols.set(operand.symbol, value);
  }
  const outputs: { offset: number; value: Value }[] = [];
  for (const { symbol, formula, offset } of instruction.equations) {
    const value = foldFormula(lower(formula), translate);
    symbols.set(symbol, value);
    if (offset !== null) outputs.push({ offset, value });
  }
  return { computed, outputs };
}
