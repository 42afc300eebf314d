import {
  answerKey,
  checkAnswer,
  hintText,
  pointsFor,
  type Question,
  type Sheet,
  type SheetBlock,
} from "../../../exercise/index.ts";
import { type AnswerView, answerText, answerView, paragraph, paragraphText } from "../sheets/answer-text.ts";
import type { LineInput } from "../../framework/line-input.ts";
import type { QuestionProgress, QuizProgress } from "./quiz-progress.ts";
import { printedMinus } from "../../../page/minus-signs.ts";
import { scoreText } from "../tables/points-text.ts";
import { quizTable } from "./quiz-table.ts";
import { questionText, sheetTextAfter, sheetTextBefore, solutionLines } from "./quiz-text.ts";
import { joinedText, type Shown, styled } from "../../framework/styled-text.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** What a quiz works with. */
export interface QuizSession {
  readonly sheet: Sheet;
  /** Changed as the learner goes on. */
  readonly progress: QuizProgress;
  /** Called after every change of `progress`. */
  readonly keep: () => void;
  readonly terminal: Terminal;
}

/** - `finished`: the last question was left behind. - `left`: by `quit`, Ctrl-D or the end of what was piped in. */
export type QuizEnd = "finished" | "left" | "interrupted";

/** So many answers that were not correct make the solution available. */
const MISSES_BEFORE_SOLUTION = 2;

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

/** Where the learner goes after a line. */
type Step = "stay" | "next" | "back" | "quit";

/** Asks question after question, from the one where the learner left off. */
export async function runQuiz(session: QuizSession): Promise<QuizEnd> {
  const { sheet, progress, terminal } = session;
  const view = answerView(terminal);
  const input = terminal.openInput();
  const shown = new Set<SheetBlock>();
  let at = startOf(session);
  try {
    for (let question = sheet.questions[at]; question !== undefined; question = sheet.questions[at]) {
      progress.current = question.id;
      session.keep();
      terminal.out(sheetTextBefore(sheet, question, shown, view));
      terminal.out(joinedText(["\n", heading(session, question, at, view), questionText(sheet, question, view)]));
      if (isDone(progress.questions.get(question.id))) terminal.out("You are done with it; skip goes on.\n");
      const step = await askUntilStep(session, question, input, view);
      if (step === "quit") {
        // The prompt is still on the line.
        if (input.isTyped) terminal.out("\n");
        return terminal.signal.aborted ? "interrupted" : "left";
      }
      if (step === "back" && at === 0) terminal.out("This is the first question.\n");
      else at = step === "back" ? at - 1 : nextOpen(session, at + 1);
    }
  } finally {
    input.close();
  }
  terminal.out(sheetTextAfter(sheet, shown, view));
  progress.current = null;
  session.keep();
  return "finished";
}

/** The question to begin with: the last one asked, if it is still open, else the first open one, else none. */
export function startOf(session: Pick<QuizSession, "sheet" | "progress">): number {
  const { sheet, progress } = session;
  const last = sheet.questions.findIndex(({ id }) => id === progress.current);
  return last >= 0 && !isDone(progress.questions.get(progress.current ?? "")) ? last : nextOpen(session, 0);
}

/** The first question from `from` on that is neither solved nor shown; the number of questions when there is none. */
function nextOpen({ sheet, progress }: Pick<QuizSession, "sheet" | "progress">, from: number): number {
  const open = sheet.questions.findIndex(({ id }, i) => i >= from && !isDone(progress.questions.get(id)));
  return open < 0 ? sheet.questions.length : open;
}

function isDone(question: QuestionProgress | undefined): boolean {
  return question?.state === "solved" || question?.state === "shown";
}

function heading({ sheet, progress }: QuizSession, question: Question, at: number, view: AnswerView): Shown {
  const worth = `${question.points} ${question.points === 1 ? "point" : "points"}`;
  const exact = question.kind === "number" ? `, ${question.decimals} decimals` : "";
  const state = progress.questions.get(question.id)?.state;
  const done = state === "solved" ? ", solved" : state === "shown" ? ", solution shown" : "";
  const text = `Question ${at + 1} of ${sheet.questions.length}: ${question.id} (${worth}${exact}${done})`;
  const lines = paragraphText(text, view);
  return view.hasColor ? joinedText([styled(1, lines.trimEnd()), "\n"]) : lines;
}

async function askUntilStep(
  session: QuizSession,
  question: Question,
  input: LineInput,
  view: AnswerView,
): Promise<Step> {
  for (;;) {
    const line = await input.next("> ");
    if (line === null) return "quit";
    if (line.trim() === "") {
      if (input.isTyped) session.terminal.out("Type an answer, or help.\n");
      continue;
    }
    const step = obey(session, question, line, view);
    if (step !== "stay") return step;
  }
}

function obey(session: QuizSession, question: Question, line: string, view: AnswerView): Step {
  const { terminal, progress } = session;
  const own = progress.questions.get(question.id);
  if (own === undefined) return "next";
  switch (line.trim().toLowerCase()) {
    case "help":
      terminal.out(commandHelp(view));
      return "stay";
    case "quit":
      return "quit";
    case "back":
      return "back";
    case "skip":
      if (own.state === "open") own.state = "skipped";
      session.keep();
      return "next";
    case "hint":
      terminal.out(nextHint(session.sheet, question, own, view));
      session.keep();
      return "stay";
    case "show":
      return showSolution(session, question, own, view);
    default:
      return judge(session, question, own, line, view);
  }
}

function commandHelp(view: AnswerView): string {
  const lines = commandWords.flatMap(([word, does]) =>
    paragraph(does, { ...view, width: view.width - 8 }).map((line, i) => `  ${i === 0 ? word : "    "}  ${line}`),
  );
  const first = paragraphText("Type an answer, or one of these words:", view);
  return `${first}${lines.join("\n")}\n${paragraphText("An answer that is one of these words: put it in parentheses.", view)}`;
}

function nextHint(sheet: Sheet, question: Question, own: QuestionProgress, view: AnswerView): string {
  const hint = hintText(sheet, question, own.hints);
  if (hint === null) return question.hints.length === 0 ? "There is no hint.\n" : "There is no other hint.\n";
  own.hints += 1;
  return paragraphText(printedMinus(`Hint: ${hint}`), view);
}

function showSolution(session: QuizSession, question: Question, own: QuestionProgress, view: AnswerView): Step {
  const { sheet, terminal } = session;
  if (!isDone(own) && own.misses < MISSES_BEFORE_SOLUTION) {
    const left = MISSES_BEFORE_SOLUTION - own.misses;
    terminal.out(
      paragraphText(
        `The solution is shown after ${left} more ${left === 1 ? "answer" : "answers"} of yours. Try: hint.`,
        view,
      ),
    );
    return "stay";
  }
  if (own.state !== "solved") own.state = "shown";
  session.keep();
  terminal.out(solutionLines(sheet, question, view));
  return "next";
}

function judge(session: QuizSession, question: Question, own: QuestionProgress, line: string, view: AnswerView): Step {
  const { sheet, progress, terminal } = session;
  const check = checkAnswer(sheet, question.id, line, {
    attempts: Math.max(own.misses, own.hints),
    earlier: answersBefore(sheet, progress, question),
  });
  terminal.out(answerText(check, line, view));
  if (check.verdict === "unreadable") return "stay";
  const key = keyOf(sheet, question, line);
  const isAgain = check.verdict !== "correct" && own.tried.includes(key);
  const hintsShown = question.hints.findIndex((_, i) => hintText(sheet, question, i) === check.hint) + 1;
  own.hints = Math.max(own.hints, hintsShown);
  if (isDone(own)) {
    if (own.state === "shown") terminal.out(paragraphText("The solution was shown, so this earns nothing.", view));
    return check.verdict === "correct" ? "next" : "stay";
  }
  const worth = own.verdict === null ? -1 : pointsFor(question, { verdict: own.verdict, slip: null });
  // Of two wrong answers the later counts, as the one that the learner goes on with.
  // What only says again what is asked is kept as an answer that earns nothing.
  const verdict = check.verdict === "form" && pointsFor(question, check) === 0 ? "wrong" : check.verdict;
  if (pointsFor(question, check) >= worth) Object.assign(own, { verdict, answer: line.trim() });
  if (check.verdict === "correct") own.state = "solved";
  else if (!isAgain) {
    own.misses += 1;
    own.tried = [...own.tried, key].slice(-MOST_TRIED);
  }
  session.keep();
  if (check.verdict === "correct") return "next";
  const again = isAgain ? "You gave this answer before; it does not count again. " : "";
  terminal.out(paragraphText(again + advice(question, own), view));
  return "stay";
}

/** An answer given again some dozens of answers later may count again. */
const MOST_TRIED = 50;

/** What equal answers share, however they are typed. */
function keyOf(sheet: Sheet, question: Question, line: string): string {
  return answerKey(sheet, question.id, line) ?? line.replaceAll(/\s+/g, " ").trim();
}

function advice(question: Question, own: QuestionProgress): string {
  const half = own.verdict === "form" || own.verdict === "close" ? "Half the points are yours. " : "";
  const words = [
    ...(own.hints < question.hints.length ? ["hint"] : []),
    "skip",
    ...(own.misses >= MISSES_BEFORE_SOLUTION ? ["show (which gives up the points)"] : []),
  ];
  return `${half}Try again, or type ${words.join(", ").replace(/, ([^,]+)$/, " or $1")}.`;
}

function answersBefore(sheet: Sheet, progress: QuizProgress, question: Question): Readonly<Record<string, string>> {
  const before = sheet.questions.slice(0, sheet.questions.indexOf(question));
  return Object.fromEntries(
    before.flatMap(({ id }) => {
      const answer = progress.questions.get(id)?.answer ?? null;
      return answer === null ? [] : [[id, answer]];
    }),
  );
}

/** What was reached: every question with its points, and their sum. */
export function quizSummary({ sheet, progress, terminal }: Omit<QuizSession, "keep">): string {
  const { rows, points, most } = quizTable(sheet, progress, answerView(terminal).width);
  return `\n${rows}\n${scoreText(points, most)}\n`;
}
