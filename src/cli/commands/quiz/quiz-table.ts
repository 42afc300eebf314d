import type { QuestionProgress, QuizScore } from "../../../exercise/index.ts";
import { fittingTable } from "../../framework/text-table.ts";
import { pointsText } from "../tables/points-text.ts";

/** The questions of a quiz with what they earned, in lines of at most `width` characters. */
export function quizTable({ questions }: QuizScore, width: number): string {
  const rows = questions.map(({ question, progress, answers, points }) => [
    question.id,
    progress === null ? "" : standing(progress),
    answers === 0 ? "" : `${answers} ${answers === 1 ? "answer" : "answers"}`,
    `${pointsText(points)}/${pointsText(question.points)}`,
  ]);
  const heading = ["question", "", "", "points"];
  return fittingTable([heading, ...rows], ["left", "left", "left", "right"], width);
}

function standing({ state, verdict }: QuestionProgress): string {
  if (state === "shown") return "solution shown";
  if (state === "solved" || verdict !== null) return verdict ?? "";
  return state === "skipped" ? "skipped" : "open";
}
