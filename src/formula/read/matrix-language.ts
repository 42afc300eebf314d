import { derivative, application, scripted } from "./textbook.ts";
import { multiply, symbol } from "../build.ts";
import { type Dictionary, dictionaryOf } from "./dictionary.ts";
import { checkLength, readTokens } from "./grammar.ts";
import {
  type Bounds,
  counted,
  expect,
  fail,
  isOperator,
  type Language,
  nested,
  type Parser,
  peek,
  type ProductSign,
  typedAt,
} from "./parser.ts";
import { endOfExample } from "./read-derivative.ts";
import { readSymbol } from "./read-names.ts";
import { endOfTransposition } from "./read-scripts.ts";
import { textbookLanguage, tokenizeWith } from "./textbook-language.ts";
import type { Formula } from "../tree.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What a matrix transposed is called in the tree of a formula that was read with `parseMatrices`. */
export const TRANSPOSED = "transposed";
/** What the diagonal matrix of a vector is called there. */
export const DIAGONAL = "diagonal";

/** A formula of vectors and matrices as it was typed: what its products are, shapes have to say. */
export interface MatrixText {
  /** Quantities without indices are whole, `transposed(w^l)` and `diagonal(z^l)` are applications. */
  readonly formula: Formula;
  /** The sign of each product. */
  readonly signs: ReadonlyMap<Formula, ProductSign>;
  /** Parts that stood in brackets, which no other grouping tears apart. */
  readonly bracketed: ReadonlySet<Formula>;
}

const bounds: Bounds = { longest: 1_000, deepest: 60, mostNodes: 500 };

/**
 * Reads a formula of whole vectors and matrices in the textbook's notation: `(w^(l+1))^T delta^(l+1) ⊙ f'(z^l)`, `dZ^{[l]} A^{[l-1]T}`,
 * `∇_a C`, `diag(f'(z^l))`. A product side by side is one of matrices, ⊙ goes element by element and binds loosest.
 *
 * @throws FormulaError with the span of the offending text
 */
export function parseMatrices(text: string, vocabulary: Vocabulary): MatrixText {
  checkLength(text, bounds, "Write it shorter.");
  const signs = new Map<Formula, ProductSign>();
  const bracketed = new Set<Formula>();
  const whole: Vocabulary = { ...vocabulary, areWholesRead: true };
  const dictionary = dictionaryOf(whole);
  const base = textbookLanguage(whole);
  const language: Language = {
    ...base,
    readAtom: (parser) => {
      const start = peek(parser);
      const special = readSpecial(parser, dictionary, signs);
      if (special !== null) return special;
      const atom = base.readAtom(parser);
      if (isOperator(start, "(")) bracketed.add(atom);
      return atom;
    },
    startsFactor: (token) => base.startsFactor(token) || isOperator(token, "∇"),
    noteProduct: (product, sign) => signs.set(product, sign),
    readTransposed: (parser, part) => {
      let result = part;
      while (endOfTransposition(parser) > 0) {
        parser.position += endOfTransposition(parser);
        result = counted(parser, application(TRANSPOSED, result));
      }
      return result;
    },
  };
  const formula = readTokens(text, tokenizeWith(text, vocabulary), { language, bounds });
  return { formula, signs, bracketed };
}

/** `∇_a C`, `diag(v)`, `outer(u, v)`; null, and nothing taken, where none of them starts. */
function readSpecial(parser: Parser, dictionary: Dictionary, signs: Map<Formula, ProductSign>): Formula | null {
  const token = peek(parser);
  if (isOperator(token, "∇")) return readGradient(parser, dictionary);
  if (token.kind !== "name" || !isOperator(peek(parser, 1), "(")) return null;
  if (token.text === "diag") {
    parser.position += 2;
    const inner = nested(parser, parser.grammar.expression);
    expect(parser, ")");
    return counted(parser, application(DIAGONAL, inner));
  }
  if (token.text !== "outer") return null;
  parser.position += 2;
  const rows = nested(parser, parser.grammar.expression);
  expect(parser, ",");
  const columns = nested(parser, parser.grammar.expression);
  expect(parser, ")");
  const product = multiply(rows, application(TRANSPOSED, columns));
  signs.set(product, "");
  return counted(parser, product);
}

/** The gradient of the cost; of `∇_a C` without a layer it is that of the last. */
function readGradient(parser: Parser, dictionary: Dictionary): Formula {
  const start = peek(parser);
  const { cost, costs } = dictionary.synonyms;
  parser.position += 1;
  if (!isOperator(peek(parser), "_")) throw noGradient(parser, start.start);
  parser.position += 1;
  const isBracketed = isOperator(peek(parser), "(");
  if (isBracketed) parser.position += 1;
  const by = peek(parser).kind === "name" ? readSymbol(parser, dictionary) : null;
  if (by === null) throw noGradient(parser, start.start);
  if (isBracketed) expect(parser, ")");
  const named = peek(parser).text;
  if (cost === null || (named !== cost && !costs.has(named))) throw noGradient(parser, start.start);
  parser.position += Math.max(1, endOfExample(parser));
  const layer = by.layer ?? (by.name === "a" ? symbol("L") : null);
  return counted(parser, derivative(scripted(cost, [], null), { ...by, layer }));
}

function noGradient(parser: Parser, start: number): Error {
  const end = Math.max(start, peek(parser).end);
  const got = typedAt(parser, { kind: "name", text: "", start, end });
  return fail(parser, { start, end }, { expected: "a gradient of the cost", got, advice: "Write ∇_a C." });
}
