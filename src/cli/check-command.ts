import { checkFormats } from "./check-formats.ts";
import type { Command } from "./command.ts";
import { sheetOperand, sheetSeedOption } from "./sheet-operand.ts";

/** `backpass check SHEET`: one answer, a learner's, or those of a class, judged. */
export const checkCommand: Command = {
  name: "check",
  summary: "Judge typed answers to a problem sheet: one, a learner's, or a whole class's",
  operands: [sheetOperand],
  options: [
    { name: "question", value: "ID", description: "Which question --answer is to", default: null },
    { name: "answer", value: "TEXT", description: "The answer; one that begins with --: --answer=--x", default: null },
    { name: "answers", value: "FILE", description: "A learner's answers (JSON)", default: null },
    { name: "class", value: "FOLDER", description: "The answers of a class: a file of answers each", default: null },
    {
      name: "attempts",
      value: "NUMBER",
      description: "Wrong answers to the question before this one: decides the hint",
      default: "0",
    },
    {
      name: "network",
      value: "FILE",
      description: "Write the network that shows --answer to be wrong, for backpass explain",
      default: null,
    },
    { ...sheetSeedOption, description: "The variant of answers that name no seed of their own" },
    {
      name: "format",
      value: "NAME",
      description: `How to write the result: ${checkFormats.join(", ")} (csv: for a gradebook, with --class)`,
      default: "text",
    },
    { name: "json", value: null, description: "Short for --format json", default: null },
    { name: "out", value: "FILE", description: "Write the result there instead", default: null },
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
