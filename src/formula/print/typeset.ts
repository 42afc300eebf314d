import { functions } from "../functions.ts";
import {
  fraction,
  identifier,
  leading,
  type Notation,
  parenthesized,
  row,
  scripts,
  sign,
  type SignName,
  trailing,
} from "./notation.ts";
import { level, partLevels } from "../precedence.ts";
import { symbolText } from "../print-text.ts";
import type {
  Application,
  Call,
  Choice,
  Comparison,
  Derivative,
  Formula,
  FunctionName,
  Operation,
  Summation,
  SymbolFormula,
} from "../tree.ts";
import { foldFormula } from "../walk.ts";

/** A notation with the level of its outermost construct as it looks in print, where a fraction needs no parentheses. */
export interface Typeset {
  readonly notation: Notation;
  readonly level: number;
}

/** What looks otherwise than a formula's own parts say. */
export interface TypesetOptions {
  /**
   * How a symbol looks where it is not to look as its name says: it may stand for a sum or a derivative. Null: as its
   * name says.
   */
  readonly symbol?: (symbol: SymbolFormula) => Typeset | null;
  /** What stands between two factors, `times` (nothing to be seen) if this gives null or is left out. */
  readonly product?: (left: Formula, right: Formula) => "times" | "dot" | "elementwise";
}

/** How a formula looks as a textbook sets it: fractions, roots, e^u, σ(z), products without a sign, choices as cases. */
export function typeset(formula: Formula, options: TypesetOptions = {}): Typeset {
  return foldFormula<Typeset>(formula, (part, parts) => layOut(part, parts, options));
}

const nothing: Typeset = { notation: row(), level: level.atom };

function layOut(formula: Formula, parts: readonly Typeset[], options: TypesetOptions): Typeset {
  const [first = nothing, second = nothing] = parts;
  switch (formula.kind) {
    case "number":
      return numeral(formula.value);
    case "constant":
      return atom(identifier(formula.name));
    case "symbol":
      return options.symbol?.(formula) ?? atom(quantity(formula));
    case "negate":
      return { notation: row(sign("negative"), enclosed(first, level.summation)), level: level.negation };
    case "operation":
      return operation(formula, first, second, options);
    case "call":
      return application(formula, first, second);
    case "comparison":
      return comparison(formula, first, second);
    case "choice":
      return choice(formula, parts);
    case "sum":
      return sum(formula, first);
    case "application":
      return atom(applied(primed(formula), parenthesized(first.notation)));
    case "derivative":
      return { notation: derivative(formula), level: level.power };
  }
}

function atom(notation: Notation): Typeset {
  return { notation, level: level.atom };
}

/** In parentheses where it holds together less tightly than its place asks for. */
export function enclosed({ notation, level: own }: Typeset, lowest: number): Notation {
  return own < lowest ? parenthesized(notation) : notation;
}

function numeral(value: number): Typeset {
  const [mantissa = "", exponent] = String(value).split("e");
  const digits: Notation = { kind: "number", text: mantissa };
  if (exponent === undefined) return atom(digits);
  const size: Notation = { kind: "number", text: String(Math.abs(Number(exponent))) };
  const raised = Number(exponent) < 0 ? row(sign("negative"), size) : size;
  const scale = scripts({ kind: "number", text: "10" }, null, raised);
  if (mantissa === "1") return { notation: scale, level: level.power };
  return { notation: row(digits, sign("dot"), scale), level: level.product };
}

function operation(formula: Operation, left: Typeset, right: Typeset, options: TypesetOptions): Typeset {
  const [leftLevel = 0, rightLevel = 0] = partLevels(formula);
  switch (formula.operator) {
    case "+":
    case "-": {
      const between = sign(formula.operator === "+" ? "plus" : "minus");
      return { notation: row(enclosed(left, leftLevel), between, enclosed(right, rightLevel)), level: level.sum };
    }
    case "*": {
      const a = enclosed(left, leftLevel);
      const b = enclosed(right, rightLevel);
      const wanted = options.product?.(formula.left, formula.right) ?? "times";
      // A number after a factor, or a fraction after a number, would read as one number.
      const needsDot =
        leading(b).kind === "number" || (trailing(a).kind === "number" && leading(b).kind === "fraction");
      return {
        notation: row(a, sign(wanted === "times" && needsDot ? "dot" : wanted), b),
        level: level.product,
      };
    }
    case "/":
      return { notation: fraction(left.notation, right.notation), level: level.power };
    case "^":
      return { notation: raised(formula, left, right), level: level.power };
  }
}

const namesBeforePower: readonly FunctionName[] = ["sin", "cos", "sinh", "cosh", "tanh"];

function raised({ left: base, right: exponent }: Operation, left: Typeset, right: Typeset): Notation {
  if (base.kind === "call" && exponent.kind === "number" && namesBeforePower.includes(base.name)) {
    const [name, ...rest] = left.notation.kind === "row" ? left.notation.parts : [left.notation];
    if (name !== undefined) return row(scripts(name, null, right.notation), ...rest);
  }
  // A layer stands where a power would: (a^l)², not a^l², and (a_k)², not a_k².
  const hasIndices = base.kind === "symbol" && base.indices.length > 0;
  const isRaised = left.notation.kind === "quantity" && (hasIndices || hasAbove(left.notation));
  if (isRaised) return scripts(parenthesized(left.notation), null, right.notation);
  const isBareCall = base.kind === "call" && !["sigmoid", "abs", "sqrt"].includes(base.name);
  return scripts(isBareCall ? parenthesized(left.notation) : enclosed(left, level.atom), null, right.notation);
}

function hasAbove(notation: Notation): boolean {
  const last = trailing(notation);
  return last.kind === "scripts" && last.above !== null;
}

function application(formula: Call, u: Typeset, v: Typeset): Typeset {
  const one: Notation = { kind: "number", text: "1" };
  switch (formula.name) {
    case "exp":
      return { notation: scripts(identifier("e"), null, u.notation), level: level.power };
    case "expm1":
      return { notation: row(scripts(identifier("e"), null, u.notation), sign("minus"), one), level: level.sum };
    case "log1p":
      return atom(applied(identifier("ln"), parenthesized(onePlus(one, u))));
    case "sqrt":
      return atom({ kind: "root", inner: u.notation });
    case "abs":
      return atom({ kind: "fenced", fence: "bars", inner: u.notation });
    default: {
      const inner = functions[formula.name].arity === 1 ? u.notation : row(u.notation, sign("comma"), v.notation);
      return atom(applied(identifier(functionWord(formula.name)), parenthesized(inner)));
    }
  }
}

function onePlus(one: Notation, u: Typeset): Notation {
  const [first, ...rest] = u.notation.kind === "row" ? u.notation.parts : [];
  if (u.level === level.negation && first !== undefined) return row(one, sign("minus"), ...rest);
  return row(one, sign("plus"), enclosed(u, level.summation));
}

/** A function's name before its argument. */
export function applied(name: Notation, argument: Notation): Notation {
  return row(name, sign("apply"), argument);
}

/** What a function is called in print, without commands of LaTeX: `sigma`, `ln`, `ReLU`. */
export function functionWord(name: FunctionName): string {
  return functions[name].latex.replace(/^\\operatorname\{(.*)\}$/, "$1").replace(/^\\/, "");
}

const relations: Readonly<Record<Comparison["relation"], SignName>> = {
  "<": "less",
  "<=": "lessOrEqual",
  ">": "greater",
  ">=": "greaterOrEqual",
  "==": "equals",
  "!=": "unequal",
};

/** A comparison is 1 or 0: the bracket of Iverson says so. As the condition of a choice it stands bare. */
function comparison(formula: Comparison, left: Typeset, right: Typeset): Typeset {
  const inner = row(enclosed(left, level.sum), sign(relations[formula.relation]), enclosed(right, level.sum));
  return atom({ kind: "fenced", fence: "brackets", inner });
}

function choice(
  formula: Choice,
  [condition = nothing, then = nothing, otherwise = nothing]: readonly Typeset[],
): Typeset {
  const zero: Notation = { kind: "number", text: "0" };
  const bare =
    formula.condition.kind === "comparison" && condition.notation.kind === "fenced"
      ? condition.notation.inner
      : row(condition.notation, sign("unequal"), zero);
  // A choice in the last branch goes on in the same brace.
  const rest = otherwise.notation.kind === "cases" ? otherwise.notation.rows : [[otherwise.notation, null] as const];
  return { notation: { kind: "cases", rows: [[then.notation, bare], ...rest] }, level: level.choice };
}

/** Σ takes in the product after it, so a Σ among factors stands in parentheses. */
function sum({ index, from, to }: Summation, body: Typeset): Typeset {
  const letter = identifier(index);
  const below = from === null ? letter : row(letter, sign("equals"), typeset(from).notation);
  const above = to === null ? {} : { above: typeset(to).notation };
  const inner = enclosed(body, level.summation);
  return { notation: { kind: "sum", index: below, ...above, body: inner }, level: level.summation };
}

function primed({ name, primes }: Application): Notation {
  const marks = Array.from({ length: primes }, () => sign("prime"));
  const letter = isFunction(name) ? functionWord(name) : name;
  return scripts(identifier(letter), null, marks.length === 0 ? null : row(...marks));
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}

function derivative({ of, by }: Derivative): Notation {
  return fraction(row(sign("partial"), quantity(of)), row(sign("partial"), quantity(by)));
}

/** `w_1` and `w1` are w with index 1, `beta1` is β₁; scripts of the tree follow those of the name. */
function quantity(symbol: SymbolFormula): Notation {
  const [, stem = symbol.name, digits = "", rest = ""] = /^([^0-9_]+)([0-9]*)((?:_.*)?)$/u.exec(symbol.name) ?? [];
  const fromName = [digits, ...rest.split("_")].filter((index) => index !== "").map((index) => word(index));
  const ofTree = symbol.indices.map((index) => typeset(index).notation);
  // w_jk, but w_(3,12).
  const areLetters = symbol.indices.every(
    (index) => index.kind === "symbol" || (index.kind === "number" && index.value < 10),
  );
  const indicesOfTree = ofTree.length === 0 ? null : areLetters ? row(...ofTree) : separated(ofTree);
  const indices = [separated(fromName), indicesOfTree].filter((each) => each !== null);
  const layer = symbol.layer === null ? null : typeset(symbol.layer).notation;
  return { kind: "quantity", plain: symbolText(symbol), inner: scripts(word(stem), separated(indices), layer) };
}

function separated(parts: readonly Notation[]): Notation | null {
  const [first, ...others] = parts;
  return first === undefined ? null : row(first, ...others.flatMap((part) => [sign("comma"), part]));
}

function word(text: string): Notation {
  return /^[0-9]+$/.test(text) ? { kind: "number", text } : identifier(text);
}
