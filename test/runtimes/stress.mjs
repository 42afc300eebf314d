// Hundreds of short training runs with threads on a machine that is kept busy: `node test/runtimes/stress.mjs`. Exits with 1
// when one hangs, fails or has other weights. Options: `--runs 300`, `--busy 2` (processes that do nothing but work),
// `--seed 1`, `--runtime Node` (those whose names begin so; default: all that are here).
import { spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { programs } from "./programs.mjs";

/** A run takes 0.1 to 1 s, on a busy machine a few. An error of the library's own would come after 10. */
const HANGS_MS = 60_000;

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "300" },
    busy: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    runtime: { type: "string", default: "" },
  },
});

/** @returns {Promise<{ runs: number, together: number, longestMs: number, problem: string | null }>} */
function stressed({ command: [program, ...flags] }) {
  return new Promise((resolve) => {
    const file = fileURLToPath(new URL("stress-runs.mjs", import.meta.url));
    const child = spawn(program, [...flags, file, options.runs, options.seed], { stdio: ["ignore", "pipe", "pipe"] });
    let runs = 0;
    let together = 0;
    let longestMs = 0;
    let problem = null;
    let complaints = "";
    const hangs = () => {
      problem = `hangs after ${runs} runs`;
      child.kill("SIGKILL");
    };
    let timer = setTimeout(hangs, HANGS_MS);
    createInterface(child.stdout).on("line", (line) => {
      clearTimeout(timer);
      timer = setTimeout(hangs, HANGS_MS);
      const { most, ms } = JSON.parse(line);
      runs += 1;
      together += most > 1 ? 1 : 0;
      longestMs = Math.max(longestMs, ms);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => (complaints += text));
    child.on("close", (code) => {
      clearTimeout(timer);
      if (code !== 0) problem ??= `ends with ${String(code)}: ${complaints.trim()}`;
      resolve({ runs, together, longestMs, problem });
    });
  });
}

const busy = Array.from({ length: Number(options.busy) }, () =>
  spawn(process.execPath, ["--eval", "while (true);"], { stdio: "ignore" }),
);
try {
  for (const program of programs) {
    if (!program.name.startsWith(options.runtime)) continue;
    if (program.missing !== null) {
      console.log(`${program.name.padEnd(16)} skipped: needs ${program.missing}`);
      continue;
    }
    const startedMs = performance.now();
    const { runs, together, longestMs, problem } = await stressed(program);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    console.log(
      `${program.name.padEnd(16)} ${runs} runs, ${together} with threads, ${seconds} s, the longest ${longestMs} ms` +
        (problem === null ? "" : `\n  ${problem}`),
    );
    if (problem !== null) process.exitCode = 1;
  }
} finally {
  for (const child of busy) child.kill("SIGKILL");
}
