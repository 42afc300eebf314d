import { withinBudget } from "../../formula/budget.ts";
import type { Formula } from "../../formula/index.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import { judgeFormula } from "../formulas/judge-formula.ts";
import { nameSlip } from "../formulas/name-slip.ts";
import { type Judged, type Judgement, notRight, unreadable } from "../judgement.ts";
import type { MatrixProblem } from "../matrices/read-matrix-answer.ts";
import { slipOperations } from "../operations.ts";
import { meantTexts } from "../typed/meant-texts.ts";
import { readingOf, readingOfNotation } from "../typed/typeset-reading.ts";
import { withMembers } from "./chain-of-equations.ts";

/** Judges a typed formula: reads it, compares it with what is true, and of a wrong one names the slip. */
export function checkFormula(subject: FormulaSubject, answer: string): Judged {
  const read = subject.read(answer);
  if (read.kind === "unreadable") return { reading: null, judgement: unreadable(read.message, read.span) };
  if (read.problem !== null) return ofWrongShape(read.problem);
  const judge = (formula: Formula): Judgement => nameSlip(subject, formula, judgeFormula(subject, formula));
  const judgement = withMembers(judge(read.formula), read.before, judge);
  const told = judgement.verdict === "wrong" ? withKnownCause(judgement, subject, read.formula, answer) : judgement;
  return { reading: readingOf(read.formula), judgement: told };
}

/** Rows and columns that do not fit: wrong whatever the numbers are. */
function ofWrongShape({ notation, message, slip }: MatrixProblem): Judged {
  return { reading: readingOfNotation(notation), judgement: notRight("wrong", message, slip) };
}

/** What the author says of a wrong answer that was expected goes before what is found without; brackets that are missing, before both. */
function withKnownCause(judgement: Judgement, subject: FormulaSubject, formula: Formula, answer: string): Judgement {
  const isRight = (about: FormulaSubject, typed: Formula): boolean => judgeFormula(about, typed).verdict === "correct";
  const expected = withinBudget(
    slipOperations,
    () => subject.expected().find((each) => isRight(each.subject, formula)),
    () => undefined,
  );
  const isRightAsMeant = withinBudget(
    slipOperations,
    () =>
      meantTexts(answer).some((text) => {
        const read = subject.read(text);
        return read.kind === "read" && isRight(subject, read.formula);
      }),
    () => false,
  );
  if (isRightAsMeant) return { ...judgement, ...bracketsMissing };
  return expected === undefined ? judgement : { ...judgement, message: expected.message, slip: "author" };
}

const bracketsMissing = {
  slip: "brackets-missing",
  message:
    "Brackets are missing: a layer or an exponent of more than one sign is typed in brackets, as in a_k^(l-1). Look at what was read.",
};
