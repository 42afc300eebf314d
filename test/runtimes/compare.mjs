// One seeded run in every runtime, with one to four threads: prints the hash of the trained weights of each, and exits with
// 1 unless all are the same. `--installed`: only what needs no `npm ci` in this folder.
import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { browsers, inPage, isHere } from "./browser.mjs";
import { programs } from "./programs.mjs";

const THREADS = [1, 2, 3, 4];
/** Some 100 times what it takes on a machine that is not busy. */
const TIMEOUT_MS = 180_000;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

async function runProgram({ command: [program, ...flags] }) {
  const file = here("print-runs.mjs");
  const { stdout } = await promisify(execFile)(program, [...flags, file, ...THREADS.map(String)], {
    timeout: TIMEOUT_MS,
  });
  return stdout.trim().split("\n").map(JSON.parse);
}

function runPage(browser, asked, isIsolated) {
  const body = `
    const { threadedRun } = await import("/test/runtimes/threaded-run.mjs");
    const outcomes = [];
    for (const asked of ${JSON.stringify(asked)}) outcomes.push({ asked, ...(await threadedRun(asked)) });
    return outcomes;`;
  return inPage(browser, body, { isIsolated, timeoutMs: TIMEOUT_MS });
}

/** What to run: a row or several of the table each. `expected`: threads that there must have been for so many asked. */
function trials(isInstalledOnly) {
  const all = (asked) => asked;
  return [
    ...programs
      .filter(({ isInstalledHere }) => !(isInstalledOnly && isInstalledHere))
      .map((program) => ({
        name: program.name,
        missing: program.missing,
        run: () => runProgram(program),
        expected: all,
      })),
    ...browsers.flatMap((browser) => {
      const missing = isHere(browser) ? null : browser.needs;
      return [
        { name: browser.name, missing, run: () => runPage(browser, THREADS, true), expected: all },
        { name: `${browser.name}, not isolated`, missing, run: () => runPage(browser, [3], false), expected: () => 1 },
      ];
    }),
  ];
}

const hashes = new Set();
let isAllWell = true;
const print = (name, asked, threads, seconds, what) =>
  console.log(
    `${name.padEnd(24)} ${String(asked).padStart(5)} ${String(threads).padStart(7)} ${seconds.padStart(7)}  ${what}`,
  );
print("runtime", "asked", "threads", "seconds", "weights");
for (const { name, missing, run, expected } of trials(process.argv.includes("--installed"))) {
  if (missing !== null) {
    print(name, "-", "-", "-", `skipped: needs ${missing}`);
    continue;
  }
  try {
    for (const { asked, threads, seconds, hash } of await run()) {
      hashes.add(hash);
      const isAsExpected = threads === expected(asked);
      isAllWell &&= isAsExpected;
      print(
        name,
        asked,
        threads,
        seconds.toFixed(1),
        `${hash}${isAsExpected ? "" : `  expected ${expected(asked)} threads`}`,
      );
    }
  } catch (error) {
    isAllWell = false;
    print(name, "-", "-", "-", `failed: ${error instanceof Error ? error.message.trim() : String(error)}`);
  }
}
if (hashes.size !== 1) console.log(`expected one hash, got ${hashes.size}`);
process.exitCode = isAllWell && hashes.size === 1 ? 0 : 1;
