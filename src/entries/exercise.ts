export { hintText } from "../exercise/index.ts";
export { type BundledSheet, bundledSheets } from "../exercise/index.ts";
export { checkAnswer } from "../exercise/index.ts";
export { prepare, type PreparedQuestion, type PreparedSheet } from "../exercise/index.ts";
export { lintSheet } from "../exercise/index.ts";
export { parseSheet, type ParseSheetOptions } from "../exercise/index.ts";
export { sheetQuestions, type SheetWriterOptions } from "../exercise/index.ts";
export type {
  AnswerTestName,
  AuthorSlip,
  Choice,
  ChoiceQuestion,
  ChosenTest,
  DeclaredSymbol,
  FormulaQuestion,
  Given,
  Located,
  NumberQuestion,
  Question,
  Sheet,
  SheetBlock,
} from "../exercise/index.ts";
export { answersForm } from "../exercise/index.ts";
export { type SkeletonNetwork, skeletonSheet } from "../exercise/index.ts";
export { sheetToHtml } from "../exercise/index.ts";
export { sheetToLatex } from "../exercise/index.ts";
export { sheetToText, type SheetTextOptions } from "../exercise/index.ts";
export type {
  AnswerCheck,
  CheckOptions,
  Counterexample,
  ExampleJson,
  Reading,
  SheetFinding,
  SheetFindingKind,
  Verdict,
} from "../exercise/index.ts";

export {
  type Answers,
  type AnswersCheck,
  type AnswersOptions,
  answerTo,
  checkAnswers,
  mostPoints,
  pointsFor,
} from "../exercise/index.ts";
export {
  type AnswerGroup,
  type ClassCheck,
  groupAnswers,
  type Learner,
  type LearnerAnswer,
  type LearnerCheck,
  type QuestionGroups,
} from "../exercise/index.ts";
export { isVariant } from "../exercise/index.ts";
export {
  freshProgress,
  isDone,
  progressJson,
  type QuestionProgress,
  type QuizProgress,
  sheetHash,
} from "../exercise/index.ts";
export {
  answered,
  checkOptionsFor,
  currentQuestion,
  MISSES_BEFORE_SOLUTION,
  type Quiz,
  type QuizEvent,
  type QuizInput,
  quizStep,
  type QuizStep,
  startQuiz,
} from "../exercise/index.ts";
export { type KeptProgress, progressFrom } from "../exercise/index.ts";
export { type QuestionScore, type QuizScore, quizScore } from "../exercise/index.ts";
export type { SkeletonExamples } from "../exercise/writing/skeleton-sheet.ts";
