import { cutRun, type Dictionary, isKnown } from "./dictionary.ts";
import { fail, isOperator, type Parser, peek, typedAt } from "./parser.ts";
import { endOfScript } from "./read-scripts.ts";
import type { Token } from "./tokenize.ts";

/** Names that a phone writes with a capital at the start of an answer, and LaTeX with another meaning. */
const capitalLetters: ReadonlySet<string> = new Set(["Delta", "Theta", "Sigma", "Phi", "Psi", "Omega"]);

/**
 * Puts the name of the vocabulary in place of the next token, where that is another name for it: `W` for `w`, `Sum` for `sum`, `g'`
 * for `f'`, `yhat_j` for `a_j^L`. A name that is known, or is a product of known names, stays what it is.
 */
export function replaceSynonym(parser: Parser, dictionary: Dictionary): void {
  const token = peek(parser);
  if (token.kind !== "name" || isKnown(dictionary, token.text) || cutRun(dictionary, token.text) !== null) return;
  const { quantities, functions } = dictionary.synonyms;
  const quantity = quantities.get(token.text);
  const called = functions.get(token.text);
  const isApplied = ["(", "'", "^"].some((sign) => isOperator(peek(parser, 1), sign));
  if (called !== undefined && isApplied) put(parser, [{ ...token, text: called }]);
  else if (quantity !== undefined) {
    checkUse(parser, token, quantity.name);
    const name = { ...token, text: quantity.name };
    put(parser, quantity.layer === null || hasLayer(parser) ? [name] : [name, ...layerTokens(token, quantity.layer)]);
  } else if (dictionary.vocabulary.synonyms !== undefined) {
    const small = smallName(parser, dictionary, token);
    if (small !== null) put(parser, [{ ...token, text: small }]);
  }
}

/** @throws FormulaError where both names are in the text: `y_j - t_j` means two things by them. */
function checkUse(parser: Parser, token: Token, meant: string): void {
  const isCapital = token.text.toLowerCase() === meant;
  const both = parser.tokens.find(({ kind, start, end }) => kind === "name" && parser.text.slice(start, end) === meant);
  if (isCapital || both === undefined || meant !== "t") return;
  throw fail(parser, token, {
    expected: "one name for the target",
    got: `both ${typedAt(parser, token)} and ${meant}`,
    advice: `Write ${meant}_j for the target, and a_j^L for an output.`,
  });
}

function put(parser: Parser, tokens: readonly Token[]): void {
  parser.tokens.splice(parser.position, 1, ...tokens);
}

function layerTokens({ start, end }: Token, layer: string): readonly Token[] {
  return [
    { kind: "operator", text: "^", start, end },
    { kind: "name", text: layer, start, end },
  ];
}

/** Whether a layer follows the next name, before or after its indices. */
function hasLayer(parser: Parser): boolean {
  if (isOperator(peek(parser, 1), "^")) return true;
  if (!isOperator(peek(parser, 1), "_")) return false;
  return isOperator(peek(parser, endOfScript(parser, 2)), "^");
}

/** A name whose first letter alone is a capital that it should not have: `Delta`, `Sum`, `W`, and `E` before a power. */
function smallName(parser: Parser, dictionary: Dictionary, { text, start, end }: Token): string | null {
  const typed = parser.text.slice(start, end);
  if (typed !== text && capitalLetters.has(text)) return null;
  const small = text.charAt(0).toLowerCase() + text.slice(1);
  if (small === text || small !== text.toLowerCase()) return null;
  if (small === "e") return isOperator(peek(parser, 1), "^") ? small : null;
  return isKnown(dictionary, small) ? small : null;
}
