export { hintText } from "./prose/author-words.ts";
export { type BundledSheet, bundledSheets } from "./bundled-sheets.ts";
export { checkAnswer } from "./answers/check-answer.ts";
export { prepare, type PreparedQuestion, type PreparedSheet } from "./answers/prepare.ts";
export { lintSheet } from "./lint/lint-sheet.ts";
export { parseSheet, type ParseSheetOptions } from "./reading/parse-sheet.ts";
export { sheetQuestions, type SheetWriterOptions } from "./writing/read-document.ts";
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
} from "./sheet.ts";
export { answersForm } from "./writing/answers-form.ts";
export { type SkeletonNetwork, skeletonSheet } from "./writing/skeleton-sheet.ts";
export { sheetToHtml } from "./writing/sheet-html.ts";
export { sheetToLatex } from "./writing/sheet-latex.ts";
export { sheetToText, type SheetTextOptions } from "./writing/sheet-text.ts";
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

export {
  type Answers,
  type AnswersCheck,
  type AnswersOptions,
  answerTo,
  checkAnswers,
  mostPoints,
  pointsFor,
} from "./answers/check-answers.ts";
export {
  type AnswerGroup,
  type ClassCheck,
  groupAnswers,
  type Learner,
  type LearnerAnswer,
  type LearnerCheck,
  type QuestionGroups,
} from "./answers/group-answers.ts";
export { isVariant } from "./answers/is-variant.ts";

export {
  freshProgress,
  isDone,
  progressJson,
  type QuestionProgress,
  type QuizProgress,
  sheetHash,
} from "./quiz/progress.ts";
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
} from "./quiz/quiz.ts";
export { type KeptProgress, progressFrom } from "./quiz/read-progress.ts";
export { type QuestionScore, type QuizScore, quizScore } from "./quiz/score.ts";
