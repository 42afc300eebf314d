import { DataError } from "../../../errors.ts";
import { isQuestionProgress, QUIZ_FORMAT, recordOf } from "./quiz-progress.ts";

/** What a learner answered in a quiz, and to which sheet. */
export interface KeptAnswers {
  /** Null where the quiz was not told it. */
  readonly name: string | null;
  readonly seed: number;
  /** Of the sheet. */
  readonly title: string;
  /** Of the sheet's text. */
  readonly hash: string;
  /** The best that were typed, by question; those that were never answered are left out. */
  readonly answers: Readonly<Record<string, string>>;
  /** Ids of questions whose solution was shown. */
  readonly shown: readonly string[];
}

/**
 * The answers in the progress of a quiz; null for a file of another kind.
 *
 * @throws DataError for one that says it is such progress, and lacks what that has.
 */
export function progressAnswers(path: string, json: unknown): KeptAnswers | null {
  const { format, sheet, hash, seed, name, questions } = recordOf(json);
  if (format !== QUIZ_FORMAT) return null;
  const isWhole = typeof hash === "string" && Number.isSafeInteger(seed) && Number(seed) >= 0;
  const entries = Object.entries(recordOf(questions));
  if (!isWhole || entries.some(([, question]) => !isQuestionProgress(question))) {
    throw new DataError(
      `${path}: expected the progress of a quiz, got one that is not whole. Let the quiz write it anew.`,
    );
  }
  const known = entries.flatMap(([id, question]) => (isQuestionProgress(question) ? [{ id, ...question }] : []));
  return {
    name: typeof name === "string" ? name : null,
    seed: Number(seed),
    title: typeof sheet === "string" ? sheet : "",
    hash,
    answers: Object.fromEntries(known.flatMap(({ id, answer }) => (answer === null ? [] : [[id, answer]]))),
    shown: known.filter(({ state }) => state === "shown").map(({ id }) => id),
  };
}
