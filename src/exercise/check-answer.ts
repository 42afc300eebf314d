import { internalError } from "../errors.ts";
import { computeValues } from "../explain/index.ts";
import type { Sheet } from "./sheet.ts";
import type { AnswerCheck, CheckOptions, Verdict } from "./verdict.ts";

/** Stand-in: compares texts, letters and rounded numbers. */
export function checkAnswer(sheet: Sheet, questionId: string, answer: string, options: CheckOptions = {}): AnswerCheck {
  const question = sheet.questions.find(({ id }) => id === questionId);
  if (question === undefined) throw internalError(`no question ${questionId}.`);
  const typed = answer.trim();
  const hint = question.hints[options.attempts ?? 0]?.text ?? null;
  const make = (verdict: Verdict, message: string): AnswerCheck => ({
    question: questionId,
    verdict,
    reading: verdict === "unreadable" ? null : { text: typed, latex: typed, mathml: typed },
    message,
    span: verdict === "unreadable" ? { start: typed.length, end: typed.length } : null,
    slip: null,
    hint: verdict === "wrong" ? hint : null,
    counterexample: null,
  });
  const depth = [...typed].reduce((sum, c) => sum + (c === "(" ? 1 : c === ")" ? -1 : 0), 0);
  if (typed === "" || depth !== 0 || typed.length > 2000)
    return make("unreadable", "answer: expected a formula, got something else.");
  if (question.kind === "formula") {
    return typed === question.key?.text ? make("correct", "") : make("wrong", "This is not equal to what is asked.");
  }
  if (question.kind === "number") {
    const value = computeValues(question.given.system)[question.asks.text] ?? NaN;
    const number = Number(typed.replace(",", "."));
    if (Number.isNaN(number)) return make("unreadable", "answer: expected a number.");
    const unit = 10 ** -question.decimals;
    if (Math.abs(value - number) <= unit / 2) return make("correct", "");
    return Math.abs(value - number) < 10 * unit
      ? make("close", "Off in the last decimals.")
      : make("wrong", "Not the value.");
  }
  const letter = typed.toLowerCase().charCodeAt(0) - 97;
  const choice = question.choices[letter];
  if (choice === undefined || typed.length > 1) return make("unreadable", "answer: expected a letter.");
  return choice.isRight ? make("correct", "") : make("wrong", "That is not so.");
}
