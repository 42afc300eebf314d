import { formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import type { Command } from "../../framework/command.ts";
import { sheetOperand, sheetSeedOption } from "./sheet-operand.ts";

/** `backpass lint SHEET`: what is wrong with a sheet's keys, choices and symbols. */
export const lintCommand: Command = {
  name: "lint",
  summary: "Prove every key of a problem sheet, and find what is wrong with it",
  operands: [sheetOperand],
  options: [sheetSeedOption, formatOption(["text", "json"]), outOption, formatFlag("json", "one JSON object")],
  examples: [{ line: "backpass lint week3.md", does: "one finding a line, with line and column; exit 1 if any" }],
  notes:
    "Finds keys that are wrong, blank (and derives them) or read otherwise than meant, choices with no or two right\n" +
    "answers, decimals that a wrong answer also meets, and symbols nobody uses.",
  // What judges is loaded by those commands alone that need it: reading Markdown and YAML takes time to load.
  run: async (args, terminal) => (await import("./lint.ts")).run(args, terminal),
};
