import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { BackpassError, DataError } from "../../../errors.ts";
import type { Sheet, Verdict } from "../../../exercise/index.ts";
import { makeFolder } from "../../files/make-folder.ts";
import { kindOfPath, readBytes, readJsonFile } from "../../files/read-file.ts";
import { writeFileAtomically } from "../../files/write-file.ts";

/** How far somebody is with a question. */
export interface QuestionProgress {
  /** `shown`: given up; the solution was shown, and the question earns nothing. */
  state: "open" | "skipped" | "solved" | "shown";
  /** The best so far; null before the first answer that could be read. */
  verdict: Exclude<Verdict, "unreadable"> | null;
  /** The answer of that verdict, as typed: later questions may follow from it. */
  answer: string | null;
  /** Answers that could be read and were not correct. */
  misses: number;
  /** How many of the question's hints were shown. */
  hints: number;
  /** What was answered and not correct, so that the same again does not count again; by `answerKey`, or as it was typed. */
  tried: readonly string[];
}

/** How far somebody is with a sheet. */
export interface QuizProgress {
  /** Of the learner; null where none was given. */
  name: string | null;
  readonly seed: number;
  /** Id of the question that was asked last; null at the end. */
  current: string | null;
  /** By id, for every question of the sheet. */
  readonly questions: ReadonlyMap<string, QuestionProgress>;
}

/** What the file says it is. */
export const QUIZ_FORMAT = "backpass quiz 1";

/** Progress of somebody who begins. */
export function freshProgress(sheet: Sheet): QuizProgress {
  const open: QuestionProgress = { state: "open", verdict: null, answer: null, misses: 0, hints: 0, tried: [] };
  const questions = sheet.questions.map(({ id }) => [id, { ...open }] as const);
  return { name: null, seed: sheet.seed, current: null, questions: new Map(questions) };
}

/** What was kept in a file, before it is known to belong to a sheet. */
export interface KeptProgress {
  /** Of the sheet's text. */
  readonly hash: string;
  /** Of the sheet. */
  readonly title: string;
  readonly seed: number;
  /** The progress, when the file belongs to this sheet; null when the sheet is another, or has been changed since. */
  readonly of: (sheet: Sheet) => QuizProgress | null;
}

/**
 * Reads what was kept; null when there is no file.
 *
 * @throws DataError when the file cannot be read, or is not one of a quiz.
 */
export function readProgress(path: string): KeptProgress | null {
  if (kindOfPath(path) === "nothing") return null;
  const json = recordOf(readOrExplain(path));
  const { hash, seed, current } = json;
  if (json["format"] !== QUIZ_FORMAT || typeof hash !== "string" || typeof seed !== "number") throw noProgress(path);
  return {
    hash,
    title: typeof json["sheet"] === "string" ? json["sheet"] : "",
    seed,
    of: (sheet) => {
      if (hash !== hashOf(sheet.source) || seed !== sheet.seed) return null;
      const progress = freshProgress(sheet);
      const kept = recordOf(json["questions"]);
      for (const [id, question] of progress.questions) {
        if (!Object.hasOwn(kept, id) || !isQuestionProgress(kept[id])) throw noProgress(path);
        Object.assign(question, kept[id], { tried: triedOf(kept[id]) });
      }
      progress.name = typeof json["name"] === "string" ? json["name"] : null;
      progress.current = typeof current === "string" && progress.questions.has(current) ? current : null;
      return progress;
    },
  };
}

/**
 * Writes progress, tied to the sheet's text by a hash of it; at every moment there is either what was kept before, or
 * all of the new.
 *
 * @throws DataError when it cannot be written.
 */
export function keepProgress(path: string, sheet: Sheet, progress: QuizProgress): void {
  const { name, seed, current, questions } = progress;
  const hash = hashOf(sheet.source);
  const json = {
    format: QUIZ_FORMAT,
    ...(name === null ? {} : { name }),
    sheet: sheet.title,
    hash,
    seed,
    current,
    questions: Object.fromEntries(questions),
  };
  makeFolderOf(path);
  writeFileAtomically(path, new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`));
}

/** Keeps a file under a name with `.old`, before it is begun anew. @returns that name. */
export function setAside(path: string): string {
  let old = `${path}.old`;
  for (let number = 2; existsSync(old); number += 1) old = `${path}.old-${number}`;
  writeFileAtomically(old, readBytes(path));
  return old;
}

/** SHA-256 in hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function makeFolderOf(path: string): void {
  try {
    makeFolder(dirname(path));
  } catch {
    // Writing the file will say what is wrong there.
  }
}

function readOrExplain(path: string): unknown {
  try {
    return readJsonFile(path);
  } catch (error) {
    throw error instanceof BackpassError && error.code === "network" ? noProgress(path) : error;
  }
}

function noProgress(path: string): DataError {
  return new DataError(
    `${path}: expected the progress of a quiz, got something else. Name another file with --progress, or begin anew with --restart.`,
  );
}

/** What a value has by name; nothing where it is no object. */
export function recordOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}

const states: readonly unknown[] = ["open", "skipped", "solved", "shown"];
const verdicts: readonly unknown[] = [null, "correct", "form", "close", "wrong"];

/** What was tried before; nothing where a file does not say it. */
function triedOf(question: unknown): readonly string[] {
  const { tried } = recordOf(question);
  return Array.isArray(tried) ? tried.filter((each): each is string => typeof each === "string") : [];
}

/** Whether a value of a file is how far somebody is with a question. */
export function isQuestionProgress(json: unknown): json is QuestionProgress {
  const { state, verdict, answer, misses, hints } = recordOf(json);
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
  const isAnswer = answer === null || typeof answer === "string";
  return states.includes(state) && verdicts.includes(verdict) && isAnswer && isCount(misses) && isCount(hints);
}
