import { FormulaError } from "../../errors.ts";
import type { Subjects } from "../answers/subjects.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import { judgeFormula } from "../formulas/judge-formula.ts";
import type { Question } from "../sheet.ts";
import type { DocumentBlock, EquationRow } from "../prose/sheet-document.ts";
import type { Derived } from "./derivation.ts";
import { workedFunction } from "./worked-function.ts";
import { workedNetwork } from "./worked-network.ts";
import { workedUpdate } from "./worked-update.ts";
import { type KnownValues, workedInLetters, workedNumber } from "./worked-number.ts";

/**
 * How the answer to a question follows from what the sheet gives or defines, as blocks of a document; none where it follows from
 * nothing that is written there (the author's key alone says it).
 *
 * @param known what questions before this one have worked out; added to.
 * @param ownNumber of the question, from 1.
 */
export function workedSolution(
  subjects: Subjects,
  question: Question,
  known: KnownValues,
  ownNumber: number,
): readonly DocumentBlock[] {
  try {
    const rows = rowsOf(subjects, question, known, ownNumber);
    return rows.length === 0 ? [] : [{ kind: "equations", rows }];
  } catch (error) {
    // A question that cannot be read is for the linter; the sheet is shown all the same.
    if (error instanceof FormulaError) return [];
    throw error;
  }
}

function rowsOf(subjects: Subjects, question: Question, known: KnownValues, ownNumber: number): readonly EquationRow[] {
  switch (question.kind) {
    case "number":
      return workedNumber(subjects.number(question), known, ownNumber);
    case "formula": {
      const subject = subjects.formula(question);
      const { asked } = subject.truth();
      if (question.given?.network === null && asked !== null && question.rule === null) {
        const rows = workedInLetters(question.given, asked);
        if (rows.length > 0) return rows;
      }
      return (
        [workedFunction, workedUpdate, workedNetwork]
          .map((derive) => provedRows(subject, derive(subject)))
          .find((rows) => rows.length > 0) ?? []
      );
    }
    default:
      return [];
  }
}

/** Rows whose end is right, by the judge of answers: what is shown as a derivation leads to what is true. */
function provedRows(subject: FormulaSubject, derived: Derived | null): readonly EquationRow[] {
  if (derived === null) return [];
  const { verdict } = judgeFormula(subject.withKey(), derived.result);
  return verdict === "correct" || verdict === "form" ? derived.rows : [];
}
