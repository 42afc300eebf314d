import { jsonText } from "../../framework/json-text.ts";
import { OptionError } from "../../../errors.ts";
import { checkAnswer, type Sheet } from "../../../exercise/index.ts";
import { nearest } from "../../../network/nearest.ts";
import { answerText, answerView } from "./answer-text.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { checkClass } from "./check-class.ts";
import { checkFormats } from "./check-formats.ts";
import { answerJson } from "../../../exercise/results/answer-json.ts";
import { checkLearner } from "./check-learner.ts";
import type { ExitCode } from "../../framework/command.ts";
import { noteLine, printable } from "../../framework/printable.ts";
import { readSheet } from "./sheet-subject.ts";
import { shortList } from "../../framework/short-list.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { writeFileAtomically } from "../../files/write-file.ts";
import type { Shown } from "../../framework/styled-text.ts";

/** The options of which one says what is checked. */
const modes = ["answer", "answers", "class"] as const;

/** Runs the command `check`. */
export function run(args: Arguments, terminal: Terminal): ExitCode {
  const [mode, second] = modes.filter((name) => args.given(name) !== null);
  if (mode === undefined) {
    throw new OptionError({
      where: "check",
      expected: "--question ID with --answer TEXT, --answers FILE or --class FOLDER",
      got: "none of them",
      advice: "Give one.",
    });
  }
  if (second !== undefined) {
    throw new OptionError({
      where: "check",
      expected: "one of --answer, --answers, --class",
      got: `--${mode} and --${second}`,
      advice: "Choose.",
    });
  }
  const foreign = mode === "answer" ? undefined : ["question", "network"].find((name) => args.given(name) !== null);
  if (foreign !== undefined) {
    throw new OptionError({
      where: `--${foreign}`,
      expected: "it with --answer",
      got: `it with --${mode}`,
      advice: "Leave it out.",
    });
  }
  const attempts = args.wholeNumber("attempts", 0);
  const format = args.flag("json") ? "json" : args.choice("format", checkFormats);
  if (format === "csv" && mode !== "class") {
    throw new OptionError({
      where: "--format",
      expected: "csv with --class",
      got: `it with --${mode}`,
      advice: "Choose text or json.",
    });
  }
  const write = (text: Shown): void => (format === "csv" ? terminal.data(String(text)) : terminal.out(text));
  const { sheet } = readSheet("check", args);
  const seed = args.given("seed") === null ? null : sheet.seed;
  if (mode === "class") return checkClass(sheet, args.text("class"), { format, seed, write }, terminal);
  // Not csv, by the above.
  const plain = format === "json" ? "json" : "text";
  if (mode === "answers") return checkLearner(sheet, args.text("answers"), { format: plain, seed, write }, terminal);
  return checkOne(sheet, attempts, { args, write, isJson: format === "json" }, terminal);
}

interface OneOptions {
  readonly args: Arguments;
  readonly isJson: boolean;
  readonly write: (text: Shown) => void;
}

function checkOne(sheet: Sheet, attempts: number, { args, isJson, write }: OneOptions, terminal: Terminal): ExitCode {
  const ids = sheet.questions.map(({ id }) => id);
  const id = args.given("question");
  if (id === null || !ids.includes(id)) {
    const got = id === null ? "none" : `"${printable(id)}"`;
    const advice = (id === null ? "" : nearest(id, ids)) || " Choose one.";
    throw new OptionError({
      where: "--question",
      expected: `a question of the sheet (${shortList(ids, 20)})`,
      got,
      advice,
    });
  }
  const answer = args.text("answer");
  if (answer.trim() === "") {
    throw new OptionError({
      where: "--answer",
      expected: `an answer to ${id}`,
      got: "nothing",
      advice: 'Type one: --answer "…".',
    });
  }
  const check = checkAnswer(sheet, id, answer, { attempts });
  write(isJson ? `${jsonText(answerJson(check))}\n` : answerText(check, answer, answerView(terminal)));
  const path = args.given("network");
  if (path !== null) {
    const network = check.counterexample?.network ?? null;
    if (network === null) terminal.err(noteLine(`no network is needed to judge this answer; ${path} is not written`));
    else writeFileAtomically(path, new TextEncoder().encode(`${JSON.stringify(network, null, 2)}\n`));
  }
  return check.verdict === "correct" ? 0 : 1;
}
