import { derivativeInOwnTerms } from "../../explain/function/own-form.ts";
import { application, type Formula, substitute, symbol, toText } from "../../formula/index.ts";
import { once } from "../once.ts";
import type { FormulaQuestion, Sheet } from "../sheet.ts";
import { type Mutant, mutantsOf } from "../slips/mutants.ts";
import { readAnswer } from "../typed/read-answer.ts";
import type { FunctionTable } from "../vocabulary/function-table.ts";
import { withSynonyms } from "../vocabulary/synonyms.ts";
import { deriveKey } from "./derived-key.ts";
import type { ExpectedFormula, FormulaSubject } from "./formula-subject.ts";
import { readTruth, type SheetTools, writtenKey } from "./formula-truth.ts";

/** A formula question of a sheet, with nothing worked out yet. */
export function prepareFormula(sheet: Sheet, question: FormulaQuestion, tools: SheetTools): FormulaSubject {
  const truth = once(() => readTruth(sheet, question, tools));
  const vocabulary = once(() => withSynonyms(truth().vocabulary));
  const subject: FormulaSubject = {
    sheet,
    question,
    functions: tools.functions,
    truth,
    read: (text) => readAnswer(text, vocabulary(), { formula: truth().asked, names: truth().names }),
    mutants: once(() => mutantsOfSubject(subject)),
    derivedKey: once(() => deriveKey(subject)),
    withKey: once(() => {
      const derived = writtenKey(question) === null ? subject.derivedKey() : null;
      return derived === null ? subject : subject.changed({ key: keyOf(question, derived) });
    }),
    expected: once(() => question.slips.flatMap((slip) => expectedBy(subject, slip))),
    changed: (changes) => prepareFormula(sheet, { ...question, ...changes }, tools),
  };
  return subject;
}

/** A formula as the key of a question, as if its author had typed it. */
function keyOf({ line, column }: FormulaQuestion, key: Formula): FormulaQuestion["key"] {
  return { text: toText(key), line, column };
}

function expectedBy(
  subject: FormulaSubject,
  { answer, message }: FormulaQuestion["slips"][number],
): readonly ExpectedFormula[] {
  if (subject.read(answer.text).kind !== "read") return [];
  return [
    { subject: subject.changed({ asks: null, key: answer, rule: null, terms: null, test: null, slips: [] }), message },
  ];
}

function mutantsOfSubject(subject: FormulaSubject): readonly Mutant[] {
  const { asked, key, judge } = subject.truth();
  if (judge === null) return [];
  if (judge.kind === "network") {
    const { question } = judge;
    return question.key === null ? [] : mutantsOf(question.key, { asked: question.asked });
  }
  return mutantsOf(key ?? judge.question.truth, { asked, forms: formsOf(judge.derivativeOf, subject.functions) });
}

/** A derivative in other forms, in which other slips are made: as differentiation leaves it, and by the function itself. */
function formsOf(derivativeOf: string | null, functions: FunctionTable): readonly Formula[] {
  if (derivativeOf === null) return [];
  const formula = functions.formula(derivativeOf, 0);
  const derived = functions.formula(derivativeOf, 1);
  if (formula === null || derived === null) return [];
  const own = derivativeInOwnTerms(formula, "z", "own");
  const called = application(derivativeOf, symbol("z"));
  return [derived, ...(own === null ? [] : [substitute(own, new Map([["own", called]]))])];
}
