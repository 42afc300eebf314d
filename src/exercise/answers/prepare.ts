import { answerKey } from "./answer-key.ts";
import { checkAnswer, questionOf } from "./check-answer.ts";
import { sheetVariant } from "./sheet-variant.ts";
import { solutionText } from "./solution-text.ts";
import type { Question, Sheet } from "../sheet.ts";
import type { AnswerCheck, CheckOptions } from "../verdict.ts";

/** A sheet with what is worked out for its questions, each thing when it is first needed, and once. */
export interface PreparedSheet {
  readonly sheet: Sheet;
  /** In the order of the sheet. */
  readonly questions: readonly PreparedQuestion[];
  /** @throws OptionError when the sheet has no question with this id. */
  question: (id: string) => PreparedQuestion;
  /**
   * The same sheet with another seed: other numbers for its ranges, another order of its choices. Each is read once.
   *
   * @throws SheetError where a quantity has no finite value with this seed.
   * @throws OptionError for a seed that is no whole number from 0.
   */
  variant: (seed: number) => PreparedSheet;
}

/** A question that answers can be judged by. */
export interface PreparedQuestion {
  readonly question: Question;
  /** Judges a typed answer, as `checkAnswer` does. */
  check: (answer: string, options?: CheckOptions) => AnswerCheck;
  /**
   * A text that two answers share when they are mathematically equal, however they are written; null for one that cannot be read,
   * or would take too much work.
   */
  answerKey: (answer: string) => string | null;
  /** What the answer is, for those who are told; null where nothing right is known. */
  solution: () => string | null;
}

/** A sheet, prepared for judging answers. What takes time is done when it is first needed. */
export function prepare(sheet: Sheet): PreparedSheet {
  const preparedQuestion = (question: Question): PreparedQuestion => ({
    question,
    check: (answer, options) => checkAnswer(sheet, question.id, answer, options),
    answerKey: (answer) => answerKey(sheet, question.id, answer),
    solution: () => solutionText(sheet, question),
  });
  return {
    sheet,
    questions: sheet.questions.map(preparedQuestion),
    question: (id) => preparedQuestion(questionOf(sheet, id)),
    variant: (seed) => prepare(sheetVariant(sheet, seed)),
  };
}
