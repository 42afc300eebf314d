import { terminalText } from "../src/cli/framework/styled-text.ts";
import type { Terminal } from "../src/cli/framework/terminal.ts";

interface Settings extends Partial<Omit<Terminal, "columns" | "openInput">> {
  readonly columns?: number;
  /** What is typed, line by line. */
  readonly lines?: readonly string[];
  /** True when a person types them: prompts are then written, too. */
  readonly isTyped?: boolean;
}

/** A terminal that keeps what is written, for tests; by default nobody watches it, as with a pipe. */
export function recordingTerminal(settings: Settings = {}): {
  terminal: Terminal;
  written: { out: string; err: string };
} {
  const written = { out: "", err: "" };
  const { columns = 80, lines = [], isTyped = false, ...rest } = settings;
  const ahead = [...lines];
  const terminal: Terminal = {
    out: (text) => void (written.out += terminalText(text)),
    err: (text) => void (written.err += terminalText(text)),
    data: (text) => void (written.out += text),
    isOutWatched: false,
    isErrWatched: false,
    openInput: () => ({
      isTyped,
      next: (prompt) => {
        if (isTyped) written.out += prompt;
        return Promise.resolve(ahead.shift() ?? null);
      },
      close: () => {},
    }),
    columns: () => columns,
    hasColor: false,
    isUnicode: true,
    signal: new AbortController().signal,
    ...rest,
  };
  return { terminal, written };
}
