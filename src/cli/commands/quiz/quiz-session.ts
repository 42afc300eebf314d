import {
  answered,
  currentQuestion,
  isDone,
  MISSES_BEFORE_SOLUTION,
  prepare,
  type Question,
  type Quiz,
  type QuizEvent,
  type QuizInput,
  quizScore,
  quizStep,
  type SheetBlock,
} from "../../../exercise/index.ts";
import { printedMinus } from "../../../page/minus-signs.ts";
import type { LineInput } from "../../framework/line-input.ts";
import { joinedText, type Shown, styled } from "../../framework/styled-text.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { type AnswerView, answerText, answerView, paragraph, paragraphText } from "../sheets/answer-text.ts";
import { scoreText } from "../tables/points-text.ts";
import { quizTable } from "./quiz-table.ts";
import { questionText, sheetTextAfter, sheetTextBefore, solutionLines } from "./quiz-text.ts";

/** What a quiz in a terminal works with. */
export interface QuizSession {
  /** Called with the quiz after every step. */
  readonly keep: (quiz: Quiz) => void;
  readonly terminal: Terminal;
}

/** - `finished`: the last question was left behind. - `left`: by `quit`, Ctrl-D or the end of what was piped in. */
export type QuizEnd = "finished" | "left" | "interrupted";

/** Words that are commands; an answer that is such a word is typed in parentheses. */
const commandWords: readonly (readonly [word: string, does: string])[] = [
  ["hint", "the next hint"],
  ["skip", "go on; the question comes again the next time you start this quiz"],
  ["back", "go to the question before"],
  [
    "show",
    `the solution, after ${MISSES_BEFORE_SOLUTION} answers that were not right; the question then earns nothing`,
  ],
  ["quit", "end, as Ctrl-D does; your progress is kept"],
  ["help", "this list"],
];

/** Asks question after question, from the one that is asked. @returns the quiz as it was left, and how. */
export async function runQuiz(
  begun: Quiz,
  session: QuizSession,
): Promise<{ readonly quiz: Quiz; readonly end: QuizEnd }> {
  const { terminal, keep } = session;
  const { sheet } = begun;
  const view = answerView(terminal);
  const input = terminal.openInput();
  const shown = new Set<SheetBlock>();
  let quiz = begun;
  keep(quiz);
  try {
    for (let question = currentQuestion(quiz); question !== null; question = currentQuestion(quiz)) {
      terminal.out(sheetTextBefore(sheet, question, shown, view));
      terminal.out(joinedText(["\n", heading(quiz, question, view), questionText(sheet, question, view)]));
      if (isDone(quiz.progress.questions.get(question.id))) terminal.out("You are done with it; skip goes on.\n");
      const after = await askUntilMoved(quiz, session, input, view);
      quiz = after.quiz;
      if (!after.isLeft) continue;
      // The prompt is still on the line.
      if (input.isTyped) terminal.out("\n");
      return { quiz, end: terminal.signal.aborted ? "interrupted" : "left" };
    }
  } finally {
    input.close();
  }
  terminal.out(sheetTextAfter(sheet, shown, view));
  return { quiz, end: "finished" };
}

function heading({ sheet, progress }: Quiz, question: Question, view: AnswerView): Shown {
  const worth = `${question.points} ${question.points === 1 ? "point" : "points"}`;
  const exact = question.kind === "number" ? `, ${question.decimals} decimals` : "";
  const state = progress.questions.get(question.id)?.state;
  const done = state === "solved" ? ", solved" : state === "shown" ? ", solution shown" : "";
  const number = 1 + sheet.questions.indexOf(question);
  const text = `Question ${number} of ${sheet.questions.length}: ${question.id} (${worth}${exact}${done})`;
  const lines = paragraphText(text, view);
  return view.hasColor ? joinedText([styled(1, lines.trimEnd()), "\n"]) : lines;
}

/** Takes lines until another question is asked, or the learner leaves. */
async function askUntilMoved(
  begun: Quiz,
  { terminal, keep }: QuizSession,
  input: LineInput,
  view: AnswerView,
): Promise<{ readonly quiz: Quiz; readonly isLeft: boolean }> {
  let quiz = begun;
  for (;;) {
    const line = await input.next("> ");
    if (line === null || line.trim().toLowerCase() === "quit") return { quiz, isLeft: true };
    if (line.trim() === "") {
      if (input.isTyped) terminal.out("Type an answer, or help.\n");
      continue;
    }
    if (line.trim().toLowerCase() === "help") {
      terminal.out(commandHelp(view));
      continue;
    }
    const step = quizStep(quiz, inputOf(quiz, line));
    quiz = step.quiz;
    keep(quiz);
    for (const event of step.events) tell(event, { quiz, line, view, terminal });
    const isMoved = step.events.some(({ kind }) => kind === "moved" || kind === "isFirst");
    if (isMoved) return { quiz, isLeft: false };
  }
}

/** A line as what the learner does. */
function inputOf(quiz: Quiz, line: string): QuizInput {
  const word = line.trim().toLowerCase();
  if (word === "hint" || word === "skip" || word === "back") return { kind: word };
  if (word === "show") return { kind: "solution" };
  return answered(quiz, line, prepare(quiz.sheet).question(quiz.progress.current ?? ""));
}

interface Telling {
  readonly quiz: Quiz;
  readonly line: string;
  readonly view: AnswerView;
  readonly terminal: Terminal;
}

function tell(event: QuizEvent, { quiz, line, view, terminal }: Telling): void {
  switch (event.kind) {
    case "judged":
      terminal.out(answerText(event.check, line, view));
      break;
    case "again":
      terminal.out(paragraphText(advice(event), view));
      break;
    case "earnsNothing":
      terminal.out(paragraphText("The solution was shown, so this earns nothing.", view));
      break;
    case "hint":
      terminal.out(hintLines(event, view));
      break;
    case "solution":
      terminal.out(solutionLines(quiz.sheet, event.question, view));
      break;
    case "solutionLater": {
      const answers = event.answersLeft === 1 ? "answer" : "answers";
      const text = `The solution is shown after ${event.answersLeft} more ${answers} of yours. Try: hint.`;
      terminal.out(paragraphText(text, view));
      break;
    }
    case "isFirst":
      terminal.out("This is the first question.\n");
      break;
    case "moved":
      break;
  }
}

function hintLines({ text, hadHints }: Extract<QuizEvent, { kind: "hint" }>, view: AnswerView): string {
  if (text === null) return hadHints ? "There is no other hint.\n" : "There is no hint.\n";
  return paragraphText(printedMinus(`Hint: ${text}`), view);
}

function advice({ isRepeated, hasHalf, hasHint, hasSolution }: Extract<QuizEvent, { kind: "again" }>): string {
  const again = isRepeated ? "You gave this answer before; it does not count again. " : "";
  const half = hasHalf ? "Half the points are yours. " : "";
  const words = [...(hasHint ? ["hint"] : []), "skip", ...(hasSolution ? ["show (which gives up the points)"] : [])];
  return `${again}${half}Try again, or type ${words.join(", ").replace(/, ([^,]+)$/, " or $1")}.`;
}

function commandHelp(view: AnswerView): string {
  const lines = commandWords.flatMap(([word, does]) =>
    paragraph(does, { ...view, width: view.width - 8 }).map((line, i) => `  ${i === 0 ? word : "    "}  ${line}`),
  );
  const first = paragraphText("Type an answer, or one of these words:", view);
  return `${first}${lines.join("\n")}\n${paragraphText("An answer that is one of these words: put it in parentheses.", view)}`;
}

/** What was reached: every question with its points, and their sum. */
export function quizSummary(quiz: Quiz, terminal: Terminal): string {
  const score = quizScore(quiz);
  return `\n${quizTable(score, answerView(terminal).width)}\n${scoreText(score.points, score.most)}\n`;
}
