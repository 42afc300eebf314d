import { readingOf } from "../typed/typeset-reading.ts";
import { writtenKey } from "../formulas/formula-truth.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import type { Question } from "../sheet.ts";
import { checkQuestion } from "./check-question.ts";
import { letterOf } from "./judge-choice.ts";
import type { Subjects } from "./subjects.ts";

/** What the answer to a question is, for those who are told; null where nothing right is known. */
export function solutionOf(subjects: Subjects, question: Question): string | null {
  switch (question.kind) {
    case "formula":
      return formulaText(subjects, subjects.formula(question));
    case "number":
      return (
        subjects
          .number(question)
          .value()
          ?.toFixed(question.decimals + 2) ?? null
      );
    default: {
      const right = question.choices.flatMap(({ isRight }, i) => (isRight ? [letterOf(i)] : []));
      return right.length === 0 ? "none" : right.join(", ");
    }
  }
}

function formulaText(subjects: Subjects, subject: FormulaSubject): string | null {
  const { question } = subject;
  const key = writtenKey(question);
  if (key !== null) {
    const { verdict, reading } = checkQuestion(subjects, question, key.text.trim(), {});
    if (verdict === "correct" && reading !== null) return reading.text;
  }
  const derived = subject.derivedKey();
  return derived === null ? null : readingOf(derived).text;
}
