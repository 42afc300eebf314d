import { join } from "node:path";
import { BackpassError, DataError } from "../../../errors.ts";
import {
  currentQuestion,
  freshProgress,
  type Quiz,
  type QuizProgress,
  sheetHash,
  startQuiz,
} from "../../../exercise/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { ExitCode } from "../../framework/command.ts";
import { heedingInterrupts } from "../../framework/interrupts.ts";
import { noteLine, printable } from "../../framework/printable.ts";
import { keepProgress, readProgress, setAside } from "../../files/quiz-file.ts";
import { quizSummary, runQuiz } from "./quiz-session.ts";
import { kindOfPath } from "../../framework/read-file.ts";
import { readSheet, type SheetSubject } from "../sheets/sheet-subject.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** Runs the command `quiz`. */
export async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const seed = args.given("seed") === null ? null : args.wholeNumber("seed", 0);
  const first = readSheet("quiz", args, seed ?? 1);
  if (first.sheet.questions.length === 0) {
    throw new DataError(
      `${args.operand}: expected a sheet with questions, got one without any. Read it with backpass sheet.`,
    );
  }
  const path = args.given("progress") ?? join(".backpass", `quiz-${fileName(first.name)}.json`);
  const { subject, progress, notes } = begin(first, args, seed, path);
  const { sheet } = subject;
  const begun = startQuiz(sheet, { ...progress, name: args.given("name")?.trim() || progress.name });
  for (const note of notes) terminal.err(noteLine(note));
  terminal.out(`${printable(sheet.title)}\n`);
  const isResumed = [...progress.questions.values()].some(({ state, misses }) => state !== "open" || misses > 0);
  if (currentQuestion(begun) === null) {
    terminal.out(quizSummary(begun, terminal));
    terminal.out("Every question is answered. --restart begins anew.\n");
    return 0;
  }
  terminal.out(
    isResumed ? "You go on where you left off; help lists what you can type.\n" : "Type help for what you can type.\n",
  );
  const keeper = keeperOf(path, subject, terminal);
  const { quiz, end } = await heedingInterrupts(terminal, () => runQuiz(begun, { keep: keeper.keep, terminal }));
  terminal.out(quizSummary(quiz, terminal));
  const isOpen = currentQuestion(startQuiz(sheet, quiz.progress)) !== null;
  if (keeper.isKept()) {
    terminal.out(
      `Progress is kept in ${printable(path)}; ${isOpen ? "the same command goes on" : "--restart begins anew"}.\n`,
    );
  }
  return end === "interrupted" ? 130 : 0;
}

/** What of a sheet's name may stand in that of a file anywhere. */
function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, "-");
}

interface Beginning {
  readonly subject: SheetSubject;
  readonly progress: QuizProgress;
  readonly notes: readonly string[];
}

/** Takes up what was kept, where it belongs to this sheet; what it replaces is set aside. */
function begin(first: SheetSubject, args: Arguments, seed: number | null, path: string): Beginning {
  const fresh = (notes: readonly string[]): Beginning => ({
    subject: first,
    progress: freshProgress(first.sheet),
    notes,
  });
  const isThere = kindOfPath(path) !== "nothing";
  if (args.flag("restart")) return fresh(isThere ? [`what was kept before is in ${setAside(path)}`] : []);
  const kept = readProgress(path);
  if (kept === null) return fresh([]);
  const isSame = kept.hash === sheetHash(first.sheet.source);
  if (isSame && (seed === null || seed === kept.seed)) {
    const subject = kept.seed === first.sheet.seed ? first : readSheet("quiz", args, kept.seed);
    const progress = kept.of(subject.sheet);
    if (progress !== null) return { subject, progress, notes: [] };
  }
  if (kept.title !== first.sheet.title) {
    const aside = setAside(path);
    return fresh([
      `${path} is the progress of another sheet, "${printable(kept.title)}"; it is now in ${aside}, and this quiz begins`,
    ]);
  }
  const what = isSame ? `kept progress has seed ${kept.seed}, not ${seed ?? 1}` : "the sheet has changed since";
  return fresh([`${what}: the quiz starts over; what was kept before is in ${setAside(path)}`]);
}

/** Keeps progress; where it cannot be written, says so once, and the quiz goes on. */
function keeperOf(
  path: string,
  { sheet }: SheetSubject,
  terminal: Terminal,
): { keep: (quiz: Quiz) => void; isKept: () => boolean } {
  let isKept = true;
  const keep = (quiz: Quiz): void => {
    if (!isKept) return;
    try {
      keepProgress(path, sheet, quiz.progress);
    } catch (error) {
      if (!(error instanceof BackpassError)) throw error;
      isKept = false;
      terminal.err(noteLine(`progress is not kept: ${error.message}`));
    }
  };
  return { keep, isKept: () => isKept };
}
