import type { AnswerGroup, LearnerAnswer } from "../../../exercise/index.ts";
import { type AnswerView, paragraph, paragraphText, verdictMark } from "./answer-text.ts";
import type { ClassReport } from "../../../exercise/results/class-report.ts";
import { printedMinus } from "../../../page/minus-signs.ts";
import { pointsText } from "../tables/points-text.ts";
import { printable, shortened } from "../../framework/printable.ts";
import { shortList } from "../../framework/short-list.ts";
import { fittingTable, textTable } from "../../framework/text-table.ts";

/** A class for people: how each question went, its wrong answers, who answered what, and what was left out. */
export function classText(report: ClassReport, view: AnswerView): string {
  const { title, questions, learners, most } = report;
  const count = `${learners.length} ${learners.length === 1 ? "learner" : "learners"}`;
  const points = learners.map((learner) => learner.points).sort((left, right) => left - right);
  const median = pointsText(((points[(points.length - 1) >> 1] ?? 0) + (points[points.length >> 1] ?? 0)) / 2);
  const parts = questions
    .filter(({ groups }) => groups.length > 0)
    .map(({ question, groups }) => [question, ...groups.flatMap((group) => groupLines(group, view))].join("\n"));
  const head = `${title}: ${count}, median ${median} of ${pointsText(most)} points`;
  const what =
    parts.length === 0 ? "" : `\n${paragraphText("Wrong answers, equal ones together, the most common first", view)}`;
  const groups = parts.map((part) => `\n${part}\n`).join("");
  return [
    `${paragraphText(head, view)}\n${countsText(questions, view)}${what}${groups}`,
    answersOfAll(report, view),
    ...leftOutText(report, view),
  ].join("\n");
}

/** A table of how many gave which kind of answer, or sentences, where the table is too wide. */
function countsText(questions: ClassReport["questions"], view: AnswerView): string {
  const rows = questions.map(({ question, answered, counts }, i) => [
    String(i + 1),
    question,
    ...[answered, counts.correct, counts.form, counts.close, counts.wrong, counts.unreadable].map(String),
  ]);
  const heading = ["no.", "question", "answered", "correct", "form", "close", "wrong", "unreadable"];
  const table = textTable(
    [heading, ...rows],
    heading.map((_, k) => (k === 1 ? "left" : "right")),
  );
  if (table.split("\n").every((line) => line.length <= view.width)) return table;
  return rows
    .map(([number = "", question = "", ...counts]) => {
      const told = counts.flatMap((count, k) => (count === "0" ? [] : [`${count} ${heading[k + 2] ?? ""}`]));
      return paragraphText(`${number}. ${question}: ${told.join(", ") || "nobody answered"}`, view);
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
    ...(message === "" ? [] : paragraph(printedMinus(message), { ...view, width })),
    ...paragraph(who, { ...view, width }),
  ];
  return [
    `${`${count} ×`.padStart(INDENT - 2)}  ${shortened(typed, width)}`,
    ...more.map((line) => " ".repeat(INDENT) + line),
  ];
}

/** Marks stand in groups of so many, so that the number of a question is found. */
const GROUP = 5;

/** Who answered what: each learner's points and a mark for every question, in the order of their files. */
function answersOfAll({ questions, learners }: ClassReport, view: AnswerView): string {
  const numbers = questions.map((_, i) => i);
  const groups = numbers.filter((i) => i % GROUP === 0).map((start) => numbers.slice(start, start + GROUP));
  const isMixed = new Set(learners.map(({ seed }) => seed)).size > 1;
  const marksOf = (answers: readonly LearnerAnswer[]): readonly string[] =>
    groups.map((group) =>
      group
        .map((i) => {
          const given = answers.find(({ question }) => question === questions[i]?.question);
          return given === undefined ? noAnswer(view) : verdictMark(given.verdict, view);
        })
        .join(""),
    );
  const heading = ["learner", ...(isMixed ? ["seed"] : []), "points", ...groups.map(rangeText)];
  const rows = learners.map(({ name, seed, points, answers }) => [
    shortened(name, Math.min(40, view.width - 10)),
    ...(isMixed ? [String(seed)] : []),
    pointsText(points),
    ...marksOf(answers),
  ]);
  const marks = groups.map(() => "left" as const);
  const table = fittingTable(
    [heading, ...rows],
    ["left", ...(isMixed ? ["right" as const] : []), "right", ...marks],
    view.width,
  );
  const legend = [
    `${verdictMark("correct", view)} correct`,
    `${verdictMark("close", view)} form or close, half the points`,
    `${verdictMark("wrong", view)} wrong`,
    `${verdictMark("unreadable", view)} not understood`,
    `${noAnswer(view)} no answer`,
  ].join(", ");
  return `${paragraphText(`Who answered what: ${legend}`, view)}\n${table}`;
}

function noAnswer({ isUnicode }: AnswerView): string {
  return isUnicode ? "·" : ".";
}

/** `1-5`, by the numbers of the questions. */
function rangeText(group: readonly number[]): string {
  const [first = 0] = group;
  const last = group.at(-1) ?? first;
  return first === last ? String(first + 1) : `${first + 1}-${last + 1}`;
}

function leftOutText({ leftOut }: ClassReport, view: AnswerView): readonly string[] {
  if (leftOut.length === 0) return [];
  const lines = leftOut.flatMap(({ file, message }) => {
    const [first = "", ...rest] = paragraph(printable(message), { ...view, width: view.width - 4 });
    return [message.startsWith(file) ? first : `${printable(file)}: ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [`${paragraphText("Left out, by file", view)}\n${lines.join("\n")}\n`];
}
