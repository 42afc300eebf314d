import { add, number, subtract, symbol } from "../build.ts";
import type { Dictionary } from "./dictionary.ts";
import { accept, counted, expect, fail, isOperator, nested, type Parser, peek, typedAt } from "./parser.ts";
import { readSymbol } from "./read-names.ts";
import { cutToken } from "./read-scripts.ts";
import { summation } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Formula } from "../tree.ts";

/** Sums within sums; a term of a network of as many layers has no more. */
const mostSums = 4;

interface Limits {
  readonly indices: readonly string[];
  readonly from: Formula | null;
  readonly to: Formula | null;
}

/**
 * What follows the sign of a sum, read at `token`: index and limits in either order, then the product that it takes in. Several
 * indices are a sum in a sum.
 */
export function readSummation(
  parser: Parser,
  dictionary: Dictionary,
  token: Token,
  openSums: number,
): { limits: Limits; wrap: (body: Formula) => Formula } {
  const limits = readLimits(parser, dictionary, token);
  if (openSums + limits.indices.length > mostSums) {
    throw fail(parser, token, {
      expected: `at most ${mostSums} sums within each other`,
      got: "more",
      advice: "Write the sum of a product as one sum with several factors.",
    });
  }
  const wrap = (body: Formula): Formula =>
    limits.indices.reduceRight((inner, index) => counted(parser, summation(index, inner, limits)), body);
  return { limits, wrap };
}

function readLimits(parser: Parser, dictionary: Dictionary, token: Token): Limits {
  let below: Omit<Limits, "to"> | null = null;
  let to: Formula | null = null;
  for (;;) {
    if (below === null && accept(parser, "_")) below = readBelow(parser, dictionary);
    else if (to === null && accept(parser, "^")) to = readLimit(parser, dictionary, below !== null);
    else break;
  }
  if (below === null) {
    throw fail(parser, token, {
      expected: "the index of the sum",
      got: typedAt(parser, peek(parser)),
      advice: "A sum needs an index: sum_k.",
    });
  }
  if (below.indices.length > 1 && to !== null) {
    throw fail(parser, token, {
      expected: "one index of a sum with limits",
      got: below.indices.join(", "),
      advice: "Write one sum for each index.",
    });
  }
  return { ...below, to };
}

/** `k`, `jk`, `(k)`, `(j,k)`, `(k=1)`. */
function readBelow(parser: Parser, dictionary: Dictionary): Omit<Limits, "to"> {
  if (!accept(parser, "(")) return { indices: readRun(parser, dictionary), from: null };
  const indices: string[] = [];
  do indices.push(...readWord(parser, dictionary));
  while (accept(parser, ",") || peek(parser).kind === "name");
  const isFrom = isOperator(peek(parser), "=") && indices.length === 1;
  if (isFrom) parser.position += 1;
  const from = isFrom ? readLimitSum(parser, dictionary) : null;
  expect(parser, ")");
  return { indices, from };
}

function readWord(parser: Parser, dictionary: Dictionary): readonly string[] {
  const token = peek(parser);
  const letters = Array.from(token.text);
  const isRun = token.kind === "name" && letters.every((letter) => dictionary.indices.has(letter));
  if (!isRun) throw noIndex(parser, dictionary, token);
  parser.position += 1;
  return letters;
}

/** Without brackets the index is one letter; further ones count where they are nothing but index letters. */
function readRun(parser: Parser, dictionary: Dictionary): readonly string[] {
  const token = peek(parser);
  const [first = "", ...others] = token.kind === "name" ? Array.from(token.text) : [];
  if (!dictionary.indices.has(first)) throw noIndex(parser, dictionary, token);
  const { scalars, stems, quantities, widths, functions } = dictionary;
  const isIndexOnly = (letter: string): boolean =>
    dictionary.indices.has(letter) &&
    !(
      scalars.has(letter) ||
      stems.has(letter) ||
      quantities.has(letter) ||
      widths.has(letter) ||
      functions.has(letter)
    );
  const isRun = others.every(isIndexOnly);
  if (!isRun) cutToken(parser, 1);
  parser.position += 1;
  return isRun ? [first, ...others] : [first];
}

function noIndex(parser: Parser, { indices }: Dictionary, token: Token): Error {
  return fail(parser, token, {
    expected: `the index of a sum, one of ${[...indices].join(", ")}`,
    got: typedAt(parser, token),
    advice: "Write sum_k or sum_(k=1)^(n_l).",
  });
}

/** A limit after `^`: an atom, or a sum in brackets. */
function readLimit(parser: Parser, dictionary: Dictionary, mayHaveIndex: boolean): Formula {
  if (accept(parser, "(")) {
    const limit = readLimitSum(parser, dictionary);
    expect(parser, ")");
    return limit;
  }
  return readLimitAtom(parser, dictionary, mayHaveIndex);
}

function readLimitSum(parser: Parser, dictionary: Dictionary): Formula {
  return nested(parser, () => {
    let sum = readLimit(parser, dictionary, true);
    for (;;) {
      if (accept(parser, "+")) sum = counted(parser, add(sum, readLimit(parser, dictionary, true)));
      else if (accept(parser, "-")) sum = counted(parser, subtract(sum, readLimit(parser, dictionary, true)));
      else return sum;
    }
  });
}

function readLimitAtom(parser: Parser, dictionary: Dictionary, mayHaveIndex: boolean): Formula {
  const token = peek(parser);
  if (token.kind === "number" && /^[0-9]+$/u.test(token.text)) {
    parser.position += 1;
    return counted(parser, number(Number(token.text)));
  }
  const isLayer = dictionary.layers.includes(token.text);
  const isBareWidth = dictionary.widths.has(token.text) && !(mayHaveIndex && isOperator(peek(parser, 1), "_"));
  if (token.kind === "name" && (isLayer || isBareWidth)) {
    parser.position += 1;
    return counted(parser, symbol(token.text));
  }
  const limit = token.kind === "name" ? readSymbol(parser, dictionary) : null;
  if (limit !== null) return limit;
  throw fail(parser, token, {
    expected: "the limit of a sum, a whole number or the width of a layer",
    got: typedAt(parser, token),
    advice: "Write sum_(k=1)^(n_l), or sum_k for all neurons.",
  });
}
