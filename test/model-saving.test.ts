import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadModel, saveModel } from "../src/model/model-file.ts";
import { dense, network } from "../src/network/index.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));
const KILLS = 200;
/** Processes at work at one time: starting one takes much longer than a save. */
const LANES = 4;

/** Saves the two models in turn for as long as it lives; says so before the first time. */
const saver = `import { readFileSync } from "node:fs";
import { writeFileAtomically } from "./compiled/cli/files/write-file.js";
const models = [readFileSync("first"), readFileSync("second")];
process.stdout.write("ready");
for (let i = 0; ; i++) writeFileAtomically(process.argv[2], models[i % 2]);
`;

let folder: string;
let models: readonly Uint8Array[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-kill-"));
  // The file on its own, as it is now: what is in dist may be older.
  const flags = "--ignoreConfig --target es2023 --module nodenext --rewriteRelativeImportExtensions --types node";
  execFileSync(
    join(repository, "node_modules", ".bin", "tsc"),
    [...flags.split(" "), "--rootDir", "src", "--outDir", join(folder, "compiled"), "src/cli/files/write-file.ts"],
    { cwd: repository },
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "saver.js"), saver);
  // 200 kB each: large enough that a kill often comes in the middle of writing one.
  const nets = [1, 2].map((seed) => network(200, [dense(200, "tanh"), dense(10, "softmax")], { seed }));
  models = nets.map((net) =>
    saveModel({ network: net, task: "classification", preprocessing: null, classes: null, summary: null }),
  );
  for (const [i, bytes] of models.entries()) writeFileSync(join(folder, ["first", "second"][i]!), bytes);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Kept = "none" | "first" | "second" | "a broken one";

/** Starts a saver and kills it `delayMs` after it began. @returns what there is then. */
async function afterKill(name: string, delayMs: number): Promise<Kept> {
  const child = spawn(process.execPath, ["saver.js", name], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  const path = join(folder, name);
  if (!existsSync(path)) return "none";
  const bytes = readFileSync(path);
  const which = models.findIndex((model) => bytes.equals(model));
  return (["first", "second"] as const)[which] ?? "a broken one";
}

describe("A program that saves a model again and again", () => {
  test(`and is killed at ${KILLS} random instants leaves a whole model each time, or none yet`, async () => {
    const kept: Kept[] = [];
    const lane = async (number: number): Promise<void> => {
      for (let i = number; i < KILLS; i += LANES) {
        // Not seeded: every run of the tests is to try other instants.
        kept.push(await afterKill(`model${number}`, randomInt(12_000) / 1000));
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
    expect(kept).not.toContain("a broken one");
    // Kills came after odd and after even saves.
    expect(kept).toEqual(expect.arrayContaining(["first", "second"]));
    for (const bytes of models) expect(loadModel(bytes).network.outputs).toBe(10);
    // Killed in the middle of saving, not before or after: some left what they had written under another name.
    const cutShort = readdirSync(folder).filter((name) => name.endsWith(".tmp"));
    expect(cutShort.length).toBeGreaterThan(KILLS / 20);
    // About 0.15 s of a core for each, nearly all of it the start of Node; five minutes for a machine with much else to do.
  }, 300_000);

  test.skipIf(process.platform === "win32")("and runs out of space keeps the last one, and no part of the next", () => {
    const before = readFileSync(join(folder, "first"));
    writeFileSync(join(folder, "full"), before);
    const others = readdirSync(folder);
    // Files may have 8 blocks of 512 or 1,024 bytes: a stand-in for a disk that has no more.
    const { status, stderr } = spawnSync("sh", ["-c", `ulimit -f 8; exec "${process.execPath}" saver.js full`], {
      cwd: folder,
      encoding: "utf8",
    });
    expect({ status, message: /DataError: full: .*/.exec(stderr)?.[0] }).toEqual({
      status: 1,
      message:
        "DataError: full: expected a place to write to, got a file larger than the system allows. Check path, rights and space.",
    });
    expect(readFileSync(join(folder, "full"))).toEqual(before);
    expect(readdirSync(folder)).toEqual(others);
  });
});
