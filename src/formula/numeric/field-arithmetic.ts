import { modularNumber, modularPower, modularQuotient, modulo } from "./prime-field.ts";
import { literalValue } from "../literal-value.ts";
import type { Formula, Operation } from "../tree.ts";
import { type Arithmetic, NotRational, NoValue } from "./arithmetic.ts";
import { rationalOf } from "./rational.ts";

/** Exponents beyond this are not what anyone typed. */
const largestExponent = 1000;

/** e has a power in the field for every exponent that people type: 720720 has all divisors up to 16. */
const rootsOfE = 720_720_000_000n;

/**
 * Integers modulo 2^61 − 1: two rational functions that differ have different values, but for a chance of 1e-15. e and pi
 * are the root of no polynomial, so they are elements like any other, which `draw` gives; functions and comparisons have
 * no value.
 *
 * Operations throw NoValue where a divisor is 0, and NotRational where the formula is not rational.
 */
export function fieldArithmetic(draw: (name: string) => bigint): Arithmetic<bigint> {
  const powerOfE = (exponent: number | null): bigint => {
    const exact = exponent === null ? null : rationalOf(exponent);
    const whole = exact === null ? 0n : (exact.numerator * rootsOfE) / exact.denominator;
    if (exact === null || whole * exact.denominator !== exact.numerator * rootsOfE) return notRational();
    const size = modularPower(rootOfE(draw), whole < 0n ? -whole : whole);
    return whole < 0n ? inverse(size) : size;
  };
  return {
    // Whole float64 numbers up to 2^53 are smaller than the prime.
    number: (value) => (Number.isSafeInteger(value) ? modulo(BigInt(value)) : (modularNumber(value) ?? notRational())),
    constant: (name) => (name === "e" ? modularPower(rootOfE(draw), rootsOfE) : draw(name)),
    negate: (u) => modulo(-u),
    operation: (operator, u, v, formula) => {
      switch (operator) {
        case "+":
          return modulo(u + v);
        case "-":
          return modulo(u - v);
        case "*":
          return modulo(u * v);
        case "/":
          return quotient(u, v);
        case "^":
          return isNatural(formula) ? powerOfE(exponentOf(formula)) : power(u, exponentOf(formula));
      }
    },
    call: (name, _u, _v, { arguments: [exponent] }) =>
      name === "exp" && exponent !== undefined ? powerOfE(literalValue(exponent)) : notRational(),
    comparison: notRational,
    choice: (condition, then, otherwise) => (condition === 0n ? otherwise() : then()),
  };
}

/** e^(1/rootsOfE) */
function rootOfE(draw: (name: string) => bigint): bigint {
  return draw("root of e");
}

function notRational(): never {
  throw new NotRational("the formula is not rational");
}

function quotient(above: bigint, below: bigint): bigint {
  const value = modularQuotient(above, below);
  if (value === null) throw new NoValue("it divides by 0");
  return value;
}

function inverse(value: bigint): bigint {
  return quotient(1n, value);
}

function power(base: bigint, exponent: number | null): bigint {
  if (exponent === null || !Number.isInteger(exponent) || Math.abs(exponent) > largestExponent) return notRational();
  const size = modularPower(base, BigInt(Math.abs(exponent)));
  return exponent < 0 ? inverse(size) : size;
}

function isNatural(formula: Operation | undefined): formula is Operation {
  return formula !== undefined && isE(formula.left);
}

function isE(formula: Formula): boolean {
  return formula.kind === "constant" && formula.name === "e";
}

/** The exponent as a number where it is written as one. */
function exponentOf(formula: Operation | undefined): number | null {
  return formula === undefined ? null : literalValue(formula.right);
}
