import { number, power } from "./build.ts";
import type { Dictionary } from "./dictionary.ts";
import { functions } from "./functions.ts";
import { accept, counted, fail, isOperator, type Parser, peek, readArguments, typedAt } from "./parser.ts";
import { readCall, readDefined } from "./plain-language.ts";
import { application } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Formula, FunctionName } from "./tree.ts";

/** Whether a bracket or a prime follows, `ahead` tokens on. */
export function isAppliedAt(parser: Parser, ahead: number): boolean {
  const next = peek(parser, ahead);
  return isOperator(next, "(") || isOperator(next, "'") || primesRaised(parser, ahead) > 0;
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
  const message = `formula: expected at most ${mostPrimes} primes, got ${count}. Write a derivative of a higher order out.`;
  throw fail(parser, { start: start.start, end }, message);
}

/** A function of the vocabulary, known by its name or by its formula. */
export function readOwnFunction(parser: Parser, { vocabulary }: Dictionary, token: Token): Formula {
  parser.position += 1;
  const primes = readPrimes(parser);
  requireBracket(parser, token, primes);
  const own = vocabulary.defined.get(token.text);
  if (own === undefined || own.parameters.length === 1) {
    const [argument = number(0)] = readArguments(parser, { token, name: token.text, arity: 1 });
    return counted(parser, application(token.text, argument, primes));
  }
  if (primes > 0) throw primeOfSeveral(parser, token);
  return counted(parser, readDefined(parser, token, own));
}

/** Functions whose power is written before the argument. */
const namesBeforePower: readonly FunctionName[] = ["sin", "cos", "sinh", "cosh", "tanh"];

/** A function of the table, read at `token`, with its argument: a call, or with primes an application. */
export function readTableFunction(parser: Parser, token: Token, name: FunctionName): Formula {
  const primes = readPrimes(parser);
  if (primes === 0 && namesBeforePower.includes(name)) {
    const exponent = readExponentBeforeArgument(parser);
    if (exponent !== null) return counted(parser, power(counted(parser, readCall(parser, token, name)), exponent));
  }
  requireBracket(parser, token, primes);
  if (primes === 0) return counted(parser, readCall(parser, token, name));
  if (functions[name].arity !== 1) throw primeOfSeveral(parser, token);
  const [argument = number(0)] = readArguments(parser, { token, name, arity: 1 });
  return counted(parser, application(name, argument, primes));
}

/** The exponent of `tanh^2(z)`: a whole number from 2 on, or else nothing is taken. */
function readExponentBeforeArgument(parser: Parser): Formula | null {
  if (!isOperator(peek(parser), "^")) return null;
  const isBracketed = isOperator(peek(parser, 1), "(");
  const { text } = peek(parser, isBracketed ? 2 : 1);
  const after = isBracketed ? 4 : 2;
  const isClosed = !isBracketed || isOperator(peek(parser, 3), ")");
  if (!/^[0-9]+$/u.test(text) || Number(text) < 2 || !isClosed || !isOperator(peek(parser, after), "(")) return null;
  parser.position += after;
  return counted(parser, number(Number(text)));
}

function requireBracket(parser: Parser, token: Token, primes: number): void {
  const next = peek(parser);
  if (isOperator(next, "(")) return;
  const name = token.text + "'".repeat(primes);
  const isRaised = isOperator(next, "^") || isOperator(next, "**");
  const advice = isRaised
    ? `Put a power after the argument: (${name}(z))^2.`
    : `${token.text} is a function: give its argument in brackets, ${name}(z).`;
  const message = `formula: expected "(" after the function ${name}, got ${typedAt(parser, next)}. ${advice}`;
  throw fail(parser, { start: token.start, end: next.end }, message);
}

function primeOfSeveral(parser: Parser, token: Token): Error {
  const message = `formula: expected a function of one variable before a prime, got ${token.text}. Write the derivative out.`;
  return fail(parser, token, message);
}
