import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";

const program = join(repository, "dist", "cli", "main.js");

describe("the program as a process", () => {
  test("ends without a word when its reader goes away", () => {
    const command = `node "${program}" train digits --epochs 2000 --hidden 4 --batch-size 512 | head -n 1`;
    const { stdout, stderr } = spawnSync("bash", ["-c", `set -o pipefail; ${command}; echo "exit $?"`], {
      encoding: "utf8",
    });
    expect(stdout).toMatch(/^epoch +1\/2000 .*\nexit 0\n$/);
    expect(stderr).toBe("");
  });

  test("ends in order at the first Ctrl-C, with its figures and exit 130", async () => {
    const child = spawn(process.execPath, [program, "train", "digits", "--epochs", "1000000"]);
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (out === "") child.kill("SIGINT");
      out += chunk.toString();
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(out).toMatch(/interrupted/);
    expect(out).toMatch(/^validation /m);
  });

  test("writes a whole large answer into a pipe", () => {
    const { status, stdout } = spawnSync(process.execPath, [program, "train", "--help"], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/130 interrupted\.\n$/);
  });

  test("reaches 97 % on the digits in under 5 seconds with its defaults", () => {
    const started = performance.now();
    const { status, stdout } = spawnSync(process.execPath, [program, "train", "digits", "--json"], {
      encoding: "utf8",
    });
    const seconds = (performance.now() - started) / 1000;
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as { validation: { accuracy: number } };
    expect(report.validation.accuracy).toBeGreaterThanOrEqual(0.97);
    // Start of Node included, on two cores that other tests share.
    expect(seconds).toBeLessThan(5);
  });
});
