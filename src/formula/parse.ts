import { FormulaError } from "../errors.ts";
import { add, choose, compare, divide, multiply, negate, power, subtract } from "./build.ts";
import { spellGreek } from "./greek.ts";
import {
  accept,
  type Bounds,
  counted,
  expect,
  fail,
  type Grammar,
  nested,
  type Parser,
  peek,
  unexpected,
} from "./parser.ts";
import { type DefinedFunction, plainLanguage } from "./plain-language.ts";
import { textbookLanguage, tokenizeWith } from "./textbook-language.ts";
import { tokenize } from "./tokenize.ts";
import type { Formula, Relation } from "./tree.ts";
import type { Vocabulary } from "./vocabulary.ts";

export { type DefinedFunction, isFunctionName } from "./plain-language.ts";

export interface ParseOptions {
  /** The names that may occur. Any other is an error. Default: every name is a symbol. */
  readonly symbols?: readonly string[];
  /** Functions beside those of the table, and before them: each is replaced by its body. Default: none. */
  readonly functions?: ReadonlyMap<string, DefinedFunction>;
  /**
   * Reads the textbook's notation, with these names instead of `symbols` and `functions`. Default: the plain notation.
   */
  readonly vocabulary?: Vocabulary;
}

/** A page of formula. */
const plainBounds: Bounds = { longest: 10_000, deepest: 200, mostNodes: 2_000 };
/** An answer. */
const textbookBounds: Bounds = { longest: 1_000, deepest: 60, mostNodes: 500 };

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
 * With a `vocabulary` it reads a network's quantities as textbooks write them, also in LaTeX and with the scripts of
 * Unicode:
 *
 * - `a_k^(l-1)`, `delta^L_j`, `w_jk^l`: `^` after a quantity with a layer is the layer; `(a_k^l)^2` is its square.
 * - `(partialC)/(partialw_1)`, `∂C/∂w_1`, `\frac{\partial C}{\partial w_1}` and `dC/dw_1` are one derivative.
 * - `sum_k`, `∑_(k=1)^(n_l)` take in the product after them, up to the next `+` or `-`.
 * - `f'(z)` is a derivative of a function; `zf'(z)` and `a_kdelta_j` are products: letters that are no name are cut into names
 *   where that can be done in one way.
 * - `0,288` is a number.
 *
 * @throws FormulaError with the span of the offending text; also for text longer than 10,000 characters, nested deeper
 * than 200 or with more than 2,000 parts. With a vocabulary the bounds are 1,000, 60 and 500.
 */
export function parseFormula(text: string, options: ParseOptions = {}): Formula {
  const { vocabulary } = options;
  const bounds = vocabulary === undefined ? plainBounds : textbookBounds;
  const { longest } = bounds;
  if (text.length > longest) {
    const message = `formula: expected at most ${longest} characters, got ${text.length}. ${vocabulary === undefined ? "Split it into several formulas." : "Write it shorter."}`;
    throw new FormulaError(message, text, { start: longest, end: text.length });
  }
  const language =
    vocabulary === undefined
      ? plainLanguage({ symbols: options.symbols?.map(spellGreek) ?? null, functions: options.functions ?? new Map() })
      : textbookLanguage(vocabulary);
  const tokens = vocabulary === undefined ? [...tokenize(text)] : tokenizeWith(text, vocabulary);
  const parser: Parser = { text, tokens, bounds, language, grammar, position: 0, depth: 0, nodes: 0 };
  const formula = readChoice(parser);
  const rest = peek(parser);
  if (rest.kind !== "end") throw unexpected(parser, rest, "an operator or the end");
  return formula;
}

const grammar: Grammar = { expression: readChoice, term: readTerm };

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
    else if (parser.language.startsFactor(peek(parser))) {
      product = counted(parser, multiply(product, readPower(parser)));
    } else return product;
  }
}

/** A factor after `*` or `/`, or an exponent: a minus here takes in one power only. */
function readSigned(parser: Parser): Formula {
  if (accept(parser, "-")) return counted(parser, negate(nested(parser, readSigned)));
  if (accept(parser, "+")) return nested(parser, readSigned);
  return readPower(parser);
}

function readPower(parser: Parser): Formula {
  const base = parser.language.readAtom(parser);
  const sign = peek(parser);
  if (!accept(parser, "^") && !accept(parser, "**")) return base;
  const exponent = nested(parser, readSigned);
  parser.language.checkPower(parser, { sign, base, exponent });
  return counted(parser, power(base, exponent));
}
