import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadModel } from "../src/model/index.ts";
import { repository } from "./installed-package.ts";

const program = join(repository, "dist", "cli", "main.js");
/** A few at every run of the tests; `BACKPASS_KILLS=200 npx vitest run test/cli-kill.test.ts` for many. */
const KILLS = Number(process.env["BACKPASS_KILLS"] ?? 12);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-killed-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a training, and kills it `delayMs` after that. @returns what it left at the place of the model. */
async function leftAfterKill(out: string, delayMs: number): Promise<"none" | "unfinished" | "finished"> {
  const words = [program, "train", "digits", "--epochs", "40", "--patience", "none", "--quiet", "--out", out];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const timer = setTimeout(() => child.kill("SIGKILL"), Math.min(delayMs, 2 ** 31 - 1));
  await ended;
  clearTimeout(timer);
  const path = join(folder, out, "model.safetensors");
  if (!existsSync(path)) return "none";
  // Throws for anything but a whole model.
  const { network, summary } = loadModel(readFileSync(path));
  expect(network.outputs).toBe(10);
  return summary?.["isFinished"] === true ? "finished" : "unfinished";
}

describe("`backpass train`", () => {
  test(`killed at ${KILLS} random instants leaves a whole model each time, or none yet`, async () => {
    // How long a run takes here and now, start of Node included.
    const startedMs = performance.now();
    expect(await leftAfterKill("whole", Infinity)).toBe("finished");
    const wholeMs = Math.ceil(performance.now() - startedMs);
    const left: string[] = [];
    const lane = async (number: number): Promise<void> => {
      for (let i = number; i < KILLS; i += 2) {
        // Not seeded: every run of the tests is to try other instants.
        left.push(await leftAfterKill(`run-${i}`, randomInt(Math.floor(wholeMs / 10), Math.ceil(1.2 * wholeMs))));
      }
    };
    await Promise.all([lane(0), lane(1)]);
    expect(left).toHaveLength(KILLS);
    if (KILLS >= 100) {
      const count = (what: string): number => left.filter((each) => each === what).length;
      const cut = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"));
      console.log(
        `${KILLS} kills: ${count("none")} before there was a model, ${count("unfinished")} with that of an epoch, ` +
          `${count("finished")} with that of the end; ${cut.length} in the middle of writing`,
      );
      // With so many, some come at each of these times.
      expect(left).toEqual(expect.arrayContaining(["none", "unfinished"]));
    }
  }, 600_000);
});
