import { DataError } from "../../errors.ts";
import { isObject } from "../../tree/reader.ts";
import type { Sheet } from "../sheet.ts";
import { freshProgress, type QuestionProgress, QUIZ_FORMAT, type QuizProgress, sheetHash } from "./progress.ts";

/** What was kept of a quiz, before it is known to belong to a sheet. */
export interface KeptProgress {
  /** Of the sheet's text. */
  readonly hash: string;
  /** Of the sheet. */
  readonly title: string;
  readonly seed: number;
  /** The progress, when it belongs to this sheet; null when the sheet is another, or has been changed since. */
  readonly of: (sheet: Sheet) => QuizProgress | null;
}

/**
 * Reads progress from JSON.
 *
 * @param where what messages blame: the file.
 * @throws DataError when it is not the progress of a quiz.
 */
export function progressFrom(json: unknown, where: string): KeptProgress {
  const { format, hash, seed, current, name, questions, sheet: title } = fieldsOf(json);
  if (format !== QUIZ_FORMAT || typeof hash !== "string" || typeof seed !== "number") throw noProgress(where);
  return {
    hash,
    title: typeof title === "string" ? title : "",
    seed,
    of: (sheet) => {
      if (hash !== sheetHash(sheet.source) || seed !== sheet.seed) return null;
      const kept = fieldsOf(questions);
      const read = sheet.questions.map(({ id }) => {
        const question = Object.hasOwn(kept, id) ? kept[id] : undefined;
        if (!isQuestionProgress(question)) throw noProgress(where);
        const { state, verdict, answer, misses, hints } = question;
        return [id, { state, verdict, answer, misses, hints, tried: triedOf(question) }] as const;
      });
      const known = new Map<string, QuestionProgress>(read);
      return {
        ...freshProgress(sheet),
        name: typeof name === "string" ? name : null,
        current: typeof current === "string" && known.has(current) ? current : null,
        questions: known,
      };
    },
  };
}

/** The error about a file that is not the progress of a quiz. */
export function noProgress(where: string): DataError {
  return new DataError({
    where,
    expected: "the progress of a quiz",
    got: "something else",
    advice: "Name another file with --progress, or begin anew with --restart.",
  });
}

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
 * The answers in the progress of a quiz; null for JSON of another kind.
 *
 * @throws DataError for one that says it is such progress, and lacks what that has.
 */
export function answersOfProgress(json: unknown, where: string): KeptAnswers | null {
  const { format, sheet, hash, seed, name, questions } = fieldsOf(json);
  if (format !== QUIZ_FORMAT) return null;
  const entries = Object.entries(fieldsOf(questions));
  const known = entries.flatMap(([id, question]) => (isQuestionProgress(question) ? [{ id, ...question }] : []));
  const isWhole = typeof hash === "string" && Number.isSafeInteger(seed) && Number(seed) >= 0;
  if (!isWhole || known.length < entries.length) {
    throw new DataError({
      where,
      expected: "the progress of a quiz",
      got: "one that is not whole",
      advice: "Let the quiz write it anew.",
    });
  }
  return {
    name: typeof name === "string" ? name : null,
    seed: Number(seed),
    title: typeof sheet === "string" ? sheet : "",
    hash,
    answers: Object.fromEntries(known.flatMap(({ id, answer }) => (answer === null ? [] : [[id, answer]]))),
    shown: known.filter(({ state }) => state === "shown").map(({ id }) => id),
  };
}

/** What a value has by name; nothing where it is no object. */
function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return isObject(json) ? json : {};
}

const states: readonly unknown[] = ["open", "skipped", "solved", "shown"];
const verdicts: readonly unknown[] = [null, "correct", "form", "close", "wrong"];

/** What was tried before; nothing where a file does not say it. */
function triedOf(question: unknown): readonly string[] {
  const { tried } = fieldsOf(question);
  return Array.isArray(tried) ? tried.filter((each): each is string => typeof each === "string") : [];
}

/** Whether a value is how far somebody is with a question. */
function isQuestionProgress(json: unknown): json is QuestionProgress {
  const { state, verdict, answer, misses, hints } = fieldsOf(json);
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
  const isAnswer = answer === null || typeof answer === "string";
  return states.includes(state) && verdicts.includes(verdict) && isAnswer && isCount(misses) && isCount(hints);
}
