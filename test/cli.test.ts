import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadModel } from "../src/model/index.ts";
import { repository } from "./installed-package.ts";

const program = join(repository, "dist", "bundle", "main.js");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-process-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the program as a process", () => {
  test("ends in order at the first Ctrl-C, with its figures and exit 130", async () => {
    const words = ["train", "digits", "--epochs", "1000000", "--patience", "none", "--out", "interrupted"];
    const child = spawn(process.execPath, [program, ...words], { cwd: folder });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (!child.killed && /^epoch +2\//m.test(out)) child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(out).toMatch(/interrupted/);
    expect(out).toMatch(/^validation /m);
    expect(readdirSync(join(folder, "interrupted")).sort()).toEqual([
      "curves.svg",
      "model.safetensors",
      "report.html",
      "run.json",
    ]);
    const { summary } = loadModel(readFileSync(join(folder, "interrupted", "model.safetensors")));
    expect(summary).toMatchObject({ stopped: "aborted", isFinished: true });
  });

  test("has the same weights with --threads, and ends by itself", () => {
    const weights = (...options: string[]): unknown => {
      // Some 0.6 MFLOP a step: enough work for two.
      const words = ["train", "digits", "--json", "--hidden", "96", "--batch-size", "64", "--epochs", "5", ...options];
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
        cwd: folder,
        encoding: "utf8",
        timeout: 50_000,
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      return (JSON.parse(stdout) as { weightsHash: unknown }).weightsHash;
    };
    const alone = weights();
    expect(alone).toMatch(/^[0-9a-f]{64}$/);
    expect(weights("--threads", "2")).toBe(alone);
    expect(weights("--threads", "auto")).toBe(alone);
  });

  test("ends with one line for a NumericError with --threads, and for a number of threads that is none", () => {
    const outcome = (...options: string[]) => {
      const words = ["train", "digits", "--json", "--hidden", "96", "--batch-size", "64", ...options];
      return spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: "utf8", timeout: 50_000 });
    };
    const failed = outcome("--threads", "3", "--optimizer", "sgd", "--learning-rate", "1e30");
    expect(failed.stderr).toMatch(/^.*step.*\n$/);
    expect(failed.status).toBe(1);
    const refused = outcome("--threads", "0");
    expect(refused.stderr).toMatch(/^.*threads: expected a whole number from 1 up, got "?0"?.*\n$/);
    expect(refused.status).toBe(2);
  });

  test("numbers the folders of runs, so that none is overwritten", () => {
    const words = [program, "train", "iris", "--epochs", "1", "--json"];
    const paths = [1, 2, 3].map(() => {
      const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
      return (JSON.parse(stdout) as { model: string }).model;
    });
    expect(paths).toEqual(["iris", "iris-2", "iris-3"].map((name) => join("runs", name, "model.safetensors")));
  });

  test("reads data from standard input, and gives answers that another program reads", () => {
    const backpass = `node "${program}"`;
    const commands = [
      `${backpass} data iris --csv | ${backpass} train - --epochs 20 --quiet --out piped`,
      `${backpass} data iris --csv | ${backpass} predict piped/model.safetensors - --csv | head -n 3`,
    ];
    const { stdout, stderr } = spawnSync("bash", ["-c", commands.join(" && ")], { cwd: folder, encoding: "utf8" });
    expect(stderr).toMatch(/^note: Column "species" \(5\) is the target, .*\n$/);
    expect(stdout).toMatch(
      /\nrow,species,p\(setosa\),p\(versicolor\),p\(virginica\)\n2,setosa,[\d.]+,[\d.e-]+,[\d.e-]+\n3,/,
    );
  });

  test("writes a whole large answer into a pipe", () => {
    const { status, stdout } = spawnSync(process.execPath, [program, "train", "--help"], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/130 interrupted\.\n$/);
  });

  test("reaches 97 % on the digits with its defaults", () => {
    const { status, stdout } = spawnSync(process.execPath, [program, "train", "digits", "--json"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as { validation: { accuracy: number } };
    expect(report.validation.accuracy).toBeGreaterThanOrEqual(0.97);
  });
});
