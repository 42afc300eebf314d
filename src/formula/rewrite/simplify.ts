import { spend } from "../budget.ts";
import { E } from "../build.ts";
import { raised } from "./canonical-power.ts";
import {
  atomOf,
  atomSum,
  type Canon,
  isOne,
  isPresentable,
  negated,
  newCanon,
  numberOf,
  numberSum,
  plus,
  soleFactor,
  type Sum,
  times,
} from "./canonical-sum.ts";
import { negateRational, type Rational, rational, rationalOf, rationalOne, rationalZero } from "../numeric/rational.ts";
import { formulaKey } from "../structure.ts";
import { formulaOfSum, type Writer } from "./sum-to-formula.ts";
import type { Call, Comparison, Formula, FunctionName, Operation } from "../tree.ts";
import { foldFormula, postorder, withChildren } from "../walk.ts";

const half = rational(1n, 2n);
const minusOne = negateRational(rationalOne);

/**
 * A shorter equal formula, as a person would leave it: numbers folded exactly, like terms and like powers collected,
 * 0 and 1 removed, common factors canceled. Sums are not multiplied out with each other.
 *
 * Numbers are exact fractions: 1/3 stays 1/3, 0.1 + 0.2 is 0.3, and what exceeds 16 digits is left as written. The value
 * is the same, to rounding, wherever all parts of the original are finite; where one is not, the result may still be:
 * z/z is 1 also at 0, e^(log z) is z, sqrt(z)^2 is z. Simplifying again changes nothing. Time and size grow with the
 * distinct parts of the formula.
 */
export function simplify(formula: Formula): Formula {
  let simplified = simplifyOnce(formula);
  // For example, a - b and b - a are one atom, in the direction met first; written down, the other may come first, and the
  // next round settles on that. Four rounds are more than were ever seen to be needed.
  for (let round = 1; round < mostRounds && simplified.isUnsettled; round += 1) {
    simplified = simplifyOnce(simplified.formula);
  }
  return simplified.formula;
}

const mostRounds = 4;

function simplifyOnce(formula: Formula): { readonly formula: Formula; readonly isUnsettled: boolean } {
  const parts = postorder(formula);
  const hasCall = parts.some((part) => part.kind === "call" && part.name === "exp");
  const writer: Writer = { canon: newCanon(), style: hasCall ? "call" : "power", written: new Map() };
  const isDeep = parts.length > deepFrom;
  const sum = foldFormula<Sum>(formula, (part, operands) => {
    spend(10);
    const candidate = canonicalNode(writer, part, operands);
    const isKept = candidate !== null && isPresentable(writer.canon, candidate);
    const simplified = isKept ? candidate : opaque(writer, part, operands);
    if (isDeep) formulaOfSum(writer, simplified);
    return simplified;
  });
  return { formula: formulaOfSum(writer, sum), isUnsettled: writer.canon.isUnsettled };
}

/** From this many parts on, every part is written as soon as it is known: writing all at the end recurses as deep as sums nest. */
const deepFrom = 1_000;

/** A construct the rules have nothing to say about, over its simplified parts; a sign may come out of a function. */
function opaque(writer: Writer, formula: Formula, parts: readonly Sum[]): Sum {
  const { canon } = writer;
  if (parts.length === 0)
    return atomSum(
      canon,
      atomOf(canon, `k${formulaKey(formula)}`, "formula", () => formula),
    );
  const [u] = parts;
  if (formula.kind === "call" && u !== undefined && isNegative(u)) {
    if (oddFunctions.includes(formula.name)) return negated(canon, opaque(writer, formula, [negated(canon, u)]));
    if (evenFunctions.includes(formula.name)) return opaque(writer, formula, [negated(canon, u)]);
  }
  const signature = `${labelOf(formula)} ${parts.map((part) => part.key).join(" ")}`;
  const write = (): Formula =>
    withChildren(
      formula,
      parts.map((part) => formulaOfSum(writer, part)),
    );
  const logarithmOf = formula.kind === "call" && formula.name === "log" && u !== undefined ? u : null;
  return atomSum(canon, atomOf(canon, signature, "formula", write, logarithmOf));
}

function labelOf(formula: Formula): string {
  if (formula.kind === "call") return formula.name;
  if (formula.kind === "operation") return formula.operator;
  return formula.kind === "comparison" ? formula.relation : formula.kind;
}

function isNegative({ terms }: Sum): boolean {
  return terms.length > 0 && terms.every(({ coefficient }) => coefficient.numerator < 0n);
}

/** The canonical sum of one construct from those of its parts; null where it stays as it is. */
function canonicalNode(writer: Writer, formula: Formula, parts: readonly Sum[]): Sum | null {
  const { canon } = writer;
  const [first, second] = parts;
  switch (formula.kind) {
    case "number": {
      const value = rationalOf(formula.value);
      return value === null ? null : numberSum(canon, value);
    }
    case "constant":
      return formula.name === "e"
        ? atomSum(
            canon,
            atomOf(canon, "e", "e", () => E),
          )
        : null;
    case "symbol":
    case "sum":
    case "application":
    case "derivative":
      return null;
    case "negate":
      return first === undefined ? null : negated(canon, first);
    case "operation":
      return first === undefined || second === undefined ? null : canonicalOperation(canon, formula, first, second);
    case "call":
      return first === undefined ? null : canonicalCall(canon, formula, first, second);
    case "comparison":
      return first === undefined || second === undefined ? null : canonicalComparison(canon, formula, first, second);
    case "choice":
      return canonicalChoice(parts);
  }
}

function canonicalOperation(canon: Canon, formula: Operation, left: Sum, right: Sum): Sum | null {
  switch (formula.operator) {
    case "+":
      return plus(canon, left, right);
    case "-":
      return plus(canon, left, negated(canon, right));
    case "*":
      return times(canon, left, right);
    case "/": {
      const inverse = raised(canon, right, numberSum(canon, minusOne));
      return inverse === null ? null : times(canon, left, inverse);
    }
    case "^":
      return naturalOfLogarithm(canon, left, right) ?? raised(canon, left, right);
  }
}

/** e^(c·log(u)) = u^c */
function naturalOfLogarithm(canon: Canon, base: Sum, exponent: Sum): Sum | null {
  const term = soleFactor(exponent);
  const inner = term?.factor.atom.logarithmOf ?? null;
  if (base.key !== naturalBase(canon).key || term === null || inner === null) return null;
  return isOne(numberOf(term.factor.exponent)) ? raised(canon, inner, numberSum(canon, term.coefficient)) : null;
}

function naturalBase(canon: Canon): Sum {
  return atomSum(
    canon,
    atomOf(canon, "e", "e", () => E),
  );
}

function canonicalCall(canon: Canon, formula: Call, u: Sum, v: Sum | undefined): Sum | null {
  const { name } = formula;
  if (name === "exp") return naturalOfLogarithm(canon, naturalBase(canon), u) ?? raised(canon, naturalBase(canon), u);
  if (name === "sqrt") return raised(canon, u, numberSum(canon, half));
  if (v !== undefined) return u.key === v.key ? u : extremeOf(name, u, v);
  const value = numberOf(u);
  if (value !== null) {
    if (value.numerator === 0n) return atZero[name] === undefined ? null : numberSum(canon, atZero[name]);
    if (name === "log" && isOne(value)) return numberSum(canon, rationalZero);
    if (name === "sign") return numberSum(canon, value.numerator < 0n ? minusOne : rationalOne);
    if (name === "abs") return value.numerator < 0n ? negated(canon, u) : u;
    if (name === "relu") return value.numerator < 0n ? numberSum(canon, rationalZero) : u;
  }
  return name === "log" ? logarithmOfExponential(u) : null;
}

/** log(e^u) = u */
function logarithmOfExponential(u: Sum): Sum | null {
  const term = soleFactor(u);
  return term?.factor.atom.role === "e" && isOne(term.coefficient) ? term.factor.exponent : null;
}

/** Values at 0 that are rational. */
const atZero: Readonly<Partial<Record<FunctionName, Rational>>> = {
  expm1: rationalZero,
  log1p: rationalZero,
  abs: rationalZero,
  sign: rationalZero,
  sin: rationalZero,
  cos: rationalOne,
  sinh: rationalZero,
  cosh: rationalOne,
  tanh: rationalZero,
  sigmoid: half,
  logcosh: rationalZero,
  relu: rationalZero,
  erf: rationalZero,
};

/** Functions with f(-u) = -f(u), and with f(-u) = f(u). */
const oddFunctions: readonly FunctionName[] = ["sign", "sin", "sinh", "tanh", "erf"];
const evenFunctions: readonly FunctionName[] = ["abs", "cos", "cosh", "logcosh"];

/** The larger or smaller of two numbers. */
function extremeOf(name: FunctionName, u: Sum, v: Sum): Sum | null {
  const left = numberOf(u);
  const right = numberOf(v);
  if (left === null || right === null) return null;
  return isLess(left, right) === (name === "min") ? u : v;
}

function isLess(left: Rational, right: Rational): boolean {
  return left.numerator * right.denominator < right.numerator * left.denominator;
}

function canonicalComparison(canon: Canon, { relation }: Comparison, left: Sum, right: Sum): Sum | null {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === null || b === null) return null;
  const order = isLess(a, b) ? "<" : isLess(b, a) ? ">" : "=";
  const holds = relation === "!=" ? order !== "=" : relation.includes(order);
  return numberSum(canon, holds ? rationalOne : rationalZero);
}

function canonicalChoice(parts: readonly Sum[]): Sum | null {
  const [condition, then, otherwise] = parts;
  if (condition === undefined || then === undefined || otherwise === undefined) return null;
  if (then.key === otherwise.key) return then;
  const value = numberOf(condition);
  if (value === null) return null;
  return value.numerator === 0n ? otherwise : then;
}
