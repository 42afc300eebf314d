import { jsonText } from "./json-text.ts";
import { type AnswerCheck, checkAnswers, pointsFor, type Sheet } from "../exercise/index.ts";
import { nearest } from "../network/nearest.ts";
import { answerView } from "./answer-text.ts";
import { readAnswersFile } from "./answers-file.ts";
import { answerJson } from "./check-json.ts";
import type { ExitCode } from "./command.ts";
import { pointsText, scoreText } from "./points-text.ts";
import { printable } from "./printable.ts";
import type { SheetSubject } from "./sheet-subject.ts";
import type { Terminal } from "./terminal.ts";
import { tableWithTexts } from "./text-table.ts";

/** `check SHEET --answers FILE`: each answer's verdict and points, and their sum. */
export function checkLearner({ sheet }: SheetSubject, path: string, isJson: boolean, terminal: Terminal): ExitCode {
  const { name, answers } = readAnswersFile(path);
  const { checks, unanswered, unknown, points, most } = checkAnswers(sheet, answers);
  const isRight = unanswered.length === 0 && checks.every(({ verdict }) => verdict === "correct");
  if (isJson) {
    const judged = checks.map((check) => ({ ...answerJson(check), points: earned(sheet, check) }));
    terminal.out(`${jsonText({ name, checks: judged, unanswered, unknown, points, most })}\n`);
    return isRight ? 0 : 1;
  }
  const byId = new Map(checks.map((check) => [check.question, check]));
  const rows = sheet.questions.map((question) => {
    const check = byId.get(question.id);
    const got = check === undefined ? 0 : pointsFor(question, check);
    const of = `${pointsText(got)}/${pointsText(question.points)}`;
    return [question.id, check?.verdict ?? "no answer", of, printable(check?.message ?? "")];
  });
  const { width } = answerView(terminal);
  const table = tableWithTexts([["question", "verdict", "points", "message"], ...rows], width);
  terminal.out(`${printable(name)}: ${printable(sheet.title)}\n\n${table}\n${scoreText(points, most)}\n`);
  const ids = sheet.questions.map(({ id }) => id);
  for (const id of unknown) {
    terminal.err(`note: ${path}: "${printable(id)}" is no question of the sheet.${nearest(id, ids)}\n`);
  }
  return isRight ? 0 : 1;
}

function earned(sheet: Sheet, check: AnswerCheck): number {
  const question = sheet.questions.find(({ id }) => id === check.question);
  return question === undefined ? 0 : pointsFor(question, check);
}
