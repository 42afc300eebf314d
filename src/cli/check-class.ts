import { jsonText } from "./json-text.ts";
import { type AnswerGroup, type ClassCheck, groupAnswers, type Sheet } from "../exercise/index.ts";
import { DataError } from "../errors.ts";
import { type AnswerView, answerView, paragraph, paragraphText } from "./answer-text.ts";
import { readClassFolder } from "./answers-file.ts";
import type { ExitCode } from "./command.ts";
import { pointsText } from "./points-text.ts";
import { printable, shortened } from "./printable.ts";
import type { SheetSubject } from "./sheet-subject.ts";
import { shortList } from "./short-list.ts";
import type { Terminal } from "./terminal.ts";
import { textTable } from "./text-table.ts";

/** `check SHEET --class FOLDER`: how each question went, and its wrong answers, equal ones together. */
export function checkClass({ sheet }: SheetSubject, path: string, isJson: boolean, terminal: Terminal): ExitCode {
  const { learners, badFiles } = readClassFolder(path);
  for (const { message } of badFiles) terminal.err(`note: left out: ${printable(message)}\n`);
  if (learners.length === 0) {
    throw new DataError(`${path}: expected files with answers, got none that can be read. Correct them.`);
  }
  const result = groupAnswers(sheet, learners);
  if (isJson) {
    terminal.out(`${jsonText({ title: sheet.title, ...result, unknown: unknownIds(sheet, learners), badFiles })}\n`);
  } else {
    terminal.out(classText(sheet, result, answerView(terminal)));
    for (const { id, names } of unknownIds(sheet, learners)) {
      const who = shortList(names.map(printable), 5);
      terminal.err(`note: "${printable(id)}" is no question of the sheet; answered by ${who}\n`);
    }
  }
  return badFiles.length === 0 ? 0 : 1;
}

function unknownIds(
  sheet: Sheet,
  learners: ReturnType<typeof readClassFolder>["learners"],
): readonly { readonly id: string; readonly names: readonly string[] }[] {
  const known = new Set(sheet.questions.map(({ id }) => id));
  const names = new Map<string, string[]>();
  for (const { name, answers } of learners) {
    for (const id of Object.keys(answers)) {
      if (!known.has(id)) names.set(id, [...(names.get(id) ?? []), name]);
    }
  }
  return [...names].map(([id, who]) => ({ id, names: who }));
}

function classText(sheet: Sheet, { questions, learners, most }: ClassCheck, view: AnswerView): string {
  const count = `${learners.length} ${learners.length === 1 ? "learner" : "learners"}`;
  const points = learners.map((learner) => learner.points).sort((left, right) => left - right);
  const median = pointsText(((points[(points.length - 1) >> 1] ?? 0) + (points[points.length >> 1] ?? 0)) / 2);
  const parts = questions
    .filter(({ groups }) => groups.length > 0)
    .map(({ question, groups }) => [question, ...groups.flatMap((group) => groupLines(group, view))].join("\n"));
  const head = `${printable(sheet.title)}: ${count}, median ${median} of ${pointsText(most)} points`;
  const what =
    parts.length === 0 ? "" : `\n${paragraphText("Wrong answers, equal ones together, the most common first", view)}`;
  const groups = parts.map((part) => `\n${part}\n`).join("");
  return `${paragraphText(head, view)}\n${countsText(questions, view)}${what}${groups}\n${pointsOfAll(learners, view)}`;
}

/** Each learner's points, in the order of their files. */
function pointsOfAll(learners: ClassCheck["learners"], { width }: AnswerView): string {
  const rows = learners.map(({ name, points }) => [shortened(name, Math.min(40, width - 10)), pointsText(points)]);
  return textTable([["learner", "points"], ...rows], ["left", "right"]);
}

/** A table of how many gave which kind of answer, or sentences, where the table is too wide. */
function countsText(questions: ClassCheck["questions"], view: AnswerView): string {
  const rows = questions.map(({ question, answered, counts }) => [
    question,
    ...[answered, counts.correct, counts.form, counts.close, counts.wrong, counts.unreadable].map(String),
  ]);
  const heading = ["question", "answered", "correct", "form", "close", "wrong", "unreadable"];
  const table = textTable([heading, ...rows], ["left", ...heading.slice(1).map(() => "right" as const)]);
  if (table.split("\n").every((line) => line.length <= view.width)) return table;
  return rows
    .map(([question = "", ...counts]) => {
      const told = counts.flatMap((count, k) => (count === "0" ? [] : [`${count} ${heading[k + 1] ?? ""}`]));
      return paragraphText(`${question}: ${told.join(", ") || "nobody answered"}`, view);
    })
    .join("");
}

const INDENT = 8;

function groupLines({ typed, count, names, message }: AnswerGroup, view: AnswerView): string[] {
  const width = view.width - INDENT;
  const who = shortList(
    names.map((name) => shortened(name, 40)),
    8,
  );
  const more = [
    ...(message === "" ? [] : paragraph(message, { ...view, width })),
    ...paragraph(who, { ...view, width }),
  ];
  return [
    `${`${count} ×`.padStart(INDENT - 2)}  ${shortened(typed, width)}`,
    ...more.map((line) => " ".repeat(INDENT) + line),
  ];
}
