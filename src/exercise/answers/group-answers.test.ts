import { describe, expect, test } from "vitest";
import { groupAnswers } from "./group-answers.ts";
import { parseSheet } from "../reading/parse-sheet.ts";

const sheet = parseSheet(`---
title: Slopes
---

\`\`\`question slope
kind: formula
text: The derivative of $z^2$?
symbols: [z]
key: 2*z
\`\`\`

\`\`\`question sign
kind: choice
text: Where does it fall?
points: 2
choices:
  - text: Where z is above 0.
  - text: Where z is below 0.
    right: true
\`\`\`
`);

const learners = [
  { name: "Ada", answers: { slope: "z/2", sign: "b" } },
  { name: "Ben", answers: { slope: "3*z", sign: "a" } },
  { name: "Cleo", answers: { slope: " z*3" } },
  { name: "Dan", answers: { slope: "2*z", sign: "b" } },
  { name: "Eve", answers: { slope: "3*z ", sign: "" } },
  { name: "Finn", answers: { slope: "3*(z" } },
];

describe("groupAnswers", () => {
  test("puts equal wrong answers together, the most common first, as most typed them", () => {
    const [slope] = groupAnswers(sheet, learners).questions;
    expect(slope?.groups.map(({ typed, count, names }) => ({ typed, count, names }))).toEqual([
      { typed: "3*z", count: 3, names: ["Ben", "Cleo", "Eve"] },
      { typed: "z/2", count: 1, names: ["Ada"] },
    ]);
    expect(slope?.groups[0]?.message).not.toBe("");
  });

  test("counts the verdicts of those who answered", () => {
    const { questions } = groupAnswers(sheet, learners);
    const counts = questions.map(({ question, answered, counts: each }) => ({ question, answered, ...each }));
    expect(counts).toEqual([
      { question: "slope", answered: 6, correct: 1, form: 0, close: 0, wrong: 4, unreadable: 1 },
      { question: "sign", answered: 3, correct: 2, form: 0, close: 0, wrong: 1, unreadable: 0 },
    ]);
  });

  test("adds the points of each learner", () => {
    const { learners: graded, most } = groupAnswers(sheet, learners);
    expect(graded.map(({ points }) => points)).toEqual([2, 0, 0, 3, 0, 0]);
    expect(most).toBe(3);
  });

  test("gives empty groups for a class of nobody", () => {
    const { questions, learners: graded } = groupAnswers(sheet, []);
    expect(graded).toEqual([]);
    expect(questions.map(({ answered, groups }) => [answered, groups])).toEqual([
      [0, []],
      [0, []],
    ]);
  });
});
