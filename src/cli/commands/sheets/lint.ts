import { jsonText } from "../../framework/json-text.ts";
import { lintSheet, type SheetFinding } from "../../../exercise/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { ExitCode } from "../../framework/command.ts";
import { printable } from "../../framework/printable.ts";
import { readSheet } from "./sheet-subject.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** Runs the command `lint`. */
export function run(args: Arguments, terminal: Terminal): ExitCode {
  const { sheet } = readSheet("lint", args);
  const findings = lintSheet(sheet);
  if (args.flag("json")) terminal.out(`${jsonText({ sheet: args.operand, findings })}\n`);
  else if (findings.length === 0) terminal.out("no findings\n");
  else terminal.out(findings.map((finding) => findingText(args.operand, finding)).join(""));
  return findings.length === 0 ? 0 : 1;
}

/** One line, as editors and their like look for; what would be right stands below. */
function findingText(file: string, { line, column, message, question, suggestion }: SheetFinding): string {
  const where = question === null ? "" : `${question}: `;
  const advice = suggestion === null ? "" : `  right would be: ${printable(suggestion)}\n`;
  return `${printable(file)}:${line}:${column}: ${printable(where + message)}\n${advice}`;
}
