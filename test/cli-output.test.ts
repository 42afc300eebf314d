import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands, run } from "../src/cli/run.ts";
import { recordingTerminal } from "./recording-terminal.ts";

/** One way to name outputs in every command (`--format`, `--out`), and one way to name a model. */

let folder: string;
let network: string;
let runFolder: string;

async function backpass(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(words, terminal);
  return { code, ...written };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-output-"));
  network = join(folder, "network.json");
  const examples = { inputs: [[0.1, 0.2]], targets: [[1]] };
  writeFileSync(
    network,
    JSON.stringify({ inputs: 2, layers: [{ units: 2, activation: "tanh" }, { units: 1 }], examples }),
  );
  mkdirSync(join(folder, "class"));
  writeFileSync(join(folder, "class", "ada.json"), '{ "delta-output": "1" }');
  runFolder = join(folder, "run");
  const { code, err } = await backpass(
    "train",
    "iris",
    "--epochs",
    "2",
    "--hidden",
    "4",
    "--quiet",
    "--out",
    runFolder,
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Command lines that print, without what says where and how. */
const lines = (): Readonly<Record<string, readonly string[]>> => ({
  predict: [runFolder, "iris"],
  evaluate: [runFolder, "iris"],
  data: ["iris"],
  gradient: [network],
  explain: [network],
  derive: ["sigmoid"],
  diagnose: [runFolder],
  sheet: ["backpropagation"],
  check: ["backpropagation", "--class", `${folder}/class`],
  lint: ["activations-and-costs"],
  gradcheck: [network],
});

describe("--format and --out", () => {
  const printing = commands.filter(({ options }) => options.some(({ name }) => name === "format"));

  test("are options of every command that prints one thing", () => {
    const without = commands.filter((command) => !printing.includes(command)).map(({ name }) => name);
    // The first two write files of their own, to which --out leads; a quiz is a conversation.
    expect(without).toEqual(["train", "report", "quiz"]);
    for (const { options } of printing)
      expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining(["out", "json"]));
  });

  test.each(Object.keys(lines()))("%s writes into a file what it would print, in every format", async (name) => {
    const words = [name, ...(lines()[name] ?? [])];
    const command = commands.find((each) => each.name === name);
    const formats = command?.options.find((option) => option.name === "format")?.choices ?? [];
    expect(formats).toContain("json");
    for (const format of formats) {
      // Programs are of networks and equations.
      const line = format === "typescript" || format === "python" ? ["derive", network] : words;
      const printed = await backpass(...line, "--format", format);
      const path = join(folder, `${name}.${format}`);
      const written = await backpass(...line, "--format", format, "--out", path);
      expect({ format, err: printed.err.replace(/^note:.*\n/gm, "") }).toEqual({ format, err: "" });
      expect({ format, out: written.out, code: written.code }).toEqual({ format, out: "", code: printed.code });
      expect(readFileSync(path, "utf8")).toBe(printed.out);
      if (format === "json") expect(JSON.parse(printed.out)).toBeTypeOf("object");
      if (format === "html") expect(printed.out).toMatch(/^<!doctype html>/i);
      if (format === "svg") expect(printed.out).toMatch(/^<svg/);
    }
    const [short, long] = [await backpass(...words, "--json"), await backpass(...words, "--format", "json")];
    expect(short).toEqual(long);
  });

  test("a place that cannot be written is told before the work, and standard output is -", async () => {
    const { code, err, out } = await backpass("gradcheck", network, "--out", join(folder, "none", "x"));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/none\/x: expected a place to write to, got no such folder/);
    expect(await backpass("gradient", network, "--out", "-")).toEqual(await backpass("gradient", network));
  });

  test("nothing is written when the command fails", async () => {
    const path = join(folder, "failed.json");
    const { code } = await backpass("gradient", join(folder, "no.json"), "--out", path);
    expect(code).toBe(2);
    expect(existsSync(path)).toBe(false);
  });

  test("an unknown format, and two at once, are refused", async () => {
    expect((await backpass("gradient", network, "--format", "jsno")).err).toMatch(
      /--format: expected text, json, got "jsno"\. Did you mean "json"\?/,
    );
    expect((await backpass("derive", "relu", "--format", "html", "--json")).err).toMatch(
      /--format: .* got html and --json\. Keep one/,
    );
  });
});

describe("a run's folder", () => {
  test.each(["predict", "evaluate", "explain"])("stands for its model: %s", async (command) => {
    const byFolder = await backpass(command, runFolder, "iris", "--json");
    expect(byFolder.code).toBe(0);
    expect(byFolder).toEqual(await backpass(command, join(runFolder, "model.safetensors"), "iris", "--json"));
  });

  test("the same in commands without data", async () => {
    for (const command of ["derive", "gradcheck", "profile", "diagnose"]) {
      const { err, out } = await backpass(
        command,
        runFolder,
        "--json",
        ...(command === "gradcheck" ? ["--engine", "wasm"] : []),
      );
      expect({ command, err }).toEqual({ command, err: "" });
      expect(JSON.parse(out)).toBeTypeOf("object");
    }
  }, 120_000);

  test("a folder without a model is told as that by all of them", async () => {
    for (const command of [
      "predict",
      "evaluate",
      "explain",
      "derive",
      "gradcheck",
      "profile",
      "diagnose",
      "gradient",
    ]) {
      const { code, err } = await backpass(
        command,
        folder,
        ...(["predict", "evaluate"].includes(command) ? ["iris"] : []),
      );
      expect({ command, code }).toEqual({ command, code: 2 });
      expect(err).toMatch(
        /expected a model or the folder of a run, with model\.safetensors in it, got a folder without/,
      );
    }
  });

  test("gradient says that a model has no examples", async () => {
    expect((await backpass("gradient", runFolder)).err).toMatch(
      /expected a network with examples, got a trained model/,
    );
  });
});

test("numbers that JSON has no sign for are texts, and not null", async () => {
  const path = join(folder, "overflow.json");
  const layers = [{ units: 1, activation: "identity", weights: [[1e308]] }];
  writeFileSync(path, JSON.stringify({ inputs: 1, layers, examples: { inputs: [[1e308]], targets: [[0]] } }));
  const { out } = await backpass("gradient", path, "--json");
  expect(JSON.parse(out)).toMatchObject({ cost: "Infinity", layers: [{ z: [["Infinity"]] }] });
});

describe("--help", () => {
  test.each(commands.map((command) => [command.name, command] as const))("%s says whole clauses", (_, command) => {
    for (const { name, description } of [...command.options, ...command.operands]) {
      // A clause starts with a capital (or a name that is written small) and says more than one word.
      expect({ name, description }).toEqual({ name, description: expect.stringMatching(/^["\p{Lu}].* /u) });
      expect({ name, description }).not.toEqual({ name, description: expect.stringMatching(/\.$/) });
    }
  });
});
