import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { BackpassError } from "../../errors.ts";
import type { Sheet } from "../../exercise/index.ts";
import { progressJson, type QuizProgress } from "../../exercise/quiz/progress.ts";
import { type KeptProgress, noProgress, progressFrom } from "../../exercise/quiz/read-progress.ts";
import { makeFolder } from "./make-folder.ts";
import { kindOfPath, readBytes, readJsonFile } from "../framework/read-file.ts";
import { writeFileAtomically } from "./write-file.ts";

/**
 * Reads what was kept; null when there is no file.
 *
 * @throws DataError when the file cannot be read, or is not one of a quiz.
 */
export function readProgress(path: string): KeptProgress | null {
  return kindOfPath(path) === "nothing" ? null : progressFrom(readOrExplain(path), path);
}

/**
 * Writes progress; at every moment there is either what was kept before, or all of the new.
 *
 * @throws DataError when it cannot be written.
 */
export function keepProgress(path: string, sheet: Sheet, progress: QuizProgress): void {
  makeFolderOf(path);
  const text = JSON.stringify(progressJson(sheet, progress), null, 2);
  writeFileAtomically(path, new TextEncoder().encode(`${text}\n`));
}

/** Keeps a file under a name with `.old`, before it is begun anew. @returns that name. */
export function setAside(path: string): string {
  let old = `${path}.old`;
  for (let number = 2; existsSync(old); number += 1) old = `${path}.old-${number}`;
  writeFileAtomically(old, readBytes(path));
  return old;
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
