import fc from "fast-check";
import { describe, expect, test } from "vitest";
import ownCases from "./fixtures/own-answer-cases.json" with { type: "json" };
import listedCases from "./fixtures/answer-cases.json" with { type: "json" };
import { bundledSheets, checkAnswer, parseSheet, type Sheet } from "../src/exercise/index.ts";
import { subjectsOf } from "../src/exercise/answers/subjects.ts";
import { mutantsOf } from "../src/exercise/slips/mutants.ts";
import { drawing, mutatedText, randomText, rewritten, typedSomehow } from "./random-answers.ts";

/** `BACKPASS_FUZZ=100000 npx vitest run test/answer-fuzz.test.ts` tries more, and prints the slowest. */
const runs = Number(process.env["BACKPASS_FUZZ"] ?? 2000);

const sheets: readonly Sheet[] = bundledSheets.map(({ text }) => parseSheet(text));
const questions = sheets.flatMap((sheet) => sheet.questions.map((question) => ({ sheet, question })));
const answers = [...listedCases, ...ownCases].map(({ answer }) => answer);

const slowest: { ms: number; text: string }[] = [];

function timed<Result>(text: string, run: () => Result): Result {
  const start = performance.now();
  const result = run();
  slowest.push({ ms: performance.now() - start, text });
  slowest.sort((left, right) => right.ms - left.ms);
  slowest.length = Math.min(slowest.length, 10);
  return result;
}

describe("any string", () => {
  test("has a verdict, and the same one twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const draw = drawing(seed);
        const text = draw(3) === 0 ? randomText(draw) : mutatedText(answers, draw);
        const { sheet, question } = questions[draw(questions.length)]!;
        const first = timed(`${question.id}: ${text}`, () => checkAnswer(sheet, question.id, text));
        expect(["correct", "form", "close", "wrong", "unreadable"]).toContain(first.verdict);
        expect(first.message).not.toBe("");
        expect(checkAnswer(sheet, question.id, text)).toEqual(first);
      }),
      { numRuns: runs },
    );
    if (runs > 2000) console.log(slowest.map(({ ms, text }) => `${ms.toFixed(1)} ms  ${text}`).join("\n"));
  });
});

const formulaQuestions = questions.flatMap(({ sheet, question }) =>
  question.kind === "formula" ? [{ sheet, question, truth: subjectsOf(sheet).formula(question).truth() }] : [],
);

/** relu(z) is wrong for its derivative, but the same where z < 0. */
const everywhere = formulaQuestions.filter(({ question }) => question.domain === null);

describe("a key", () => {
  test("is right however it is rewritten", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const draw = drawing(seed);
        const { sheet, question, truth } = formulaQuestions[draw(formulaQuestions.length)]!;
        const text = typedSomehow(rewritten(truth.key!, draw), draw);
        // Longer than an answer may be.
        fc.pre(text.length <= 1000);
        const { verdict, message } = checkAnswer(sheet, question.id, text);
        expect({ id: question.id, text, verdict, message }).toMatchObject({ verdict: "correct" });
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });

  test("with a slip is wrong, however it is rewritten", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const draw = drawing(seed);
        const { sheet, question, truth } = everywhere[draw(everywhere.length)]!;
        const mutants = mutantsOf(truth.key!, { asked: truth.asked, forms: [] });
        const mutant = mutants[draw(mutants.length)]!;
        const text = typedSomehow(rewritten(mutant.formula, draw), draw);
        const { verdict } = checkAnswer(sheet, question.id, text);
        expect({ id: question.id, slip: mutant.slip, text, verdict }).not.toMatchObject({ verdict: "correct" });
        expect({ id: question.id, slip: mutant.slip, text, verdict }).not.toMatchObject({ verdict: "form" });
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});
