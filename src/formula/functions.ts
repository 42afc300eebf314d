import { add, call, compare, divide, E, multiply, negate, number, PI, power, subtract } from "./build.ts";
import { erf, logcosh, sigmoid, softplus } from "./special-functions.ts";
import { symbolsOf } from "./structure.ts";
import type { Formula, FunctionName } from "./tree.ts";

interface FunctionBase {
  /** Other names the parser takes for it. */
  readonly aliases: readonly string[];
  /** What stands before the parenthesis in LaTeX. Functions with a notation of their own are in `print-latex.ts`. */
  readonly latex: string;
}

/** A function of one argument u. */
export interface UnaryFunction extends FunctionBase {
  readonly arity: 1;
  /** The value in float64, accurate wherever it is finite. */
  readonly evaluate: (u: number) => number;
  /** f'(u), given the call f(u) itself (so that a derivative written with the value reuses it) and u. */
  readonly derivatives: (value: Formula, u: Formula) => readonly [Formula];
  /** f(u) by more elementary functions, where it is not elementary itself: the equation, not the way to compute it. */
  readonly definition: ((u: Formula) => Formula) | null;
}

/** A function of two arguments u and v. */
export interface BinaryFunction extends FunctionBase {
  readonly arity: 2;
  /** The value in float64, accurate wherever it is finite. */
  readonly evaluate: (u: number, v: number) => number;
  /** ∂f/∂u and ∂f/∂v. */
  readonly derivatives: (value: Formula, u: Formula, v: Formula) => readonly [Formula, Formula];
  readonly definition: null;
}

/** A function that formulas can call. */
export type FunctionDefinition = UnaryFunction | BinaryFunction;

const zero = number(0);
const one = number(1);
const two = number(2);

/**
 * Every function a formula can apply. The parser, the differentiator, the evaluator and the printers read this table;
 * nothing else says what a function is.
 *
 * Derivatives at kinks, by convention: relu'(0) = 0, abs'(0) = 0, sign' = 0 everywhere. Where the two arguments of
 * max or min tie, a constant argument (one without symbols) takes the whole derivative, so that both `max(0, z)` and
 * `max(z, 0)` have slope 0 at 0 as relu has, and a clamp has slope 0 at its bounds; two arguments that both vary get
 * half each, as in PyTorch, so that max(z, z) has slope 1.
 */
export const functions: Readonly<Record<FunctionName, FunctionDefinition>> = {
  exp: unary(Math.exp, (value) => value, { latex: "\\exp", definition: (u) => power(E, u) }),
  expm1: unary(Math.expm1, (_value, u) => call("exp", u), {
    latex: "\\operatorname{expm1}",
    definition: (u) => subtract(power(E, u), one),
  }),
  log: unary(Math.log, (_value, u) => divide(one, u), { latex: "\\ln", aliases: ["ln"] }),
  log1p: unary(Math.log1p, (_value, u) => divide(one, add(one, u)), {
    latex: "\\operatorname{log1p}",
    definition: (u) => call("log", add(one, u)),
  }),
  sqrt: unary(Math.sqrt, (value) => divide(one, multiply(two, value)), {
    latex: "\\sqrt",
    definition: (u) => power(u, divide(one, two)),
  }),
  abs: unary(Math.abs, (_value, u) => call("sign", u), { latex: "\\operatorname{abs}" }),
  sign: unary(Math.sign, () => zero, { latex: "\\operatorname{sign}", aliases: ["sgn"] }),
  sin: unary(Math.sin, (_value, u) => call("cos", u), { latex: "\\sin" }),
  cos: unary(Math.cos, (_value, u) => negate(call("sin", u)), { latex: "\\cos" }),
  sinh: unary(Math.sinh, (_value, u) => call("cosh", u), {
    latex: "\\sinh",
    definition: (u) => divide(subtract(power(E, u), power(E, negate(u))), two),
  }),
  cosh: unary(Math.cosh, (_value, u) => call("sinh", u), {
    latex: "\\cosh",
    definition: (u) => divide(add(power(E, u), power(E, negate(u))), two),
  }),
  tanh: unary(Math.tanh, (value) => subtract(one, power(value, two)), {
    latex: "\\tanh",
    definition: (u) => divide(subtract(power(E, u), power(E, negate(u))), add(power(E, u), power(E, negate(u)))),
  }),
  sigmoid: unary(sigmoid, (value) => multiply(value, subtract(one, value)), {
    latex: "\\sigma",
    aliases: ["sigma", "logistic"],
    definition: (u) => divide(one, add(one, power(E, negate(u)))),
  }),
  softplus: unary(softplus, (_value, u) => call("sigmoid", u), {
    latex: "\\operatorname{softplus}",
    definition: (u) => call("log", add(one, power(E, u))),
  }),
  logcosh: unary(logcosh, (_value, u) => call("tanh", u), {
    latex: "\\operatorname{logcosh}",
    definition: (u) => call("log", call("cosh", u)),
  }),
  relu: unary(
    (u) => Math.max(0, u),
    (_value, u) => compare(">", u, zero),
    { latex: "\\operatorname{ReLU}", aliases: ["ReLU", "ReLu"], definition: (u) => call("max", zero, u) },
  ),
  erf: unary(erf, (_value, u) => multiply(divide(two, call("sqrt", PI)), call("exp", negate(power(u, two)))), {
    latex: "\\operatorname{erf}",
  }),
  min: {
    arity: 2,
    evaluate: Math.min,
    derivatives: (_value, u, v) => [selected(u, v, "<"), selected(v, u, "<")],
    definition: null,
    aliases: [],
    latex: "\\min",
  },
  max: {
    arity: 2,
    evaluate: Math.max,
    derivatives: (_value, u, v) => [selected(u, v, ">"), selected(v, u, ">")],
    definition: null,
    aliases: [],
    latex: "\\max",
  },
};

function unary(
  evaluate: (u: number) => number,
  derivative: (value: Formula, u: Formula) => Formula,
  extra: { latex: string; aliases?: readonly string[]; definition?: (u: Formula) => Formula },
): UnaryFunction {
  return {
    arity: 1,
    evaluate,
    derivatives: (value, u) => [derivative(value, u)],
    definition: extra.definition ?? null,
    aliases: extra.aliases ?? [],
    latex: extra.latex,
  };
}

/** 1 where `mine` is the extreme one of the two, 0 where not; at a tie by the rule stated at the table. */
function selected(mine: Formula, other: Formula, relation: "<" | ">"): Formula {
  const strictly = compare(relation, mine, other);
  const orEqual = compare(relation === "<" ? "<=" : ">=", mine, other);
  if (symbolsOf(other).length === 0) return strictly;
  if (symbolsOf(mine).length === 0) return orEqual;
  return divide(add(strictly, orEqual), two);
}
