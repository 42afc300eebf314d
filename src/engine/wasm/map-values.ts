import { internalError } from "../../errors.ts";
import { foldFormula, type Formula, type FunctionName, lower, type Operator } from "../../formula/index.ts";
import type { MapInstruction, MapOperand } from "../../plan/instruction.ts";
import * as code from "./opcodes.ts";

/**
 * A number per position that a map reads or computes. Equal values are the same object, so what two equations share is
 * computed once.
 */
export type Value = ConstantValue | OperandValue | ComputedValue;

export interface ConstantValue {
  readonly kind: "constant";
  readonly value: number;
  readonly isUniform: true;
}

export interface OperandValue {
  readonly kind: "operand";
  readonly operand: MapOperand;
  readonly isUniform: boolean;
}

/** An operation of `opcodes.ts`. */
export interface ComputedValue {
  readonly kind: "computed";
  readonly code: number;
  readonly arguments: readonly Value[];
  /** True when it is the same at every position, so that one vector of it is enough. */
  readonly isUniform: boolean;
}

/** The values of a map in the order they have to be computed, and those that are stored. */
export interface MapValues {
  readonly computed: readonly ComputedValue[];
  readonly outputs: readonly { readonly offset: number; readonly value: Value }[];
}

const codeOfFunction: Readonly<Partial<Record<FunctionName, number>>> = {
  exp: code.EXP,
  expm1: code.EXPM1,
  log: code.LOG,
  log1p: code.LOG1P,
  sqrt: code.SQRT,
  abs: code.ABS,
  sign: code.SIGN,
  sin: code.SIN,
  cos: code.COS,
  tanh: code.TANH,
  sigmoid: code.SIGMOID,
  erf: code.ERF,
  min: code.MIN,
  max: code.MAX,
};

const codeOfOperator: Readonly<Record<Operator, number>> = {
  "+": code.ADD,
  "-": code.SUBTRACT,
  "*": code.MULTIPLIED,
  "/": code.DIVIDE,
  "^": code.POWER,
};

/** Comparisons that choose in the same operation. */
const selectCode: ReadonlyMap<number, number> = new Map([
  [code.LESS, code.SELECT_LESS],
  [code.LESS_EQUAL, code.SELECT_LESS_EQUAL],
  [code.EQUAL, code.SELECT_EQUAL],
]);

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
    return intern(Object.is(value, -0) ? "#-0" : `#${value}`, () => ({ kind: "constant", value, isUniform: true }));
  };
  const compute = (operation: number, ...parts: readonly Value[]): ComputedValue =>
    intern(`${operation} ${parts.map((part) => numberOf.get(part)).join(" ")}`, () => ({
      kind: "computed",
      code: operation,
      arguments: parts,
      isUniform: parts.every(({ isUniform }) => isUniform),
    }));
  const part = (parts: readonly Value[], position: number): Value => {
    const value = parts[position];
    if (value === undefined) throw internalError(`map: a formula lacks part ${position}.`);
    return value;
  };

  const translateOperation = (operator: Operator, left: Value, right: Value): Value =>
    operator === "*" && left === right ? compute(code.SQUARE, left) : compute(codeOfOperator[operator], left, right);

  const translateCall = (name: FunctionName, parts: readonly Value[]): Value => {
    const operation = codeOfFunction[name];
    if (operation === undefined) throw internalError(`map: no operation for the function ${name}.`);
    if (operation !== code.MAX) return compute(operation, ...parts);
    const zero = parts.findIndex((each) => each.kind === "constant" && Object.is(each.value, 0));
    return zero < 0 ? compute(operation, ...parts) : compute(code.RELU, part(parts, 1 - zero));
  };

  const translateChoice = (condition: Value, then: Value, otherwise: Value): Value => {
    if (condition.kind === "computed") {
      const [left, right] = condition.arguments;
      const fused = selectCode.get(condition.code);
      if (fused !== undefined) return compute(fused, left!, right!, then, otherwise);
      if (condition.code === code.NOT_EQUAL) return compute(code.SELECT_EQUAL, left!, right!, otherwise, then);
    }
    return compute(code.SELECT, condition, then, otherwise);
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
        return operand.kind === "constant" ? constant(-operand.value) : compute(code.NEGATE, operand);
      }
      case "operation":
        return translateOperation(formula.operator, part(parts, 0), part(parts, 1));
      case "call":
        return translateCall(formula.name, parts);
      case "comparison": {
        const [left, right] = [part(parts, 0), part(parts, 1)];
        switch (formula.relation) {
          case "<":
            return compute(code.LESS, left, right);
          case "<=":
            return compute(code.LESS_EQUAL, left, right);
          case ">":
            return compute(code.LESS, right, left);
          case ">=":
            return compute(code.LESS_EQUAL, right, left);
          case "==":
            return compute(code.EQUAL, left, right);
          case "!=":
            return compute(code.NOT_EQUAL, left, right);
        }
      }
      // Every relation returns: nothing falls through.
      case "choice":
        return translateChoice(part(parts, 0), part(parts, 1), part(parts, 2));
    }
  };

  for (const operand of instruction.operands) {
    const value = intern(`$${operand.offset} ${operand.pattern}`, () => ({
      kind: "operand",
      operand,
      isUniform: operand.pattern === "scalar",
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
