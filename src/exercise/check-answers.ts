import { checkAnswer } from "./check-answer.ts";
import type { Question, Sheet } from "./sheet.ts";
import type { AnswerCheck } from "./verdict.ts";

/** A learner's answers by the id of the question. */
export type Answers = Readonly<Record<string, string>>;

/** The judgement of a learner's whole answers. */
export interface AnswersCheck {
  /** Of every answered question, in the order of the sheet. */
  readonly checks: readonly AnswerCheck[];
  /** Ids of the questions without an answer, in the order of the sheet; an answer of nothing but spaces is none. */
  readonly unanswered: readonly string[];
  /** Ids that were answered and are no questions of the sheet. */
  readonly unknown: readonly string[];
  /** Earned, by `pointsFor`. */
  readonly points: number;
  /** Those of all questions of the sheet. */
  readonly most: number;
}

/**
 * Judges all answers of a learner. Answers to the questions before one count as `earlier` to it, so that an error in
 * a number is carried forward where the sheet says so.
 *
 * @throws FormulaError and DataError where `checkAnswer` does, for a question that cannot be judged.
 */
export function checkAnswers(sheet: Sheet, answers: Answers): AnswersCheck {
  const checks: AnswerCheck[] = [];
  const unanswered: string[] = [];
  const earlier: Record<string, string> = {};
  let points = 0;
  for (const question of sheet.questions) {
    const answer = answerTo(answers, question.id);
    if (answer === null) {
      unanswered.push(question.id);
      continue;
    }
    const check = checkAnswer(sheet, question.id, answer, { earlier: { ...earlier } });
    checks.push(check);
    earlier[question.id] = answer;
    points += pointsFor(question, check);
  }
  const known = new Set(sheet.questions.map(({ id }) => id));
  const unknown = Object.keys(answers).filter((id) => !known.has(id));
  return { checks, unanswered, unknown, points, most: mostPoints(sheet) };
}

/** The answer as it was given; null when there is none, or one of nothing but spaces. */
export function answerTo(answers: Answers, id: string): string | null {
  // Answers come from files of others, in which "constructor" may be missing and "__proto__" be there.
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  return answer === undefined || answer.trim() === "" ? null : answer;
}

/**
 * What an answer earns: all of the question's points when it is `correct`, half of them when it is `form` (the right value in
 * other terms) or `close` (a slip of rounding), else none. What only says again what is asked earns nothing, and neither does a
 * formula where a number is asked.
 */
export function pointsFor(
  { points, kind }: Pick<Question, "points" | "kind">,
  { verdict, slip }: Pick<AnswerCheck, "verdict" | "slip">,
): number {
  if (verdict === "correct") return points;
  const isHalf = verdict === "close" || (verdict === "form" && kind !== "number" && slip !== "restated");
  return isHalf ? points / 2 : 0;
}

/** The points of all questions together. */
export function mostPoints(sheet: Sheet): number {
  return sheet.questions.reduce((sum, { points }) => sum + points, 0);
}
