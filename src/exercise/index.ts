export { hintText } from "./author-words.ts";
export { answerKey } from "./answer-key.ts";
export { type BundledSheet, bundledSheets } from "./bundled-sheets.ts";
export { checkAnswer } from "./check-answer.ts";
export { lintSheet } from "./lint-sheet.ts";
export { parseSheet, type ParseSheetOptions } from "./parse-sheet.ts";
export { sheetQuestions, type SheetWriterOptions } from "./read-document.ts";
export type {
  AuthorSlip,
  Choice,
  ChoiceQuestion,
  DeclaredSymbol,
  FormulaQuestion,
  Given,
  Located,
  NumberQuestion,
  Question,
  Sheet,
  SheetBlock,
} from "./sheet.ts";
export { sheetToHtml } from "./sheet-html.ts";
export { sheetToLatex } from "./sheet-latex.ts";
export { sheetToText, type SheetTextOptions } from "./sheet-text.ts";
export type {
  AnswerCheck,
  CheckOptions,
  Counterexample,
  ExampleJson,
  Reading,
  SheetFinding,
  SheetFindingKind,
  Verdict,
} from "./verdict.ts";

export { type Answers, type AnswersCheck, answerTo, checkAnswers, mostPoints, pointsFor } from "./check-answers.ts";
export { type AnswerGroup, type ClassCheck, groupAnswers, type Learner, type QuestionGroups } from "./group-answers.ts";
export { solutionText } from "./solution-text.ts";
