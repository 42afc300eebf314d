import { askedValue } from "./numbers/asked-value.ts";
import { checkAnswer } from "./check-answer.ts";
import { derivedKey } from "./formulas/derived-key.ts";
import type { FormulaQuestion, Question, Sheet } from "./sheet.ts";
import { readingOf } from "./formulas/typeset-reading.ts";

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
      return askedValue(question)?.toFixed(question.decimals + 2) ?? null;
    default: {
      const right = question.choices.flatMap(({ isRight }, i) => (isRight ? [letterOf(i)] : []));
      return right.length === 0 ? "none" : right.join(", ");
    }
  }
}

/** What a choice is called: a … z, then 27, 28 … */
export function letterOf(position: number): string {
  return position < 26 ? String.fromCharCode("a".charCodeAt(0) + position) : String(position + 1);
}

function formulaText(sheet: Sheet, question: FormulaQuestion): string | null {
  const key = question.key?.text.trim() ?? "";
  if (key !== "" && key !== "derive") {
    const { verdict, reading } = checkAnswer(sheet, question.id, key);
    if (verdict === "correct" && reading !== null) return reading.text;
  }
  const derived = derivedKey(sheet, question);
  return derived === null ? null : readingOf(derived).text;
}
