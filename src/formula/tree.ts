/**
 * A formula is a tree of plain objects, never changed once made, so subtrees may be shared.
 *
 * The tree keeps what was written (`a - b` is a difference, not a sum with `-1*b`), because formulas are shown to
 * people; the simplifier has its own canonical form. Scripts (`w_jk^(l+1)`), sums over an index, primes and partial
 * derivatives are further members of the same union.
 */
export type Formula =
  | NumberFormula
  | ConstantFormula
  | SymbolFormula
  | Negation
  | Operation
  | Call
  | Comparison
  | Choice;

/** A number as a float64, finite and not negative (a negative number is a `Negation`). */
export interface NumberFormula {
  readonly kind: "number";
  readonly value: number;
}

/** `e` or `pi`. */
export interface ConstantFormula {
  readonly kind: "constant";
  readonly name: "e" | "pi";
}

/**
 * A named quantity. `indices` and `layer` are the scripts of the textbook, `w_jk^(l+1)`; a plain scalar has neither.
 */
export interface SymbolFormula {
  readonly kind: "symbol";
  readonly name: string;
  readonly indices: readonly Formula[];
  readonly layer: Formula | null;
}

/** `-operand` */
export interface Negation {
  readonly kind: "negate";
  readonly operand: Formula;
}

export type Operator = "+" | "-" | "*" | "/" | "^";

/** `left operator right` */
export interface Operation {
  readonly kind: "operation";
  readonly operator: Operator;
  readonly left: Formula;
  readonly right: Formula;
}

/** A function of the table in `functions.ts`, applied. */
export interface Call {
  readonly kind: "call";
  readonly name: FunctionName;
  readonly arguments: readonly Formula[];
}

export type Relation = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** `left relation right`: 1 where it holds, 0 where not (also where a side is NaN, except `!=`). */
export interface Comparison {
  readonly kind: "comparison";
  readonly relation: Relation;
  readonly left: Formula;
  readonly right: Formula;
}

/** `condition ? then : otherwise`; the condition holds where it is not 0. Only the chosen branch counts. */
export interface Choice {
  readonly kind: "choice";
  readonly condition: Formula;
  readonly then: Formula;
  readonly otherwise: Formula;
}

/**
 * Functions every engine can evaluate. Each has an entry in the table of `functions.ts` (value, derivative, print); an
 * engine that lacks one does not compile.
 */
export type FunctionName =
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "abs"
  | "sign"
  | "sin"
  | "cos"
  | "sinh"
  | "cosh"
  | "tanh"
  | "sigmoid"
  | "softplus"
  | "logcosh"
  | "relu"
  | "erf"
  | "min"
  | "max";
