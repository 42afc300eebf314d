import process from "node:process";
import { type Interrupts, processInterrupts } from "./interrupts.ts";
import { type LineInput, standardInput } from "./line-input.ts";
import { processOutput } from "./process-output.ts";
import { type Shown, terminalText } from "./styled-text.ts";

/** Where a command writes and reads lines, and what it may assume of the reader; tests give their own. */
export interface Terminal {
  /** Results for people. What others wrote is shown, never sent: control characters and the like are written out. */
  readonly out: (text: Shown) => void;
  /** Errors, and progress that must not mix with results; made visible as in `out`. */
  readonly err: (text: Shown) => void;
  /** Results that programs read, to the same place as `out`: as they are, unless a person watches. */
  readonly data: (text: string) => void;
  /** True when a person watches `out`. */
  readonly isOutWatched: boolean;
  /** True when a person watches `err`. */
  readonly isErrWatched: boolean;
  /** The lines that are typed, or piped in; from then on they are read, so only what asks for lines calls it, once. */
  readonly openInput: () => LineInput;
  /** Characters that fit in a line of `err`. */
  readonly columns: () => number;
  readonly hasColor: boolean;
  /** False where only ASCII can be shown. */
  readonly isUnicode: boolean;
  /** Aborted by Ctrl-C, while that is heeded: see `heedingInterrupts`. */
  readonly signal: AbortSignal;
  /** Makes Ctrl-C abort `signal`, until what it returns is called; absent where there is no such key. */
  readonly heed?: Interrupts["heed"];
  /** For work whose results are kept in files: from now on it goes on when nobody reads `out`. */
  readonly goOnWithoutReader?: () => void;
  /** What kept `out` from being written while the work went on: a sentence, or null. */
  readonly outputProblem?: () => string | null;
}

/**
 * The terminal of this process.
 *
 * Color: only when watched, and not with NO_COLOR set (https://no-color.org) or TERM=dumb.
 */
export function processTerminal(): Terminal {
  const { signal, heed, interrupt } = processInterrupts();
  const output = processOutput();
  // A dumb terminal cannot go back to the start of a line, so it gets plain lines, like a file.
  const isDumb = process.env["TERM"] === "dumb";
  const isErrWatched = process.stderr.isTTY && !isDumb;
  return {
    out: (text) => output.out(terminalText(text)),
    err: (text) => output.err(terminalText(text)),
    data: (text) => output.out(process.stdout.isTTY ? terminalText(text) : text),
    isOutWatched: process.stdout.isTTY && !isDumb,
    isErrWatched,
    openInput: () => standardInput(interrupt, signal),
    // Some terminals say 0 when they do not know.
    columns: () => process.stderr.columns || 80,
    hasColor: isErrWatched && !process.env["NO_COLOR"],
    isUnicode: !isDumb && speaksUnicode(process.env),
    signal,
    heed,
    goOnWithoutReader: output.goOnWithout,
    outputProblem: output.problem,
  };
}

/**
 * False when the locale says another encoding than UTF-8, and on the Linux console, whose font has no blocks. A locale
 * that says nothing, as in most containers, is in front of a terminal that shows UTF-8 nowadays.
 */
function speaksUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  // The first of these that is set counts, by POSIX.
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  if (env["TERM"] === "linux") return false;
  return locale === "" || /utf-?8/i.test(locale);
}
