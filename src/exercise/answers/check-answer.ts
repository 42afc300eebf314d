import { checkIsSheet } from "../check-is-sheet.ts";
import type { Sheet } from "../sheet.ts";
import type { AnswerCheck, CheckOptions } from "../verdict.ts";
import { prepare } from "./prepare.ts";

/**
 * Judges a typed answer: reads it in the textbook's notation, and compares it with what the question's equations say. The same
 * answer has the same verdict always; one that takes more than so many operations is `unreadable`, with the slip `too-large`.
 * The same as `prepare(sheet).question(id).check(answer, options)`.
 *
 * Whatever else goes wrong is no error of the learner, and must not keep others from their verdicts: where the question itself cannot
 * be judged (`lintSheet` finds it), or the judge fails, the answer is `unreadable` with the slip `not-judged`, and the message says why.
 *
 * @throws OptionError when the sheet has no such question.
 */
export function checkAnswer(sheet: Sheet, id: string, answer: string, options: CheckOptions = {}): AnswerCheck {
  checkIsSheet("checkAnswer", sheet);
  return prepare(sheet).question(id).check(answer, options);
}
