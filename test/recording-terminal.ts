import type { Terminal } from "../src/cli/terminal.ts";

/** A terminal that keeps what is written, for tests; by default nobody watches it, as with a pipe. */
export function recordingTerminal(settings: Partial<Omit<Terminal, "columns">> & { readonly columns?: number } = {}): {
  terminal: Terminal;
  written: { out: string; err: string };
} {
  const written = { out: "", err: "" };
  const { columns = 80, ...rest } = settings;
  const terminal: Terminal = {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    isOutWatched: false,
    isErrWatched: false,
    columns: () => columns,
    hasColor: false,
    isUnicode: true,
    signal: new AbortController().signal,
    ...rest,
  };
  return { terminal, written };
}
