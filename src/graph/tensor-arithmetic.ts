import { internalError } from "../errors.ts";
import { type Arithmetic, preparedIn, symbol, symbolText } from "../formula/index.ts";
import type { Call, Formula } from "../formula/tree.ts";
import type { Reduction } from "./node.ts";

/** Elements of a tensor in the order in which they are used: the i-th is `values[at[i]]`. */
export interface Gathered<Values> {
  readonly values: Values;
  readonly at: Int32Array;
}

/** The terms of sums: term k of the i-th sum is `values[at[i] + terms[k]]`. */
export interface GatheredTerms<Values> extends Gathered<Values> {
  readonly terms: Int32Array;
}

/** Computes a tensor from others; what depends on shapes alone was worked out before. */
export type Kernel = () => void;

/** What a graph is computed in: rows of numbers of some kind, and the three loops that the primitives are. */
export interface TensorArithmetic<Values> {
  readonly allocate: (length: number) => Values;
  /** Element i becomes `value(i)`, a plain number. */
  readonly fill: (target: Values, value: (i: number) => number) => void;
  /** `target_i = Σ_k left_ik right_ik`, terms in order. */
  readonly sumOfProducts: (target: Values, left: GatheredTerms<Values>, right: GatheredTerms<Values>) => Kernel;
  /** `target_i = f(u_i, v_i, …)`, by the symbols of the formula. */
  readonly apply: (target: Values, formula: Formula, operands: Readonly<Record<string, Gathered<Values>>>) => Kernel;
  /** Sum, mean or maximum of the terms, in order. */
  readonly reduce: (target: Values, reduction: Reduction, operand: GatheredTerms<Values>) => Kernel;
}

const LARGER: Call = { kind: "call", name: "max", arguments: [symbol("u"), symbol("v")] };

/** Tensors of any kind of number: the three loops, with the operations of an arithmetic. */
export function tensorsOf<Value>(arithmetic: Arithmetic<Value>): TensorArithmetic<Value[]> {
  const { number, operation, call } = arithmetic;
  const zero = number(0);
  const joined: Readonly<Record<Reduction, (u: Value, v: Value) => Value>> = {
    sum: (u, v) => operation("+", u, v),
    mean: (u, v) => operation("+", u, v),
    max: (u, v) => call("max", u, v, LARGER),
  };
  const total = (terms: number, term: (k: number) => Value, join: (u: Value, v: Value) => Value): Value => {
    if (terms === 0) return zero;
    let whole = term(0);
    for (let k = 1; k < terms; k++) whole = join(whole, term(k));
    return whole;
  };
  const fillWith = (target: Value[], value: (i: number) => Value): void => {
    for (let i = 0; i < target.length; i++) target[i] = value(i);
  };
  return {
    allocate: (length) => Array.from<Value>({ length }).fill(zero),
    fill: (target, value) => fillWith(target, (i) => number(value(i))),
    sumOfProducts: (target, left, right) => () =>
      fillWith(target, (i) =>
        total(left.terms.length, (k) => operation("*", termOf(left, i, k), termOf(right, i, k)), joined.sum),
      ),
    apply: (target, formula, operands) => {
      const evaluate = preparedIn(formula, arithmetic);
      return () =>
        fillWith(target, (i) =>
          evaluate((each) => {
            const operand = operands[symbolText(each)];
            if (operand === undefined) throw internalError(`a map without operand "${symbolText(each)}".`);
            return operand.values[operand.at[i] ?? 0] as Value; // as: every position is within the operand
          }),
        );
    },
    reduce: (target, reduction, operand) => () =>
      fillWith(target, (i) => {
        const terms = operand.terms.length;
        const whole = total(terms, (k) => termOf(operand, i, k), joined[reduction]);
        return reduction === "mean" && terms > 1 ? operation("/", whole, number(terms)) : whole;
      }),
  };
}

function termOf<Value>({ values, at, terms }: GatheredTerms<readonly Value[]>, i: number, k: number): Value {
  return values[(at[i] ?? 0) + (terms[k] ?? 0)] as Value; // as: every position is within the operand
}
