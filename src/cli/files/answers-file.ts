import { basename } from "node:path";
import { DataError } from "../../errors.ts";
import type { Learner } from "../../exercise/index.ts";
import { jsonPlaces } from "../../tree/json-places.ts";
import { isObject, shown } from "../../tree/reader.ts";
import { answersOfProgress, type KeptAnswers } from "../../exercise/quiz/read-progress.ts";
import { parsedJson, readText } from "../framework/read-file.ts";

/** A learner's answers as a file has them. */
export interface LearnerFile extends Learner {
  /** Null: that of the sheet. */
  readonly seed: number | null;
  /** Of which sheet they are, where the file says it: the progress of a quiz. Null for answers. */
  readonly quiz: Pick<KeptAnswers, "title" | "hash"> | null;
}

/** A term's answers are a few kilobytes. */
const MOST_BYTES = 1_000_000;

/**
 * Reads a learner's answers: `{ "ID": "ANSWER", … }`, or `{ "name": "…", "seed": 7, "answers": { … } }`, or the progress that
 * `backpass quiz` keeps. Without a name it is that of the file. An answer may be a number, which counts as the number it is, whatever its
 * decimals; a list of choices; or null, which is none.
 *
 * @throws DataError when the file cannot be read, or holds something else; the message names it.
 * @throws NetworkError when it is not JSON.
 */
export function readAnswersFile(path: string): LearnerFile {
  const text = readText(path, { most: MOST_BYTES });
  const json = parsedJson(path, text);
  const named = (name: string | null): string => {
    const given = name?.normalize("NFC").trim() ?? "";
    return given === "" ? basename(path).replace(/\.json$/i, "") : given;
  };
  const kept = answersOfProgress(json, path);
  if (kept !== null) {
    const { name, seed, answers, shown, title, hash } = kept;
    return { name: named(name), seed, answers, shown, quiz: { title, hash } };
  }
  const whole = recordAt(path, "", json);
  const isNamed = typeof whole["answers"] === "object" && whole["answers"] !== null;
  const given = isNamed ? recordAt(path, "answers", whole["answers"]) : whole;
  const name = isNamed ? whole["name"] : undefined;
  if (name !== undefined && name !== null && typeof name !== "string") {
    throw new DataError({ where: [path, "name"], expected: "a text", got: shown(name), advice: "Write it in quotes." });
  }
  const { starts } = jsonPlaces(text);
  const answers = Object.entries(given).flatMap(([id, answer]): readonly (readonly [string, string])[] => {
    const written = text.slice(starts.get(isNamed ? `answers.${id}` : id) ?? text.length);
    const typed = typedAnswer(answer, written);
    if (typed === undefined) {
      throw new DataError({
        where: [path, JSON.stringify(id)],
        expected: "the answer as a text",
        got: shown(answer),
        advice: "Write it in quotes.",
      });
    }
    return typed === null ? [] : [[id, typed]];
  });
  return {
    name: named(name ?? null),
    seed: isNamed ? seedOf(path, whole["seed"]) : null,
    answers: Object.fromEntries(answers),
    byValue: Object.keys(given).filter((id) => typeof given[id] === "number"),
    quiz: null,
  };
}

/** The seed of the learner's variant; null where none is said. */
function seedOf(path: string, seed: unknown): number | null {
  if (seed === undefined || seed === null || seed === "") return null;
  const value = typeof seed === "string" && /^[0-9]+$/.test(seed.trim()) ? Number(seed) : seed;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new DataError({
    where: [path, "seed"],
    expected: "a whole number from 0 up",
    got: shown(seed),
    advice: "Write that of the learner's sheet.",
  });
}

/** An answer as it would be typed; null for none, undefined for what is no answer. `written` begins with it in the file. */
function typedAnswer(answer: unknown, written: string): string | null | undefined {
  if (typeof answer === "string" || answer === null) return answer;
  // As it is written, for whoever reads the result.
  if (typeof answer === "number") return /^-?[0-9.]+(?:[eE][-+]?[0-9]+)?/.exec(written)?.[0] ?? String(answer);
  const isChoices = Array.isArray(answer) && answer.every((choice): choice is string => typeof choice === "string");
  if (!isChoices) return undefined;
  return answer.length === 0 ? "none" : answer.join(", ");
}

function recordAt(path: string, place: string, json: unknown): Readonly<Record<string, unknown>> {
  if (isObject(json)) return json;
  throw new DataError({
    where: [path, place],
    expected: 'answers by question, { "delta-output": "…" }',
    got: shown(json),
    advice: "Write such an object.",
  });
}
