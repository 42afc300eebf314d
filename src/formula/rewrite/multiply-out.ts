import { add, divide, multiply, negate, number } from "../build.ts";
import { type Fraction, formulaOfFraction, fractionOf, termsOf } from "./flatten.ts";
import { literalValue } from "../literal-value.ts";
import { simplify } from "./simplify.ts";
import { sameStructure } from "../structure.ts";
import type { Formula } from "../tree.ts";
import { foldFormula, rewriteFormula } from "../walk.ts";

/** Longer formulas are left as they are: nobody reads them. */
const MOST_PARTS = 400;
/** Sums multiplied out to more terms than this are left as they are. */
const MOST_TERMS = 32;

/**
 * The formula, simplified, with products multiplied out where that leaves less: `((1 - t)/(1 - y) - t/y)*y*(1 - y)`, which
 * backpropagation makes of a sigmoid with cross-entropy, is `y - t`. Elsewhere nothing is multiplied out.
 */
export function shortened(formula: Formula): Formula {
  const simple = simplify(formula);
  if (lengthOf(simple) > MOST_PARTS) return simple;
  return simplify(rewriteFormula(simple, shortenedPart));
}

function shortenedPart(part: Formula): Formula {
  if (part.kind !== "operation") return part;
  if (part.operator === "+" || part.operator === "-") return shorterOf(part, multipliedOut(part));
  return part.operator === "*" || part.operator === "/" ? shorterOf(part, withoutDenominators(part)) : part;
}

/** The terms when they make a shorter formula; else the formula as it was. */
function shorterOf(formula: Formula, terms: readonly Formula[] | null): Formula {
  if (terms === null) return formula;
  const sum = simplify(terms.reduce(add, number(0)));
  return lengthOf(sum) < lengthOf(formula) ? sum : formula;
}

/** How many parts a formula has as a tree: what it takes to print it. */
function lengthOf(formula: Formula): number {
  return foldFormula<number>(formula, (_, parts) => parts.reduce((sum, each) => sum + each, 1));
}

/** A product in which a sum's denominators cancel with factors beside the sum, as terms; null where none does. */
function withoutDenominators(product: Formula): readonly Formula[] | null {
  const { isNegative, above, below } = fractionOf(product);
  for (const [position, sum] of above.entries()) {
    const terms = termsOf(sum);
    if (terms.length < 2) continue;
    const divisors = terms.flatMap(({ term }) => fractionOf(term).below.map(baseOf));
    const others = above.toSpliced(position, 1);
    const canceling = others.filter((factor) => divisors.some((divisor) => isSameUpToSign(divisor, baseOf(factor))));
    if (canceling.length === 0) continue;
    const rest: Fraction = { isNegative, above: others.filter((factor) => !canceling.includes(factor)), below };
    const inner = terms.flatMap(({ isNegative: isMinus, term }) => {
      const whole = simplify(canceling.reduce(multiply, term));
      return multipliedOut(isMinus ? negate(whole) : whole) ?? [isMinus ? negate(whole) : whole];
    });
    if (inner.length > MOST_TERMS) continue;
    const core = simplify(inner.reduce(add, number(0)));
    return [multiply(formulaOfFraction(rest), core)];
  }
  return null;
}

function baseOf(factor: Formula): Formula {
  return factor.kind === "operation" && factor.operator === "^" && literalValue(factor.right) !== null
    ? factor.left
    : factor;
}

function isSameUpToSign(left: Formula, right: Formula): boolean {
  return sameStructure(left, right) || sameStructure(simplify(divide(left, right)), number(-1));
}

/** The terms of a formula whose products of sums are multiplied out; null when they are too many. */
function multipliedOut(formula: Formula): readonly Formula[] | null {
  const terms: Formula[] = [];
  for (const { isNegative, term } of termsOf(formula)) {
    let products: readonly Formula[] = [number(1)];
    const { isNegative: isMinus, above, below } = fractionOf(term);
    for (const factor of above) {
      const addends = termsOf(factor).map((each) => (each.isNegative ? negate(each.term) : each.term));
      if (products.length * addends.length > MOST_TERMS) return null;
      products = products.flatMap((product) => addends.map((addend) => multiply(product, addend)));
    }
    const divisor = below.reduce(multiply, number(1));
    const isDifferent = isNegative !== isMinus;
    for (const product of products) {
      const whole = below.length === 0 ? product : divide(product, divisor);
      terms.push(isDifferent ? negate(whole) : whole);
    }
    if (terms.length > MOST_TERMS) return null;
  }
  return terms;
}
