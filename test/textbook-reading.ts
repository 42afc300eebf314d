import { expect } from "vitest";
import { FormulaError } from "../src/errors.ts";
import { parseTextbook } from "../src/formula/read/parse-textbook.ts";
import { toText } from "../src/formula/print-text.ts";
import type { Vocabulary } from "../src/formula/read/vocabulary.ts";
import { networkVocabulary } from "./arbitrary-textbook-formula.ts";

/** What a text in the textbook's notation is read as, in the plain form of `toText`. */
export const reads = (text: string, vocabulary: Vocabulary = networkVocabulary): string =>
  toText(parseTextbook(text, vocabulary));

/** The error that a text is refused with. */
export function errorOf(text: string, vocabulary: Vocabulary = networkVocabulary): FormulaError {
  try {
    parseTextbook(text, vocabulary);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(FormulaError);
    return thrown as FormulaError; // as: expected in the line above
  }
  throw new Error(`"${text}" was read without an error`);
}
