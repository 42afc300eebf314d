import { jsonText } from "../../framework/json-text.ts";
import { OptionError } from "../../../errors.ts";
import {
  answersForm,
  type Sheet,
  sheetQuestions,
  sheetToHtml,
  sheetToLatex,
  sheetToText,
} from "../../../exercise/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { ExitCode } from "../../framework/command.ts";
import { readSheet } from "./sheet-subject.ts";
import { sheetSource } from "./sheet-source.ts";
import { sheetFormats } from "./sheet-formats.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** Lines longer than this are hard to read. */
const WIDEST = 100;

/** Runs the command `sheet`. */
export function run(args: Arguments, terminal: Terminal): ExitCode {
  const asked = args.choice("format", [...sheetFormats, "json"]);
  const format = asked === "json" ? "text" : asked;
  const solutions = args.flag("solutions");
  if (solutions && (format === "markdown" || format === "answers")) {
    throw new OptionError({
      where: "--solutions",
      expected: "text, html or latex with it",
      got: `--format ${format}`,
      advice: "Leave one out.",
    });
  }
  const text = format === "markdown" ? sheetSource(args, terminal) : shownSheet(args, format, solutions, terminal);
  if (format === "text" || args.flag("json")) terminal.out(text);
  else terminal.data(text);
  return 0;
}

type ShownFormat = Exclude<(typeof sheetFormats)[number], "markdown">;

function shownSheet(args: Arguments, format: ShownFormat, solutions: boolean, terminal: Terminal): string {
  const { sheet } = readSheet("sheet", args);
  if (args.flag("json")) return `${jsonText(sheetJson(sheet, solutions))}\n`;
  return written(sheet, format, solutions, terminal);
}

function written(sheet: Sheet, format: ShownFormat, solutions: boolean, terminal: Terminal): string {
  switch (format) {
    case "text":
      return sheetToText(sheet, {
        solutions,
        width: terminal.isOutWatched ? Math.min(terminal.columns(), WIDEST) : WIDEST,
      });
    case "html":
      return sheetToHtml(sheet, { solutions });
    case "latex":
      return sheetToLatex(sheet, { solutions });
    case "answers":
      return answersForm(sheet);
  }
}

/** For programs: what is asked, in the sheet's own notation. */
function sheetJson(sheet: Sheet, solutions: boolean): unknown {
  return {
    title: sheet.title,
    seed: sheet.seed,
    questions: sheetQuestions(sheet, { solutions }).map(({ question, solution }) => ({
      id: question.id,
      kind: question.kind,
      points: question.points,
      text: question.text.text,
      ...("asks" in question ? { asks: question.asks?.text ?? null } : {}),
      ...("decimals" in question ? { decimals: question.decimals } : {}),
      ...("choices" in question ? { choices: question.choices.map(({ text }) => text.text) } : {}),
      ...(solutions ? { solution } : {}),
    })),
  };
}
