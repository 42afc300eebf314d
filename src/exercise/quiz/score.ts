import { mostPoints, pointsFor } from "../answers/check-answers.ts";
import type { Question } from "../sheet.ts";
import type { QuestionProgress } from "./progress.ts";
import type { Quiz } from "./quiz.ts";

/** What a question of a quiz earned. */
export interface QuestionScore {
  readonly question: Question;
  readonly progress: QuestionProgress | null;
  /** Answers that could be read, the correct one among them. */
  readonly answers: number;
  readonly points: number;
}

/** What was reached in a quiz: every question in the order of the sheet, and the sums. */
export interface QuizScore {
  readonly questions: readonly QuestionScore[];
  readonly points: number;
  /** What all questions are worth. */
  readonly most: number;
}

/** The points of a quiz so far. A question whose solution was shown earns nothing. */
export function quizScore({ sheet, progress }: Quiz): QuizScore {
  const questions = sheet.questions.map((question): QuestionScore => {
    const own = progress.questions.get(question.id) ?? null;
    const isEarning = own !== null && own.verdict !== null && own.state !== "shown";
    return {
      question,
      progress: own,
      answers: own === null ? 0 : own.misses + (own.state === "solved" ? 1 : 0),
      points: isEarning ? pointsFor(question, { verdict: own.verdict, slip: null }) : 0,
    };
  });
  const points = questions.reduce((sum, each) => sum + each.points, 0);
  return { questions, points, most: mostPoints(sheet) };
}
