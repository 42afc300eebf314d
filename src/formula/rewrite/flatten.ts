import { number } from "../build.ts";
import { differenceOf, isNumber, negationOf, productOf, quotientOf, sumOf } from "../fold.ts";
import { literalValue } from "../literal-value.ts";
import type { Formula } from "../tree.ts";

/** One term of a sum, with its sign. */
export interface Term {
  readonly isNegative: boolean;
  readonly term: Formula;
}

/** A formula with shared subtrees may unfold to more terms than memory holds; past this many, the rest stays grouped. */
const mostParts = 128;

/** The terms of a sum or difference, however grouped, in reading order; any other formula is its own only term. */
export function termsOf(formula: Formula): readonly Term[] {
  const terms: Term[] = [];
  const open: Term[] = [{ isNegative: false, term: formula }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { isNegative, term } = next;
    if (terms.length + open.length >= mostParts) terms.push(next);
    else if (term.kind === "negate") open.push({ isNegative: !isNegative, term: term.operand });
    else if (term.kind === "operation" && (term.operator === "+" || term.operator === "-")) {
      open.push({ isNegative: (term.operator === "-") !== isNegative, term: term.right });
      open.push({ isNegative, term: term.left });
    } else terms.push(next);
  }
  return terms;
}

/** The sum of terms, from left to right. */
export function sumOfTerms(terms: readonly Term[]): Formula {
  let sum: Formula = number(0);
  for (const { isNegative, term } of terms) sum = isNegative ? differenceOf(sum, term) : sumOf(sum, term);
  return sum;
}

/** A product of factors over a product of factors, with one sign. A factor 1 is left out. */
export interface Fraction {
  readonly isNegative: boolean;
  readonly above: readonly Formula[];
  readonly below: readonly Formula[];
}

/** The factors of a product or quotient, however grouped. A power with a negative literal exponent counts below. */
export function fractionOf(formula: Formula): Fraction {
  let isNegative = false;
  const above: Formula[] = [];
  const below: Formula[] = [];
  const open: { factor: Formula; isBelow: boolean }[] = [{ factor: formula, isBelow: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { factor, isBelow } = next;
    const exponent = factor.kind === "operation" && factor.operator === "^" ? literalValue(factor.right) : null;
    if (above.length + below.length + open.length >= mostParts) {
      (isBelow ? below : above).push(factor);
    } else if (factor.kind === "negate") {
      isNegative = !isNegative;
      open.push({ factor: factor.operand, isBelow });
    } else if (factor.kind === "operation" && (factor.operator === "*" || factor.operator === "/")) {
      open.push({ factor: factor.right, isBelow: (factor.operator === "/") !== isBelow });
      open.push({ factor: factor.left, isBelow });
    } else if (factor.kind === "operation" && exponent !== null && exponent < 0) {
      const inverse = exponent === -1 ? factor.left : { ...factor, right: number(-exponent) };
      open.push({ factor: inverse, isBelow: !isBelow });
    } else if (!isNumber(factor, 1)) {
      (isBelow ? below : above).push(factor);
    }
  }
  return { isNegative, above, below };
}

/** The formula of a fraction: a·b/(c·d). */
export function formulaOfFraction({ isNegative, above, below }: Fraction): Formula {
  const product = (factors: readonly Formula[]): Formula => factors.reduce(productOf, number(1));
  const quotient = quotientOf(product(above), product(below));
  return isNegative ? negationOf(quotient) : quotient;
}
