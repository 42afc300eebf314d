import { spend } from "../budget.ts";
import { call, choose, compare, multiply, number, power } from "../build.ts";
import { differenceOf, isNumber, negationOf, powerOf, productOf, quotientOf, sumOf } from "../fold.ts";
import { functions } from "../functions.ts";
import { literalValue } from "../literal-value.ts";
import { sameStructure } from "../structure.ts";
import { symbolText } from "../print-text.ts";
import type { Call, Formula, Operation } from "../tree.ts";
import { childrenOf, foldFormula, postorder } from "../walk.ts";

const zero = number(0);
const one = number(1);
const two = number(2);

/**
 * ∂formula/∂symbol by the rules of calculus, as a formula; terms with a factor 0 are left out, nothing else is
 * simplified.
 *
 * The result shares subtrees with the formula and within itself, so its number of distinct objects stays proportional
 * to the formula's. A comparison has derivative 0; a choice takes the derivative of the branch that is chosen; kinks
 * follow the table of functions. u^v with v free of the symbol is v·u^(v−1)·u', whatever the sign of u. The
 * other part, u^v·log(u)·v', is 0 where u = 0 and v > 0; that is spelled out, as a choice, for a base that is 0 at more
 * than single points (`0`, `relu(z)`).
 */
export function differentiate(formula: Formula, symbolName: string): Formula {
  const derivatives = new Map<Formula, Formula>();
  const derivativeOf = (part: Formula): Formula => derivatives.get(part) ?? zero;
  for (const part of postorder(formula)) {
    spend(10);
    if (part.kind === "symbol") derivatives.set(part, symbolText(part) === symbolName ? one : zero);
    else derivatives.set(part, derivativeOfNode(part, derivativeOf));
  }
  return derivativeOf(formula);
}

function derivativeOfNode(formula: Formula, derivativeOf: (part: Formula) => Formula): Formula {
  if (childrenOf(formula).every((part) => isNumber(derivativeOf(part), 0))) return zero;
  switch (formula.kind) {
    case "negate":
      return negationOf(derivativeOf(formula.operand));
    case "operation":
      return derivativeOfOperation(formula, derivativeOf(formula.left), derivativeOf(formula.right));
    case "call":
      return chainRule(formula, derivativeOf);
    case "application":
      return productOf({ ...formula, primes: formula.primes + 1 }, derivativeOf(formula.argument));
    case "sum":
      return { ...formula, body: derivativeOf(formula.body) };
    case "choice": {
      const then = derivativeOf(formula.then);
      const otherwise = derivativeOf(formula.otherwise);
      return sameStructure(then, otherwise) ? then : choose(formula.condition, then, otherwise);
    }
    default:
      return zero;
  }
}

function derivativeOfOperation(formula: Operation, du: Formula, dv: Formula): Formula {
  const { left: u, right: v } = formula;
  switch (formula.operator) {
    case "+":
      return sumOf(du, dv);
    case "-":
      return differenceOf(du, dv);
    case "*":
      return sumOf(productOf(du, v), productOf(u, dv));
    case "/":
      // (u/v)' = u'/v − u·v'/v²
      return differenceOf(quotientOf(du, v), quotientOf(productOf(u, dv), power(v, two)));
    case "^":
      return derivativeOfPower(formula, du, dv);
  }
}

function derivativeOfPower(formula: Operation, du: Formula, dv: Formula): Formula {
  const { left: u, right: v } = formula;
  const isE = u.kind === "constant" && u.name === "e";
  if (isNumber(dv, 0)) {
    const exponent = literalValue(v);
    const lessOne = exponent === null ? differenceOf(v, one) : number(exponent - 1);
    return productOf(productOf(v, powerOf(u, lessOne)), du);
  }
  const byExponent = productOf(isE ? formula : timesLogarithm(formula, u, v), dv);
  if (isNumber(du, 0)) return byExponent;
  return sumOf(byExponent, productOf(productOf(v, powerOf(u, differenceOf(v, one))), du));
}

/** u^v·log(u), which tends to 0 as u does, for v > 0; float64 has 0·(−∞), not a number, there. */
function timesLogarithm(formula: Operation, u: Formula, v: Formula): Formula {
  const product = productOf(formula, call("log", u));
  if (!restsAtZero(u)) return product;
  const isPositive = compare(">", v, zero);
  const isZero = isNumber(u, 0) ? isPositive : multiply(compare("==", u, zero), isPositive);
  return choose(isZero, zero, product);
}

/** Whether a formula may be 0 on a whole range of its symbols, as `relu(z)` is, not only at points, as `z` is. */
function restsAtZero(formula: Formula): boolean {
  return foldFormula<boolean>(formula, (part, [first = false, second = false, third = false]) => {
    switch (part.kind) {
      case "number":
        return part.value === 0;
      case "comparison":
        return true;
      case "choice":
        return second || third;
      case "call":
        return part.name === "relu" || ((part.name === "max" || part.name === "min") && (first || second));
      case "negate":
        return first;
      case "operation":
        return part.operator === "*" ? first || second : (part.operator === "/" || part.operator === "^") && first;
      default:
        return false;
    }
  });
}

/** Σ ∂f/∂uᵢ · uᵢ' over the arguments uᵢ of a function f. */
function chainRule(formula: Call, derivativeOf: (part: Formula) => Formula): Formula {
  const definition = functions[formula.name];
  const [u = zero, v = zero] = formula.arguments;
  const outer = definition.arity === 1 ? definition.derivatives(formula, u) : definition.derivatives(formula, u, v);
  const [du, dv] = formula.arguments.map(derivativeOf);
  const first = du === undefined || isNumber(du, 0) ? zero : productOf(outer[0], du);
  const second = dv === undefined || isNumber(dv, 0) || outer[1] === undefined ? zero : productOf(outer[1], dv);
  return sumOf(first, second);
}
