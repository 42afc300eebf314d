import { number } from "../../formula/index.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import { judgeFormula } from "../formulas/judge-formula.ts";
import type { Question } from "../sheet.ts";
import type { SheetFinding } from "../verdict.ts";

/** Finds a test of answers where none has a meaning: answers that are numbers or choices have no form. */
export function lintTest({ kind, id, test }: Question): readonly SheetFinding[] {
  if (test === null || kind === "formula") return [];
  const { name, line, column } = test;
  const message = `expected a test in a question for a formula, got ${name} in one for a ${kind}, where it has no meaning. Take it out.`;
  return [{ kind: "test-meaningless", question: id, line, column, message, suggestion: null }];
}

/** Two numbers that are both right answers only where every number is. */
const numbers = [number(3), number(5)];

/** Finds a test that every number passes, since what is asked is a constant. */
export function lintRelation(subject: FormulaSubject): readonly SheetFinding[] {
  const { id, test } = subject.question;
  if (test === null || !["upToConstant", "multipleOf"].includes(test.name)) return [];
  if (!numbers.every((each) => judgeFormula(subject, each).verdict === "correct")) return [];
  const { name, line, column } = test;
  const message = `expected a test that tells answers apart, got ${name} for something constant, so that every number is right. Write test: equal.`;
  return [{ kind: "test-meaningless", question: id, line, column, message, suggestion: null }];
}
