import { type Sheet, sheetQuestions, sheetToHtml, sheetToLatex, sheetToText } from "../exercise/index.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, ExitCode } from "./command.ts";
import { readSheet, sheetOperand, sheetSeedOption } from "./sheet-subject.ts";
import type { Terminal } from "./terminal.ts";
import { writeFileAtomically } from "./write-file.ts";

const formats = ["text", "html", "latex"] as const;

/** Lines longer than this are hard to read. */
const WIDEST = 100;

/** `backpass sheet SHEET`: a problem sheet to read or print. */
export const sheetCommand: Command = {
  name: "sheet",
  summary: "Print a problem sheet: as text, as a page, or for LaTeX; with or without its solutions",
  operands: [sheetOperand],
  options: [
    { name: "format", value: "NAME", description: `How to print it: ${formats.join(", ")}`, default: "text" },
    { name: "solutions", value: null, description: "With keys, numbers and right choices", default: null },
    sheetSeedOption,
    {
      name: "json",
      value: null,
      description: "Print one JSON object: the questions, as they are asked",
      default: null,
    },
    { name: "out", value: "FILE", description: "Write it there instead", default: null },
  ],
  examples: [
    { line: "backpass sheet backpropagation", does: "the textbook's questions, in the terminal" },
    { line: "backpass sheet two-three-two --seed 7 --format html --out 7.html", does: "a variant, as a page to print" },
    { line: "backpass sheet my-sheet.md --solutions --format latex > my-sheet.tex", does: "your own, solved" },
  ],
  notes: `A sheet is one Markdown file, with its questions in blocks; docs/sheets.md says how to write one.`,
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const format = args.choice("format", formats);
  const { sheet } = readSheet("sheet", args);
  const solutions = args.flag("solutions");
  const text = args.flag("json")
    ? `${JSON.stringify(sheetJson(sheet, solutions))}\n`
    : written(sheet, format, solutions, terminal);
  const out = args.given("out");
  if (out === null) terminal.out(text);
  else writeFileAtomically(out, new TextEncoder().encode(text));
  return 0;
}

function written(sheet: Sheet, format: (typeof formats)[number], solutions: boolean, terminal: Terminal): string {
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
