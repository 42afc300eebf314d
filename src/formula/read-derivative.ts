import { type Dictionary, isKnown, cutRun } from "./dictionary.ts";
import { accept, counted, expect, fail, isOperator, type Parser, peek, typedAt } from "./parser.ts";
import { readSymbol } from "./read-names.ts";
import { cutToken } from "./read-scripts.ts";
import { derivative } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Derivative, SymbolFormula } from "./tree.ts";

const howToWrite = "Write a derivative as (partialC)/(partialw_1) or ∂C/∂w_1.";

/** ∂, or the d of dC where no name of the vocabulary reads so. */
function isMark(token: Token, dictionary: Dictionary): boolean {
  if (isOperator(token, "∂")) return true;
  if (token.kind !== "name" || !token.text.startsWith("d") || isKnown(dictionary, token.text)) return false;
  if (token.text === "d") return true;
  return cutRun(dictionary, token.text) === null && cutRun(dictionary, token.text.slice(1)) !== null;
}

/**
 * How many tokens on from `ahead` a half of a derivative ends, `∂C`, `(∂w_jk^l)` or `∂{C}`: a mark, a name and its scripts; 0
 * where none starts there. Whether the name is known is not asked.
 */
function endOfHalf(parser: Parser, dictionary: Dictionary, ahead: number): number {
  const isBracketed = isOperator(peek(parser, ahead), "(");
  let at = ahead + (isBracketed ? 1 : 0);
  const mark = peek(parser, at);
  if (!isMark(mark, dictionary)) return 0;
  at += 1;
  const isApart = mark.kind === "operator" || mark.text === "d";
  const isEnclosed = isApart && isOperator(peek(parser, at), "(") && peek(parser, at + 1).kind === "name";
  if (isEnclosed) at += 1;
  if (isApart && peek(parser, at).kind === "name") at += 1;
  for (let script = peek(parser, at); isScript(script); script = peek(parser, at)) at = endOfScript(parser, at + 1);
  if (isEnclosed) at += 1;
  // d²C: read on, to be refused with its own message.
  if (mark.text === "d" && peek(parser, at).kind === "name") at += 1;
  if (!isBracketed) return at;
  return isOperator(peek(parser, at), ")") ? at + 1 : 0;
}

/** The sign before a script; the comma of w_j,k goes on with one. */
function isScript(token: Token): boolean {
  return token.kind === "operator" && ["_", "^", ","].includes(token.text);
}

function endOfScript(parser: Parser, ahead: number): number {
  let at = ahead;
  let open = 0;
  do {
    const token = peek(parser, at);
    if (token.kind === "end") return at;
    if (isOperator(token, "(")) open += 1;
    if (isOperator(token, ")")) open -= 1;
    at += 1;
  } while (open > 0);
  return at;
}

/** Whether what comes next is to be read as a derivative: from ∂ on it always is, from d on where both halves are there. */
export function startsDerivative(parser: Parser, dictionary: Dictionary): boolean {
  const first = peek(parser);
  if (isOperator(first, "∂")) return true;
  const isBracketed = isOperator(first, "(");
  const mark = isBracketed ? peek(parser, 1) : first;
  if (!isMark(mark, dictionary)) return false;
  const end = endOfHalf(parser, dictionary, 0);
  if (end === 0) return false;
  if (isOperator(mark, "∂")) return true;
  return isOperator(peek(parser, end), "/") && endOfHalf(parser, dictionary, end + 1) > 0;
}

/** `∂C/∂w_1`, each half in brackets or not. */
export function readDerivative(parser: Parser, dictionary: Dictionary): Derivative {
  const start = peek(parser);
  const of = readHalf(parser, dictionary);
  if (!accept(parser, "/")) throw halfOnly(parser, start);
  const second = peek(parser, isOperator(peek(parser), "(") ? 1 : 0);
  if (!isMark(second, dictionary)) throw halfOnly(parser, start);
  const by = readHalf(parser, dictionary);
  const next = peek(parser);
  if (isOperator(next, "^") || isOperator(next, "**")) {
    const message = `formula: expected a whole derivative in brackets before a power, got "${parser.text.slice(start.start, next.end)}". Write ((partialC)/(partialw_1))^2.`;
    throw fail(parser, { start: start.start, end: next.end }, message);
  }
  if (isMark(next, dictionary) && isOperator(next, "∂")) throw isSecond(parser, next);
  return counted(parser, derivative(of, by));
}

/** Whether after `\frac` two halves of a derivative follow, or one that lacks the other. */
export function startsFractionOfHalves(parser: Parser, dictionary: Dictionary): boolean {
  const isSign = isOperator(peek(parser), "(") && isOperator(peek(parser, 1), "∂");
  const end = endOfHalf(parser, dictionary, 0);
  if (end === 0) return isSign && !isOperator(peek(parser, 2), "(") && isOperator(peek(parser, 2), ")");
  return isSign || (isOperator(peek(parser), "(") && endOfHalf(parser, dictionary, end) > 0);
}

/** The two groups of `\frac{\partial C}{\partial w_1}`. */
export function readFractionOfHalves(parser: Parser, dictionary: Dictionary): Derivative {
  const start = peek(parser);
  const of = readHalf(parser, dictionary);
  if (!isOperator(peek(parser), "(") || !isMark(peek(parser, 1), dictionary)) throw halfOnly(parser, start);
  const by = readHalf(parser, dictionary);
  return counted(parser, derivative(of, by));
}

function readHalf(parser: Parser, dictionary: Dictionary): SymbolFormula {
  const start = peek(parser);
  const isBracketed = accept(parser, "(");
  // The d of dw_1.
  if (peek(parser).kind === "name") cutToken(parser, 1);
  parser.position += 1;
  const next = peek(parser);
  if (isOperator(next, "^") || isOperator(next, "**")) throw isSecond(parser, next);
  const isEnclosed = accept(parser, "(");
  if (peek(parser).kind !== "name") throw halfOnly(parser, start);
  const symbol = readSymbol(parser, dictionary);
  if (symbol === null) {
    const message = `formula: expected the derivative of a quantity by a quantity, got ∂ before ${typedAt(parser, peek(parser))}. ${howToWrite}`;
    throw fail(parser, peek(parser), message);
  }
  if (isEnclosed) expect(parser, ")");
  if (isOperator(peek(parser), "∂")) throw isSecond(parser, peek(parser));
  if (isBracketed && !isOperator(peek(parser), ")")) throw halfOnly(parser, start);
  if (isBracketed) expect(parser, ")");
  return symbol;
}

function halfOnly(parser: Parser, { start, end: least }: Token): Error {
  const end = Math.max(least, parser.tokens[parser.position - 1]?.end ?? least);
  const got = parser.text.slice(start, end);
  const message = `formula: expected a derivative with both its halves, got "${got}". ${howToWrite}`;
  return fail(parser, { start, end }, message);
}

function isSecond(parser: Parser, token: Token): Error {
  const message = `formula: expected a first derivative, got one of higher order at ${typedAt(parser, token)}. Second derivatives are not read.`;
  return fail(parser, token, message);
}
