import type { Formula } from "../../formula/index.ts";
import type { FormulaQuestion, Sheet } from "../sheet.ts";
import type { Mutant } from "../slips/mutants.ts";
import type { AnswerReading } from "../typed/read-answer.ts";
import type { FunctionTable } from "../vocabulary/function-table.ts";
import type { FormulaTruth } from "./formula-truth.ts";

/**
 * A formula question with what is worked out for it: each thing when it is first needed, once, and not from the budget of an answer. The
 * functions throw OverBudget where one takes more than a part of a sheet may.
 */
export interface FormulaSubject {
  readonly sheet: Sheet;
  readonly question: FormulaQuestion;
  readonly functions: FunctionTable;
  /** What is asked, what is true, and what answers may be typed with. */
  readonly truth: () => FormulaTruth;
  /** Reads a typed answer. */
  readonly read: (text: string) => AnswerReading;
  /** The wrong formulas that one slip makes of the key; none where nothing says what is true. */
  readonly mutants: () => readonly Mutant[];
  /** A key that the checker finds itself; null when it finds none. */
  readonly derivedKey: () => Formula | null;
  /** The question itself where its author gives a key, else with the one that can be derived. */
  readonly withKey: () => FormulaSubject;
  /** The wrong answers that the author expects, those that can be read. */
  readonly expected: () => readonly ExpectedFormula[];
  /** The question with another key, or asking for something else. */
  readonly changed: (changes: Partial<FormulaQuestion>) => FormulaSubject;
}

/** A wrong answer that the author expects. */
export interface ExpectedFormula {
  /** The question whose right answer it is. */
  readonly subject: FormulaSubject;
  readonly message: string;
}
