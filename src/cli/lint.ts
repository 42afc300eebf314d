import { lintSheet, type SheetFinding } from "../exercise/index.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, ExitCode } from "./command.ts";
import { printable } from "./printable.ts";
import { readSheet, sheetOperand, sheetSeedOption } from "./sheet-subject.ts";
import type { Terminal } from "./terminal.ts";

/** `backpass lint SHEET`: what is wrong with a sheet's keys, choices and symbols. */
export const lintCommand: Command = {
  name: "lint",
  summary: "Prove every key of a problem sheet, and find what is wrong with it",
  operands: [sheetOperand],
  options: [sheetSeedOption, { name: "json", value: null, description: "Print one JSON object", default: null }],
  examples: [{ line: "backpass lint week3.md", does: "one finding a line, with line and column; exit 1 if any" }],
  notes:
    "Finds keys that are wrong, blank (and derives them) or read otherwise than meant, choices with no or two right\n" +
    "answers, decimals that a wrong answer also meets, and symbols nobody uses.",
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const { sheet } = readSheet("lint", args);
  const findings = lintSheet(sheet);
  if (args.flag("json")) terminal.out(`${JSON.stringify({ sheet: args.operand, findings })}\n`);
  else if (findings.length === 0) terminal.out("no findings\n");
  else terminal.out(findings.map((finding) => findingText(args.operand, finding)).join(""));
  return findings.length === 0 ? 0 : 1;
}

/** One line, as editors and their like look for; what would be right stands below. */
function findingText(file: string, { line, column, message, question, suggestion }: SheetFinding): string {
  const where = question === null ? "" : `${question}: `;
  const advice = suggestion === null ? "" : `  right would be: ${printable(suggestion)}\n`;
  return `${file}:${line}:${column}: ${printable(where + message)}\n${advice}`;
}
