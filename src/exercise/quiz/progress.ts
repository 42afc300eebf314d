import { sha256 } from "../../sha256.ts";
import type { Sheet } from "../sheet.ts";
import type { Verdict } from "../verdict.ts";

/** How far somebody is with a question. */
export interface QuestionProgress {
  /** `shown`: given up; the solution was shown, and the question earns nothing. */
  readonly state: "open" | "skipped" | "solved" | "shown";
  /** The best so far; null before the first answer that could be read. */
  readonly verdict: Exclude<Verdict, "unreadable"> | null;
  /** The answer of that verdict, as typed: later questions may follow from it. */
  readonly answer: string | null;
  /** Answers that could be read and were not correct. */
  readonly misses: number;
  /** How many of the question's hints were shown. */
  readonly hints: number;
  /** What was answered and not correct, so that the same again does not count again; by `answerKey`, or as it was typed. */
  readonly tried: readonly string[];
}

/** How far somebody is with a sheet. */
export interface QuizProgress {
  /** Of the learner; null where none was given. */
  readonly name: string | null;
  readonly seed: number;
  /** Id of the question that was asked last; null at the end. */
  readonly current: string | null;
  /** By id, for every question of the sheet. */
  readonly questions: ReadonlyMap<string, QuestionProgress>;
}

/** What a file with progress says it is. */
export const QUIZ_FORMAT = "backpass quiz 1";

const openQuestion: QuestionProgress = {
  state: "open",
  verdict: null,
  answer: null,
  misses: 0,
  hints: 0,
  tried: [],
};

/** Progress of somebody who begins. */
export function freshProgress(sheet: Sheet): QuizProgress {
  const questions = new Map(sheet.questions.map(({ id }) => [id, openQuestion]));
  return { name: null, seed: sheet.seed, current: null, questions };
}

/** Progress with something changed for a question. */
export function withQuestion(progress: QuizProgress, id: string, change: Partial<QuestionProgress>): QuizProgress {
  const before = progress.questions.get(id) ?? openQuestion;
  return { ...progress, questions: new Map(progress.questions).set(id, { ...before, ...change }) };
}

/** Whether nothing more can be earned: solved, or given up. */
export function isDone(question: QuestionProgress | undefined): boolean {
  return question?.state === "solved" || question?.state === "shown";
}

/** SHA-256 of a sheet's text in hexadecimal digits: progress belongs to one text. */
export function sheetHash(source: string): string {
  return sha256(new TextEncoder().encode(source));
}

/** Progress as JSON, tied to the sheet's text by its hash. */
export function progressJson(sheet: Sheet, { name, seed, current, questions }: QuizProgress): object {
  return {
    format: QUIZ_FORMAT,
    ...(name === null ? {} : { name }),
    sheet: sheet.title,
    hash: sheetHash(sheet.source),
    seed,
    current,
    questions: Object.fromEntries(questions),
  };
}
