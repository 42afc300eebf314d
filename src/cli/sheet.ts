import { type Sheet, sheetQuestions, sheetToHtml, sheetToLatex, sheetToText } from "../exercise/index.ts";
import type { Arguments } from "./arguments.ts";
import type { ExitCode } from "./command.ts";
import { readSheet } from "./sheet-subject.ts";
import { sheetFormats } from "./sheet-formats.ts";
import type { Terminal } from "./terminal.ts";
import { writeFileAtomically } from "./write-file.ts";

/** Lines longer than this are hard to read. */
const WIDEST = 100;

/** Runs the command `sheet`. */
export function run(args: Arguments, terminal: Terminal): ExitCode {
  const format = args.choice("format", sheetFormats);
  const { sheet } = readSheet("sheet", args);
  const solutions = args.flag("solutions");
  const text = args.flag("json")
    ? `${JSON.stringify(sheetJson(sheet, solutions))}\n`
    : written(sheet, format, solutions, terminal);
  const out = args.given("out");
  if (out !== null) writeFileAtomically(out, new TextEncoder().encode(text));
  else if (format === "text" || args.flag("json")) terminal.out(text);
  else terminal.data(text);
  return 0;
}

function written(sheet: Sheet, format: (typeof sheetFormats)[number], solutions: boolean, terminal: Terminal): string {
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
