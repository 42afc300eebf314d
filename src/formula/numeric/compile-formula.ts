import { spend } from "../budget.ts";
import { functions } from "../functions.ts";
import { symbolText } from "../print-text.ts";
import type { Formula, Operator } from "../tree.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { preparedIn } from "./evaluate-in.ts";
import { missingValue } from "./evaluate.ts";
import { float64Arithmetic, float64Relations } from "./float64.ts";

/** Computes a register from others. */
type Step = (registers: Float64Array) => void;

/**
 * Makes a fast evaluator of a formula, for use on many values: the formula is flattened once into a list of steps over
 * numbered registers, equal subformulas computed once; a call allocates nothing. Values come in the order of `names`.
 * Not reentrant, and needs none: evaluation never calls back.
 * @throws FormulaError when the formula has a symbol that is not among `names`.
 */
export function compileFormula(formula: Formula, names: readonly string[]): (values: ArrayLike<number>) => number {
  const initial: number[] = names.map(() => 0);
  const steps: Step[] = [];
  const result = preparedIn(
    formula,
    registerArithmetic(initial, steps),
  )((symbol) => {
    const position = names.indexOf(symbolText(symbol));
    return position < 0 ? missingValue(symbolText(symbol), names) : position;
  });
  const registers = Float64Array.from(initial);
  const inputs = names.length;
  return (values) => {
    for (let input = 0; input < inputs; input += 1) registers[input] = at(values, input);
    spend(1 + (steps.length >> 3));
    for (const step of steps) step(registers);
    return at(registers, result);
  };
}

/** Registers as numbers: an operation on two is the number of a third, and a step that fills it in float64. */
function registerArithmetic(initial: number[], steps: Step[]): Arithmetic<number> {
  const holding = (value: number): number => initial.push(value) - 1;
  const filled = (step: (target: number) => Step): number => {
    const target = holding(0);
    steps.push(step(target));
    return target;
  };
  return {
    number: holding,
    constant: (name) => holding(float64Arithmetic.constant(name)),
    negate: (a) => filled((target) => (r) => void (r[target] = -at(r, a))),
    operation: (operator, a, b) => filled((target) => operationStep(operator, target, a, b)),
    comparison: (relation, a, b) => {
      const holds = float64Relations[relation];
      return filled((target) => (r) => void (r[target] = holds(at(r, a), at(r, b)) ? 1 : 0));
    },
    choice: (condition, then, otherwise) => {
      const [b, c] = [then(), otherwise()];
      return filled((target) => (r) => void (r[target] = at(r, condition) !== 0 ? at(r, b) : at(r, c)));
    },
    call: (name, a, b = a) => {
      const apply = functions[name].evaluate;
      return filled((target) => (r) => void (r[target] = apply(at(r, a), at(r, b))));
    },
  };
}

/** An element known to be there: registers are numbered by the compiler, values counted by its caller. */
function at(values: ArrayLike<number>, position: number): number {
  return values[position] as number; // as: see above; a missing value becomes NaN in the register
}

/** Spelled out, not taken from `float64Operators`: these are most of the work, and a call each would double it. */
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
