import { formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { checkFormats } from "./check-formats.ts";
import type { Command } from "../../framework/command.ts";
import { sheetOperand, sheetSeedOption } from "./sheet-operand.ts";

/** `backpass check SHEET`: one answer, a learner's, or those of a class, judged. */
export const checkCommand: Command = {
  name: "check",
  summary: "Judge typed answers to a problem sheet: one, a learner's, or a whole class's",
  operands: [sheetOperand],
  options: [
    { name: "question", value: "ID", description: "Say which question --answer is to", default: null },
    {
      name: "answer",
      value: "TEXT",
      description: "Judge this answer; write one that begins with -- as --answer=--x",
      default: null,
    },
    { name: "answers", value: "FILE", description: "Judge a learner's answers, a JSON file", default: null },
    {
      name: "class",
      value: "FOLDER",
      description: "Judge the answers of a class, a folder with one file a learner",
      default: null,
    },
    {
      name: "attempts",
      value: "NUMBER",
      description: "Say how many wrong answers there were before, which decides the hint",
      default: "0",
    },
    {
      name: "network",
      value: "FILE",
      description: "Write the network that shows --answer to be wrong into this file, for backpass explain",
      default: null,
    },
    { ...sheetSeedOption, description: "Take this variant for answers that name no seed of their own" },
    formatOption(checkFormats, "csv is a gradebook, with --class"),
    outOption,
    formatFlag("json", "one JSON object"),
  ],
  examples: [
    {
      line: 'backpass check backpropagation --question gradient-weight --answer "a_k^(l-1)*delta_j^l"',
      does: "one answer: how it was read, verdict, slip, hint",
    },
    { line: "backpass check backpropagation --answers ada.json", does: "a learner's whole answers, with points" },
    {
      line: "backpass check week3.md --class week3/",
      does: "who answered what, and wrong answers that are equal together",
    },
    {
      line: "backpass check week3.md --class week3/ --format csv --out week3.csv",
      does: "a gradebook: a line for each learner",
    },
  ],
  notes:
    'Answers are JSON, { "delta-output": "…" } or { "name": "Ada", "seed": 7, "answers": { … } }, or what a quiz keeps as its\n' +
    "progress; a class is a folder of such files. A seed in a file says which variant its answers are to. Points: all for\n" +
    "a correct answer, half for the right value in other terms and for a close number. Exit 0 when all is correct, 1 when\n" +
    "not; with --class 0, and 1 when a file was left out, each of which is named with the reason.",
  // What judges is loaded by those commands alone that need it: reading Markdown and YAML takes time to load.
  run: async (args, terminal) => (await import("./check.ts")).run(args, terminal),
};
