import { lintChoice } from "./lint-choice.ts";
import { lintFormula } from "./lint-formula.ts";
import { lintNumber } from "./lint-number.ts";
import { lintSymbols } from "./lint-symbols.ts";
import { parseSheet } from "./parse-sheet.ts";
import type { Question, Sheet } from "./sheet.ts";
import type { SheetFinding } from "./verdict.ts";

/**
 * Finds what is wrong with a sheet before anyone answers it. Every key is judged as an answer is, by what backpropagation,
 * differentiation and the equations give; numbers are computed, and derivatives confirmed by central differences. In the order of
 * the file; empty when nothing was found.
 */
export function lintSheet(sheet: Sheet): readonly SheetFinding[] {
  let known: readonly Sheet[] | null = null;
  const variants = (): readonly Sheet[] => (known ??= otherSeeds.map((seed) => parseSheet(sheet.source, { seed })));
  const ofQuestions = sheet.questions.flatMap((question) => lintQuestion(sheet, question, variants));
  const findings = [...lintSymbols(sheet), ...ofQuestions];
  return findings.sort((left, right) => left.line - right.line || left.column - right.column);
}

/** Seeds that a sheet with drawn values is tried with beside its own. */
const otherSeeds: readonly number[] = [2, 3, 4, 5, 6];

function lintQuestion(sheet: Sheet, question: Question, variants: () => readonly Sheet[]): readonly SheetFinding[] {
  switch (question.kind) {
    case "formula":
      return lintFormula(sheet, question);
    case "number":
      return lintNumber(sheet, question, variants);
    default:
      return lintChoice(sheet, question);
  }
}
