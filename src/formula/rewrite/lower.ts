import { add, call, choose, compare, divide, multiply, negate, number, subtract } from "../build.ts";
import { literalValue } from "../literal-value.ts";
import type { Call, Formula, FunctionName, Operation } from "../tree.ts";
import { childrenOf, rewriteFormula } from "../walk.ts";

const half = number(0.5);
const one = number(1);

/** Powers up to this one become products; above it a general power is no slower, and rounding adds up. */
const highestProduct = 16;

/**
 * Rewrites a formula to the few constructs every engine has a kernel for: `+ - * /`, negation, general power,
 * comparison, choice, numbers, symbols, and exp expm1 log log1p sqrt abs sign sin cos tanh sigmoid erf min max.
 *
 * Equal in value, to rounding, wherever all parts of the original are finite, with two exceptions: sinh and cosh
 * overflow where e^|u| does, 0.7 before they must; and u^(1/2) becomes sqrt(u), which differs at −∞. Arithmetic between
 * numbers is done here, in float64, but only such as IEEE 754 fixes to the last bit: no machine's `exp` enters a weight
 * this way. Subtrees a rewriting uses twice are shared.
 */
export function lower(formula: Formula): Formula {
  return rewriteFormula(formula, (part) => foldNumbers(lowerNode(part)));
}

function lowerNode(formula: Formula): Formula {
  switch (formula.kind) {
    case "constant":
      return number(formula.name === "e" ? Math.E : Math.PI);
    case "call":
      return lowerCall(formula);
    case "operation":
      if (formula.operator === "^") return lowerPower(formula);
      return formula.operator === "/" ? lowerQuotient(formula) : formula;
    default:
      return formula;
  }
}

/** Division by a power of two is a multiplication, exactly, and a faster one. */
function lowerQuotient(formula: Operation): Formula {
  const divisor = literalValue(formula.right);
  const isPowerOfTwo = divisor !== null && /^-?(?:10*|0\.0*1)$/.test(divisor.toString(2));
  return isPowerOfTwo ? multiply(formula.left, number(1 / divisor)) : formula;
}

function lowerCall(formula: Call): Formula {
  const rewrite = rewritings[formula.name];
  const [u] = formula.arguments;
  return rewrite === undefined || u === undefined ? formula : rewrite(u);
}

/** The functions without a kernel; the stable forms are explained in `special-functions.ts`. */
const rewritings: Readonly<Partial<Record<FunctionName, (u: Formula) => Formula>>> = {
  relu: (u) => call("max", u, number(0)),
  softplus: (u) => add(call("max", u, number(0)), call("log1p", call("exp", negate(call("abs", u))))),
  logcosh: (u) => {
    const size = call("abs", u);
    const slope = call("tanh", u);
    const near = multiply(number(-0.5), call("log1p", negate(multiply(slope, slope))));
    const far = subtract(add(size, call("log1p", call("exp", multiply(number(-2), size)))), number(Math.LN2));
    return choose(compare("<", size, one), near, far);
  },
  // Half the difference of two numbers of opposite sign: nothing cancels, and at +∞ there is no ∞/∞.
  sinh: (u) => multiply(half, subtract(call("expm1", u), call("expm1", negate(u)))),
  cosh: (u) => multiply(half, add(call("exp", u), call("exp", negate(u)))),
};

function lowerPower(formula: Operation): Formula {
  const { left: base, right } = formula;
  if (base.kind === "number" && base.value === Math.E) return call("exp", right); // e was made a number by now
  const exponent = literalValue(right);
  if (exponent === null) return formula;
  if (exponent === 0.5) return call("sqrt", base);
  if (exponent === -0.5) return divide(one, call("sqrt", base));
  if (!Number.isInteger(exponent) || Math.abs(exponent) > highestProduct) return formula;
  const product = repeatedProduct(base, Math.abs(exponent));
  return exponent < 0 ? divide(one, product) : product;
}

/** base^count by squaring: base^4 is a square of the (shared) square. */
function repeatedProduct(base: Formula, count: number): Formula {
  if (count === 0) return one;
  if (count === 1) return base;
  const root = repeatedProduct(base, Math.floor(count / 2));
  const square = multiply(root, root);
  return count % 2 === 0 ? square : multiply(square, base);
}

/** Carries out + - * / sqrt and negation on numbers, where the result is finite. */
function foldNumbers(formula: Formula): Formula {
  if (formula.kind === "negate" && formula.operand.kind === "negate") return formula.operand.operand;
  if (formula.kind !== "operation" && formula.kind !== "call") return formula;
  const [left, right] = childrenOf(formula).map(literalValue);
  if (left === undefined || left === null || right === null) return formula;
  const value = foldedValue(formula, left, right ?? 0);
  return value !== null && Number.isFinite(value) ? number(value) : formula;
}

function foldedValue(formula: Operation | Call, left: number, right: number): number | null {
  const name = formula.kind === "operation" ? formula.operator : formula.name;
  switch (name) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "sqrt":
      return Math.sqrt(left);
    default:
      return null;
  }
}
