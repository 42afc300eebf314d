import type { Arguments } from "./arguments.ts";
import type { CommandDefinition } from "./definition.ts";
import type { Terminal } from "./terminal.ts";

/** 0: done. 1: a check failed, or a run broke off. 2: wrong use or bad input. 130: ended by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130;

/** A command of the program, whole: what it takes, how it is explained, what it does. */
export interface Command extends CommandDefinition {
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Command lines with what they do; at least one. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** What else is good to know, at the end of the help. */
  readonly notes?: string;
  readonly run: (args: Arguments, terminal: Terminal) => Promise<ExitCode>;
}
