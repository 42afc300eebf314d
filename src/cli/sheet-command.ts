import { formatFlag, formatOption, outOption } from "./definition.ts";
import type { Command } from "./command.ts";
import { sheetFormats } from "./sheet-formats.ts";
import { sheetOperand, sheetSeedOption } from "./sheet-operand.ts";

/** `backpass sheet SHEET`: a problem sheet to read or print. */
export const sheetCommand: Command = {
  name: "sheet",
  summary: "Print a problem sheet: as text, as a page, or for LaTeX; with or without its solutions",
  operands: [sheetOperand],
  options: [
    formatOption([...sheetFormats, "json"]),
    outOption,
    { name: "solutions", value: null, description: "Print the keys, numbers and right choices as well", default: null },
    sheetSeedOption,
    formatFlag("json", "one JSON object, the questions as they are asked"),
  ],
  examples: [
    { line: "backpass sheet backpropagation", does: "the textbook's questions, in the terminal" },
    { line: "backpass sheet two-three-two --seed 7 --format html --out 7.html", does: "a variant, as a page to print" },
    { line: "backpass sheet my-sheet.md --solutions --format latex > my-sheet.tex", does: "your own, solved" },
  ],
  notes: `A sheet is one Markdown file, with its questions in blocks; docs/sheets.md says how to write one.`,
  // What judges is loaded by those commands alone that need it: reading Markdown and YAML takes time to load.
  run: async (args, terminal) => (await import("./sheet.ts")).run(args, terminal),
};
