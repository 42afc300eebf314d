import { readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../../errors.ts";
import { type LearnerFile, readAnswersFile } from "../../files/answers-file.ts";
import { kindOfPath } from "../../framework/read-file.ts";
import type { LeftOut } from "../../../exercise/results/class-report.ts";

/** The answers of a class, and the files that could not be read. */
export interface ClassFolder {
  /** By the name of the file. */
  readonly learners: readonly (LearnerFile & { readonly file: string })[];
  readonly leftOut: readonly LeftOut[];
  /** Names of files that are not `*.json`; they are not looked at. */
  readonly others: readonly string[];
}

/**
 * Reads every `*.json` of a folder. What cannot be read, is no regular file, or holds something else is named, and stops nobody.
 *
 * @throws DataError when it is no folder that can be read, or has no such file.
 */
export function readClassFolder(path: string): ClassFolder {
  const kind = kindOfPath(path);
  if (kind !== "folder") {
    const got = kind === "file" ? "a file" : "no such folder";
    throw new DataError(`${path}: expected a folder with answers, got ${got}. Check the path; one file: --answers.`);
  }
  const visible = namesIn(path).filter((name) => !name.startsWith("."));
  const names = visible.filter((name) => /\.json$/i.test(name));
  if (names.length === 0) {
    throw new DataError(
      `${path}: expected *.json files with answers, got a folder without any. Put each learner's answers into one.`,
    );
  }
  const learners: (LearnerFile & { file: string })[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of names) {
    const whole = join(path, file);
    const other = otherThanFile(whole);
    if (other !== null) {
      leftOut.push({ file, message: `${file}: expected a file with answers, got ${other}. Take it out.` });
      continue;
    }
    try {
      learners.push({ ...readAnswersFile(whole), file });
    } catch (error) {
      // Whatever a learner's file does to its reader, the others are read.
      const message = error instanceof Error ? error.message : String(error);
      leftOut.push({ file, message: message.replaceAll(whole, file) });
    }
  }
  return { learners, leftOut, others: visible.filter((name) => !names.includes(name)) };
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new DataError(`${path}: expected a folder to read, got one that gives ${code}. Check its rights.`);
  }
}

/** What is at a path that must not be opened: reading a pipe waits for its writer, and a device may have no end. */
function otherThanFile(path: string): string | null {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch {
    return "a link to nothing";
  }
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  if (stats.isSocket()) return "a socket";
  return "a device";
}
