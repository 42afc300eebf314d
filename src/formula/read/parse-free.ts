import { FormulaError } from "../../errors.ts";
import { greekNames } from "../print/greek.ts";
import { withoutWrapping } from "./latex-wrapping.ts";
import { parseFormula } from "./parse.ts";
import { parseTextbook } from "./parse-textbook.ts";
import { functionNamed } from "./plain-language.ts";
import type { Token } from "./tokenize.ts";
import { caseWords, tokenizeTextbook } from "./tokenize-textbook.ts";
import type { Formula } from "../tree.ts";

/** A formula with the name that it was given on its left side: `g(x) = x^2`. */
export interface FreeFormula {
  readonly formula: Formula;
  /** Null where there is no left side that names a function or a quantity. */
  readonly name: string | null;
}

/** Signs that only the textbook's notation has. */
const textbookSigns = /[\\|[\]{}'′’√∑∂ℓ∣〖▒]|[\u{1d400}-\u{1d7ff}]|[⁺⁻⁽ᵃ-ᶻ₀-₎ₐ-ₜ]|\b1_/u;

/**
 * Reads a formula in whatever names it has: as `parseFormula` does, or else in the notation of answers, so that what is pasted from
 * LaTeX or printed by this library can be typed in: `\frac{1}{1+e^{-z}}`, `|x|`, `[z > 0]`, `\begin{cases}…`, `f(x) = …`.
 *
 * Letters in LaTeX are quantities each; a word outside of LaTeX is one.
 * @throws FormulaError with the span of the offending text
 */
export function parseFreeFormula(typed: string): FreeFormula {
  const text = typed.length > 10_000 ? typed : withoutWrapping(typed);
  const left = /^\s*\\?(\p{L}[\p{L}0-9_]*)(?:\s*(?:\\left)?\(\s*\\?\p{L}[\p{L}0-9_]*\s*(?:\\right)?\))?\s*=(?!=)/u.exec(
    text,
  );
  const name = left?.[1] ?? null;
  // Blanks keep the places of what follows.
  const right = left === null ? text : " ".repeat(left[0].length) + text.slice(left[0].length);
  try {
    return { formula: parseFormula(right), name };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return { formula: inTextbook(right, error), name };
  }
}

/** @throws FormulaError, `error` where nothing in the text is of the textbook's notation alone */
function inTextbook(text: string, error: FormulaError): Formula {
  try {
    return parseTextbook(text, vocabularyIn(text));
  } catch (thrown) {
    if (!(thrown instanceof FormulaError) || textbookSigns.test(text)) throw thrown;
    throw error;
  }
}

function vocabularyIn(text: string): Parameters<typeof parseTextbook>[1] {
  const tokens = tokenizeTextbook(text, { severalArguments: ["min", "max"], known: [] });
  return {
    scalars: [...new Set(tokens.flatMap((_, at) => scalarsAt(tokens, at, text)))],
    quantities: [],
    widths: [],
    indices: [],
    layers: [],
    functions: [],
    defined: new Map(),
  };
}

const greek: ReadonlySet<string> = new Set(Object.values(greekNames));

function scalarsAt(tokens: readonly Token[], at: number, text: string): readonly string[] {
  const token = tokens[at];
  const before = tokens[at - 1];
  const isSubscript = before?.text === "_" || (before?.text === "(" && tokens[at - 2]?.text === "_");
  if (token?.kind !== "name" || isSubscript || caseWords.has(token.text)) return [];
  const { text: name } = token;
  if (functionNamed.has(name) || name === "e" || name === "pi" || name === "sum") return [];
  // The I of an indicator.
  if (name === "I" && (tokens[at + 1]?.text === "(" || tokens[at + 1]?.text === "_")) return [];
  const isProduct = text.includes("\\") && !greek.has(name) && !/^\p{L}[0-9]*$/u.test(name);
  if (isProduct) return Array.from(name.replace(/[0-9]+$/u, "")).filter((letter) => letter !== "e");
  if (tokens[at + 1]?.text !== "_") return [name];
  const inner = tokens[at + 2]?.text === "(" ? tokens[at + 3] : tokens[at + 2];
  return inner?.kind === "name" || inner?.kind === "number" ? [`${name}_${inner.text}`] : [name];
}
