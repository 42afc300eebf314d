import { formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import type { Command } from "../../framework/command.ts";
import { sheetFormats } from "./sheet-formats.ts";
import { sheetOperand, sheetSeedOption } from "./sheet-operand.ts";

/** `backpass sheet SHEET`: a problem sheet to read or print. */
export const sheetCommand: Command = {
  name: "sheet",
  summary: "Print a problem sheet: as text, as a page, or for LaTeX; with or without worked solutions",
  operands: [sheetOperand],
  options: [
    formatOption([...sheetFormats, "json"]),
    outOption,
    formatFlag("json", "one JSON object, the questions as they are asked"),
    { name: "solutions", value: null, description: "Print every answer, too, and how it follows", default: null },
    sheetSeedOption,
  ],
  examples: [
    { line: "backpass sheet backpropagation", does: "the textbook's questions, in the terminal" },
    { line: "backpass sheet two-three-two --seed 7 --format html --out 7.html", does: "a variant, as a page to print" },
    { line: "backpass sheet optimizers --format markdown > week3.md", does: "its source, as a start for your own" },
    { line: "backpass sheet network.json --format markdown > net.md", does: "a sheet about a network of yours" },
    { line: "backpass sheet week3.md --seed 7 --format answers > ada.json", does: "a form for a learner's answers" },
    { line: "backpass sheet my-sheet.md --solutions --format latex > my-sheet.tex", does: "your own, solved" },
  ],
  notes: `A sheet is one Markdown file, with its questions in blocks; docs/sheets.md says how to write one. markdown prints its source, or, for a network in JSON, a sheet about that network; answers prints a file for a learner to fill in.`,
  // What judges is loaded by those commands alone that need it: reading Markdown and YAML takes time to load.
  run: async (args, terminal) => (await import("./sheet.ts")).run(args, terminal),
};
