import { type Dictionary, isKnown, cutRun } from "./dictionary.ts";
import { accept, counted, expect, fail, isOperator, type Parser, peek, typedAt } from "./parser.ts";
import { functionNamed } from "./plain-language.ts";
import { toText } from "../print-text.ts";
import { readName, readSymbol } from "./read-names.ts";
import { cutToken, endOfScript } from "./read-scripts.ts";
import { replaceSynonym } from "./read-synonyms.ts";
import { sameStructure } from "../structure.ts";
import { application, derivative, scripted } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Application, Derivative, Formula, SymbolFormula } from "../tree.ts";

const howToWrite = "Write a derivative as (partialC)/(partialw_1) or ∂C/∂w_1.";

/** ∂, or the d of dC where no name of the vocabulary reads so. */
function isMark(token: Token, dictionary: Dictionary): boolean {
  if (isOperator(token, "∂")) return true;
  if (token.kind !== "name" || !token.text.startsWith("d") || isKnown(dictionary, token.text)) return false;
  if (token.text === "d") return true;
  const rest = token.text.slice(1);
  const isNamed =
    cutRun(dictionary, rest) !== null || dictionary.synonyms.costs.has(rest) || isSynonym(rest, dictionary);
  return cutRun(dictionary, token.text) === null && isNamed;
}

function isSynonym(name: string, { synonyms: { quantities, functions } }: Dictionary): boolean {
  return quantities.has(name) || functions.has(name);
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
  // The argument of dσ(z).
  const isArgument = isFunctionName(peek(parser, at - 1).text.replace(isApart ? "" : /^d/u, ""), dictionary);
  if (isArgument && isOperator(peek(parser, at), "(")) at = endOfScript(parser, at);
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

/** `∂C/∂w_1`, each half in brackets or not; `dσ/dz` is σ′(z). */
export function readDerivative(parser: Parser, dictionary: Dictionary): Derivative | Application {
  const start = peek(parser);
  const of = readHalf(parser, dictionary, "of");
  if (!accept(parser, "/")) throw halfOnly(parser, start);
  const second = peek(parser, isOperator(peek(parser), "(") ? 1 : 0);
  if (!isMark(second, dictionary)) throw halfOnly(parser, start);
  const by = readHalf(parser, dictionary, "by");
  const next = peek(parser);
  if (isOperator(next, "^") || isOperator(next, "**")) {
    throw fail(
      parser,
      { start: start.start, end: next.end },
      {
        expected: "a whole derivative in brackets before a power",
        got: `"${parser.text.slice(start.start, next.end)}"`,
        advice: "Write ((partialC)/(partialw_1))^2.",
      },
    );
  }
  if (isMark(next, dictionary) && isOperator(next, "∂")) throw isSecond(parser, next);
  return derivativeOf(parser, start, of, by);
}

/** A quantity's derivative with respect to another, or a function's with respect to its argument. */
function derivativeOf(parser: Parser, start: Token, of: Half, by: Half): Derivative | Application {
  if (by.kind !== "symbol") throw halfOnly(parser, start);
  if (of.kind === "symbol") return counted(parser, derivative(of, by));
  if (of.kind === "function" || sameStructure(of.argument, by)) {
    const primes = of.kind === "function" ? 1 : of.primes + 1;
    return counted(parser, application(of.name, by, primes));
  }
  throw fail(
    parser,
    { start: start.start, end: peek(parser).start },
    {
      expected: `the derivative of ${of.name} with respect to its argument`,
      got: `one with respect to ${toText(by)}`,
      advice: `Write it with a prime: ${of.name}'(z).`,
    },
  );
}

/** Whether after `\frac` two halves of a derivative follow, or one that lacks the other. */
export function startsFractionOfHalves(parser: Parser, dictionary: Dictionary): boolean {
  const isSign = isOperator(peek(parser), "(") && isOperator(peek(parser, 1), "∂");
  const end = endOfHalf(parser, dictionary, 0);
  if (end === 0) return isSign && !isOperator(peek(parser, 2), "(") && isOperator(peek(parser, 2), ")");
  return isSign || (isOperator(peek(parser), "(") && endOfHalf(parser, dictionary, end) > 0);
}

/** The two groups of `\frac{\partial C}{\partial w_1}`. */
export function readFractionOfHalves(parser: Parser, dictionary: Dictionary): Derivative | Application {
  const start = peek(parser);
  const of = readHalf(parser, dictionary, "of");
  if (!isOperator(peek(parser), "(") || !isMark(peek(parser, 1), dictionary)) throw halfOnly(parser, start);
  return derivativeOf(parser, start, of, readHalf(parser, dictionary, "by"));
}

/** What stands behind a mark: a quantity, or a function with its argument or without. */
type Half = SymbolFormula | { readonly kind: "function"; readonly name: string } | Application;

function readHalf(parser: Parser, dictionary: Dictionary, which: "of" | "by"): Half {
  const start = peek(parser);
  const isBracketed = accept(parser, "(");
  // The d of dw_1.
  if (peek(parser).kind === "name") cutToken(parser, 1);
  parser.position += 1;
  const next = peek(parser);
  if (isOperator(next, "^") || isOperator(next, "**")) throw isSecond(parser, next);
  const isEnclosed = accept(parser, "(");
  if (peek(parser).kind !== "name") throw halfOnly(parser, start);
  const half = which === "of" ? readNumerator(parser, dictionary) : readSymbol(parser, dictionary);
  if (half === null) {
    throw fail(parser, peek(parser), {
      expected: "the derivative of a quantity with respect to a quantity",
      got: `∂ before ${typedAt(parser, peek(parser))}`,
      advice: howToWrite,
    });
  }
  if (isEnclosed) expect(parser, ")");
  if (isOperator(peek(parser), "∂")) throw isSecond(parser, peek(parser));
  if (isBracketed && !isOperator(peek(parser), ")")) throw halfOnly(parser, start);
  if (isBracketed) expect(parser, ")");
  return half;
}

/** How many tokens `C_x` and `C_{x}` take, the cost of one example; 0 where it is none. */
export function endOfExample(parser: Parser): number {
  if (!isOperator(peek(parser, 1), "_")) return 0;
  if (peek(parser, 2).text === "x") return 3;
  const isBracketed = isOperator(peek(parser, 2), "(") && isOperator(peek(parser, 4), ")");
  return isBracketed && peek(parser, 3).text === "x" ? 5 : 0;
}

/** The cost by any of its names, a quantity, or a function. */
function readNumerator(parser: Parser, dictionary: Dictionary): Half | null {
  const { cost, costs } = dictionary.synonyms;
  const token = peek(parser);
  const isCost = token.text === cost || (costs.has(token.text) && !isKnown(dictionary, token.text));
  if (isCost && cost !== null) {
    const example = endOfExample(parser);
    if (example > 0 && !dictionary.stems.has(cost)) {
      parser.position += example;
      return counted(parser, scripted(cost, [], null));
    }
    if (token.text !== cost) {
      parser.position += 1;
      return counted(parser, scripted(cost, [], null));
    }
  }
  replaceSynonym(parser, dictionary);
  const called = peek(parser);
  if (!isFunctionName(called.text, dictionary)) return readSymbol(parser, dictionary);
  if (!isOperator(peek(parser, 1), "(")) {
    parser.position += 1;
    return { kind: "function", name: functionNamed.get(called.text) ?? called.text };
  }
  const applied = readName(parser, dictionary);
  if (applied?.kind === "application") return applied;
  const [argument] = applied?.kind === "call" ? applied.arguments : [];
  return applied?.kind === "call" && argument !== undefined ? application(applied.name, argument) : null;
}

/** A function that is no quantity as well. */
function isFunctionName(name: string, dictionary: Dictionary): boolean {
  const isQuantity = dictionary.scalars.has(name) || dictionary.stems.has(name) || dictionary.quantities.has(name);
  const isFunction =
    dictionary.functions.has(name) || functionNamed.has(name) || dictionary.synonyms.functions.has(name);
  return isFunction && !isQuantity;
}

/**
 * `dZ` and `dw_jk`, which are ∂C/∂z and ∂C/∂w_jk where the vocabulary has the cost and the quantity; δ for `dZ` where it has δ. Null,
 * and nothing taken, where the next name is none.
 */
export function readShortDerivative(parser: Parser, dictionary: Dictionary): Formula | null {
  const token = peek(parser);
  const { cost } = dictionary.synonyms;
  const letter = /^d([wbzaWBZA])$/u.exec(token.text)?.[1]?.toLowerCase();
  if (letter === undefined || cost === null || isKnown(dictionary, token.text)) return null;
  if (dictionary.quantities.get(letter)?.hasLayer !== true) return null;
  cutToken(parser, 1);
  parser.position += 1;
  const by = readSymbol(parser, dictionary);
  if (by === null) throw halfOnly(parser, token);
  const isError = letter === "z" && dictionary.quantities.get("delta")?.hasLayer === true;
  return isError ? { ...by, name: "delta" } : counted(parser, derivative(scripted(cost, [], null), by));
}

function halfOnly(parser: Parser, { start, end: least }: Token): Error {
  const end = Math.max(least, parser.tokens[parser.position - 1]?.end ?? least);
  const got = parser.text.slice(start, end);
  return fail(
    parser,
    { start, end },
    { expected: "a derivative with both its halves", got: `"${got}"`, advice: howToWrite },
  );
}

function isSecond(parser: Parser, token: Token): Error {
  return fail(parser, token, {
    expected: "a first derivative",
    got: `one of higher order at ${typedAt(parser, token)}`,
    advice: "Second derivatives are not read.",
  });
}
