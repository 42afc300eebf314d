import { askedValue } from "../numbers/asked-value.ts";
import { checkAnswer } from "./check-answer.ts";
import { letterOf } from "./judge-choice.ts";
import { derivedKey } from "../formulas/derived-key.ts";
import { writtenKey } from "../formulas/formula-truth.ts";
import type { FormulaQuestion, Question, Sheet } from "../sheet.ts";
import { readingOf } from "../typed/typeset-reading.ts";

/**
 * What the answer to a question is, for those who are told: the author's key, as it reads, where it is right; else the
 * derived one. A number has two decimals more than asked, so that both rounding and truncating can be seen. Null where
 * nothing right is known.
 */
export function solutionText(sheet: Sheet, question: Question): string | null {
  switch (question.kind) {
    case "formula":
      return formulaText(sheet, question);
    case "number":
      return askedValue(question, sheet.functions)?.toFixed(question.decimals + 2) ?? null;
    default: {
      const right = question.choices.flatMap(({ isRight }, i) => (isRight ? [letterOf(i)] : []));
      return right.length === 0 ? "none" : right.join(", ");
    }
  }
}

function formulaText(sheet: Sheet, question: FormulaQuestion): string | null {
  const key = writtenKey(question);
  if (key !== null) {
    const { verdict, reading } = checkAnswer(sheet, question.id, key.text.trim());
    if (verdict === "correct" && reading !== null) return reading.text;
  }
  const derived = derivedKey(sheet, question);
  return derived === null ? null : readingOf(derived).text;
}
