import { describe, expect, test } from "vitest";
import { slopesSheet } from "../../../test/slopes-sheet.ts";
import { prepare } from "../answers/prepare.ts";
import { parseSheet } from "../reading/parse-sheet.ts";
import { progressJson } from "./progress.ts";
import { answered, currentQuestion, type Quiz, type QuizInput, quizStep, startQuiz } from "./quiz.ts";
import { progressFrom } from "./read-progress.ts";
import { quizScore } from "./score.ts";

const sheet = parseSheet(slopesSheet);
const prepared = prepare(sheet);

/** The quiz after some inputs, texts being answers, and the kinds of all events on the way. */
function after(
  quiz: Quiz,
  ...inputs: readonly (string | { readonly answer: string })[]
): { quiz: Quiz; events: string[] } {
  let now = quiz;
  const events: string[] = [];
  for (const input of inputs) {
    const step = quizStep(
      now,
      typeof input === "object"
        ? answered(now, input.answer, prepared.question(now.progress.current ?? ""))
        : ({ kind: input } as QuizInput), // as: the tests name no other kinds
    );
    now = step.quiz;
    events.push(...step.events.map(({ kind }) => kind));
  }
  return { quiz: now, events };
}

describe("a quiz", () => {
  test("is a value: a step leaves the quiz before it as it was", () => {
    const begun = startQuiz(sheet);
    const before = JSON.stringify(progressJson(sheet, begun.progress));
    const { quiz, events } = after(begun, { answer: "2*z" });
    expect(events).toEqual(["judged", "moved"]);
    expect(JSON.stringify(progressJson(sheet, begun.progress))).toBe(before);
    expect(quiz.progress.questions.get("slope")?.state).toBe("solved");
    expect(currentQuestion(quiz)?.id).toBe(sheet.questions[1]?.id);
    // The other way from the same moment is as open as before.
    expect(after(begun, "skip").quiz.progress.questions.get("slope")?.state).toBe("skipped");
  });

  test("shows the solution after two answers that were not right, which then earns nothing", () => {
    const { quiz, events } = after(startQuiz(sheet), "solution", { answer: "z" }, { answer: "z" }, "solution");
    // The same answer again does not count.
    expect(events).toEqual(["solutionLater", "judged", "again", "judged", "again", "solutionLater"]);
    const shown = after(quiz, { answer: "z/2" }, "solution");
    expect(shown.events).toEqual(["judged", "again", "solution", "moved"]);
    const late = after(shown.quiz, "back", { answer: "2*z" });
    expect(late.events).toEqual(["moved", "judged", "earnsNothing", "moved"]);
    expect(quizScore(late.quiz).points).toBe(0);
  });

  test("costs nothing for an answer that cannot be read", () => {
    const { quiz, events } = after(startQuiz(sheet), { answer: "((" });
    expect(events).toEqual(["judged"]);
    expect(quiz.progress).toEqual(startQuiz(sheet).progress);
  });

  test("goes back and on, and ends after the last question", () => {
    const { quiz, events } = after(startQuiz(sheet), "back", "skip", "back", "skip", "skip", "skip", "skip", "hint");
    expect(events).toEqual(["isFirst", "moved", "moved", "moved", "moved", "moved"]);
    expect(currentQuestion(quiz)).toBeNull();
    // The next time it begins with what was skipped.
    expect(currentQuestion(startQuiz(sheet, quiz.progress))?.id).toBe("slope");
  });

  test("is taken up from JSON, for the same text and seed alone", () => {
    const { quiz } = after(startQuiz(sheet), { answer: "z" }, "hint", "skip");
    const kept = progressFrom(JSON.parse(JSON.stringify(progressJson(sheet, quiz.progress))), "progress.json");
    expect(kept.of(sheet)).toEqual(quiz.progress);
    expect(kept.of(parseSheet(`${slopesSheet}\nmore\n`))).toBeNull();
    expect(() => progressFrom({ format: "other" }, "x.json")).toThrow("x.json: expected the progress of a quiz");
  });
});
