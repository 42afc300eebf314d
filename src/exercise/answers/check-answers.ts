import { checkIsSheet } from "../check-is-sheet.ts";
import { prepare, type PreparedQuestion, type PreparedSheet } from "./prepare.ts";
import type { Question, Sheet } from "../sheet.ts";
import type { AnswerCheck, CheckOptions } from "../verdict.ts";

/** A learner's answers by the id of the question. */
export type Answers = Readonly<Record<string, string>>;

/** What is known of a learner's answers beside them. */
export interface AnswersOptions {
  /** Ids of questions whose solution the learner was shown: answers to them earn nothing. Default none. */
  readonly shown?: readonly string[];
  /** Ids of questions that are answered by a number, not by a text: it counts as the number it is. Default none. */
  readonly byValue?: readonly string[];
}

/** How one of a learner's answers is judged. */
export type AnswerOptions = Pick<CheckOptions, "isByValue"> & { readonly earlier: Answers };

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
 * a number is carried forward where the sheet says so. What cannot be judged is `unreadable`, as with `checkAnswer`.
 */
export function checkAnswers(sheet: Sheet, answers: Answers, options: AnswersOptions = {}): AnswersCheck {
  checkIsSheet("checkAnswers", sheet);
  const judged = judgedAnswers(prepare(sheet), answers, options, (question, answer, own) =>
    question.check(answer, own),
  );
  const given = new Set(judged.map(({ check }) => check.question));
  return {
    checks: judged.map(({ check }) => check),
    unanswered: sheet.questions.map(({ id }) => id).filter((id) => !given.has(id)),
    unknown: unknownIds(sheet, answers),
    points: judged.reduce((sum, { points }) => sum + points, 0),
    most: mostPoints(sheet),
  };
}

/** An answer with its judgement and what it earns. */
export interface JudgedAnswer {
  readonly question: Question;
  readonly answer: string;
  readonly check: AnswerCheck;
  readonly points: number;
}

/** Every answer of a learner, judged in the order of the sheet; those before it count as `earlier` to each. */
export function judgedAnswers(
  sheet: PreparedSheet,
  answers: Answers,
  { shown = [], byValue = [] }: AnswersOptions,
  judge: (question: PreparedQuestion, answer: string, options: AnswerOptions) => AnswerCheck,
): readonly JudgedAnswer[] {
  let earlier: Answers = {};
  return sheet.questions.flatMap((prepared) => {
    const { question } = prepared;
    const answer = answerTo(answers, question.id);
    if (answer === null) return [];
    const check = judge(prepared, answer, { earlier, isByValue: byValue.includes(question.id) });
    earlier = { ...earlier, [question.id]: answer };
    return [{ question, answer, check, points: shown.includes(question.id) ? 0 : pointsFor(question, check) }];
  });
}

/** Ids that were answered and are no questions of the sheet. */
export function unknownIds(sheet: Sheet, answers: Answers): readonly string[] {
  const known = new Set(sheet.questions.map(({ id }) => id));
  return Object.keys(answers).filter((id) => !known.has(id));
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
