import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadModel } from "../src/model/index.ts";
import { repository } from "./installed-package.ts";

const program = join(repository, "dist", "bundle", "main.js");
/** A few at every run of the tests; `BACKPASS_KILLS=200 npx vitest run test/cli-kill.test.ts` for many. */
const KILLS = Number(process.env["BACKPASS_KILLS"] ?? 6);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-killed-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a training and kills it `delayMs` after its first model appeared. @returns false when that was a broken one. */
async function survives(out: string, delayMs: number): Promise<boolean> {
  const words = [program, "train", "digits", "--epochs", "1000000", "--patience", "none", "--quiet", "--out", out];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  const path = join(folder, out, "model.safetensors");
  while (!existsSync(path) && child.exitCode === null) await pause(5);
  await pause(delayMs);
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  // Throws for anything but a whole model.
  const { network, summary } = loadModel(readFileSync(path));
  return network.outputs === 10 && summary?.["isFinished"] === false;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe("`backpass train`", () => {
  test(`killed at ${KILLS} random instants, once it has a model, leaves a whole one each time`, async () => {
    const left: boolean[] = [];
    const lane = async (number: number): Promise<void> => {
      for (let i = number; i < KILLS; i += 2) {
        // Not seeded: every run of the tests is to try other instants. It saves once a second.
        left.push(await survives(`run-${i}`, randomInt(1500)));
      }
    };
    await Promise.all([lane(0), lane(1)]);
    expect(left).toEqual(new Array<boolean>(KILLS).fill(true));
    const cut = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"));
    if (KILLS >= 100) console.log(`${KILLS} kills, ${cut.length} of them in the middle of writing`);
  }, 900_000);
});
