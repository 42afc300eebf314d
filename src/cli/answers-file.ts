import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { BackpassError, DataError } from "../errors.ts";
import type { Learner } from "../exercise/index.ts";
import { kindOfPath, readJsonFile } from "./read-file.ts";

/**
 * Reads a learner's answers: `{ "ID": "ANSWER", … }`, or `{ "name": "…", "answers": { … } }`. Without a name it is
 * that of the file.
 *
 * @throws DataError when the file cannot be read, or holds something else; the message names it.
 * @throws NetworkError when it is not JSON.
 */
export function readAnswersFile(path: string): Learner {
  const json = readJsonFile(path);
  const whole = recordAt(path, "", json);
  const isNamed = typeof whole["answers"] === "object" && whole["answers"] !== null;
  const given = isNamed ? recordAt(path, "answers: ", whole["answers"]) : whole;
  const name = isNamed ? whole["name"] : undefined;
  if (name !== undefined && typeof name !== "string") {
    throw new DataError(`${path}: name: expected a text, got ${shown(name)}. Write it in quotes.`);
  }
  for (const [id, answer] of Object.entries(given)) {
    if (typeof answer !== "string") {
      throw new DataError(
        `${path}: ${JSON.stringify(id)}: expected the answer as a text, got ${shown(answer)}. Write it in quotes.`,
      );
    }
  }
  return {
    name: name === undefined || name.trim() === "" ? basename(path).replace(/\.json$/i, "") : name,
    // Each value was just seen to be a text.
    answers: given as Readonly<Record<string, string>>,
  };
}

/** The answers of a class, and the files that could not be read. */
export interface ClassFolder {
  /** By the name of the file. */
  readonly learners: readonly Learner[];
  /** With what is wrong, which names the file. */
  readonly badFiles: readonly { readonly file: string; readonly message: string }[];
}

/**
 * Reads every `*.json` of a folder.
 *
 * @throws DataError when it is no folder, or has no such file.
 */
export function readClassFolder(path: string): ClassFolder {
  const kind = kindOfPath(path);
  if (kind !== "folder") {
    const got = kind === "file" ? "a file" : "no such folder";
    throw new DataError(`${path}: expected a folder with answers, got ${got}. Check the path; one file: --answers.`);
  }
  const names = readdirSync(path)
    .filter((name) => /\.json$/i.test(name) && !name.startsWith("."))
    .sort();
  if (names.length === 0) {
    throw new DataError(
      `${path}: expected *.json files with answers, got a folder without any. Put each learner's answers into one.`,
    );
  }
  const learners: Learner[] = [];
  const badFiles: { file: string; message: string }[] = [];
  for (const file of names) {
    try {
      learners.push(readAnswersFile(join(path, file)));
    } catch (error) {
      if (!(error instanceof BackpassError) || error.code === "internal") throw error;
      badFiles.push({ file, message: error.message });
    }
  }
  return { learners, badFiles };
}

function recordAt(path: string, place: string, json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  throw new DataError(
    `${path}: ${place}expected answers by question, { "delta-output": "…" }, got ${shown(json)}. Write such an object.`,
  );
}

/** A value of a file, short enough for a message. */
function shown(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : JSON.stringify(value).slice(0, 40);
}
