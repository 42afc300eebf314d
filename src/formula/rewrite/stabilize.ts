import { call, choose, compare, divide, multiply, number } from "../build.ts";
import { type Fraction, formulaOfFraction, fractionOf, sumOfTerms, type Term, termsOf } from "./flatten.ts";
import { differenceOf, exponentialOf, isNumber, naturalExponent, negationOf, productOf, sumOf } from "../fold.ts";
import { literalValue } from "../literal-value.ts";
import { sameStructure } from "../structure.ts";
import type { Formula, FunctionName } from "../tree.ts";
import { childrenOf, rewriteFormula } from "../walk.ts";

const zero = number(0);
const one = number(1);

/**
 * An equal formula in which the textbook forms of this table are replaced by ones that neither overflow nor cancel: so a
 * definition is written as in the book, and runs at ±1000. The table is all it covers; any other part stays as written
 * and may overflow or cancel (the derivative of `1/cosh(u)` does, at 1000).
 *
 * | written | becomes |
 * | --- | --- |
 * | `e^u`, `1/e^u` | `exp(u)`, `exp(-u)` |
 * | `e^u - 1` | `expm1(u)` |
 * | `1/(1+e^-u)`, `e^u/(1+e^u)`, `e^u/(e^u+e^v)` | `sigmoid(u)`, `sigmoid(u)`, `sigmoid(u-v)` |
 * | `1 - sigmoid(u)` | `sigmoid(-u)` |
 * | `(e^u-e^-u)/(e^u+e^-u)`, `sinh(u)/cosh(u)`, `2*sigmoid(2u) - 1` | `tanh(u)` |
 * | `(e^u±e^-u)/2` | `cosh(u)`, `sinh(u)` |
 * | `log(1+e^u)`, `log(e^u+e^v)` | `softplus(u)`, `v + softplus(u-v)` |
 * | `log(sigmoid(u))` | `-softplus(-u)` |
 * | `log(softplus(u))` | the same, but `u` below −40 |
 * | `log(cosh(u))`, `log(1-tanh(u)^2)` | `logcosh(u)`, `-2*logcosh(u)` |
 * | `log(e^u)`, `log(1+u)` | `u`, `log1p(u)` |
 * | `max(0, u)`, `max(u, 0)` | `relu(u)` |
 * | `sqrt(u^2)` | `abs(u)` |
 *
 * The factors around such a part may stand in any order. Equal in value wherever all parts of the original are finite,
 * and finite in more places. The derivatives of what the table puts in are stable as well, since those of its functions
 * are.
 */
export function stabilize(formula: Formula): Formula {
  return rewriteFormula(formula, stableNode);
}

/** The stable form of a formula whose parts are in stable form. */
function stableNode(formula: Formula): Formula {
  if (formula.kind === "call") return stableCall(formula.name, formula.arguments, formula);
  if (formula.kind !== "operation") return formula;
  switch (formula.operator) {
    case "+":
    case "-":
      return stableSum(formula);
    case "*":
    case "/":
      return stableFraction(formula);
    case "^":
      return stablePower(formula, formula.left, formula.right);
  }
}

function stablePower(formula: Formula, base: Formula, right: Formula): Formula {
  const exponent = naturalExponent(formula);
  if (exponent !== null) return exponentialOf(exponent);
  const literal = literalValue(right);
  if (literal === null) return formula;
  const inner = naturalExponent(base);
  if (inner !== null) return exponentialOf(productOf(right, inner));
  return literal < 0 ? stableFraction(formula) : formula;
}

// Sums --------------------------------------------------------------------------------------------------------------

function stableSum(formula: Formula): Formula {
  const written = termsOf(formula);
  let terms = written;
  for (let next: readonly Term[] | null = terms; next !== null; next = joinedWithOne(terms)) terms = next;
  return terms === written ? formula : sumOfTerms(terms);
}

/** Finds a term that nearly cancels with 1 and joins the two; null when there is none. */
function joinedWithOne(terms: readonly Term[]): readonly Term[] | null {
  for (const [position, { isNegative, term }] of terms.entries()) {
    const joined = withoutOne(term);
    if (joined === null) continue;
    const partner = terms.findIndex((other) => isNumber(other.term, 1) && other.isNegative !== isNegative);
    if (partner < 0) continue;
    const replaced = terms.with(Math.min(position, partner), { isNegative, term: joined });
    return replaced.toSpliced(Math.max(position, partner), 1);
  }
  return null;
}

/** `term - 1` in a form that does not cancel, or null. */
function withoutOne(term: Formula): Formula | null {
  const exponent = naturalExponent(term);
  if (exponent !== null && term.kind !== "constant") return call("expm1", exponent);
  const u = argumentOf("sigmoid", term);
  if (u !== null) return negationOf(call("sigmoid", negationOf(u)));
  const { isNegative, above, below } = fractionOf(term);
  const [first, second] = above;
  if (isNegative || below.length > 0 || above.length !== 2 || first === undefined || second === undefined) return null;
  const w = isNumber(first, 2)
    ? argumentOf("sigmoid", second)
    : isNumber(second, 2)
      ? argumentOf("sigmoid", first)
      : null;
  return w === null ? null : tanhOf(halfOf(w));
}

// Products and quotients --------------------------------------------------------------------------------------------

function stableFraction(formula: Formula): Formula {
  const written = fractionOf(formula);
  let fraction = written;
  // Every rule leaves fewer factors below, or one number less, so this ends.
  for (let next: Fraction | null = fraction; next !== null; next = stabler(fraction)) fraction = next;
  return fraction === written ? formula : formulaOfFraction(fraction);
}

function stabler(fraction: Fraction): Fraction | null {
  return withExponentialsAbove(fraction) ?? withTanh(fraction) ?? withSigmoid(fraction) ?? withHyperbolic(fraction);
}

/** a/e^u is a·e^(-u) */
function withExponentialsAbove(fraction: Fraction): Fraction | null {
  const position = fraction.below.findIndex((factor) => naturalExponent(factor) !== null);
  const factor = fraction.below[position];
  const exponent = factor === undefined ? null : naturalExponent(factor);
  // A lone `e` below is a number, not an exponential.
  if (exponent === null || factor?.kind === "constant") return null;
  const inverse = exponentialOf(negationOf(exponent));
  return { ...fraction, above: [...fraction.above, inverse], below: fraction.below.toSpliced(position, 1) };
}

/** (e^u-e^v)/(e^u+e^v) is tanh((u-v)/2); sinh(u)/cosh(u) is tanh(u). */
function withTanh(fraction: Fraction): Fraction | null {
  for (const [low, divisor] of fraction.below.entries()) {
    for (const [high, factor] of fraction.above.entries()) {
      const tanh = tanhOfQuotient(factor, divisor);
      if (tanh === null) continue;
      return { ...fraction, above: fraction.above.with(high, tanh), below: fraction.below.toSpliced(low, 1) };
    }
  }
  return null;
}

function tanhOfQuotient(factor: Formula, divisor: Formula): Formula | null {
  const sinhArgument = argumentOf("sinh", factor);
  const coshArgument = argumentOf("cosh", divisor);
  if (sinhArgument !== null && coshArgument !== null) {
    return sameStructure(sinhArgument, coshArgument) ? call("tanh", sinhArgument) : null;
  }
  const above = exponentsOfDifference(factor);
  const below = exponentsOfSum(divisor);
  if (above === null || below === null) return null;
  const [u, v] = above;
  const isSame = sameStructure(u, below[0]) && sameStructure(v, below[1]);
  const isSwapped = sameStructure(u, below[1]) && sameStructure(v, below[0]);
  return isSame || isSwapped ? tanhOf(halfOf(gap(u, v))) : null;
}

/** e^u/(e^u+e^v)^n is sigmoid(u-v)/(e^u+e^v)^(n-1), where 1 counts as e^0. */
function withSigmoid(fraction: Fraction): Fraction | null {
  for (const [low, factor] of fraction.below.entries()) {
    const { base, count } = wholePowerOf(factor);
    const exponents = exponentsOfSum(base);
    if (exponents === null) continue;
    const above = [...fraction.above];
    let left = count;
    for (; left > 0; left -= 1) {
      const sigmoid = takeSigmoid(above, exponents);
      if (sigmoid === null) break;
      above.push(sigmoid);
    }
    if (left === count) continue;
    const rest = left === 0 ? [] : [left === 1 ? base : withExponent(base, left)];
    return { ...fraction, above, below: fraction.below.toSpliced(low, 1, ...rest) };
  }
  return null;
}

/** Removes e^u or e^v from the factors and gives the sigmoid that it makes with the sum of both. */
function takeSigmoid(above: Formula[], [u, v]: readonly [Formula, Formula]): Formula | null {
  for (const [mine, other] of [
    [u, v],
    [v, u],
  ] as const) {
    const position = above.findIndex((factor) => {
      const exponent = naturalExponent(factor);
      return exponent !== null && sameStructure(exponent, mine);
    });
    if (position < 0) continue;
    above.splice(position, 1);
    return call("sigmoid", gap(mine, other));
  }
  if (isNumber(v, 0)) return call("sigmoid", negationOf(u));
  return isNumber(u, 0) ? call("sigmoid", negationOf(v)) : null;
}

/** (e^u+e^-u)/2 is cosh(u), (e^u-e^-u)/2 is sinh(u). */
function withHyperbolic(fraction: Fraction): Fraction | null {
  const two = fraction.below.findIndex((factor) => isNumber(factor, 2));
  const half = fraction.above.findIndex((factor) => isNumber(factor, 0.5));
  if (two < 0 && half < 0) return null;
  for (const [position, factor] of fraction.above.entries()) {
    const sum = exponentsOfSum(factor);
    const difference = exponentsOfDifference(factor);
    const [u, v] = sum ?? difference ?? [zero, one];
    if (!sameStructure(u, negationOf(v))) continue;
    const above = fraction.above.with(position, call(sum === null ? "sinh" : "cosh", u));
    if (two >= 0) return { ...fraction, above, below: fraction.below.toSpliced(two, 1) };
    return { ...fraction, above: above.toSpliced(half, 1) };
  }
  return null;
}

// Calls -------------------------------------------------------------------------------------------------------------

function stableCall(name: FunctionName, parts: readonly Formula[], formula: Formula): Formula {
  const [u = zero, v = zero] = parts;
  switch (name) {
    case "log":
      return stableLogarithm(u);
    case "log1p":
      return stableLogarithm1p(u);
    case "sqrt": {
      const { base, count } = wholePowerOf(u);
      return count === 2 ? call("abs", base) : formula;
    }
    case "max":
      if (isNumber(u, 0)) return call("relu", v);
      return isNumber(v, 0) ? call("relu", u) : formula;
    default:
      return formula;
  }
}

function stableLogarithm(u: Formula): Formula {
  const exponent = naturalExponent(u);
  if (exponent !== null) return exponent;
  const exponents = exponentsOfSum(u);
  if (exponents !== null) {
    const [first, second] = exponents;
    if (isNumber(first, 0)) return call("softplus", second);
    return sumOf(second, call("softplus", gap(first, second)));
  }
  const ofSigmoid = argumentOf("sigmoid", u);
  if (ofSigmoid !== null) return negationOf(call("softplus", negationOf(ofSigmoid)));
  const ofSoftplus = argumentOf("softplus", u);
  // log(1 + e^u) is e^u − e^2u/2 + …, so its logarithm is u to the last bit of float64 before e^u is 0 in float32.
  if (ofSoftplus !== null) return choose(compare("<", ofSoftplus, number(-40)), ofSoftplus, call("log", u));
  const ofCosh = argumentOf("cosh", u);
  if (ofCosh !== null) return call("logcosh", ofCosh);
  const terms = termsOf(u);
  const ones = terms.findIndex(({ isNegative, term }) => isNumber(term, 1) && !isNegative);
  if (ones < 0 || terms.length < 2) return call("log", u);
  return stableLogarithm1p(sumOfTerms(terms.toSpliced(ones, 1)));
}

/** log(1+u) */
function stableLogarithm1p(u: Formula): Formula {
  const exponent = naturalExponent(u);
  if (exponent !== null) return call("softplus", exponent);
  const { isNegative, above, below } = fractionOf(u);
  if (isNegative && below.length === 0) {
    const ofSigmoid = above.length === 1 ? argumentOf("sigmoid", above[0]) : null;
    if (ofSigmoid !== null) return negationOf(call("softplus", ofSigmoid));
    const ofTanh = argumentOfSquaredTanh(above);
    if (ofTanh !== null) return multiply(number(-2), call("logcosh", ofTanh));
  }
  return call("log1p", u);
}

/** u of tanh(u)^2 or tanh(u)*tanh(u), else null. */
function argumentOfSquaredTanh(factors: readonly Formula[]): Formula | null {
  const [first, second] = factors;
  if (first === undefined) return null;
  if (second === undefined) {
    const { base, count } = wholePowerOf(first);
    return count === 2 ? argumentOf("tanh", base) : null;
  }
  return factors.length === 2 && sameStructure(first, second) ? argumentOf("tanh", first) : null;
}

// Parts of the patterns ---------------------------------------------------------------------------------------------

/** u when the formula is name(u), else null. */
function argumentOf(name: FunctionName, formula: Formula | undefined): Formula | null {
  return formula?.kind === "call" && formula.name === name ? (formula.arguments[0] ?? null) : null;
}

/** u and v when the formula is e^u + e^v, where 1 counts as e^0. */
function exponentsOfSum(formula: Formula): readonly [Formula, Formula] | null {
  return exponentsOfPair(termsOf(formula), false);
}

/** u and v when the formula is e^u - e^v, also in the form expm1(u). */
function exponentsOfDifference(formula: Formula): readonly [Formula, Formula] | null {
  const u = argumentOf("expm1", formula);
  return u === null ? exponentsOfPair(termsOf(formula), true) : [u, zero];
}

function exponentsOfPair(terms: readonly Term[], isDifference: boolean): readonly [Formula, Formula] | null {
  const [first, second] = terms;
  if (terms.length !== 2 || first === undefined || second === undefined) return null;
  const isMatch = isDifference ? first.isNegative !== second.isNegative : !first.isNegative && !second.isNegative;
  const u = isNumber(first.term, 1) ? zero : naturalExponent(first.term);
  const v = isNumber(second.term, 1) ? zero : naturalExponent(second.term);
  if (!isMatch || u === null || v === null) return null;
  return isDifference && first.isNegative ? [v, u] : [u, v];
}

/** base^count for a whole count ≥ 2; anything else is its own first power. */
function wholePowerOf(formula: Formula): { base: Formula; count: number } {
  if (formula.kind === "operation" && formula.operator === "^") {
    const count = literalValue(formula.right);
    if (count !== null && Number.isInteger(count) && count >= 2 && count <= 16) return { base: formula.left, count };
  }
  return { base: formula, count: 1 };
}

function withExponent(base: Formula, count: number): Formula {
  return { kind: "operation", operator: "^", left: base, right: number(count) };
}

/** u - v; 2u when v is -u. */
function gap(u: Formula, v: Formula): Formula {
  return sameStructure(u, negationOf(v)) && !isNumber(v, 0) ? multiply(number(2), u) : differenceOf(u, v);
}

/** w/2 */
function halfOf(w: Formula): Formula {
  if (w.kind === "negate") return negationOf(halfOf(w.operand));
  const [left, right] = childrenOf(w);
  if (w.kind === "operation" && w.operator === "*" && left !== undefined && right !== undefined) {
    if (isNumber(left, 2)) return right;
    if (isNumber(right, 2)) return left;
  }
  return divide(w, number(2));
}

/** tanh(u) with a minus sign drawn out. */
function tanhOf(u: Formula): Formula {
  return u.kind === "negate" ? negationOf(call("tanh", u.operand)) : call("tanh", u);
}
