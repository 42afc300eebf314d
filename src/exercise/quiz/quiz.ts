import { pointsFor } from "../answers/check-answers.ts";
import { prepare, type PreparedQuestion } from "../answers/prepare.ts";
import { hintText } from "../prose/author-words.ts";
import type { Question, Sheet } from "../sheet.ts";
import type { AnswerCheck, CheckOptions } from "../verdict.ts";
import { freshProgress, isDone, type QuestionProgress, type QuizProgress, withQuestion } from "./progress.ts";

/**
 * A quiz at one moment: a sheet, and how far somebody is with it. It is a value: `quizStep` gives the next one, and whoever
 * shows it, in a terminal or on a page, keeps what it likes.
 */
export interface Quiz {
  readonly sheet: Sheet;
  /** `current` is the question that is asked; null at the end. */
  readonly progress: QuizProgress;
}

/** What a learner does. */
export type QuizInput =
  /** Answers; `key` is what equal answers share (`PreparedQuestion.answerKey`). `answered` makes this of a text. */
  | { readonly kind: "answer"; readonly text: string; readonly check: AnswerCheck; readonly key: string | null }
  /** Asks for the next hint, or for the solution. */
  | { readonly kind: "hint" | "solution" }
  /** Goes to the next open question, or to the one before. */
  | { readonly kind: "skip" | "back" };

/** What is to be shown after a step. */
export type QuizEvent =
  | { readonly kind: "judged"; readonly check: AnswerCheck }
  /** After an answer that was not correct. */
  | {
      readonly kind: "again";
      /** The same answer was given before, and does not count again. */
      readonly isRepeated: boolean;
      /** Half of the points are earned. */
      readonly hasHalf: boolean;
      readonly hasHint: boolean;
      readonly hasSolution: boolean;
    }
  /** The question was given up before: an answer to it earns nothing. */
  | { readonly kind: "earnsNothing" }
  /** Null: there is none, or none more (`hadHints`). */
  | { readonly kind: "hint"; readonly text: string | null; readonly hadHints: boolean }
  /** Null where none is known. */
  | { readonly kind: "solution"; readonly question: Question; readonly text: string | null }
  /** The solution is shown after so many answers more. */
  | { readonly kind: "solutionLater"; readonly answersLeft: number }
  | { readonly kind: "isFirst" }
  /** Another question is asked; null at the end. */
  | { readonly kind: "moved"; readonly question: Question | null };

/** A quiz after a step, and what is to be shown. */
export interface QuizStep {
  readonly quiz: Quiz;
  readonly events: readonly QuizEvent[];
}

/** So many answers that were not correct make the solution available. */
export const MISSES_BEFORE_SOLUTION = 2;
/** An answer given again some dozens of answers later may count again. */
const MOST_TRIED = 50;

/** A quiz from where a learner left off: the question asked last, if it is still open, else the first open one, else none. */
export function startQuiz(sheet: Sheet, progress: QuizProgress = freshProgress(sheet)): Quiz {
  const { current, questions } = progress;
  const isOpen = current !== null && questions.has(current) && !isDone(questions.get(current));
  return { sheet, progress: isOpen ? progress : { ...progress, current: nextOpen(sheet, progress, 0) } };
}

/** The question that is asked; null at the end. */
export function currentQuestion({ sheet, progress }: Quiz): Question | null {
  return sheet.questions.find(({ id }) => id === progress.current) ?? null;
}

/** With what `check` is to judge an answer to the current question: hints by misses, and what follows from earlier answers. */
export function checkOptionsFor(quiz: Quiz): CheckOptions {
  const { sheet, progress } = quiz;
  const at = sheet.questions.findIndex(({ id }) => id === progress.current);
  const own = progress.questions.get(progress.current ?? "");
  const earlier = sheet.questions.slice(0, Math.max(0, at)).flatMap(({ id }) => {
    const answer = progress.questions.get(id)?.answer ?? null;
    return answer === null ? [] : [[id, answer] as const];
  });
  return { attempts: Math.max(own?.misses ?? 0, own?.hints ?? 0), earlier: Object.fromEntries(earlier) };
}

/** A typed answer to the current question, judged: the input of `quizStep`. */
export function answered(quiz: Quiz, text: string, question: PreparedQuestion): QuizInput {
  return { kind: "answer", text, check: question.check(text, checkOptionsFor(quiz)), key: question.answerKey(text) };
}

/** The quiz after what a learner did, and what is to be shown. At the end nothing changes any more. */
export function quizStep(quiz: Quiz, input: QuizInput): QuizStep {
  const question = currentQuestion(quiz);
  const own = quiz.progress.questions.get(question?.id ?? "");
  if (question === null || own === undefined) return { quiz, events: [] };
  switch (input.kind) {
    case "answer":
      return judged(quiz, question, own, input);
    case "hint":
      return hinted(quiz, question, own);
    case "solution":
      return solved(quiz, question, own);
    case "skip":
      return moved(own.state === "open" ? changed(quiz, question, { state: "skipped" }) : quiz, []);
    case "back":
      return back(quiz, question);
  }
}

function judged(
  quiz: Quiz,
  question: Question,
  own: QuestionProgress,
  { text, check, key }: Extract<QuizInput, { kind: "answer" }>,
): QuizStep {
  const event: QuizEvent = { kind: "judged", check };
  const isCorrect = check.verdict === "correct";
  if (check.verdict === "unreadable") return { quiz, events: [event] };
  const hintsShown = question.hints.findIndex((_, i) => hintText(quiz.sheet, question, i) === check.hint) + 1;
  const hints = Math.max(own.hints, hintsShown);
  if (isDone(own)) {
    const events = own.state === "shown" ? [event, { kind: "earnsNothing" } as const] : [event];
    return isCorrect ? moved(quiz, events) : { quiz: changed(quiz, question, { hints }), events };
  }
  // What equal answers share, however they are typed.
  const tried = key ?? text.replaceAll(/\s+/g, " ").trim();
  const isRepeated = !isCorrect && own.tried.includes(tried);
  const points = pointsFor(question, check);
  const best = own.verdict === null ? -1 : pointsFor(question, { verdict: own.verdict, slip: null });
  // What only says again what is asked is kept as an answer that earns nothing.
  const verdict = check.verdict === "form" && points === 0 ? "wrong" : check.verdict;
  const after: QuestionProgress = {
    ...own,
    hints,
    // Of two wrong answers the later counts, as the one that the learner goes on with.
    ...(points >= best ? { verdict, answer: text.trim() } : {}),
    ...(isCorrect ? { state: "solved" as const } : {}),
    ...(isCorrect || isRepeated ? {} : { misses: own.misses + 1, tried: [...own.tried, tried].slice(-MOST_TRIED) }),
  };
  const next = changed(quiz, question, after);
  if (isCorrect) return moved(next, [event]);
  const again: QuizEvent = {
    kind: "again",
    isRepeated,
    hasHalf: after.verdict === "form" || after.verdict === "close",
    hasHint: after.hints < question.hints.length,
    hasSolution: after.misses >= MISSES_BEFORE_SOLUTION,
  };
  return { quiz: next, events: [event, again] };
}

function hinted(quiz: Quiz, question: Question, own: QuestionProgress): QuizStep {
  const text = hintText(quiz.sheet, question, own.hints);
  const event: QuizEvent = { kind: "hint", text, hadHints: question.hints.length > 0 };
  return { quiz: text === null ? quiz : changed(quiz, question, { hints: own.hints + 1 }), events: [event] };
}

function solved(quiz: Quiz, question: Question, own: QuestionProgress): QuizStep {
  if (!isDone(own) && own.misses < MISSES_BEFORE_SOLUTION) {
    return { quiz, events: [{ kind: "solutionLater", answersLeft: MISSES_BEFORE_SOLUTION - own.misses }] };
  }
  const after = own.state === "solved" ? quiz : changed(quiz, question, { state: "shown" });
  return moved(after, [{ kind: "solution", question, text: prepare(quiz.sheet).question(question.id).solution() }]);
}

function back(quiz: Quiz, question: Question): QuizStep {
  const before = quiz.sheet.questions[quiz.sheet.questions.indexOf(question) - 1];
  if (before === undefined) return { quiz, events: [{ kind: "isFirst" }] };
  return { quiz: asking(quiz, before.id), events: [{ kind: "moved", question: before }] };
}

/** On to the next open question after the current one; to the end where there is none. */
function moved(quiz: Quiz, events: readonly QuizEvent[]): QuizStep {
  const { sheet, progress } = quiz;
  const at = sheet.questions.findIndex(({ id }) => id === progress.current);
  const next = asking(quiz, nextOpen(sheet, progress, at + 1));
  return { quiz: next, events: [...events, { kind: "moved", question: currentQuestion(next) }] };
}

function asking(quiz: Quiz, current: string | null): Quiz {
  return { ...quiz, progress: { ...quiz.progress, current } };
}

function changed(quiz: Quiz, { id }: Question, change: Partial<QuestionProgress>): Quiz {
  return { ...quiz, progress: withQuestion(quiz.progress, id, change) };
}

/** Id of the first question from `from` on that is neither solved nor shown; null when there is none. */
function nextOpen(sheet: Sheet, { questions }: QuizProgress, from: number): string | null {
  return sheet.questions.slice(from).find(({ id }) => !isDone(questions.get(id)))?.id ?? null;
}
