import type { Arguments } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** 0: done. 1: a check failed, or a run broke off. 2: wrong use or bad input. 130: ended by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130;

/** One `--option` of a command; parsing, help and suggestions all read this. */
export interface OptionDefinition {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help, or null for a flag. */
  readonly value: string | null;
  readonly description: string;
  /** The value when the option is not given, as one would type it; null: none. */
  readonly default: string | null;
}

/** A word after the name of the command. */
export interface OperandDefinition {
  /** As shown in the help, in capitals when it stands for something else. */
  readonly name: string;
  readonly description: string;
}

/** A command of the program, whole: what it takes, how it is explained, what it does. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** One operand; all commands so far need exactly one. */
  readonly operand: OperandDefinition;
  readonly options: readonly OptionDefinition[];
  /** Command lines with what they do; at least one. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  readonly run: (args: Arguments, terminal: Terminal) => Promise<ExitCode>;
}

/** `--engine`, the same for every command that computes. */
export const engineOption: OptionDefinition = {
  name: "engine",
  value: "NAME",
  description: "wasm (float32, fast) or reference (float64, plain)",
  default: "wasm",
};

/** Options that every command has, beside its own. */
export const globalOptions: readonly OptionDefinition[] = [
  { name: "help", value: null, description: "Show this help", default: null },
  { name: "debug", value: null, description: "Show where in the program an error arose", default: null },
];
