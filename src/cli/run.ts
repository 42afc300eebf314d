import { readFileSync } from "node:fs";
import { BackpassError, NumericError, OptionError } from "../errors.ts";
import { nearest } from "../network/nearest.ts";
import { printable } from "./framework/printable.ts";
import { type Arguments, parseArguments } from "./framework/arguments.ts";
import { unknownCommand } from "./framework/command-names.ts";
import type { Command, ExitCode } from "./framework/command.ts";
import { gradcheckCommand } from "./commands/models/gradcheck.ts";
import { gradientCommand } from "./commands/models/gradient.ts";
import { commandHelp, programHelp } from "./framework/help.ts";
import type { Terminal } from "./framework/terminal.ts";
import { outOption } from "./framework/definition.ts";
import { checkWritable, writeFileAtomically } from "./files/write-file.ts";
import { terminalText } from "./framework/styled-text.ts";
import { deriveCommand } from "./commands/derive/derive.ts";
import { checkCommand } from "./commands/sheets/check-command.ts";
import { diagnoseCommand } from "./commands/models/diagnose.ts";
import { dataCommand } from "./commands/tables/data.ts";
import { enginesCommand } from "./commands/models/engines.ts";
import { evaluateCommand } from "./commands/models/evaluate.ts";
import { explainCommand } from "./commands/models/explain.ts";
import { lintCommand } from "./commands/sheets/lint-command.ts";
import { predictCommand } from "./commands/models/predict.ts";
import { profileCommand } from "./commands/models/profile.ts";
import { quizCommand } from "./commands/quiz/quiz-command.ts";
import { reportCommand } from "./commands/models/report.ts";
import { sheetCommand } from "./commands/sheets/sheet-command.ts";
import { isSystemError, systemReason } from "./framework/system-reason.ts";
import { trainCommand } from "./commands/train/train.ts";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  trainCommand,
  predictCommand,
  evaluateCommand,
  dataCommand,
  gradientCommand,
  explainCommand,
  deriveCommand,
  diagnoseCommand,
  reportCommand,
  sheetCommand,
  quizCommand,
  checkCommand,
  lintCommand,
  gradcheckCommand,
  enginesCommand,
  profileCommand,
];

/**
 * Runs a command line (without the names of node and program) and resolves to its exit code. Errors end as one line on
 * `terminal.err`; with `--debug` also as a stack trace, and every plan is verified before it runs.
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    if (words.includes("--debug")) await verifyPlans();
    const code = await dispatch(words, terminal);
    const problem = terminal.outputProblem?.() ?? null;
    if (problem === null) return code;
    terminal.err(`backpass: ${problem}\n`);
    return 2;
  } catch (error) {
    if (terminal.signal.aborted && error instanceof Error && error.name === "AbortError") {
      terminal.err("backpass: interrupted before there was anything to keep\n");
      return 130;
    }
    terminal.err(`backpass: ${messageOf(error)}\n`);
    if (words.includes("--debug") && error instanceof Error) terminal.err(`${framesOf(error)}\n`);
    return isUsersFault(error) ? 2 : 1;
  }
}

/** Loaded when it is asked for: no other command needs it. */
async function verifyPlans(): Promise<void> {
  const [{ inspectPlans }, { planVerifier }] = await Promise.all([
    import("../plan/inspection.ts"),
    import("../plan/verify.ts"),
  ]);
  inspectPlans(planVerifier);
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = words.filter((word, index) => index > 0 || word !== "--debug");
  if (name === undefined) {
    terminal.err(programHelp(commands, columnsOf(terminal)));
    return 2;
  }
  if (name === "--help" || name === "-h") {
    terminal.out(programHelp(commands, columnsOf(terminal)));
    return 0;
  }
  if (name === "help") return dispatch([...rest, "--help"], terminal);
  if (name === "--version" || name === "-v" || name === "version") {
    terminal.out(`${version()}\n`);
    return 0;
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    if (!name.startsWith("-"))
      throw unknownCommand(
        name,
        commands.map((each) => each.name),
      );
    const known = ["--help", "--version", "--debug"];
    const advice =
      nearest(name, known) || " Options of a command stand after its name: backpass train DATA --epochs 5.";
    throw new OptionError(`expected a command or an option (${known.join(", ")}), got "${name}".${advice}`);
  }
  const args = parseArguments(command, rest);
  if (args.flag("help")) {
    terminal.out(commandHelp(command, columnsOf(terminal)));
    return 0;
  }
  return withOutput(command, args, terminal);
}

/** What fits in a line where a person watches; else lines are as long as help is. */
function columnsOf(terminal: Terminal): number | undefined {
  return terminal.isOutWatched ? Math.max(40, terminal.columns()) : undefined;
}

/** Runs a command; what it prints goes where `--out` says. */
async function withOutput(command: Command, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const path = command.options.includes(outOption) ? args.text("out") : "-";
  if (path === "-") return command.run(args, terminal);
  checkWritable(path);
  const pieces: string[] = [];
  const code = await command.run(args, {
    ...terminal,
    out: (text) => void pieces.push(terminalText(text)),
    data: (text) => void pieces.push(text),
    isOutWatched: false,
    hasColor: false,
  });
  writeFileAtomically(path, new TextEncoder().encode(pieces.join("")));
  return code;
}

/** Where in the program an error arose, without the message, which stands above and may have line breaks of others in it. */
function framesOf({ stack = "" }: Error): string {
  return stack
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .join("\n");
}

/** False for a run that broke off and for mistakes of this program. */
function isUsersFault(error: unknown): boolean {
  if (isOutOfMemory(error) || isSystemError(error)) return true;
  return error instanceof BackpassError && error.code !== "internal" && !(error instanceof NumericError);
}

/** What JavaScript throws where an array or a text is larger than it allows, or the system gives no more. */
function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && (error.code === "ERR_STRING_TOO_LONG" || error.code === "ERR_WORKER_OUT_OF_MEMORY"))
    return true;
  return (
    error instanceof RangeError &&
    /allocation failed|could not allocate|invalid (typed )?(array|string) (buffer )?length|out of memory/i.test(
      error.message,
    )
  );
}

/** The message on one line. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = printable(message.replace(/\s*\n\s*/g, " "));
  if (error instanceof BackpassError) return line;
  if (isOutOfMemory(error)) {
    return `memory: expected data and a network that fit into it, got more (${line}). Take fewer rows or columns, or a narrower network.`;
  }
  if (isSystemError(error)) {
    const { path = "the system" } = error;
    return `${path}: expected it to be read or written, got ${systemReason(error)}. Check path, rights, space and limits.`;
  }
  return `internal: ${line}. Please report this with what --debug adds.`;
}

function version(): string {
  // The manifest lies two folders up from src/cli, dist/cli and dist/bundle.
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isManifest ? String(manifest.version) : "unknown";
}
