import { checkIsSheet } from "../check-is-sheet.ts";
import { SheetError } from "../../errors.ts";
import { apart, OverBudget } from "../../formula/budget.ts";
import { lintChoice } from "./lint-choice.ts";
import { lintFormula } from "./lint-formula.ts";
import { lintMaths } from "./lint-maths.ts";
import { lintNumber } from "./lint-number.ts";
import { lintSymbols } from "./lint-symbols.ts";
import { subjectsOf } from "../answers/subjects.ts";
import { lintTest } from "./lint-test.ts";
import { sheetOperations } from "../operations.ts";
import type { Question, Sheet } from "../sheet.ts";
import type { SheetFinding } from "../verdict.ts";

/**
 * Finds what is wrong with a sheet before anyone answers it. Every key is judged as an answer is, by what backpropagation,
 * differentiation and the equations give; numbers are computed, and derivatives confirmed by central differences. In the order of
 * the file; empty when nothing was found.
 */
export function lintSheet(sheet: Sheet): readonly SheetFinding[] {
  checkIsSheet("lintSheet", sheet);
  const hasVariants = [...sheet.given.values()].some(({ isVariant }) => isVariant);
  const variants = hasVariants ? otherSeeds.map((seed) => variantOf(sheet, seed)) : [];
  const sound = variants.flatMap((variant) => ("kind" in variant ? [] : [variant]));
  const [unsound] = variants.flatMap((variant) => ("kind" in variant ? [variant] : []));
  const ofQuestions = sheet.questions.flatMap((question) => lintQuestion(sheet, question, sound));
  const findings = [
    ...lintSymbols(sheet),
    ...lintMaths(sheet),
    ...sheet.questions.flatMap(lintTest),
    ...(unsound === undefined ? [] : [unsound]),
    ...ofQuestions,
  ];
  return findings.sort((left, right) => left.line - right.line || left.column - right.column);
}

/** Seeds that a sheet with drawn values is tried with beside its own. */
const otherSeeds: readonly number[] = [2, 3, 4, 5, 6];

/** The sheet with another seed, or what keeps it from being one. */
function variantOf(sheet: Sheet, seed: number): Sheet | SheetFinding {
  try {
    return subjectsOf(sheet).variant(seed);
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    const { line, column } = error.place;
    const message = `with seed ${seed}: ${error.reason}`;
    return { kind: "undefined-point", question: null, line, column, message, suggestion: null };
  }
}

/** What a question takes to prove is bounded, like what an answer takes to judge. */
function lintQuestion(sheet: Sheet, question: Question, variants: readonly Sheet[]): readonly SheetFinding[] {
  try {
    return apart(20 * sheetOperations, () => findingsOf(sheet, question, variants));
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error;
    const { line, column } = ("key" in question ? question.key : null) ?? question;
    const message =
      "expected a question that can be worked out, got one that takes too much work. Write its key and what it asks shorter.";
    return [{ kind: "key-unreadable", question: question.id, line, column, message, suggestion: null }];
  }
}

function findingsOf(sheet: Sheet, question: Question, variants: readonly Sheet[]): readonly SheetFinding[] {
  switch (question.kind) {
    case "formula":
      return lintFormula(subjectsOf(sheet).formula(question));
    case "number":
      return lintNumber(subjectsOf(sheet), question, variants.map(subjectsOf));
    default:
      return lintChoice(sheet, question);
  }
}
