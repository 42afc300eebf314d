import { FormulaError } from "../../errors.ts";
import { childrenOf, evaluate, type Formula, literalValue, postorder, toText } from "../../formula/index.ts";
import {
  compareDecimals,
  type Decimal,
  decimalOf,
  magnitude,
  parseDecimal,
  rounded,
  subtractDecimals,
  truncated,
  unitsAt,
} from "./decimal.ts";
import type { NumberQuestion } from "../sheet.ts";
import { expressionIn, type GivenSystem, type SystemState } from "./system-values.ts";

/** An answer as it was typed and as it was read. */
export interface TypedNumber {
  readonly formula: Formula;
  readonly text: string;
  /** Whether a numeral counts as the number that it is, and not for its decimals: 0.7 of a file that keeps numbers. Default false. */
  readonly isByValue?: boolean;
}

/** A question for a number with what it asks, read. */
export interface AskedNumber {
  readonly question: NumberQuestion;
  readonly asks: Formula;
  /** What the question is about, with its values. */
  readonly system: GivenSystem;
}

/** An earlier question, and what the learner answered. */
export interface EarlierNumber extends AskedNumber {
  readonly answer: TypedNumber;
}

/** The number that an answer is. */
export interface NumberRead {
  /** Of a numeral, exactly as typed; of an expression, its value to twelve significant digits. */
  readonly decimal: Decimal;
  /** How many decimals were typed; null for an expression, which has all of them. */
  readonly decimals: number | null;
  /** Whether it names quantities of the system. */
  readonly hasQuantities: boolean;
}

/** The digits of a float64 that are taken for the number's own: four fewer than it has, which rounding may have cost. */
const SIGNIFICANT_DIGITS = 12;

const numeral = /(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?/gu;

/**
 * Reads a typed number or an expression that has one as its value; a text says why there is none.
 *
 * @param state the system whose quantities the expression may name.
 */
export function readNumber(state: SystemState, { formula, text, isByValue = false }: TypedNumber): NumberRead | string {
  const literal = literalValue(formula);
  if (literal !== null) {
    const digits = typedNumeral(text, literal);
    if (digits !== null) {
      const { units, decimals } = digits;
      const isNegative = literal < 0;
      const decimal = { units: isNegative ? -units : units, decimals };
      return { decimal, decimals: isByValue ? null : decimals, hasQuantities: false };
    }
  }
  try {
    const { formula: expression, values } = expressionIn(state, formula);
    const value = evaluate(expression, values);
    if (!Number.isFinite(value)) return whyNoNumber(expression, values);
    return {
      decimal: numberToDecimal(value),
      decimals: null,
      hasQuantities: Object.keys(values).length > 0,
    };
  } catch (error) {
    if (error instanceof FormulaError) return error.reason.replace(/^e/, "E");
    throw error;
  }
}

/** The numeral of an answer such as `2.080`, `0,288` or `C = -.5`, without its sign; null when it is not that number. */
function typedNumeral(text: string, literal: number): Decimal | null {
  const own = text
    .slice(text.lastIndexOf("=") + 1)
    .replace(/\{,\}/g, ".")
    .match(numeral);
  const [only = "", more] = own ?? [];
  if (more !== undefined) return null;
  const decimal = parseDecimal(only.replace(",", "."));
  return decimal !== null && Number(only.replace(",", ".")) === Math.abs(literal) ? decimal : null;
}

/** A finite float64 to twelve significant digits: what is left when the traces of rounding are gone. */
export function numberToDecimal(value: number): Decimal {
  return decimalOf(value, SIGNIFICANT_DIGITS);
}

/**
 * Whether a number is right for a true value at so many decimals: equal to it rounded, or cut off, there, or closer to it than
 * half a unit of the last decimal. A true value halfway between two is rounded away from 0; cut off, it is the other, so both are right.
 * All in exact decimals; 0 and −0 are one number. How many decimals were typed is not looked at here.
 */
export function isRightAt(typed: Decimal, truth: Decimal, decimals: number): boolean {
  if (compareDecimals(typed, rounded(truth, decimals)) === 0) return true;
  if (compareDecimals(typed, truncated(truth, decimals)) === 0) return true;
  return isWithin(typed, truth, { halfUnits: 1n, decimals });
}

/** Whether two numbers differ by less than so many halves of a unit of the last of `decimals`. */
export function isWithin(
  left: Decimal,
  right: Decimal,
  { halfUnits, decimals }: { readonly halfUnits: bigint; readonly decimals: number },
): boolean {
  const difference = subtractDecimals(left, right);
  const places = Math.max(difference.decimals, decimals);
  return 2n * magnitude(unitsAt(difference, places)) < halfUnits * 10n ** BigInt(places - decimals);
}

/** Why an expression has no finite value: its innermost part that has none. */
function whyNoNumber(expression: Formula, values: Readonly<Record<string, number>>): string {
  for (const part of postorder(expression)) {
    if (Number.isFinite(evaluate(part, values))) continue;
    const [, divisor] = childrenOf(part);
    if (
      part.kind === "operation" &&
      part.operator === "/" &&
      divisor !== undefined &&
      evaluate(divisor, values) === 0
    ) {
      return `Expected a number, got a division by 0 in ${toText(part)}. Check what it divides by.`;
    }
    const what = Number.isNaN(evaluate(part, values)) ? "no real number" : "beyond every number";
    return `Expected a number, got ${toText(part)}, which is ${what}. Check it.`;
  }
  return `Expected a number, got ${toText(expression)}, which has none as its value. Check it.`;
}

/** Decimals beyond those asked for, at which a value has nothing left but traces of rounding: 0.8099999999975 is 0.81. */
const TRACES = 5;

/**
 * Whether a typed number is right for a true value, with the decimals asked for. With fewer decimals it is only where it is the value
 * itself.
 */
export function isRight({ decimal, decimals: typed }: NumberRead, truth: Decimal, decimals: number): boolean {
  if (typed !== null && typed < decimals) return compareDecimals(decimal, rounded(truth, decimals + TRACES)) === 0;
  return isRightAt(decimal, truth, decimals);
}
