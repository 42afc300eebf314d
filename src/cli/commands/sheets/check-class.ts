import { jsonText } from "../../framework/json-text.ts";
import { groupAnswers, type LearnerCheck, type Sheet } from "../../../exercise/index.ts";
import { DataError } from "../../../errors.ts";
import { answerView } from "./answer-text.ts";
import type { CheckFormat } from "./check-formats.ts";
import { classCsv } from "./class-csv.ts";
import { type ClassFolder, readClassFolder } from "./class-folder.ts";
import { classJson } from "../../../exercise/results/class-json.ts";
import type { ClassReport } from "../../../exercise/results/class-report.ts";
import { classText } from "./class-text.ts";
import type { ExitCode } from "../../framework/command.ts";
import { noteLine, printable } from "../../framework/printable.ts";
import { sheetHash } from "../../../exercise/quiz/progress.ts";
import { shortList } from "../../framework/short-list.ts";
import type { Terminal } from "../../framework/terminal.ts";
import type { Shown } from "../../framework/styled-text.ts";

/** How a class is checked. */
export interface ClassOptions {
  readonly format: CheckFormat;
  /** That of `--seed`; null where it was not given. */
  readonly seed: number | null;
  /** Where the result goes. */
  readonly write: (text: Shown) => void;
}

/** `check SHEET --class FOLDER`: who answered what, how each question went, and its wrong answers, equal ones together. */
export function checkClass(sheet: Sheet, path: string, options: ClassOptions, terminal: Terminal): ExitCode {
  const report = classReport(sheet, readClassFolder(path), options.seed);
  for (const { message } of report.leftOut) terminal.err(noteLine(`left out: ${printable(message)}`));
  for (const note of report.notes) terminal.err(noteLine(printable(note)));
  if (report.learners.length === 0) {
    throw new DataError({
      where: path,
      expected: "files with answers",
      got: "none that can be read",
      advice: "Correct them.",
    });
  }
  options.write(written(sheet, report, options.format, terminal));
  return report.leftOut.length === 0 ? 0 : 1;
}

function written(sheet: Sheet, report: ClassReport, format: CheckFormat, terminal: Terminal): string {
  switch (format) {
    case "text":
      return classText(report, answerView(terminal));
    case "csv":
      return classCsv(sheet, report);
    case "json":
      return `${jsonText(classJson(report))}\n`;
  }
}

/** Judges what a folder holds. */
function classReport(sheet: Sheet, folder: ClassFolder, seed: number | null): ClassReport {
  const foreign = folder.learners.flatMap((learner) => {
    const message = whyForeign(sheet, learner);
    return message === null ? [] : [{ file: learner.file, message: `${learner.file}: ${message}` }];
  });
  const own = folder.learners.filter(({ file }) => foreign.every((each) => each.file !== file));
  const counts = new Map<string, number>();
  for (const { name } of own) counts.set(name, (counts.get(name) ?? 0) + 1);
  const named = own.map((learner) => ({
    ...learner,
    name: (counts.get(learner.name) ?? 0) > 1 ? `${learner.name} (${learner.file})` : learner.name,
  }));
  const result = groupAnswers(sheet, named);
  const learners = result.learners.map((each, i) => ({ ...each, file: named[i]?.file ?? "" }));
  const failed = learners.flatMap(({ file, problem }) =>
    problem === null ? [] : [{ file, message: `${file}: ${problem}` }],
  );
  const leftOut = [...folder.leftOut, ...foreign, ...failed];
  return {
    ...result,
    title: sheet.title,
    learners: learners.filter(({ problem }) => problem === null),
    leftOut: leftOut.sort((left, right) => (left.file < right.file ? -1 : 1)),
    notes: [
      ...notesOf(sheet, named, counts, seed),
      ...unknownNotes(learners),
      ...notJudged(learners),
      ...otherFiles(folder.others),
    ],
  };
}

/** Answers whose question, or the judge, failed: no fault of the learners. */
function notJudged(learners: readonly LearnerCheck[]): readonly string[] {
  return learners.flatMap(({ name, answers }) =>
    answers.flatMap(({ question, slip, message }) =>
      slip === "not-judged" ? [`the answer of "${name}" to "${question}" was not judged: ${message}`] : [],
    ),
  );
}

/** Why answers are none to this sheet; null when they are, or there are none. */
function whyForeign(sheet: Sheet, { answers, quiz }: ClassFolder["learners"][number]): string | null {
  if (quiz !== null && quiz.title !== sheet.title) {
    return `expected answers to "${sheet.title}", got the progress of the quiz "${quiz.title}". Take it out.`;
  }
  const ids = Object.keys(answers);
  if (ids.length === 0 || sheet.questions.some(({ id }) => ids.includes(id))) return null;
  const [expected, got] = [sheet.questions.map(({ id }) => id), ids].map((names) => shortList(names, 3));
  return `expected answers to questions of "${sheet.title}" (${expected}), got none of them, but ${got}. Take it out.`;
}

function notesOf(
  sheet: Sheet,
  learners: ClassFolder["learners"],
  counts: ReadonlyMap<string, number>,
  seed: number | null,
): readonly string[] {
  const twice = [...counts].filter(([, count]) => count > 1).map(([name]) => name);
  const hash = sheetHash(sheet.source);
  const changed = learners.filter(({ quiz }) => quiz !== null && quiz.hash !== hash).map(({ file }) => file);
  const seeded = seed === null ? [] : learners.filter((each) => each.seed !== null && each.seed !== seed);
  return [
    ...twice.map((name) => `more than one file is by "${name}"; each counts, with the name of its file`),
    ...(changed.length === 0
      ? []
      : [`the sheet has changed since these quizzes; judged by the sheet as it is: ${shortList(changed, 5)}`]),
    ...(seeded.length === 0
      ? []
      : [
          `--seed ${seed ?? ""} is for files that name no seed; these do: ${shortList(
            seeded.map(({ file }) => file),
            5,
          )}`,
        ]),
  ];
}

function unknownNotes(learners: readonly LearnerCheck[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { name, unknown } of learners) for (const id of unknown) names.set(id, [...(names.get(id) ?? []), name]);
  return [...names].map(([id, who]) => `"${id}" is no question of the sheet; answered by ${shortList(who, 5)}`);
}

function otherFiles(others: readonly string[]): readonly string[] {
  return others.length === 0 ? [] : [`not read, as they are not *.json: ${shortList(others, 5)}`];
}
