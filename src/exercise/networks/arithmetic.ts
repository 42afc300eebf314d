import { functions } from "../../formula/functions.ts";
import type { FunctionName, Relation } from "../../formula/index.ts";
import { modularNumber, modularPower, modularQuotient, modulo } from "../../formula/numeric/prime-field.ts";
import { rationalOf } from "../../formula/numeric/rational.ts";
import { drawnElement } from "./drawn-values.ts";

/** A formula has no value where it is evaluated; the message says why. */
export class NoValue extends Error {}

/** Whether a formula has the value it should have cannot be told in this arithmetic: it is not rational. */
export class NotRational extends Error {}

/** What formulas are evaluated in: float64, or a finite field where equality is exact. */
export interface Arithmetic<Value> {
  readonly zero: Value;
  readonly one: Value;
  readonly number: (value: number) => Value;
  readonly constant: (name: "e" | "pi") => Value;
  readonly add: (left: Value, right: Value) => Value;
  readonly negate: (operand: Value) => Value;
  readonly multiply: (left: Value, right: Value) => Value;
  /** @throws NoValue where the divisor is 0. */
  readonly divide: (left: Value, right: Value) => Value;
  /** `exponent`: as a number where it is written as one. @throws NotRational */
  readonly power: (base: Value, exponent: Value, literal: number | null) => Value;
  /** e^exponent. @throws NotRational */
  readonly exponential: (exponent: Value, literal: number | null) => Value;
  /** @throws NotRational */
  readonly call: (name: FunctionName, values: readonly Value[]) => Value;
  /** 1 or 0. @throws NotRational */
  readonly compare: (relation: Relation, left: Value, right: Value) => Value;
  readonly isZero: (value: Value) => boolean;
}

/** Float64. A result that is no finite number is no value. */
export const realArithmetic: Arithmetic<number> = {
  zero: 0,
  one: 1,
  number: (value) => value,
  constant: (name) => (name === "e" ? Math.E : Math.PI),
  add: (left, right) => left + right,
  negate: (operand) => -operand,
  multiply: (left, right) => left * right,
  divide: (left, right) => {
    if (right === 0) throw new NoValue("it divides by 0");
    return left / right;
  },
  power: (base, exponent) => base ** exponent,
  exponential: Math.exp,
  call: (name, [first = Number.NaN, second = Number.NaN]) => functions[name].evaluate(first, second),
  compare: (relation, left, right) => {
    switch (relation) {
      case "<":
        return left < right ? 1 : 0;
      case "<=":
        return left <= right ? 1 : 0;
      case ">":
        return left > right ? 1 : 0;
      case ">=":
        return left >= right ? 1 : 0;
      case "==":
        return left === right ? 1 : 0;
      case "!=":
        return left === right ? 0 : 1;
    }
  },
  isZero: (value) => value === 0,
};

/** Exponents beyond this are not what anyone typed. */
const largestExponent = 1000;

function notRational(): never {
  throw new NotRational("the formula is not rational");
}

/** e^(1/720720000000), by which e has a power for every exponent that people type: 720720 has all divisors up to 16. */
const rootOfE = drawnElement("root of e");
const rootsOfE = 720_720_000_000n;

/** Integers modulo 2^61 − 1: two rational functions that differ have different values, but for a chance of 1e-15. */
export const fieldArithmetic: Arithmetic<bigint> = {
  zero: 0n,
  one: 1n,
  number: (value) => modularNumber(value) ?? notRational(),
  // Neither is the root of a polynomial: in the field they are elements like any other.
  constant: (name) => (name === "e" ? modularPower(rootOfE, rootsOfE) : drawnElement(name)),
  add: (left, right) => modulo(left + right),
  negate: (operand) => modulo(-operand),
  multiply: (left, right) => modulo(left * right),
  divide: (left, right) => {
    const quotient = modularQuotient(left, right);
    if (quotient === null) throw new NoValue("it divides by 0");
    return quotient;
  },
  power: (base, _exponent, literal) => {
    if (literal === null || !Number.isInteger(literal) || Math.abs(literal) > largestExponent) return notRational();
    const size = modularPower(base, BigInt(Math.abs(literal)));
    if (literal >= 0) return size;
    const inverse = modularQuotient(1n, size);
    if (inverse === null) throw new NoValue("it divides by 0");
    return inverse;
  },
  exponential: (_exponent, literal) => {
    const exact = literal === null ? null : rationalOf(literal);
    const whole = exact === null ? 0n : (exact.numerator * rootsOfE) / exact.denominator;
    if (exact === null || whole * exact.denominator !== exact.numerator * rootsOfE) return notRational();
    const size = modularPower(rootOfE, whole < 0n ? -whole : whole);
    return whole < 0n ? (modularQuotient(1n, size) ?? notRational()) : size;
  },
  call: notRational,
  compare: notRational,
  isZero: (value) => value === 0n,
};
