import { checkLength, readTokens } from "./grammar.ts";
import type { Bounds } from "./parser.ts";
import { textbookLanguage, tokenizeWith } from "./textbook-language.ts";
import type { Formula } from "../tree.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** An answer. */
const bounds: Bounds = { longest: 1_000, deepest: 60, mostNodes: 500 };

/**
 * Reads a formula in the textbook's notation: the grammar of `parseFormula` with the quantities of a network between the operators,
 * as they are typed, pasted from LaTeX, or written with the scripts of Unicode. It is apart so that programs which only train
 * carry none of it.
 *
 * - `a_k^(l-1)`, `delta^L_j`, `w_jk^l`: `^` after a quantity with a layer is the layer; `(a_k^l)^2` is its square.
 * - `(partialC)/(partialw_1)`, `∂C/∂w_1`, `\frac{\partial C}{\partial w_1}` and `dC/dw_1` are one derivative.
 * - `sum_k`, `∑_(k=1)^(n_l)` take in the product after them, up to the next `+` or `-`.
 * - `f'(z)` is a derivative of a function; `zf'(z)` and `a_kdelta_j` are products: letters that are no name are cut into names
 *   where that can be done in one way.
 * - `0,288` is a number.
 *
 * @param vocabulary the names that may occur; any other is an error
 * @throws FormulaError with the span of the offending text; also for text longer than 1,000 characters, nested deeper than 60
 * or with more than 500 parts.
 */
export function parseTextbook(text: string, vocabulary: Vocabulary): Formula {
  checkLength(text, bounds, "Write it shorter.");
  return readTokens(text, tokenizeWith(text, vocabulary), { language: textbookLanguage(vocabulary), bounds });
}
