import process from "node:process";
import { type LineInput, standardInput } from "./line-input.ts";
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
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * The terminal of this process. The first Ctrl-C aborts `signal`, so that a run can end in order; the second kills. A
 * reader that has gone away (`| head`) ends the process without a word, as Unix tools do.
 *
 * Color: only when watched, and not with NO_COLOR set (https://no-color.org) or TERM=dumb.
 */
export function processTerminal(): Terminal {
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
  // A dumb terminal cannot go back to the start of a line, so it gets plain lines, like a file.
  const isDumb = process.env["TERM"] === "dumb";
  const isErrWatched = process.stderr.isTTY && !isDumb;
  return {
    out: (text) => void process.stdout.write(terminalText(text)),
    err: (text) => void process.stderr.write(terminalText(text)),
    data: (text) => void process.stdout.write(process.stdout.isTTY ? terminalText(text) : text),
    isOutWatched: process.stdout.isTTY && !isDumb,
    isErrWatched,
    openInput: () => standardInput(() => interruption.abort(), interruption.signal),
    // Some terminals say 0 when they do not know.
    columns: () => process.stderr.columns || 80,
    hasColor: isErrWatched && !process.env["NO_COLOR"],
    isUnicode: !isDumb && speaksUnicode(process.env),
    signal: interruption.signal,
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
