import { describe, expect, test } from "vitest";
import { checkAnswers, pointsFor } from "./check-answers.ts";
import { parseSheet } from "../reading/parse-sheet.ts";

const sheet = parseSheet(`---
title: Slopes
---

\`\`\`equations net
z = w*x
C = z^2
given x = 3
parameters w = 0.5
cost C
\`\`\`

\`\`\`question slope
kind: formula
text: The derivative of $z^2$?
symbols: [z]
key: 2*z
points: 4
\`\`\`

\`\`\`question weighted-input
kind: number
text: The weighted input?
asks: z
given: net
\`\`\`

\`\`\`question cost
kind: number
text: The cost?
asks: C
given: net
points: 2
follows: [weighted-input]
\`\`\`

\`\`\`question sign
kind: choice
text: Where does it fall?
choices:
  - text: Where z is above 0.
  - text: Where z is below 0.
    right: true
\`\`\`
`);

describe("checkAnswers", () => {
  test("judges each answer in the order of the sheet, and adds its points", () => {
    const answers = { sign: "b", cost: "2.25", "weighted-input": "1.5", slope: "2*z" };
    const { checks, unanswered, points, most } = checkAnswers(sheet, answers);
    expect(checks.map(({ question, verdict }) => [question, verdict])).toEqual([
      ["slope", "correct"],
      ["weighted-input", "correct"],
      ["cost", "correct"],
      ["sign", "correct"],
    ]);
    expect({ unanswered, points, most }).toEqual({ unanswered: [], points: 8, most: 8 });
  });

  test("gives half for a close number, and nothing for what is wrong or cannot be read", () => {
    const { checks, points } = checkAnswers(sheet, { slope: "3*z", cost: "2.252", sign: "(" });
    expect(checks.map(({ verdict }) => verdict)).toEqual(["wrong", "close", "unreadable"]);
    expect(points).toBe(1);
  });

  test("carries an error forward, where the sheet says so", () => {
    const { checks, points } = checkAnswers(sheet, { "weighted-input": "2.5", cost: "6.25" });
    expect(checks.map(({ verdict }) => verdict)).toEqual(["wrong", "correct"]);
    expect(points).toBe(2);
    expect(checkAnswers(sheet, { cost: "6.25" }).checks[0]?.verdict).toBe("wrong");
  });

  test("lists questions without an answer, and answers without a question", () => {
    const answers = JSON.parse('{ "slope": "  ", "slop": "2*z", "__proto__": "1", "sign": "b" }');
    const { unanswered, unknown, points } = checkAnswers(sheet, answers);
    expect(unanswered).toEqual(["slope", "weighted-input", "cost"]);
    expect(unknown).toEqual(["slop", "__proto__"]);
    expect(points).toBe(1);
  });

  test("takes nothing for an answer that the object inherits", () => {
    const answers = Object.create({ sign: "b" });
    expect(checkAnswers(sheet, answers).unanswered).toContain("sign");
  });
});

describe("pointsFor", () => {
  test("halves the points of a right value in other terms", () => {
    const points = (["correct", "form", "close", "wrong", "unreadable"] as const).map((verdict) =>
      pointsFor({ points: 3, kind: "formula" }, { verdict, slip: null }),
    );
    expect(points).toEqual([3, 1.5, 1.5, 0, 0]);
  });

  test("gives nothing for what is asked, said again, nor for a formula where a number is asked", () => {
    expect(pointsFor({ points: 3, kind: "formula" }, { verdict: "form", slip: "restated" })).toBe(0);
    expect(pointsFor({ points: 3, kind: "number" }, { verdict: "form", slip: null })).toBe(0);
  });
});
