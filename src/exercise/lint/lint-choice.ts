import { FormulaError } from "../../errors.ts";
import { evaluate, parseTextbook, symbolsOf } from "../../formula/index.ts";
import { questionChecks } from "./author-answers.ts";
import { inAuthorsOrder, judgeChoice } from "../answers/judge-choice.ts";
import { activationsIn } from "../vocabulary/question-vocabulary.ts";
import { writtenOut } from "../scalars/scalar-question.ts";
import { subjectsOf } from "../answers/subjects.ts";
import type { FunctionTable } from "../vocabulary/function-table.ts";
import type { Choice, ChoiceQuestion, Sheet } from "../sheet.ts";
import type { SheetFinding } from "../verdict.ts";

/** Finds choices with no or two right answers, and those whose claim says otherwise than their mark. */
export function lintChoice(sheet: Sheet, question: ChoiceQuestion): readonly SheetFinding[] {
  const { choices, id, kind } = question;
  const right = choices.filter(({ isRight }) => isRight);
  const at = { question: id, line: question.line, column: question.column, suggestion: null };
  const findings: SheetFinding[] = [];
  if (right.length === 0) {
    const message = "expected a choice that is right, got none. Mark one with right: true.";
    findings.push({ kind: "no-right-choice", ...at, message });
  }
  const [, second] = right;
  if (kind === "choice" && second !== undefined) {
    const { line, column } = second.text;
    const message = `expected one right choice, got ${right.length}. Unmark one, or write kind: multiple choice.`;
    findings.push({ kind: "several-right-choices", ...at, line, column, message });
  }
  const slips = questionChecks(question, (answer) => judgeChoice(inAuthorsOrder(question), answer));
  const { functions } = subjectsOf(sheet);
  return [...findings, ...choices.flatMap((choice) => lintClaim(functions, id, choice)), ...slips];
}

function lintClaim(functions: FunctionTable, id: string, { claim, isRight, text }: Choice): readonly SheetFinding[] {
  if (claim === null) return [];
  const at = { question: id, line: claim.line, column: claim.column, suggestion: null };
  const vocabulary = {
    scalars: [],
    quantities: [],
    widths: [],
    indices: [],
    layers: [],
    functions: activationsIn(claim.text),
    defined: functions.defined,
  };
  try {
    const written = parseTextbook(claim.text, vocabulary);
    if (written.kind !== "comparison") {
      const message = `claim: expected a comparison such as sigma(0) == 1/2, got ${claim.text}. Write one that holds where the choice is right.`;
      return [{ kind: "maths-unreadable", ...at, message }];
    }
    const formula = writtenOut(written, functions);
    const [name] = symbolsOf(formula);
    if (name !== undefined) {
      const message = `claim: expected numbers only, got ${name}. Put a number in its place.`;
      return [{ kind: "maths-unreadable", ...at, message }];
    }
    const holds = evaluate(formula, {}) !== 0;
    if (holds === isRight) return [];
    const mark = isRight ? "right" : "not right";
    const message = `expected a mark that fits the claim, got "${text.text}" marked as ${mark}, and ${claim.text} ${holds ? "holds" : "does not hold"}. Correct one of them.`;
    return [{ kind: "choice-wrong", ...at, message }];
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return [{ kind: "maths-unreadable", ...at, message: `claim: ${error.reason}` }];
  }
}
