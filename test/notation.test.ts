import { describe, expect, test } from "vitest";
import { bundledSheets, checkAnswer, parseSheet } from "../src/exercise/index.ts";
import { cases, sheets } from "./notation-cases.ts";

const parsed = new Map(
  [...bundledSheets.map(({ name, text }) => [name, text] as const), ...Object.entries(sheets)].map(
    ([name, text]) => [name, parseSheet(text)] as const,
  ),
);

describe.each(cases)("$notation", ({ sheet, question, right, wrong, refused = [] }) => {
  const check = (answer: string) => checkAnswer(parsed.get(sheet)!, question, answer);

  test.each(right)("%s is right", (answer) => {
    const { verdict, message, reading } = check(answer);
    expect({ verdict, message }).toEqual({ verdict: "correct", message: "Right." });
    // What was read is shown.
    expect(reading?.text).not.toBe("");
  });

  test.each(wrong)("%s is wrong, and what was read is shown", (answer) => {
    const { verdict, reading, message } = check(answer);
    expect({ verdict, message }).toMatchObject({ verdict: "wrong" });
    expect(reading?.text).toBeTruthy();
  });

  test.each(refused)("%s is refused with a sentence", (answer) => {
    const { verdict, message, span } = check(answer);
    expect({ verdict, message }).toMatchObject({ verdict: "unreadable" });
    expect(message).toMatch(/^\p{Lu}.*\.$/su);
    if (span !== null) expect(span.end).toBeLessThanOrEqual(answer.length);
  });
});

test("every notation has at least three right and three wrong answers", () => {
  for (const { notation, right, wrong } of cases) {
    expect([notation, right.length >= 3, wrong.length >= 3]).toEqual([notation, true, true]);
  }
});
