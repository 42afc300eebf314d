import { OptionError } from "../../errors.ts";
import { didYouMean } from "../../tree/nearest-name.ts";
import { checkIsSheet } from "../check-is-sheet.ts";
import type { Question, Sheet } from "../sheet.ts";
import type { AnswerCheck, CheckOptions } from "../verdict.ts";
import { answerKeyOf } from "./answer-key.ts";
import { checkQuestion } from "./check-question.ts";
import { solutionOf } from "./solution-text.ts";
import { subjectsOf } from "./subjects.ts";

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
   * or would take too much work. Numbers are compared at the decimals asked for, choices by what is chosen, whichever letters stand
   * for it.
   */
  answerKey: (answer: string) => string | null;
  /**
   * What the answer is, for those who are told: the author's key, as it reads, where it is right; else the derived one. A number has
   * two decimals more than asked, so that both rounding and truncating can be seen. Null where nothing right is known.
   */
  solution: () => string | null;
}

/**
 * A sheet, prepared for judging answers. What takes time (what is true, wrong answers that are expected, networks to try answers on) is
 * worked out when it is first needed, and kept as long as the sheet: another call with the same sheet goes on with it.
 */
export function prepare(sheet: Sheet): PreparedSheet {
  checkIsSheet("prepare", sheet);
  const subjects = subjectsOf(sheet);
  const preparedQuestion = (question: Question): PreparedQuestion => ({
    question,
    check: (answer, options = {}) => checkQuestion(subjects, question, answer, options),
    answerKey: (answer) => answerKeyOf(subjects, question, answer),
    solution: () => solutionOf(subjects, question),
  });
  return {
    sheet,
    questions: sheet.questions.map(preparedQuestion),
    question: (id) => preparedQuestion(questionOf(sheet, id)),
    variant: (seed) => prepare(subjects.variant(seed)),
  };
}

/** The question with this id. @throws OptionError when the sheet has none. */
function questionOf(sheet: Sheet, id: string): Question {
  const question = sheet.questions.find((each) => each.id === id);
  if (question !== undefined) return question;
  const ids = sheet.questions.map((each) => each.id);
  const advice = didYouMean(id, ids, "Choose one of these.");
  throw new OptionError(`question: expected one of ${ids.join(", ")}, got "${id}". ${advice}`);
}
