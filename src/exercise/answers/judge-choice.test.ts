import { describe, expect, test } from "vitest";
import { judgeChoice } from "./judge-choice.ts";
import type { ChoiceQuestion } from "../sheet.ts";

function question(kind: ChoiceQuestion["kind"], choices: readonly (readonly [string, boolean])[]): ChoiceQuestion {
  const located = (text: string): { text: string; line: number; column: number } => ({ text, line: 1, column: 1 });
  return {
    kind,
    id: "q",
    line: 1,
    column: 1,
    text: located("Which?"),
    points: 1,
    hints: [],
    slips: [],
    test: null,
    choices: choices.map(([text, isRight], position) => ({ position, text: located(text), isRight, claim: null })),
  };
}

const saturation = question("choice", [
  ["It becomes large.", false],
  ["Its magnitude becomes small.", true],
  ["It goes to $1/4$.", false],
]);

const several = question("multiple choice", [
  ["$z$ and w", true],
  ["b", false],
  ["L", true],
  ["l", false],
]);

describe("one choice", () => {
  test.each([
    "b",
    "B",
    "(b)",
    "b.",
    "B)",
    "[b]",
    "2",
    "2.",
    "(2)",
    " b ",
    "Its magnitude becomes small.",
    "its  Magnitude becomes small",
    "b) Its magnitude becomes small.",
  ])("is right as %j", (answer) => {
    expect(judgeChoice(saturation, answer)).toMatchObject({ verdict: "correct", slip: null });
  });

  test.each(["a", "3", "It goes to 1/4", "it becomes large"])("is wrong as %j", (answer) => {
    const judgement = judgeChoice(saturation, answer);
    expect(judgement).toMatchObject({ verdict: "wrong", slip: "choice-wrong" });
    expect(judgement.message).toMatch(/^\([ac]\) is not right\.$/);
  });

  test.each([
    ["", /^Expected a choice, got nothing\. Type one of a, b, c, its number, or its text\.$/],
    ["d", /^Expected a choice, got "d"\. Type one of a, b, c/],
    ["0", /^Expected a choice, got "0"/],
    ["4", /^Expected a choice, got "4"/],
    ["a, b", /^Expected one choice, got 2/],
    ["Its magnitude becomes smal", /Did you mean \(b\)\?/],
    ["a) Its magnitude becomes small.", /^Expected a choice/],
    ["x".repeat(3_000), /got 3000 letters/],
  ])("cannot be read as %.30j", (answer, message) => {
    expect(judgeChoice(saturation, answer)).toMatchObject({
      verdict: "unreadable",
      message: expect.stringMatching(message) as unknown,
    });
  });
});

describe("several choices", () => {
  test.each(["a, c", "a c", "1;3", "c and a", "(a),(c)", "a, a, c", "$z$ and w; L", "zandw, L"])(
    "are right as %j",
    (answer) => {
      expect(judgeChoice(several, answer)).toMatchObject({ verdict: "correct" });
    },
  );

  test.each([
    ["a", "Something true is missing.", "choice-missing"],
    ["none", "Something true is missing.", "choice-missing"],
    ["z and w", "Something true is missing.", "choice-missing"],
    ["a, c, d", "One of your choices, at least, is not true.", "choice-wrong"],
    ["a, l, L", "One of your choices, at least, is not true.", "choice-wrong"],
    ["d", "Your choice is not true. Something true is missing.", "choice-wrong"],
  ])("are wrong as %j, and it is not told which", (answer, message, slip) => {
    expect(judgeChoice(several, answer)).toMatchObject({ verdict: "wrong", message, slip });
  });

  test("may be none", () => {
    const none = question("multiple choice", [["x", false]]);
    expect(judgeChoice(none, "none of them.").verdict).toBe("correct");
    expect(judgeChoice(none, "a").message).toBe("Your choice is not true.");
  });

  test.each(["", "a, e", "7", "a, b, maybe"])("cannot be read as %j", (answer) => {
    expect(judgeChoice(several, answer)).toMatchObject({ verdict: "unreadable" });
  });

  test("are not guessed where text and number differ", () => {
    const numbers = question("choice", [
      ["2", false],
      ["1", true],
    ]);
    expect(judgeChoice(numbers, "1")).toMatchObject({ verdict: "unreadable" });
    expect(judgeChoice(numbers, "1").message).toContain("(a) or (b)");
    expect(judgeChoice(numbers, "b")).toMatchObject({ verdict: "correct" });
  });
});
