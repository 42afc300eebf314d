import { E, number, PI, symbol } from "../build.ts";
import { cutRun, type Dictionary, isKnown, keyOf, sumWords } from "./dictionary.ts";
import { accept, counted, fail, isOperator, type Parser, peek, typedAt } from "./parser.ts";
import { functionNamed } from "./plain-language.ts";
import { isRelation, kronecker } from "./read-cases.ts";
import { isAppliedAt, readOwnFunction, readTableFunction } from "./read-functions.ts";
import { cutToken, cutTokenInto, endOfScript, readLayer, readQuantity } from "./read-scripts.ts";
import { replaceSynonym } from "./read-synonyms.ts";
import { scripted } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Formula, SymbolFormula } from "../tree.ts";
import { unknownName, unknownSubscript } from "./unknown-name.ts";

/** The next name; a run of letters that is several names is cut into them first. */
export function nextName(parser: Parser, dictionary: Dictionary): Token {
  replaceSynonym(parser, dictionary);
  const token = peek(parser);
  if (isKnown(dictionary, token.text)) return token;
  const cut = cutRun(dictionary, token.text);
  if (cut === null) throw unknownName(parser, dictionary, token);
  if (!cut.isUnique) {
    throw fail(parser, token, {
      expected: "names that can be told apart",
      got: `"${token.text}", which is ${cut.pieces.join("*")} or another product`,
      advice: "Write * between the factors.",
    });
  }
  cutTokenInto(parser, cut.pieces);
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

/** What compares two neurons: a letter of `[i = j]`, or all of `δ_ij`; null, and nothing taken, where there is none. */
export function readCompared(parser: Parser, dictionary: Dictionary): Formula | null {
  return readIndexCompared(parser, dictionary) ?? readKronecker(parser, dictionary);
}

/** A letter of a neuron beside a sign of comparison, `i = j` in `[i = j]`; null, and nothing taken, where there is none. */
function readIndexCompared(parser: Parser, dictionary: Dictionary): Formula | null {
  const token = peek(parser);
  const isCompared = isRelation(peek(parser, 1)) || isRelation(parser.tokens[parser.position - 1]);
  if (!isCompared || !dictionary.indices.has(token.text) || isKnown(dictionary, token.text)) return null;
  parser.position += 1;
  return counted(parser, symbol(token.text));
}

/** Kronecker's `δ_ij`, which has two indices and no layer; null, and nothing taken, where the next name is none. */
function readKronecker(parser: Parser, dictionary: Dictionary): Formula | null {
  if (peek(parser).text !== "delta" || !isOperator(peek(parser, 1), "_")) return null;
  if (dictionary.scalars.has("delta") || dictionary.quantities.get("delta")?.indices === 2) return null;
  const end = endOfScript(parser, 2);
  const isTight = isOperator(peek(parser, end), ",") && !isOperator(peek(parser, 2), "(");
  if (isTight || isOperator(peek(parser, end), "^")) return null;
  const inner = parser.tokens.slice(parser.position + 2, parser.position + end).map(({ text }) => text);
  const letters = Array.from(inner.join("").replaceAll(/[(),]/gu, ""));
  const [left, right] = letters;
  const areIndices = letters.every((letter) => dictionary.indices.has(letter) || /^[1-9]$/u.test(letter));
  // δ_11 is the error of neuron 11.
  const hasLetter = letters.some((letter) => dictionary.indices.has(letter));
  if (left === undefined || right === undefined || letters.length !== 2 || !areIndices || !hasLetter) return null;
  parser.position += end;
  const index = (letter: string): Formula => (/^[0-9]$/u.test(letter) ? number(Number(letter)) : symbol(letter));
  return counted(parser, kronecker(index(left), index(right)));
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
    throw fail(parser, token, {
      expected: `the layer of the width ${token.text}`,
      got: typedAt(parser, peek(parser)),
      advice: `Write ${token.text}_l or ${token.text}_(l+1).`,
    });
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
