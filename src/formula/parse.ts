import { FormulaError } from "../errors.ts";
import {
  add,
  call,
  choose,
  compare,
  divide,
  E,
  multiply,
  negate,
  number,
  PI,
  power,
  subtract,
  symbol,
} from "./build.ts";
import { functions } from "./functions.ts";
import { greekNames, spellGreek } from "./greek.ts";
import { nearestName } from "./nearest-name.ts";
import { substitute } from "./structure.ts";
import { type Token, tokenize } from "./tokenize.ts";
import type { Formula, FunctionName, Relation } from "./tree.ts";

export interface ParseOptions {
  /** The names that may occur. Any other is an error. Default: every name is a symbol. */
  readonly symbols?: readonly string[];
  /** Functions beside those of the table, and before them: each is replaced by its body. Default: none. */
  readonly functions?: ReadonlyMap<string, DefinedFunction>;
}

/** A function given by a formula in its parameters: `f(z) = z/(1 + e^(-z))`. */
export interface DefinedFunction {
  readonly parameters: readonly string[];
  readonly body: Formula;
}

/** Bounds on other people's text: a page of formula, far below what could overflow a stack. */
const longest = 10_000;
const deepest = 200;
const mostNodes = 2_000;

interface Parser {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** With Greek letters spelled out; null when any name will do. */
  readonly symbols: readonly string[] | null;
  readonly functions: ReadonlyMap<string, DefinedFunction>;
  position: number;
  depth: number;
  nodes: number;
}

/**
 * Reads a formula. `+ - * / ^` (or `**`), comparison, `condition ? a : b`, functions, `e`, `pi`, and the Unicode signs
 * for all of these; Greek letters are their names, so `η` is `eta`.
 *
 * - `^` groups from the right and binds tighter than a minus before it: `-z^2` is −(z²), `2^-1` is ½.
 * - A product may leave out its sign before a name or a parenthesis: `2z`, `2(a+b)`, `a b`, `z(1+z)`. It binds exactly as
 *   `*` does, so it goes from left to right with `/`: `1/2 (y-t)^2` is ½·(y−t)², and `1/2z` is ½·z.
 * - A name before a parenthesis is a function if there is one; otherwise a factor, when it is a known symbol or, where
 *   all names are allowed, a single letter (`w`, `w_1`, `z1`).
 *
 * @throws FormulaError with the span of the offending text; also for text longer than 10,000 characters, nested deeper
 * than 200 or with more than 2,000 parts.
 */
export function parseFormula(text: string, options: ParseOptions = {}): Formula {
  if (text.length > longest) {
    const message = `formula: expected at most ${longest} characters, got ${text.length}. Split it into several formulas.`;
    throw new FormulaError(message, text, { start: longest, end: text.length });
  }
  const symbols = options.symbols?.map(spellGreek) ?? null;
  const { functions: defined = new Map<string, DefinedFunction>() } = options;
  const parser: Parser = {
    text,
    tokens: tokenize(text),
    symbols,
    functions: defined,
    position: 0,
    depth: 0,
    nodes: 0,
  };
  const formula = readChoice(parser);
  const rest = peek(parser);
  if (rest.kind !== "end") throw unexpected(parser, rest, "an operator or the end");
  return formula;
}

const endToken: Token = { kind: "end", text: "the end", start: 0, end: 0 };

function peek(parser: Parser): Token {
  return parser.tokens[parser.position] ?? parser.tokens.at(-1) ?? endToken;
}

/** Takes the next token if it is this operator. */
function accept(parser: Parser, operator: string): boolean {
  const token = peek(parser);
  const isIt = token.kind === "operator" && token.text === operator;
  if (isIt) parser.position += 1;
  return isIt;
}

function expect(parser: Parser, operator: string): void {
  if (!accept(parser, operator)) throw unexpected(parser, peek(parser), `"${operator}"`);
}

/** Reads something nested, where the text could go on nesting. */
function nested(parser: Parser, read: (parser: Parser) => Formula): Formula {
  parser.depth += 1;
  if (parser.depth > deepest) {
    const message = `formula: expected at most ${deepest} levels of nesting, got more. Split it into several formulas.`;
    throw fail(parser, peek(parser), message);
  }
  const formula = read(parser);
  parser.depth -= 1;
  return formula;
}

function counted(parser: Parser, formula: Formula): Formula {
  parser.nodes += 1;
  if (parser.nodes > mostNodes) {
    const message = `formula: expected at most ${mostNodes} numbers, names and operations, got more. Split it into several formulas.`;
    throw fail(parser, peek(parser), message);
  }
  return formula;
}

function readChoice(parser: Parser): Formula {
  const condition = readComparison(parser);
  if (!accept(parser, "?")) return condition;
  const then = nested(parser, readChoice);
  expect(parser, ":");
  return counted(parser, choose(condition, then, nested(parser, readChoice)));
}

function readComparison(parser: Parser): Formula {
  const left = readSum(parser);
  const relation = readRelation(parser);
  if (relation === null) return left;
  const comparison = counted(parser, compare(relation, left, readSum(parser)));
  const chained = peek(parser);
  if (readRelation(parser) !== null) {
    const message = `formula: expected one comparison, got a second, "${chained.text}". Put one of them in parentheses, or multiply two comparisons to ask for both.`;
    throw fail(parser, chained, message);
  }
  return comparison;
}

const relations: readonly Relation[] = ["<", "<=", ">", ">=", "==", "!="];

function readRelation(parser: Parser): Relation | null {
  return relations.find((relation) => accept(parser, relation)) ?? null;
}

function readSum(parser: Parser): Formula {
  let sum = readTerm(parser);
  for (;;) {
    if (accept(parser, "+")) sum = counted(parser, add(sum, readTerm(parser)));
    else if (accept(parser, "-")) sum = counted(parser, subtract(sum, readTerm(parser)));
    else return sum;
  }
}

function readTerm(parser: Parser): Formula {
  if (accept(parser, "-")) return counted(parser, negate(nested(parser, readTerm)));
  if (accept(parser, "+")) return nested(parser, readTerm);
  return readProduct(parser);
}

function readProduct(parser: Parser): Formula {
  let product = readPower(parser);
  for (;;) {
    if (accept(parser, "*")) product = counted(parser, multiply(product, readSigned(parser)));
    else if (accept(parser, "/")) product = counted(parser, divide(product, readSigned(parser)));
    else if (startsFactor(peek(parser))) product = counted(parser, multiply(product, readPower(parser)));
    else return product;
  }
}

function startsFactor(token: Token): boolean {
  return token.kind === "name" || (token.kind === "operator" && token.text === "(");
}

/** A factor after `*` or `/`, or an exponent: a minus here takes in one power only. */
function readSigned(parser: Parser): Formula {
  if (accept(parser, "-")) return counted(parser, negate(nested(parser, readSigned)));
  if (accept(parser, "+")) return nested(parser, readSigned);
  return readPower(parser);
}

function readPower(parser: Parser): Formula {
  const base = readAtom(parser);
  if (!accept(parser, "^")) return base;
  return counted(parser, power(base, nested(parser, readSigned)));
}

function readAtom(parser: Parser): Formula {
  const token = peek(parser);
  if (token.kind === "number") {
    parser.position += 1;
    return counted(parser, number(Number(token.text)));
  }
  if (token.kind === "name") {
    parser.position += 1;
    return counted(parser, readName(parser, token));
  }
  if (accept(parser, "(")) {
    const inner = nested(parser, readChoice);
    expect(parser, ")");
    return inner;
  }
  throw unexpected(parser, token, 'a number, a name or "("');
}

function readName(parser: Parser, token: Token): Formula {
  const name = token.text;
  if (name === "e") return E;
  if (name === "pi") return PI;
  const next = peek(parser);
  const isApplied = next.kind === "operator" && next.text === "(";
  const defined = parser.functions.get(name);
  if (defined !== undefined && isApplied) return readDefined(parser, token, defined);
  if (parser.symbols?.includes(name) === true) return symbol(name);
  const called = functionNamed.get(name);
  if (called !== undefined && isApplied) return readCall(parser, token, called);
  if (called !== undefined && (Object.hasOwn(functions, name) || parser.symbols !== null)) {
    throw unexpected(parser, next, `"(" after the function ${name}`);
  }
  if (parser.symbols !== null) throw unknownName(parser, token, isApplied, parser.symbols);
  if (isApplied && !isLetter(name)) throw unknownName(parser, token, true, []);
  return symbol(name);
}

/** Whether a name reads as one letter, Latin or Greek, with or without an index. */
function isLetter(name: string): boolean {
  const stem = name.replace(/[0-9]*(?:_.*)?$/u, "");
  return Array.from(stem).length === 1 || Object.values(greekNames).includes(stem);
}

/** Functions by every name the parser takes for them. */
const functionNamed: ReadonlyMap<string, FunctionName> = new Map(
  Object.entries(functions).flatMap(([name, { aliases }]) =>
    // as: the keys of the table are its FunctionName, which Object.entries widens
    [name, ...aliases].map((alias): [string, FunctionName] => [alias, name as FunctionName]),
  ),
);

/** True for every name that the parser takes for a function of the table, aliases included. */
export function isFunctionName(name: string): boolean {
  return functionNamed.has(name);
}

function readDefined(parser: Parser, token: Token, { parameters, body }: DefinedFunction): Formula {
  const parts = readArguments(parser, token, parameters.length);
  return substitute(body, new Map(parameters.map((name, i) => [name, parts[i] ?? body])));
}

function readCall(parser: Parser, token: Token, name: FunctionName): Formula {
  return call(name, ...readArguments(parser, token, functions[name].arity));
}

/** The arguments in parentheses after a function's name, which are to be `arity`. */
function readArguments(parser: Parser, token: Token, arity: number): readonly Formula[] {
  const name = functionNamed.get(token.text) ?? token.text;
  expect(parser, "(");
  const parts = [nested(parser, readChoice)];
  while (accept(parser, ",")) parts.push(nested(parser, readChoice));
  const end = peek(parser).end;
  expect(parser, ")");
  if (parts.length !== arity) {
    const message = `formula: expected ${arity} argument${arity === 1 ? "" : "s"} of ${name}, got ${parts.length}. Write ${name}(${["u", "v", "w", "x", "y", "z"].slice(0, arity).join(", ")}).`;
    throw new FormulaError(message, parser.text, { start: token.start, end });
  }
  return parts;
}

function unknownName(parser: Parser, token: Token, isApplied: boolean, symbols: readonly string[]): FormulaError {
  const candidates = isApplied
    ? [...parser.functions.keys(), ...functionNamed.keys(), ...symbols]
    : [...symbols, "e", "pi"];
  const nearest = nearestName(token.text, candidates);
  const expected = isApplied ? "a known function" : `one of ${[...symbols, "e", "pi"].join(", ")}`;
  const advice =
    nearest !== null
      ? `Did you mean ${nearest}?`
      : isApplied
        ? "Write * to multiply."
        : "Write * between the factors of a product, or use one of these names.";
  const what = isApplied ? "unknown function " : "";
  const message = `formula: expected ${expected}, got ${what}"${token.text}". ${advice}`;
  return fail(parser, token, message);
}

function unexpected(parser: Parser, token: Token, expected: string): FormulaError {
  const got = token.kind === "end" ? token.text : `"${parser.text.slice(token.start, token.end)}"`;
  const advice = token.kind === "number" && expected.startsWith("an operator") ? " Write * to multiply." : "";
  const message = `formula: expected ${expected}, got ${got}.${advice || " Complete or correct the formula here."}`;
  return fail(parser, token, message);
}

function fail(parser: Parser, { start, end }: Token, message: string): FormulaError {
  return new FormulaError(message, parser.text, { start, end });
}
