import type { Command } from "../../framework/command.ts";
import { sheetOperand, sheetSeedOption } from "../sheets/sheet-operand.ts";

/** `backpass quiz SHEET`: the questions of a sheet, one by one, in the terminal. */
export const quizCommand: Command = {
  name: "quiz",
  summary: "Answer a problem sheet in the terminal, with verdicts, hints and retries",
  operands: [sheetOperand],
  options: [
    {
      name: "progress",
      value: "FILE",
      description: "Keep progress in this file, and go on from it (default: .backpass/quiz-SHEET.json)",
      default: null,
    },
    {
      name: "name",
      value: "NAME",
      description: "Keep this name with the progress, for whoever checks it",
      default: null,
    },
    { name: "restart", value: null, description: "Begin anew; what was kept before goes to FILE.old", default: null },
    { ...sheetSeedOption, description: `${sheetSeedOption.description} (default: as before, else 1)`, default: null },
  ],
  examples: [
    { line: "backpass quiz backpropagation", does: "from the first question, or where you left off" },
    { line: "backpass quiz week3.md --restart --seed 7", does: "again, with other numbers" },
    { line: "backpass quiz week3.md < answers.txt", does: "an answer or a command a line" },
  ],
  notes:
    "Type an answer, or one of the words hint, skip, back, show (the solution, after two answers that were not right;\n" +
    "the question then earns nothing), quit, help. Put an answer that is such a word in parentheses. What cannot be\n" +
    "read costs nothing, and neither does a wrong answer that you gave before. A solved question earns all its points whenever it is solved. Ctrl-D and Ctrl-C end the quiz and keep the progress.",
  // What judges is loaded by those commands alone that need it: reading Markdown and YAML takes time to load.
  run: async (args, terminal) => (await import("./quiz.ts")).run(args, terminal),
};
