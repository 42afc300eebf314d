import { FormulaError, internalError } from "../../errors.ts";
import { spend } from "../budget.ts";
import { functions } from "../functions.ts";
import { symbolText } from "../print-text.ts";
import { formulaKey } from "../structure.ts";
import { notWrittenOut } from "../read/textbook.ts";
import type { Call, Formula, Operator, Relation } from "../tree.ts";
import { childrenOf, foldFormula, postorder } from "../walk.ts";

/**
 * The value of a formula in float64. Both branches of a choice are computed and one is taken, so a NaN in the other does
 * no harm.
 * @throws FormulaError when a symbol has no value.
 */
export function evaluate(formula: Formula, values: Readonly<Record<string, number>>): number {
  return foldFormula<number>(formula, (part, operands) => valueAt(part, operands, values));
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
    const value = valueAt(part, inputs, values);
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

function valueAt(part: Formula, operands: readonly number[], values: Readonly<Record<string, number>>): number {
  if (part.kind !== "symbol") return valueFromParts(part, operands);
  const name = symbolText(part);
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value ?? missing(name, Object.keys(values));
}

function missing(name: string, given: readonly string[]): never {
  const list = given.length === 0 ? "no values" : `values for ${given.join(", ")}`;
  throw new FormulaError(
    { where: "formula", expected: `a value for "${name}"`, got: list, advice: "Give every symbol a value." },
    name,
    { start: 0, end: name.length },
  );
}

/** The value of one construct from those of its parts; a symbol has none, nor has what stands for a network's quantities. */
export function valueFromParts(formula: Formula, operands: readonly number[]): number {
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = operands;
  switch (formula.kind) {
    case "number":
      return formula.value;
    case "constant":
      return formula.name === "e" ? Math.E : Math.PI;
    case "symbol":
      throw internalError("formula: a symbol has no value of its own.");
    case "negate":
      return -first;
    case "operation":
      return operators[formula.operator](first, second);
    case "comparison":
      return relations[formula.relation](first, second) ? 1 : 0;
    case "choice":
      return first !== 0 ? second : third;
    case "call":
      return evaluatorOf(formula)(first, second);
    case "sum":
    case "application":
    case "derivative":
      throw notWrittenOut(formula);
  }
}

const operators: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
};

const relations: Readonly<Record<Relation, (left: number, right: number) => boolean>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
};

function evaluatorOf(formula: Call): (u: number, v: number) => number {
  return functions[formula.name].evaluate;
}

/** Computes `registers[target]` from other registers. */
type Step = (registers: Float64Array) => void;

/**
 * Makes a fast evaluator of a formula, for use on many values: the formula is flattened once into a list of steps over
 * numbered registers, equal subformulas computed once; a call allocates nothing. Values come in the order of `names`.
 * Not reentrant, and needs none: evaluation never calls back.
 * @throws FormulaError when the formula has a symbol that is not among `names`.
 */
export function compileFormula(formula: Formula, names: readonly string[]): (values: ArrayLike<number>) => number {
  const registerOfKey = new Map<number, number>();
  const initial: number[] = names.map(() => 0);
  const steps: Step[] = [];
  for (const part of postorder(formula)) {
    const key = formulaKey(part);
    if (registerOfKey.has(key)) continue;
    if (part.kind === "symbol") {
      const position = names.indexOf(symbolText(part));
      if (position < 0) missing(symbolText(part), names);
      registerOfKey.set(key, position);
      continue;
    }
    const target = initial.length;
    registerOfKey.set(key, target);
    const isLeaf = part.kind === "number" || part.kind === "constant";
    initial.push(isLeaf ? valueFromParts(part, []) : 0);
    const operands = childrenOf(part).map((child) => registerOfKey.get(formulaKey(child)) ?? 0);
    if (!isLeaf) steps.push(stepOf(part, target, operands));
  }
  const registers = Float64Array.from(initial);
  const result = registerOfKey.get(formulaKey(formula)) ?? 0;
  const inputs = names.length;
  return (values) => {
    for (let input = 0; input < inputs; input += 1) registers[input] = at(values, input);
    spend(1 + (steps.length >> 3));
    for (const step of steps) step(registers);
    return at(registers, result);
  };
}

/** An element known to be there: registers are numbered by the compiler, values counted by its caller. */
function at(values: ArrayLike<number>, position: number): number {
  return values[position] as number; // as: see above; a missing value becomes NaN in the register
}

function stepOf(formula: Formula, target: number, operands: readonly number[]): Step {
  const [a = 0, b = 0, c = 0] = operands;
  switch (formula.kind) {
    case "negate":
      return (r) => void (r[target] = -at(r, a));
    case "operation":
      return operationStep(formula.operator, target, a, b);
    case "comparison": {
      const holds = relations[formula.relation];
      return (r) => void (r[target] = holds(at(r, a), at(r, b)) ? 1 : 0);
    }
    case "choice":
      return (r) => void (r[target] = at(r, a) !== 0 ? at(r, b) : at(r, c));
    case "call": {
      const apply = evaluatorOf(formula);
      return (r) => void (r[target] = apply(at(r, a), at(r, b)));
    }
    default:
      throw internalError(`formula: a ${formula.kind} takes no step.`);
  }
}

/** Spelled out, not taken from `operators`: these are most of the work, and a call each would double it. */
function operationStep(operator: Operator, target: number, a: number, b: number): Step {
  switch (operator) {
    case "+":
      return (r) => void (r[target] = at(r, a) + at(r, b));
    case "-":
      return (r) => void (r[target] = at(r, a) - at(r, b));
    case "*":
      return (r) => void (r[target] = at(r, a) * at(r, b));
    case "/":
      return (r) => void (r[target] = at(r, a) / at(r, b));
    case "^":
      return (r) => void (r[target] = at(r, a) ** at(r, b));
  }
}
