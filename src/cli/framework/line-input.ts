import process from "node:process";
import { createInterface } from "node:readline/promises";
import { terminalLine } from "./styled-text.ts";

/** Lines that somebody types, or that come from a file. */
export interface LineInput {
  /** True when a person types: prompts are shown, and lines can be edited and called back with the arrow keys. */
  readonly isTyped: boolean;
  /**
   * The next line, without its end; null when there is none anymore: after Ctrl-D, after Ctrl-C (then `signal` of the
   * terminal is aborted), at the end of a file. The prompt is shown only when a person types.
   */
  readonly next: (prompt: string) => Promise<string | null>;
  /** Lets the process end. */
  readonly close: () => void;
}

/** So many lines are read ahead of being asked for, at most (and the rest of the piece they came in). */
const MOST_AHEAD = 1000;

/** The lines of standard input. Ctrl-C calls `interrupt`; `signal` is what that aborts. */
export function standardInput(interrupt: () => void, signal: AbortSignal): LineInput {
  const isDumb = process.env["TERM"] === "dumb";
  const output = process.stdout.isTTY || !process.stderr.isTTY ? process.stdout : process.stderr;
  const isTyped = process.stdin.isTTY && output.isTTY;
  const lines = createInterface({ input: process.stdin, output, terminal: isTyped && !isDumb, historySize: 200 });
  // Lines are kept from the start: those of a pipe arrive whether one is asked for or not.
  const ahead: string[] = [];
  let waiting: ((line: string | null) => void) | null = null;
  let isOver = false;
  const answer = (line: string | null): void => {
    const resolve = waiting;
    waiting = null;
    resolve?.(line);
  };
  const end = (): void => {
    isOver = true;
    answer(null);
  };
  lines.on("line", (line) => {
    if (waiting !== null) return answer(line);
    ahead.push(line);
    if (ahead.length >= MOST_AHEAD) lines.pause();
  });
  lines.on("close", end);
  // In a terminal whose lines can be edited, Ctrl-C is a key like any other, and no signal comes.
  lines.on("SIGINT", interrupt);
  signal.addEventListener("abort", () => lines.close(), { once: true });
  return {
    isTyped,
    next: (prompt) => {
      const line = ahead.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (isOver || signal.aborted) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting = resolve;
        lines.setPrompt(isTyped ? terminalLine(prompt) : "");
        if (isTyped) lines.prompt();
        else lines.resume();
      });
    },
    close: () => lines.close(),
  };
}
