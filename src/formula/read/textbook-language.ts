import { call, divide, number } from "../build.ts";
import { type Dictionary, dictionaryOf, isKnown } from "./dictionary.ts";
import { functions } from "../functions.ts";
import {
  accept,
  counted,
  expect,
  fail,
  isOperator,
  type Language,
  nested,
  type Parser,
  peek,
  type TypedPower,
  unexpected,
} from "./parser.ts";
import {
  readCases,
  readIndicator,
  readSubscriptedIndicator,
  startsCases,
  startsIndicator,
  startsSubscriptedIndicator,
} from "./read-cases.ts";
import {
  readDerivative,
  readFractionOfHalves,
  readShortDerivative,
  startsDerivative,
  startsFractionOfHalves,
} from "./read-derivative.ts";
import { nextName, readCompared, readName } from "./read-names.ts";
import { readSummation } from "./read-summation.ts";
import type { Token } from "./tokenize.ts";
import { caseWords, tokenizeTextbook } from "./tokenize-textbook.ts";
import type { Formula } from "../tree.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Where in a formula one is. */
interface State {
  readonly dictionary: Dictionary;
  /** Bars of a magnitude that are open since the last bracket. */
  openBars: number;
  /** Sums whose product is being read. */
  openSums: number;
}

/** The tokens of a text with a vocabulary. */
export function tokenizeWith(text: string, { defined, scalars, quantities }: Vocabulary): Token[] {
  const own = [...defined].filter(([, { parameters }]) => parameters.length > 1).map(([name]) => name);
  const known = [...scalars, ...quantities.map(({ name }) => name)];
  return tokenizeTextbook(text, { severalArguments: [...severalArguments, ...own], known });
}

const severalArguments = Object.entries(functions)
  .filter(([, { arity }]) => arity > 1)
  .map(([name]) => name);

/** Formulas in the textbook's notation, with the names of a vocabulary. */
export function textbookLanguage(vocabulary: Vocabulary): Language {
  const state: State = { dictionary: dictionaryOf(vocabulary), openBars: 0, openSums: 0 };
  return {
    readAtom: (parser) => readAtom(parser, state),
    startsFactor: (token) =>
      (token.kind === "name" && !caseWords.has(token.text)) ||
      (token.kind === "operator" && ["(", "frac", "∂", "∑", "√", "cases"].includes(token.text)) ||
      (isOperator(token, "|") && state.openBars === 0),
    checkPower,
  };
}

function readAtom(parser: Parser, state: State): Formula {
  const { dictionary } = state;
  const token = peek(parser);
  if (startsSubscriptedIndicator(parser)) return inBrackets(state, () => readSubscriptedIndicator(parser));
  if (isIndicatorByLetter(parser, dictionary)) {
    parser.position += 1;
    return inBrackets(state, () => readIndicator(parser));
  }
  if (startsCases(parser)) return inBrackets(state, () => readCases(parser));
  if (startsIndicator(parser)) return inBrackets(state, () => readIndicator(parser));
  if (token.kind === "number") {
    parser.position += 1;
    return counted(parser, number(Number(token.text)));
  }
  if (startsDerivative(parser, dictionary)) return readDerivative(parser, dictionary);
  const short = token.kind === "name" ? readShortDerivative(parser, dictionary) : null;
  if (short !== null) return short;
  const compared = readCompared(parser, dictionary);
  if (compared !== null) return compared;
  if (token.kind === "name") {
    const start = nextName(parser, dictionary);
    const named = inBrackets(state, () => readName(parser, dictionary));
    return named ?? readSum(parser, state, start);
  }
  if (token.kind === "operator") {
    switch (token.text) {
      case "(":
        return readBracketed(parser, state);
      case "|":
        return readMagnitude(parser, state);
      case "∑":
        return readSum(parser, state, token);
      case "√":
        return readRoot(parser, state);
      case "frac":
        return readFraction(parser, state);
    }
  }
  throw unexpected(parser, token, 'a number, a name or "("');
}

/** `I[z > 0]`, where I is no name of the vocabulary. */
function isIndicatorByLetter(parser: Parser, dictionary: Dictionary): boolean {
  const token = peek(parser);
  return token.kind === "name" && token.text === "I" && !isKnown(dictionary, "I") && startsIndicator(parser, 1);
}

/** Within brackets bars count anew. */
function inBrackets<Result>(state: State, read: () => Result): Result {
  const { openBars } = state;
  state.openBars = 0;
  const result = read();
  state.openBars = openBars;
  return result;
}

function readBracketed(parser: Parser, state: State): Formula {
  expect(parser, "(");
  const inner = inBrackets(state, () => nested(parser, parser.grammar.expression));
  expect(parser, ")");
  return inner;
}

function readMagnitude(parser: Parser, state: State): Formula {
  expect(parser, "|");
  state.openBars += 1;
  const inner = nested(parser, parser.grammar.expression);
  state.openBars -= 1;
  expect(parser, "|");
  return counted(parser, call("abs", inner));
}

function readSum(parser: Parser, state: State, token: Token): Formula {
  parser.position += 1;
  const { limits, wrap } = readSummation(parser, state.dictionary, token, state.openSums);
  state.openSums += limits.indices.length;
  // Word says what a sum takes in.
  const isEnclosed = accept(parser, "▒");
  const body = nested(parser, isEnclosed ? (inner) => readAtom(inner, state) : parser.grammar.term);
  state.openSums -= limits.indices.length;
  return wrap(body);
}

/** `√2`, `√z`, `\sqrt{1+z}`. */
function readRoot(parser: Parser, state: State): Formula {
  const sign = peek(parser);
  parser.position += 1;
  const next = peek(parser);
  if (parser.text.startsWith("\\", sign.start) && parser.text.startsWith("[", next.start)) {
    throw fail(parser, next, {
      expected: "a square root",
      got: "one of another order",
      advice: "Write it as a power: z^(1/3).",
    });
  }
  return counted(
    parser,
    call(
      "sqrt",
      nested(parser, () => readAtom(parser, state)),
    ),
  );
}

/** `\frac{a}{b}`, `\frac12`. */
function readFraction(parser: Parser, state: State): Formula {
  parser.position += 1;
  if (startsFractionOfHalves(parser, state.dictionary)) return readFractionOfHalves(parser, state.dictionary);
  const above = readGroup(parser, state);
  return counted(parser, divide(above, readGroup(parser, state)));
}

function readGroup(parser: Parser, state: State): Formula {
  const token = peek(parser);
  if (isOperator(token, "(")) return readBracketed(parser, state);
  if (token.kind === "name" || (token.kind === "number" && token.text.length === 1)) {
    return nested(parser, () => readAtom(parser, state));
  }
  throw unexpected(parser, token, "a part of the fraction in braces");
}

/** `a**b` of two quantities is a product with a sign too many. */
function checkPower(parser: Parser, { sign, base, exponent }: TypedPower): void {
  if (!isOperator(sign, "**") || !isQuantity(base) || !isQuantity(exponent)) return;
  throw fail(parser, sign, {
    expected: 'a number or e in a power with "**"',
    got: "two quantities",
    advice: 'Did you mean "*"?',
  });
}

function isQuantity(formula: Formula): boolean {
  return ["symbol", "application", "derivative", "sum"].includes(formula.kind);
}
