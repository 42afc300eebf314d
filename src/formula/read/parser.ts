import { type Expectation, FormulaError, type Span } from "../../errors.ts";
import type { Token } from "./tokenize.ts";
import type { Formula } from "../tree.ts";

/** A text while it is read. */
export interface Parser {
  readonly text: string;
  /** With the end last. A name that is several is cut where it is read. */
  readonly tokens: Token[];
  readonly bounds: Bounds;
  readonly language: Language;
  readonly grammar: Grammar;
  position: number;
  depth: number;
  nodes: number;
}

/** Bounds on other people's text, far below what could overflow a stack. */
export interface Bounds {
  readonly longest: number;
  readonly deepest: number;
  readonly mostNodes: number;
}

/** What the grammar leaves open: what the atoms between its operators are. */
export interface Language {
  readonly readAtom: (parser: Parser) => Formula;
  /** Whether a factor without a sign before it may start here. */
  readonly startsFactor: (token: Token) => boolean;
  /** Throws where a power that was typed in this way cannot be meant. */
  readonly checkPower: (parser: Parser, typed: TypedPower) => void;
  /** Told of every product with the sign that it was typed with, by a language of matrices; only there `⊙` is read. */
  readonly noteProduct?: (product: Formula, sign: ProductSign) => void;
  /** What stands behind a part that is transposed; the part itself where nothing does. */
  readonly readTransposed?: (parser: Parser, part: Formula) => Formula;
}

/** How a product was typed: with a sign, or side by side. */
export type ProductSign = "" | "*" | "⊙";

/** A power with the token of its sign. */
export interface TypedPower {
  readonly sign: Token;
  readonly base: Formula;
  readonly exponent: Formula;
}

/** The parts of the grammar that atoms are made of. */
export interface Grammar {
  /** Anything. */
  readonly expression: (parser: Parser) => Formula;
  /** What a minus sign takes in: factors, perhaps with a sign of its own. */
  readonly term: (parser: Parser) => Formula;
}

const endToken: Token = { kind: "end", text: "the end", start: 0, end: 0 };

/** The next token, or one further on. */
export function peek(parser: Parser, ahead = 0): Token {
  return parser.tokens[parser.position + ahead] ?? parser.tokens.at(-1) ?? endToken;
}

/** Whether a token is this operator. */
export function isOperator(token: Token, operator: string): boolean {
  return token.kind === "operator" && token.text === operator;
}

/** Takes the next token if it is this operator. */
export function accept(parser: Parser, operator: string): boolean {
  const isIt = isOperator(peek(parser), operator);
  if (isIt) parser.position += 1;
  return isIt;
}

/** Takes the next token, which has to be this operator. */
export function expect(parser: Parser, operator: string): void {
  if (!accept(parser, operator)) throw unexpected(parser, peek(parser), `"${operator}"`);
}

/** Reads something nested, where the text could go on nesting. */
export function nested<Result>(parser: Parser, read: (parser: Parser) => Result): Result {
  const { deepest } = parser.bounds;
  parser.depth += 1;
  if (parser.depth > deepest) {
    throw fail(parser, peek(parser), {
      expected: `at most ${deepest} levels of nesting`,
      got: "more",
      advice: "Split it into several formulas.",
    });
  }
  const result = read(parser);
  parser.depth -= 1;
  return result;
}

/** Counts a part of the tree. */
export function counted<Part>(parser: Parser, formula: Part): Part {
  const { mostNodes } = parser.bounds;
  parser.nodes += 1;
  if (parser.nodes > mostNodes) {
    throw fail(parser, peek(parser), {
      expected: `at most ${mostNodes} numbers, names and operations`,
      got: "more",
      advice: "Split it into several formulas.",
    });
  }
  return formula;
}

/** The arguments in parentheses after a function's name, which are to be `arity`. */
export function readArguments(
  parser: Parser,
  { token, name, arity }: { token: Token; name: string; arity: number },
): readonly Formula[] {
  expect(parser, "(");
  const parts = [nested(parser, parser.grammar.expression)];
  while (accept(parser, ",")) parts.push(nested(parser, parser.grammar.expression));
  const end = peek(parser).end;
  expect(parser, ")");
  if (parts.length !== arity) {
    throw fail(
      parser,
      { start: token.start, end },
      {
        expected: `${arity} argument${arity === 1 ? "" : "s"} of ${name}`,
        got: `${parts.length}`,
        advice: `Write ${name}(${["u", "v", "w", "x", "y", "z"].slice(0, arity).join(", ")}).`,
      },
    );
  }
  return parts;
}

/** What was typed at a token, for a message. */
export function typedAt(parser: Parser, token: Token): string {
  return token.kind === "end" ? token.text : `"${parser.text.slice(token.start, token.end)}"`;
}

/** The error of whoever finds another token than expected. */
export function unexpected(parser: Parser, token: Token, expected: string): FormulaError {
  const needsSign = token.kind === "number" && expected.startsWith("an operator");
  if (["⊙", "∇"].some((sign) => isOperator(token, sign))) {
    return fail(parser, token, {
      expected: "a formula for one neuron",
      got: `${typedAt(parser, token)}, a sign of vectors`,
      advice: "Write indices, and * for a product.",
    });
  }
  const advice = isOperator(token, "=")
    ? "Write == to compare, and only the right side of an equation."
    : isOperator(token, "'")
      ? "A prime stands after a function, before its argument: f'(z)."
      : needsSign
        ? "Write * to multiply."
        : "Complete or correct the formula here.";
  return fail(parser, token, { expected, got: typedAt(parser, token), advice });
}

/** An error at a place of the text. */
export function fail(parser: Parser, { start, end }: Span, expectation: Expectation): FormulaError {
  return new FormulaError({ where: "formula", ...expectation }, parser.text, { start, end });
}
