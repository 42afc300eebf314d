import { prepareFormula } from "../formulas/prepare-formula.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import { networkLibrary } from "../networks/network-library.ts";
import { type NumberSubject, prepareNumber } from "../numbers/prepare-number.ts";
import { type GivenSystem, givenSystem } from "../numbers/system-values.ts";
import { parseSheet } from "../reading/parse-sheet.ts";
import type { FormulaQuestion, Given, NumberQuestion, Sheet } from "../sheet.ts";
import { type FunctionTable, functionTable } from "../vocabulary/function-table.ts";
import { definedFunctions } from "../vocabulary/question-vocabulary.ts";

/** The questions of a sheet with what is worked out for them, which is kept as long as the sheet. */
export interface Subjects {
  readonly sheet: Sheet;
  readonly functions: FunctionTable;
  readonly formula: (question: FormulaQuestion) => FormulaSubject;
  readonly number: (question: NumberQuestion) => NumberSubject;
  /** The sheet with another seed, read once. @throws SheetError, OptionError */
  readonly variant: (seed: number) => Sheet;
}

/** The one thing in this folder that outlives a call; it goes with its sheet. */
const subjectsOfSheets = new WeakMap<Sheet, Subjects>();

/** What is known of a sheet's questions; nothing is worked out before it is needed. */
export function subjectsOf(sheet: Sheet): Subjects {
  const known = subjectsOfSheets.get(sheet);
  if (known !== undefined) return known;
  const made = newSubjects(sheet);
  subjectsOfSheets.set(sheet, made);
  return made;
}

/** More variants of one sheet than a class has are not kept. */
const MOST_VARIANTS = 1_000;

function newSubjects(sheet: Sheet): Subjects {
  const functions = functionTable(definedFunctions(sheet.functions));
  const tools = { functions, library: networkLibrary() };
  const systems = new Map<Given, GivenSystem>();
  const systemOf = (given: Given): GivenSystem => kept(systems, given, () => givenSystem(given));
  const formulas = new Map<FormulaQuestion, FormulaSubject>();
  const numbers = new Map<NumberQuestion, NumberSubject>();
  const variants = new Map<number, Sheet>();
  return {
    sheet,
    functions,
    formula: (question) => kept(formulas, question, () => prepareFormula(sheet, question, tools)),
    number: (question) =>
      kept(numbers, question, () => prepareNumber(sheet, question, { functions, system: systemOf(question.given) })),
    variant: (seed) => {
      if (seed === sheet.seed) return sheet;
      if (variants.size >= MOST_VARIANTS) variants.clear();
      return kept(variants, seed, () => parseSheet(sheet.source, { seed }));
    },
  };
}

function kept<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
