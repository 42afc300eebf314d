import { checkLength, readTokens } from "./grammar.ts";
import { spellGreek } from "../print/greek.ts";
import type { Bounds } from "./parser.ts";
import { type DefinedFunction, plainLanguage } from "./plain-language.ts";
import { tokenize } from "./tokenize.ts";
import type { Formula } from "../tree.ts";

export { type DefinedFunction, isFunctionName } from "./plain-language.ts";

/** What a formula may be written with. */
export interface ParseOptions {
  /** The names that may occur. Any other is an error. Default: every name is a symbol. */
  readonly symbols?: readonly string[];
  /** Functions beside those of the table, and before them: each is replaced by its body. Default: none. */
  readonly functions?: ReadonlyMap<string, DefinedFunction>;
}

/** A page of formula. */
const bounds: Bounds = { longest: 10_000, deepest: 200, mostNodes: 2_000 };

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
 * @throws FormulaError with the span of the offending text; also for text longer than 10,000 characters, nested deeper
 * than 200 or with more than 2,000 parts.
 */
export function parseFormula(text: string, options: ParseOptions = {}): Formula {
  checkLength(text, bounds, "Split it into several formulas.");
  const { symbols, functions = new Map<string, DefinedFunction>() } = options;
  const language = plainLanguage({ symbols: symbols?.map(spellGreek) ?? null, functions });
  return readTokens(text, tokenize(text), { language, bounds });
}
