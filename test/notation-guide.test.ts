import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { textbookVocabulary } from "../src/exercise/formulas/textbook-vocabulary.ts";
import { parseTextbook, toReadableText } from "../src/formula/index.ts";

const guide = readFileSync(new URL("../docs/notation.md", import.meta.url), "utf8");
const rows = [...guide.matchAll(/^\| `(.+?)`\s+\| (.+?)\s+\|$/gm)].map(
  ([, typed = "", read = ""]) => [typed, read] as const,
);

test("the guide has a table", () => {
  expect(rows.length).toBeGreaterThan(10);
});

test.each(rows)("%s is read as the guide says", (typed, read) => {
  expect(toReadableText(parseTextbook(typed, textbookVocabulary))).toBe(read);
});
