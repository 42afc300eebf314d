import { FormulaError } from "../../errors.ts";
import { parseTextbook } from "../../formula/index.ts";
import { vocabularyOf } from "../vocabulary/question-vocabulary.ts";
import type { NumberQuestion, Sheet } from "../sheet.ts";
import { systemValue } from "./system-values.ts";

/**
 * The number that a question asks for, in float64; null where it asks for nothing that the given system has.
 *
 * @param functions those of the sheet that have formulas. Default none.
 */
export function askedValue(question: NumberQuestion, functions: Sheet["functions"] = []): number | null {
  try {
    const vocabulary = vocabularyOf({ symbols: [], functions }, question);
    const value = systemValue(question.given, parseTextbook(question.asks.text, vocabulary));
    return Number.isFinite(value) ? value : null;
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}
