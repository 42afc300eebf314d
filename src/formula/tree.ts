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
  | Choice
  | Summation
  | Application
  | Derivative;

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

/** Signs between two operands; `^` is a power. */
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

/** How two values may compare; `==` is equality, as `=` defines. */
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
 * `Σ_index body`: over all neurons of the layer that the index runs over, or from `from` up to `to`. The limits are scripts,
 * not parts.
 *
 * This and the two below are the textbook's notation for a network. They have no value by themselves: what reads them
 * (`src/exercise`) writes them out for a network first.
 */
export interface Summation {
  readonly kind: "sum";
  readonly index: string;
  readonly from: Formula | null;
  readonly to: Formula | null;
  readonly body: Formula;
}

/** A function by its name, or a derivative of it: `f(z)`, and `f'(z)` with `primes` 1. */
export interface Application {
  readonly kind: "application";
  readonly name: string;
  readonly primes: number;
  readonly argument: Formula;
}

/** `∂of/∂by`, one quantity; the two symbols are scripts, not parts. */
export interface Derivative {
  readonly kind: "derivative";
  readonly of: SymbolFormula;
  readonly by: SymbolFormula;
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
