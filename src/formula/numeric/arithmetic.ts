import type { Call, Comparison, ConstantFormula, FunctionName, Operation } from "../tree.ts";

/**
 * What formulas are computed in: numbers of some kind, with an operation for every construct of a formula. Float64 is one
 * (`float64.ts`), a finite field another (`field-arithmetic.ts`), intervals a third; formulas themselves are a fourth, and
 * the steps of a compiled formula a fifth. What a formula means stands once, in `valueOfPart`.
 */
export interface Arithmetic<Value> {
  /** A literal, finite and not negative. */
  readonly number: (value: number) => Value;
  /** π or e. */
  readonly constant: (name: ConstantFormula["name"]) => Value;
  /** −u */
  readonly negate: (u: Value) => Value;
  /** `formula`: as it is written, where it is: the field has powers with a literal exponent only. */
  readonly operation: (operator: Operation["operator"], u: Value, v: Value, formula?: Operation) => Value;
  /** `v` is undefined for a function of one argument. */
  readonly call: (name: FunctionName, u: Value, v: Value | undefined, formula: Call) => Value;
  /** 1 where the relation holds, 0 where not. */
  readonly comparison: (relation: Comparison["relation"], u: Value, v: Value) => Value;
  /** `then` where the condition is not 0, else `otherwise`; each is worked out when it is asked for. */
  readonly choice: (condition: Value, then: () => Value, otherwise: () => Value) => Value;
  /** A function by its name alone, with `primes` primes. Default: formulas with one have no value. */
  readonly apply?: (name: string, primes: number, argument: Value) => Value;
}

/** A formula has no value where it is evaluated; the message says why. */
export class NoValue extends Error {}

/** Whether a formula has the value it should have cannot be told in this arithmetic: it is not rational. */
export class NotRational extends Error {}
