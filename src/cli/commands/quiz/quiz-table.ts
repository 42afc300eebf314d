import { mostPoints, pointsFor, type Sheet } from "../../../exercise/index.ts";
import { pointsText } from "../tables/points-text.ts";
import type { QuestionProgress, QuizProgress } from "./quiz-progress.ts";
import { fittingTable } from "../../framework/text-table.ts";

/** The questions of a quiz with what they earned, in lines of at most `width` characters. */
export function quizTable(
  sheet: Sheet,
  progress: QuizProgress,
  width: number,
): { rows: string; points: number; most: number } {
  let points = 0;
  const rows = sheet.questions.map((question) => {
    const own = progress.questions.get(question.id);
    const earned =
      own?.verdict && own.state !== "shown" ? pointsFor(question, { verdict: own.verdict, slip: null }) : 0;
    points += earned;
    const answers = own === undefined ? 0 : own.misses + (own.state === "solved" ? 1 : 0);
    return [
      question.id,
      own === undefined ? "" : standing(own),
      answers === 0 ? "" : `${answers} ${answers === 1 ? "answer" : "answers"}`,
      `${pointsText(earned)}/${pointsText(question.points)}`,
    ];
  });
  const heading = ["question", "", "", "points"];
  const table = fittingTable([heading, ...rows], ["left", "left", "left", "right"], width);
  return { rows: table, points, most: mostPoints(sheet) };
}

function standing({ state, verdict }: QuestionProgress): string {
  if (state === "shown") return "solution shown";
  if (state === "solved" || verdict !== null) return verdict ?? "";
  return state === "skipped" ? "skipped" : "open";
}
