import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";
import { slopesSheet } from "./slopes-sheet.ts";

const program = join(repository, "dist", "bundle", "main.js");
const folder = mkdtempSync(join(tmpdir(), "backpass-quiz-process-"));
const progress = join(folder, ".backpass", "quiz-slopes.json");

beforeEach(() => {
  writeFileSync(join(folder, "slopes.md"), slopesSheet);
  rmSync(join(folder, ".backpass"), { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waits that would never end are a failure. */
const TIMEOUT_MS = 20_000;

/** What a process has written, and a wait until that matches. */
function outputOf(child: ChildProcess): { text: () => string; until: (pattern: RegExp) => Promise<void> } {
  let out = "";
  let check: () => void = () => {};
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    check();
  });
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      check = () => {
        if (pattern.test(out)) resolve();
      };
      check();
    });
  return { text: () => out, until };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on("close", resolve));
}

describe("backpass quiz as a process", () => {
  test("reads piped answers to the end without prompts, and keeps progress in the working folder", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "quiz", "slopes.md"], {
      cwd: folder,
      encoding: "utf8",
      input: "2*z\n\nskip\r\nb",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/\n3 of 4 points\n/);
    expect(stdout).not.toContain("> ");
    expect(JSON.parse(readFileSync(progress, "utf8"))).toMatchObject({
      questions: { slope: { state: "solved" }, "weighted-input": { state: "skipped" }, sign: { state: "solved" } },
    });
  });

  test("takes thousands of lines at once", () => {
    const { status, stdout } = spawnSync(process.execPath, [program, "quiz", "slopes.md"], {
      cwd: folder,
      encoding: "utf8",
      input: `${"\n".repeat(20_000)}2*z\n${"help\n".repeat(300)}1.5\nb\n`,
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n4 of 4 points\n/);
    expect(stdout.match(/the next hint/g)).toHaveLength(300);
  });

  test("ends in order at Ctrl-C, with exit 130 and the progress kept", { timeout: TIMEOUT_MS }, async () => {
    const child = spawn(process.execPath, [program, "quiz", "slopes.md"], { cwd: folder });
    const { text, until } = outputOf(child);
    child.stdin.write("2*z\n");
    await until(/Question 2 of 3/);
    child.kill("SIGINT");
    expect(await exitOf(child)).toBe(130);
    expect(text()).toMatch(/\n2 of 4 points\nProgress is kept in /);
  });
});

/** Runs a command behind a pseudo-terminal; its options are those of Linux. */
const script = "/usr/bin/script";
const hasScript = process.platform === "linux" && existsSync(script);

describe(`backpass quiz in a terminal${hasScript ? "" : ` (skipped: needs ${script}, apt-get install bsdutils)`}`, () => {
  /** Starts it behind a pseudo-terminal, whose keys are what is written to the process. */
  const start = (): ChildProcess => {
    const command = `"${process.execPath}" "${program}" quiz slopes.md`;
    const env = { ...process.env, TERM: "xterm", NO_COLOR: "1" };
    return spawn(script, ["--quiet", "--return", "--command", command, "/dev/null"], { cwd: folder, env });
  };

  test.skipIf(!hasScript)(
    "prompts, calls lines back with the arrow keys, and ends at Ctrl-D",
    { timeout: TIMEOUT_MS },
    async () => {
      const child = start();
      const { text, until } = outputOf(child);
      await until(/> /);
      child.stdin?.write("2*z*z\r");
      await until(/wrong[^]*> /);
      // Up, Backspace twice, Enter.
      child.stdin?.write("\u001b[A\u007f\u007f\r");
      await until(/correct[^]*Question 2 of 3[^]*> /);
      child.stdin?.write("\u0004");
      expect(await exitOf(child)).toBe(0);
      expect(text()).toMatch(/2 of 4 points\r\nProgress is kept in /);
    },
  );

  test.skipIf(!hasScript)("ends at Ctrl-C with exit 130", { timeout: TIMEOUT_MS }, async () => {
    const child = start();
    const { text, until } = outputOf(child);
    await until(/> /);
    child.stdin?.write("2*");
    child.stdin?.write("\u0003");
    expect(await exitOf(child)).toBe(130);
    expect(text()).toMatch(/0 of 4 points\r\nProgress is kept in /);
  });
});
