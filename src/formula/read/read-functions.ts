import type { Expectation } from "../../errors.ts";
import { call, number, power } from "../build.ts";
import type { Dictionary } from "./dictionary.ts";
import { functions } from "../functions.ts";
import { accept, counted, fail, isOperator, nested, type Parser, peek, readArguments, typedAt } from "./parser.ts";
import { functionNamed, readCall, readDefined } from "./plain-language.ts";
import { toText } from "../print-text.ts";
import { endOfScript, readLayer, readLayerSum } from "./read-scripts.ts";
import { sameStructure } from "../structure.ts";
import { application } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Formula, FunctionName } from "../tree.ts";
import { postorder } from "../walk.ts";

/** Whether a bracket or a prime follows, `ahead` tokens on. */
export function isAppliedAt(parser: Parser, ahead: number): boolean {
  const next = peek(parser, ahead);
  if (isOperator(next, "(") || isOperator(next, "'") || primesRaised(parser, ahead) > 0) return true;
  return isOperator(next, "^") && isOperator(peek(parser, endOfScript(parser, ahead + 1)), "(");
}

/** The number of primes in `^\prime` or `^{\prime\prime}`, `ahead` tokens on; 0 where there is none. */
function primesRaised(parser: Parser, ahead: number): number {
  if (!isOperator(peek(parser, ahead), "^")) return 0;
  const isBracketed = isOperator(peek(parser, ahead + 1), "(");
  const first = ahead + (isBracketed ? 2 : 1);
  let count = 0;
  while (isOperator(peek(parser, first + count), "'")) count += 1;
  return !isBracketed || isOperator(peek(parser, first + count), ")") ? count : 0;
}

/** More than any textbook has; every derivative is several times as long as the one before. */
const mostPrimes = 5;

function readPrimes(parser: Parser): number {
  const start = peek(parser);
  let primes = 0;
  while (accept(parser, "'")) primes += 1;
  const above = primes > 0 ? 0 : primesRaised(parser, 0);
  if (above > 0) {
    const isBracketed = isOperator(peek(parser, 1), "(");
    parser.position += above + (isBracketed ? 3 : 1);
  }
  const count = primes + above;
  if (count <= mostPrimes) return count;
  const end = parser.tokens[parser.position - 1]?.end ?? start.end;
  throw fail(
    parser,
    { start: start.start, end },
    { expected: `at most ${mostPrimes} primes`, got: `${count}`, advice: "Write a derivative of a higher order out." },
  );
}

/** A function of the vocabulary, known by its name or by its formula. */
export function readOwnFunction(parser: Parser, dictionary: Dictionary, token: Token): Formula {
  parser.position += 1;
  const layer = readLayerOfFunction(parser, dictionary, token.text);
  const primes = layer?.primes ?? readPrimes(parser);
  const exponent = primes === 0 && layer === null ? readExponentBeforeArgument(parser, false) : null;
  requireBracket(parser, token, primes);
  const own = dictionary.vocabulary.defined.get(token.text);
  if (own === undefined || own.parameters.length === 1) {
    const [argument = number(0)] = readArguments(parser, { token, name: token.text, arity: 1 });
    if (layer !== null) checkLayer(parser, token, layer.layer, argument);
    return raised(parser, counted(parser, application(token.text, argument, primes)), exponent);
  }
  if (primes > 0) throw primeOfSeveral(parser, token);
  return raised(parser, counted(parser, readDefined(parser, token, own)), exponent);
}

/** Functions whose power is written before the argument, whatever brackets it stands in. */
const namesBeforePower: readonly FunctionName[] = ["sin", "cos", "sinh", "cosh", "tanh"];

/** Functions that are written without brackets before a single quantity: `ln a`, `tanh z`. */
const namesWithoutBrackets: readonly FunctionName[] = [...namesBeforePower, "log", "exp"];

/** A function of the table, read at `token`, with its argument: a call, or with primes an application. */
export function readTableFunction(parser: Parser, token: Token, name: FunctionName): Formula {
  const primes = readPrimes(parser);
  const exponent = primes === 0 ? readExponentBeforeArgument(parser, namesBeforePower.includes(name)) : null;
  const isBare = primes === 0 && namesWithoutBrackets.includes(name) && startsBareArgument(parser);
  if (isBare) return raised(parser, counted(parser, call(name, readBareArgument(parser, token))), exponent);
  requireBracket(parser, token, primes);
  if (primes === 0) return raised(parser, counted(parser, readCall(parser, token, name)), exponent);
  if (functions[name].arity !== 1) throw primeOfSeveral(parser, token);
  const [argument = number(0)] = readArguments(parser, { token, name, arity: 1 });
  return counted(parser, application(name, argument, primes));
}

function raised(parser: Parser, base: Formula, exponent: Formula | null): Formula {
  return exponent === null ? base : counted(parser, power(base, exponent));
}

/**
 * The exponent of `tanh^2(z)`: a whole number from 2 on, or else nothing is taken. In round brackets it may also count primes,
 * as in f^(2), so that only some functions have it there.
 */
function readExponentBeforeArgument(parser: Parser, mayBeRound: boolean): Formula | null {
  if (!isOperator(peek(parser), "^")) return null;
  const isBracketed = isOperator(peek(parser, 1), "(");
  const isRound = isBracketed && parser.text.charAt(peek(parser, 1).start) === "(";
  const { text } = peek(parser, isBracketed ? 2 : 1);
  const after = isBracketed ? 4 : 2;
  const isClosed = !isBracketed || isOperator(peek(parser, 3), ")");
  const isFollowed = isOperator(peek(parser, after), "(") || (mayBeRound && startsBareArgument(parser, after));
  if ((isRound && !mayBeRound) || !/^[0-9]+$/u.test(text) || Number(text) < 2 || !isClosed || !isFollowed) return null;
  parser.position += after;
  return counted(parser, number(Number(text)));
}

function startsBareArgument(parser: Parser, ahead = 0): boolean {
  const { kind } = peek(parser, ahead);
  return kind === "name" || kind === "number";
}

/** The single quantity or number of `ln a_j^L`; what follows it must be a sign, as `ln a b` can be read in two ways. */
function readBareArgument(parser: Parser, token: Token): Formula {
  const start = peek(parser);
  const argument = nested(parser, parser.language.readAtom);
  const next = peek(parser);
  const isQuantity = argument.kind === "symbol" || argument.kind === "number" || argument.kind === "constant";
  const isFunction = next.kind === "name" && functionNamed.has(next.text);
  const goesOn =
    (parser.language.startsFactor(next) && !isFunction) ||
    ["^", "**", "*", "/", "⊙"].some((sign) => isOperator(next, sign));
  if (isQuantity && !goesOn) return argument;
  const typed = parser.text.slice(token.start, next.end);
  throw fail(
    parser,
    { start: start.start, end: next.end },
    {
      expected: `the argument of ${token.text} in brackets`,
      got: `"${typed}", which can be read in several ways`,
      advice: `Write ${token.text}(z).`,
    },
  );
}

/** The layer of `g^{[l]}(z)` and `g^{[l]'}(z)`, with primes in it or after it; null, and nothing taken, where there is none. */
function readLayerOfFunction(
  parser: Parser,
  dictionary: Dictionary,
  name: string,
): { readonly layer: Formula; readonly primes: number } | null {
  const next = peek(parser, isOperator(peek(parser, 1), "(") ? 2 : 1);
  const first = isOperator(next, "(") ? peek(parser, 3) : next;
  const isLetter = dictionary.layers.some((letter) => first.text === letter || first.text === `${letter}'`);
  if (!isOperator(peek(parser), "^") || first.kind !== "name" || !isLetter) return null;
  parser.position += 1;
  const isBracketed = accept(parser, "(");
  const layer = isBracketed ? readLayerSum(parser, dictionary, name) : readLayer(parser, dictionary, name);
  let primes = isBracketed ? readPrimes(parser) : 0;
  if (isBracketed && !accept(parser, ")")) throw fail(parser, peek(parser), layerOnly(parser, name));
  primes += readPrimes(parser);
  return { layer, primes };
}

function layerOnly(parser: Parser, name: string): Expectation {
  const advice = `Write ${name}(z) without its layer.`;
  return { expected: `the layer of ${name}`, got: typedAt(parser, peek(parser)), advice };
}

/** @throws FormulaError where the argument is of another layer than the function. */
function checkLayer(parser: Parser, token: Token, layer: Formula, argument: Formula): void {
  const others = postorder(argument).filter(
    (part) => part.kind === "symbol" && part.layer !== null && !sameStructure(part.layer, layer),
  );
  if (others.length === 0) return;
  throw fail(parser, token, {
    expected: `${token.text} of the layer of its argument`,
    got: `one of layer ${toText(layer)}`,
    advice: "Leave its layer out.",
  });
}

function requireBracket(parser: Parser, token: Token, primes: number): void {
  const next = peek(parser);
  if (isOperator(next, "(")) return;
  const name = token.text + "'".repeat(primes);
  const isRaised = isOperator(next, "^") || isOperator(next, "**");
  const advice = isRaised
    ? `Put a power after the argument: (${name}(z))^2.`
    : `${token.text} is a function: give its argument in brackets, ${name}(z).`;
  throw fail(
    parser,
    { start: token.start, end: next.end },
    { expected: `"(" after the function ${name}`, got: typedAt(parser, next), advice },
  );
}

function primeOfSeveral(parser: Parser, token: Token): Error {
  return fail(parser, token, {
    expected: "a function of one variable before a prime",
    got: token.text,
    advice: "Write the derivative out.",
  });
}
