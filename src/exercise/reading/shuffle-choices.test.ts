import { describe, expect, test } from "vitest";
import { checkAnswer } from "../answers/check-answer.ts";
import type { ChoiceQuestion } from "../sheet.ts";
import { parseSheet } from "./parse-sheet.ts";

function sheetOf(lines: string, front = ""): string {
  return `---\ntitle: T\n${front}---\n\n\`\`\`question q\nkind: choice\ntext: Which?\n${lines}\`\`\`\n`;
}

const four = `choices:
  - Red.
  - text: Green.
    right: true
  - Blue.
  - Brown.
slips:
  - answer: a
    message: Red is for roses.
`;

function shown(text: string, seed: number): readonly string[] {
  const [question] = parseSheet(text, { seed }).questions;
  return (question as ChoiceQuestion).choices.map((choice) => choice.text.text);
}

describe("the order of choices", () => {
  test("is the author's for seed 1, and for every other that of the seed", () => {
    const text = sheetOf(four);
    expect(shown(text, 1)).toEqual(["Red.", "Green.", "Blue.", "Brown."]);
    const orders = Array.from({ length: 60 }, (_, i) => shown(text, i + 2).join(" "));
    expect(new Set(orders).size).toBeGreaterThan(15);
    expect(shown(text, 7)).toEqual(shown(text, 7));
    for (const order of orders) expect(order.split(" ").sort()).toEqual(["Blue.", "Brown.", "Green.", "Red."]);
  });

  test("puts every choice first about equally often", () => {
    const text = sheetOf(four);
    const firsts = Array.from({ length: 400 }, (_, i) => shown(text, i + 2)[0]);
    // 100 of 400 are expected; six standard deviations are 52.
    for (const name of ["Red.", "Green.", "Blue.", "Brown."]) {
      expect(Math.abs(firsts.filter((first) => first === name).length - 100)).toBeLessThan(52);
    }
  });

  test("decides what a letter means, and what the author says of it", () => {
    for (let seed = 1; seed < 20; seed += 1) {
      const sheet = parseSheet(sheetOf(four), { seed });
      const letterOf = (name: string): string => "abcd"[shown(sheetOf(four), seed).indexOf(name)] ?? "";
      expect(checkAnswer(sheet, "q", letterOf("Green.")).verdict).toBe("correct");
      expect(checkAnswer(sheet, "q", letterOf("Red.")).message).toBe("Red is for roses.");
      expect(checkAnswer(sheet, "q", letterOf("Blue.")).message).not.toBe("Red is for roses.");
      expect(checkAnswer(sheet, "q", "Green").verdict).toBe("correct");
    }
  });

  test.each([
    ["one speaks of the places of others", sheetOf("choices:\n  - Red.\n  - Green.\n  - None of the above.\n")],
    ["one names others by letter", sheetOf("choices:\n  - Red.\n  - Green.\n  - Both (a) and (b).\n")],
    ["the question says so", sheetOf(`shuffle: false\n${four}`)],
    ["the front matter says so", sheetOf(four, "shuffle: false\n")],
  ])("stays where %s", (_, text) => {
    for (let seed = 2; seed < 20; seed += 1) expect(shown(text, seed)).toEqual(shown(text, 1));
  });

  test("is shuffled where the question says so against the front matter", () => {
    const text = sheetOf(`shuffle: true\n${four}`, "shuffle: false\n");
    expect(
      Array.from({ length: 20 }, (_, i) => shown(text, i + 2).join()).some((order) => order !== shown(text, 1).join()),
    ).toBe(true);
  });
});
