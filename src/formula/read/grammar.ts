import { FormulaError } from "../../errors.ts";
import { add, choose, compare, divide, multiply, negate, power, subtract } from "../build.ts";
import {
  accept,
  type Bounds,
  counted,
  expect,
  fail,
  type Grammar,
  type Language,
  nested,
  type Parser,
  peek,
  type ProductSign,
  unexpected,
} from "./parser.ts";
import type { Token } from "./tokenize.ts";
import type { Formula, Relation } from "../tree.ts";

/** @throws FormulaError when a text is longer than its bounds allow. */
export function checkLength(text: string, { longest }: Bounds, advice: string): void {
  if (text.length <= longest) return;
  throw new FormulaError(
    { where: "formula", expected: `at most ${longest} characters`, got: `${text.length}`, advice },
    text,
    { start: longest, end: text.length },
  );
}

/**
 * Reads the tokens of a text to their end: the grammar of `+ - * / ^`, comparison and choice, which all languages share; what
 * stands between the operators is the language's.
 *
 * @throws FormulaError with the span of the offending text.
 */
export function readTokens(
  text: string,
  tokens: readonly Token[],
  { language, bounds }: { readonly language: Language; readonly bounds: Bounds },
): Formula {
  const parser: Parser = { text, tokens: [...tokens], bounds, language, grammar, position: 0, depth: 0, nodes: 0 };
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
    throw fail(parser, chained, {
      expected: "one comparison",
      got: `a second, "${chained.text}"`,
      advice: "Put one of them in parentheses, or multiply two comparisons to ask for both.",
    });
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
  let product = readProduct(parser);
  // Looser than a product of matrices: (wᵀ δ) ⊙ f'(z).
  while (parser.language.noteProduct !== undefined && accept(parser, "⊙")) {
    product = noted(parser, "⊙", counted(parser, multiply(product, readProduct(parser))));
  }
  return product;
}

function noted(parser: Parser, sign: ProductSign, product: Formula): Formula {
  parser.language.noteProduct?.(product, sign);
  return product;
}

function readProduct(parser: Parser): Formula {
  let product = readPower(parser);
  for (;;) {
    if (accept(parser, "*")) product = noted(parser, "*", counted(parser, multiply(product, readSigned(parser))));
    else if (accept(parser, "/")) product = counted(parser, divide(product, readSigned(parser)));
    else if (parser.language.startsFactor(peek(parser))) {
      product = noted(parser, "", counted(parser, multiply(product, readPower(parser))));
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
  const atom = parser.language.readAtom(parser);
  const base = parser.language.readTransposed?.(parser, atom) ?? atom;
  const sign = peek(parser);
  if (!accept(parser, "^") && !accept(parser, "**")) return base;
  const exponent = nested(parser, readSigned);
  parser.language.checkPower(parser, { sign, base, exponent });
  return counted(parser, power(base, exponent));
}
