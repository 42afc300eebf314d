import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { BackpassError, DataError } from "../errors.ts";
import type { Learner } from "../exercise/index.ts";
import { jsonPlaces } from "../tree/json-places.ts";
import { kindOfPath, parsedJson, readText } from "./read-file.ts";

/**
 * Reads a learner's answers: `{ "ID": "ANSWER", … }`, or `{ "name": "…", "answers": { … } }`. Without a name it is
 * that of the file. An answer may be a number, which keeps the digits it is written with; a list of choices; or null, which is none.
 *
 * @param isFound true for a file that nobody named: see `readBytes`.
 * @throws DataError when the file cannot be read, or holds something else; the message names it.
 * @throws NetworkError when it is not JSON.
 */
export function readAnswersFile(path: string, isFound = false): Learner {
  const text = readText(path, { isFound });
  const json = parsedJson(path, text);
  const whole = recordAt(path, "", json);
  const isNamed = typeof whole["answers"] === "object" && whole["answers"] !== null;
  const given = isNamed ? recordAt(path, "answers: ", whole["answers"]) : whole;
  const name = isNamed ? whole["name"] : undefined;
  if (name !== undefined && typeof name !== "string") {
    throw new DataError(`${path}: name: expected a text, got ${shown(name)}. Write it in quotes.`);
  }
  const { starts } = jsonPlaces(text);
  const answers = Object.entries(given).flatMap(([id, answer]): readonly (readonly [string, string])[] => {
    const written = text.slice(starts.get(isNamed ? `answers.${id}` : id) ?? text.length);
    const typed = typedAnswer(answer, written);
    if (typed === undefined) {
      throw new DataError(
        `${path}: ${JSON.stringify(id)}: expected the answer as a text, got ${shown(answer)}. Write it in quotes.`,
      );
    }
    return typed === null ? [] : [[id, typed]];
  });
  return {
    name: name === undefined || name.trim() === "" ? basename(path).replace(/\.json$/i, "") : name,
    answers: Object.fromEntries(answers),
  };
}

/** An answer as it would be typed; null for none, undefined for what is no answer. `written` begins with it in the file. */
function typedAnswer(answer: unknown, written: string): string | null | undefined {
  if (typeof answer === "string" || answer === null) return answer;
  // 2.080 has the decimals that were asked for; as a number it would lose one.
  if (typeof answer === "number") return /^-?[0-9.]+(?:[eE][-+]?[0-9]+)?/.exec(written)?.[0] ?? String(answer);
  const isChoices = Array.isArray(answer) && answer.every((choice): choice is string => typeof choice === "string");
  if (!isChoices) return undefined;
  return answer.length === 0 ? "none" : answer.join(", ");
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
      learners.push(readAnswersFile(join(path, file), true));
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
