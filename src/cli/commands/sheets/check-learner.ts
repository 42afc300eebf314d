import { jsonText } from "../../framework/json-text.ts";
import { DataError, internalError } from "../../../errors.ts";
import {
  type AnswerCheck,
  checkAnswers,
  isVariant,
  prepare,
  pointsFor,
  type Question,
  type Sheet,
} from "../../../exercise/index.ts";
import { nearest } from "../../../network/nearest.ts";
import { answerView } from "./answer-text.ts";
import { readAnswersFile } from "../../files/answers-file.ts";
import type { CheckFormat } from "./check-formats.ts";
import { answerJson } from "../../../exercise/results/answer-json.ts";
import type { ExitCode } from "../../framework/command.ts";
import { printedMinus } from "../../../page/minus-signs.ts";
import { pointsText, scoreText } from "../tables/points-text.ts";
import { noteLine, printable } from "../../framework/printable.ts";
import { sheetHash } from "../../../exercise/quiz/progress.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { tableWithTexts } from "../../framework/text-table.ts";
import type { Shown } from "../../framework/styled-text.ts";

/** How a learner's answers are checked. */
export interface LearnerOptions {
  readonly format: Exclude<CheckFormat, "csv">;
  /** That of `--seed`; null where it was not given. */
  readonly seed: number | null;
  /** Where the result goes. */
  readonly write: (text: Shown) => void;
}

/** `check SHEET --answers FILE`: each answer's verdict and points, and their sum. */
export function checkLearner(base: Sheet, path: string, options: LearnerOptions, terminal: Terminal): ExitCode {
  const { name, answers, seed, shown = [], byValue = [], quiz } = readAnswersFile(path);
  if (quiz !== null && quiz.title !== base.title) {
    throw new DataError(
      `${path}: expected answers to "${printable(base.title)}", got the progress of the quiz "${printable(quiz.title)}". Name its sheet.`,
    );
  }
  if (quiz !== null && quiz.hash !== sheetHash(base.source)) {
    terminal.err(noteLine(`${path}: the sheet has changed since this quiz; judged by the sheet as it is`));
  }
  if (seed !== null && options.seed !== null && seed !== options.seed) {
    terminal.err(noteLine(`${path}: judged by seed ${seed}, which stands in the file, not by --seed ${options.seed}`));
  }
  const sheet = seed === null ? base : prepare(base).variant(seed).sheet;
  const { checks, unanswered, unknown, points, most } = checkAnswers(sheet, answers, { shown, byValue });
  const isRight = unanswered.length === 0 && checks.every(({ verdict }) => verdict === "correct");
  const earned = (question: Question, check: AnswerCheck): number =>
    shown.includes(question.id) ? 0 : pointsFor(question, check);
  if (options.format === "json") {
    const judged = checks.map((check) => {
      const question = questionOf(sheet, check.question);
      return { ...answerJson(check), points: earned(question, check) };
    });
    const result = { name, seed: sheet.seed, checks: judged, unanswered, unknown, points, most };
    options.write(`${jsonText(result)}\n`);
    return isRight ? 0 : 1;
  }
  const byId = new Map(checks.map((check) => [check.question, check]));
  const rows = sheet.questions.map((question) => {
    const check = byId.get(question.id);
    const got = check === undefined ? 0 : earned(question, check);
    const of = `${pointsText(got)}/${pointsText(question.points)}`;
    return [question.id, check?.verdict ?? "no answer", of, printable(learnerWords(check, shown))];
  });
  const { width } = answerView(terminal);
  const table = tableWithTexts([["question", "verdict", "points", "message"], ...rows], width);
  const which = isVariant(sheet) ? `, variant ${sheet.seed}` : "";
  options.write(`${printable(name)}: ${printable(sheet.title)}${which}\n\n${table}\n${scoreText(points, most)}\n`);
  const ids = sheet.questions.map(({ id }) => id);
  for (const id of unknown) {
    terminal.err(noteLine(`${path}: "${printable(id)}" is no question of the sheet.${nearest(id, ids)}`));
  }
  return isRight ? 0 : 1;
}

/** What a learner is told of an answer. */
function learnerWords(check: AnswerCheck | undefined, shown: readonly string[]): string {
  if (check === undefined) return "";
  if (shown.includes(check.question)) return "The solution was shown: no points.";
  return printedMinus(check.message);
}

function questionOf(sheet: Sheet, id: string): Question {
  const question = sheet.questions.find((each) => each.id === id);
  if (question === undefined) throw internalError(`check: no question ${id}.`);
  return question;
}
