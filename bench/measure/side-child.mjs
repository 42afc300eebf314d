// A side's process, seen from the benchmark: lines of JSON out, one line of JSON in.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const sideProgram = fileURLToPath(new URL("../side-process.mjs", import.meta.url));

/**
 * Starts a side on a job (`{ net, file }`, and what the side's settings add).
 * `next()` resolves to what it tells next, and rejects when it ends without, or after `timeoutMs`.
 */
export function startSide(side, job, { node, timeoutMs = 60_000, program = sideProgram }) {
  const whole = { ...job, module: side.module, settings: side.settings };
  const [command, words] = side.command?.(whole) ?? [node, [program, JSON.stringify(whole)]];
  const startedMs = performance.timeOrigin + performance.now();
  const child = spawn(command, words, {
    env: { ...process.env, ...side.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text) => (errors += text));
  child.stdin.on("error", () => undefined); // it has ended already, and `next` says so
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve((errors += error.message)));
    child.on("close", resolve);
  });
  // Some libraries greet on standard output.
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextJson = async () => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done) throw new Error(lastLine(errors) ?? "it ended without a word");
      if (value.startsWith("{")) return JSON.parse(value);
    }
  };
  return {
    startedMs,
    next: async () => {
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => {
          child.kill("SIGKILL");
          reject(new Error(`it took more than ${timeoutMs / 1000} s`));
        }, timeoutMs);
      });
      try {
        return await Promise.race([nextJson(), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    /** As `tell`, where more is to be asked. */
    ask: (value) => child.stdin.write(`${JSON.stringify(value)}\n`),
    tell: (value) => child.stdin.end(`${JSON.stringify(value)}\n`),
    /** Lets it end, and waits for that. */
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** The line of an error report that says what happened. */
function lastLine(text) {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => /error/i.test(line) && !line.startsWith(" "))?.trim() ?? lines.at(-1)?.trim();
}
