import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readAnswer } from "../src/exercise/typed/read-answer.ts";
import { withSynonyms } from "../src/exercise/vocabulary/synonyms.ts";
import { textbookVocabulary } from "../src/exercise/vocabulary/textbook-vocabulary.ts";
import { parseTextbook, toReadableText } from "../src/formula/index.ts";

const guide = readFileSync(new URL("../docs/notation.md", import.meta.url), "utf8");
const rows = [...guide.matchAll(/^\| `([^`]+)`\s+\| ([^`|]+?)\s+\|$/gm)].map(
  ([, typed = "", read = ""]) => [typed, read] as const,
);
const matrixRows = [...guide.matchAll(/^\| `([^`]+)`\s+\| `([^`]+)`\s+\| ([^`|]+?)\s+\|$/gm)].map(
  ([, typed = "", asked = "", read = ""]) => [typed, asked, read] as const,
);
const vocabulary = withSynonyms(textbookVocabulary);

test("the guide has a table", () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(matrixRows.length).toBeGreaterThan(5);
});

test.each(rows)("%s is read as the guide says", (typed, read) => {
  expect(toReadableText(parseTextbook(typed, vocabulary))).toBe(read);
});

test.each(matrixRows)("%s is read for %s as the guide says", (typed, asked, expected) => {
  const formula = parseTextbook(asked, textbookVocabulary);
  const read = readAnswer(typed, vocabulary, { formula, names: [] });
  expect(read).toMatchObject({ kind: "read", problem: null });
  expect(read.kind === "read" ? toReadableText(read.formula) : read.message).toBe(expected);
});
