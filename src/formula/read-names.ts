import { application as applicationOf } from "./textbook.ts";
import { E, number, PI, power } from "./build.ts";
import { cutRun, type Dictionary, isKnown, keyOf, sumWords } from "./dictionary.ts";
import { functions } from "./functions.ts";
import { nearestName } from "./nearest-name.ts";
import { accept, counted, fail, isOperator, type Parser, peek, readArguments, typedAt } from "./parser.ts";
import { functionNamed, readCall, readDefined } from "./plain-language.ts";
import { cutToken, patternOf, readLayer, readQuantity } from "./read-scripts.ts";
import { scripted } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Formula, FunctionName, SymbolFormula } from "./tree.ts";

/** The next name; a run of letters that is several names is cut into them first. */
export function nextName(parser: Parser, dictionary: Dictionary): Token {
  const token = peek(parser);
  if (isKnown(dictionary, token.text)) return token;
  const cut = cutRun(dictionary, token.text);
  if (cut === null) throw unknownName(parser, dictionary, token);
  if (!cut.isUnique) {
    const message = `formula: expected names that can be told apart, got "${token.text}", which is ${cut.pieces.join("*")} or another product. Write * between the factors.`;
    throw fail(parser, token, message);
  }
  const { position } = parser;
  for (const piece of cut.pieces) {
    cutToken(parser, piece.length);
    parser.position += 1;
  }
  parser.position = position;
  return peek(parser);
}

/** What starts with a name: a quantity, a function with its argument, e or pi; null where it is the word for a sum. */
export function readName(parser: Parser, dictionary: Dictionary): Formula | null {
  const token = nextName(parser, dictionary);
  const { text } = token;
  const isFunction = dictionary.functions.has(text);
  if (isFunction && isAppliedAt(parser, 1)) return readOwnFunction(parser, dictionary, token);
  const quantity = readSymbol(parser, dictionary);
  if (quantity !== null) return quantity;
  if (isFunction) return readOwnFunction(parser, dictionary, token);
  const called = functionNamed.get(text);
  if (sumWords.has(text) && called === undefined) return null;
  parser.position += 1;
  if (called !== undefined) return readTableFunction(parser, token, called);
  if (text === "e") return counted(parser, E);
  if (text === "pi") return counted(parser, PI);
  throw unknownName(parser, dictionary, token);
}

/** A quantity of the vocabulary with its scripts; null, and nothing taken, where the next name is none. */
export function readSymbol(parser: Parser, dictionary: Dictionary): SymbolFormula | null {
  const token = nextName(parser, dictionary);
  const quantity = dictionary.quantities.get(token.text);
  const key = keyOf(token.text);
  const isScalar = dictionary.scalars.has(key);
  if (quantity !== undefined && (!isScalar || hasIndexAfter(parser))) {
    const mayBeScalar = dictionary.stems.has(key) && !isLongerAsIndices(parser, dictionary, quantity.indices);
    const scalar = mayBeScalar ? readScalar(parser, dictionary, token) : null;
    if (scalar !== null) return scalar;
    parser.position += 1;
    return readQuantity(parser, dictionary, { quantity, token });
  }
  if (isScalar || dictionary.stems.has(key)) {
    const scalar = readScalar(parser, dictionary, token);
    if (scalar !== null) return scalar;
    if (!dictionary.widths.has(token.text)) throw unknownSubscript(parser, dictionary, token);
  }
  if (!dictionary.widths.has(token.text)) return null;
  parser.position += 1;
  return readWidth(parser, dictionary, token);
}

/** Whether all indices of a quantity follow, more than the subscript of a scalar: `w_1k` is not w_1·k where w has two. */
function isLongerAsIndices(parser: Parser, dictionary: Dictionary, count: number): boolean {
  const { text } = peek(parser, 2);
  const run = text.slice(0, count);
  const areIndices = Array.from(run).every((each) => dictionary.indices.has(each) || /^[0-9]$/u.test(each));
  const key = `${keyOf(peek(parser).text)}_${run}`;
  return areIndices && run.length === count && !dictionary.scalars.has(key);
}

/** Whether an index follows the next name, after a layer perhaps: only then z_j^l is meant where z is a scalar too. */
function hasIndexAfter(parser: Parser): boolean {
  if (isOperator(peek(parser, 1), "_")) return true;
  if (!isOperator(peek(parser, 1), "^")) return false;
  let ahead = 2;
  let open = 0;
  do {
    const token = peek(parser, ahead);
    if (isOperator(token, "(")) open += 1;
    if (isOperator(token, ")")) open -= 1;
    if (token.kind === "end") return false;
    ahead += 1;
  } while (open > 0);
  return isOperator(peek(parser, ahead), "_");
}

function readWidth(parser: Parser, dictionary: Dictionary, token: Token): SymbolFormula {
  if (!accept(parser, "_")) {
    const message = `formula: expected the layer of the width ${token.text}, got ${typedAt(parser, peek(parser))}. Write ${token.text}_l or ${token.text}_(l+1).`;
    throw fail(parser, token, message);
  }
  return counted(parser, scripted(token.text, [readLayer(parser, dictionary, token.text)], null));
}

/** The longest scalar that starts with the next name: `w_1`, `C_x`; null, and nothing taken, where there is none. */
function readScalar(parser: Parser, dictionary: Dictionary, token: Token): SymbolFormula | null {
  const start = parser.position;
  parser.position += 1;
  let key = keyOf(token.text);
  while (isOperator(peek(parser), "_")) {
    const longer = readSubscript(parser, dictionary, key);
    if (longer === null) break;
    key = longer;
  }
  const name = dictionary.scalars.get(key);
  if (name === undefined || isOperator(peek(parser), "_")) {
    parser.position = start;
    return null;
  }
  return counted(parser, scripted(name, [], null));
}

/** Takes a subscript that goes on with a scalar; returns its longer key, or null with nothing taken. */
function readSubscript(parser: Parser, { scalars, stems }: Dictionary, key: string): string | null {
  const isPart = (part: string): boolean => scalars.has(`${key}_${part}`) || stems.has(`${key}_${part}`);
  if (isOperator(peek(parser, 1), "(")) {
    const content = peek(parser, 2).text;
    const isIt = isPart(content) && isOperator(peek(parser, 3), ")");
    if (isIt) parser.position += 4;
    return isIt ? `${key}_${content}` : null;
  }
  const { text } = peek(parser, 1);
  for (let length = text.length; length > 0; length -= 1) {
    const splitsDigits = /[0-9]/u.test(text.charAt(length - 1)) && /[0-9]/u.test(text.charAt(length));
    if (splitsDigits || !isPart(text.slice(0, length))) continue;
    parser.position += 1;
    cutToken(parser, length);
    parser.position += 1;
    return `${key}_${text.slice(0, length)}`;
  }
  return null;
}

/** Whether a bracket or a prime follows, `ahead` tokens on. */
function isAppliedAt(parser: Parser, ahead: number): boolean {
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

function readPrimes(parser: Parser): number {
  let primes = 0;
  while (accept(parser, "'")) primes += 1;
  const above = primesRaised(parser, 0);
  if (primes > 0 || above === 0) return primes;
  const isBracketed = isOperator(peek(parser, 1), "(");
  parser.position += above + (isBracketed ? 3 : 1);
  return above;
}

/** A function of the vocabulary, known by its name or by its formula. */
function readOwnFunction(parser: Parser, { vocabulary }: Dictionary, token: Token): Formula {
  parser.position += 1;
  const primes = readPrimes(parser);
  requireBracket(parser, token, primes);
  const own = vocabulary.defined.get(token.text);
  if (own === undefined || own.parameters.length === 1) {
    const [argument = number(0)] = readArguments(parser, { token, name: token.text, arity: 1 });
    return counted(parser, applicationOf(token.text, argument, primes));
  }
  if (primes > 0) throw primeOfSeveral(parser, token);
  return counted(parser, readDefined(parser, token, own));
}

/** Functions whose power is written before the argument. */
const namesBeforePower: readonly FunctionName[] = ["sin", "cos", "sinh", "cosh", "tanh"];

function readTableFunction(parser: Parser, token: Token, name: FunctionName): Formula {
  const primes = readPrimes(parser);
  if (primes === 0 && namesBeforePower.includes(name)) {
    const exponent = readExponentBeforeArgument(parser);
    if (exponent !== null) return counted(parser, power(counted(parser, readCall(parser, token, name)), exponent));
  }
  requireBracket(parser, token, primes);
  if (primes === 0) return counted(parser, readCall(parser, token, name));
  if (functions[name].arity !== 1) throw primeOfSeveral(parser, token);
  const [argument = number(0)] = readArguments(parser, { token, name, arity: 1 });
  return counted(parser, applicationOf(name, argument, primes));
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

function unknownSubscript(parser: Parser, { scalars }: Dictionary, token: Token): Error {
  const stemOf = (name: string): string | undefined => keyOf(name).split("_")[0];
  const names = [...scalars.values()].filter((name) => stemOf(name) === stemOf(token.text));
  const hasSubscript = isOperator(peek(parser, 1), "_");
  const end = hasSubscript ? peek(parser, 2).end : token.end;
  const got = parser.text.slice(token.start, end);
  const advice =
    names.length === 1 && hasSubscript ? `${names.join("")} has no other subscript.` : "Use a name of the question.";
  const message = `formula: expected ${names.length === 1 ? "" : "one of "}${names.join(", ")}, got "${got}". ${advice}`;
  return fail(parser, { start: token.start, end }, message);
}

/** Names of the vocabulary as they are written, for messages. */
function writtenNames({ scalars, vocabulary }: Dictionary): readonly string[] {
  const own = [...vocabulary.functions, ...vocabulary.defined.keys()];
  return [
    ...scalars.values(),
    ...[...vocabulary.quantities].map(patternOf),
    ...vocabulary.widths.map((name) => `${name}_l`),
    ...own.map((name) => `${name}(…)`),
    "e",
  ];
}

/** Of names as near as each other, the one as long as what was typed is meant: two letters are easily swapped. */
function closestInLength(names: readonly string[], typed: string): readonly string[] {
  const difference = (name: string): number => Math.abs(name.length - typed.length);
  return names.toSorted((left, right) => difference(left) - difference(right));
}

/** The error of a name that is none of the vocabulary. */
export function unknownName(parser: Parser, dictionary: Dictionary, token: Token): Error {
  const { vocabulary, scalars, quantities, widths, functions: own } = dictionary;
  const bare = [...scalars.values(), ...quantities.keys(), ...widths, ...own, ...functionNamed.keys(), "pi", "sum"];
  const isScript = vocabulary.indices.includes(token.text) || vocabulary.layers.includes(token.text);
  const otherCase = bare.find((name) => name.toLowerCase() === token.text.toLowerCase());
  const nearest = otherCase ?? nearestName(token.text, closestInLength(bare, token.text));
  const advice = /^[Oo][0-9]*$/u.test(token.text)
    ? "Did you mean the digit 0?"
    : /^[lI][0-9]*$/u.test(token.text)
      ? "Did you mean the digit 1?"
      : isScript
        ? `${token.text} stands in scripts only, as in ${vocabulary.layers.includes(token.text) ? "a_k^l" : "a_k"}.`
        : nearest !== null
          ? `Did you mean ${nearest}?`
          : "Write * between the factors of a product, or use one of these names.";
  const isApplied = isOperator(peek(parser, 1), "(") && token.text.length > 1;
  const what = isApplied ? "unknown function " : "";
  const message = `formula: expected one of ${writtenNames(dictionary).join(", ")}, got ${what}${typedAt(parser, token)}. ${advice}`;
  return fail(parser, token, message);
}
