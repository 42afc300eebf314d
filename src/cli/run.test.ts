import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../test/recording-terminal.ts";
import { commands, run } from "./run.ts";
import type { Terminal } from "./framework/terminal.ts";

/** The two-neuron network of the textbook's worked example. */
const twoNeurons = {
  inputs: 1,
  cost: "quadratic",
  layers: [
    { units: 1, activation: "relu", bias: false, weights: [[0.01]] },
    { units: 1, activation: "sigmoid", weights: [[-5]], biases: [-1] },
  ],
  examples: { inputs: [[3]], targets: [[1]] },
};

let folder: string;
let networkPath: string;

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function outcomeOf(
  words: readonly string[],
  settings: Partial<Omit<Terminal, "columns">> = {},
): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal(settings);
  const code = await run(words, terminal);
  return { code, ...written };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-cli-"));
  networkPath = file("network.json", twoNeurons);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the program", () => {
  test("shows its help, with every command, when asked", async () => {
    const { code, out, err } = await outcomeOf(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const { name } of commands) expect(out).toContain(`\n  ${name} `);
  });

  test("shows its help as an error when no command is given", async () => {
    const { code, out, err } = await outcomeOf([]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: backpass COMMAND");
  });

  test("shows a version", async () => {
    expect((await outcomeOf(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    ["trian", 'Did you mean "train"?'],
    ["gradchek", 'Did you mean "gradcheck"?'],
    ["zzzzzz", "Run: backpass --help"],
    ["--versoin", 'Did you mean "--version"?'],
  ])("answers %s with one line that says: %s", async (word, advice) => {
    const { code, out, err } = await outcomeOf([word]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^backpass: expected a [^\n]*\n$/);
    expect(err).toContain(advice);
  });

  test("shows a stack trace with --debug only", async () => {
    const words = ["gradient", join(folder, "missing.json")];
    expect((await outcomeOf(words)).err).not.toContain("    at ");
    expect((await outcomeOf([...words, "--debug"])).err).toContain("    at ");
  });
});

describe.each(commands.map((command) => [command.name, command] as const))("backpass %s", (name, command) => {
  test("explains every option with its default, and shows an example", async () => {
    const { code, out } = await outcomeOf([name, "--help"]);
    expect(code).toBe(0);
    for (const option of command.options) {
      expect(out).toContain(`--${option.name}`);
      if (option.default !== null) expect(out).toContain(`(default: ${option.default})`);
    }
    expect(out).toMatch(new RegExp(`\\nExamples?:\\n  backpass ${name}\\b`));
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test.each([80, 50])("keeps its help within %i columns of a terminal, where words allow it", async (columns) => {
    const { terminal, written } = recordingTerminal({ columns, isOutWatched: true });
    expect(await run(["help", name], terminal)).toBe(0);
    // Examples are lines to be copied, and the defaults one piece.
    const lines = written.out.split("\n").filter((line) => !line.includes("backpass") && !line.includes("(default"));
    const tooLong = lines.filter((line) => line.length > columns && line.trim().includes(" "));
    expect(tooLong).toEqual([]);
  });

  test("names the nearest option for an unknown one", async () => {
    const known = command.options.find((option) => option.name === "json") ?? command.options[0];
    const option = known?.name ?? "";
    // The last letter but one is missing.
    const typed = option.slice(0, -2) + option.slice(-1);
    const { code, err } = await outcomeOf([name, "x", "y", `--${typed}`]);
    expect(code).toBe(2);
    expect(err).toBe(`backpass: ${name}: expected a known option, got --${typed}. Did you mean "--${option}"?\n`);
  });
});

describe("backpass gradient", () => {
  test("prints the figures of the worked example to 10 digits in float64", async () => {
    const { code, out } = await outcomeOf(["gradient", networkPath, "--json"]);
    expect(code).toBe(0);
    // Worked out by hand in test/two-neurons.test.ts, to 11 decimals.
    const printed: unknown = JSON.parse(out);
    const closeTo = (value: number): unknown => expect.closeTo(value, 10);
    expect(printed).toEqual({
      cost: closeTo(0.28842841648),
      layers: [
        {
          z: [[closeTo(0.03)]],
          a: [[closeTo(0.03)]],
          delta: [[closeTo(0.69363885406)]],
          dw: [[closeTo(2.08091656217)]],
          db: null,
        },
        {
          z: [[closeTo(-1.15)]],
          a: [[closeTo(0.24048908305)]],
          delta: [[closeTo(-0.13872777081)]],
          dw: [[closeTo(-0.00416183312)]],
          db: [closeTo(-0.13872777081)],
        },
      ],
    });
  });

  test("prints them in float32 on the default engine, close to those", async () => {
    const { code, out } = await outcomeOf(["gradient", networkPath, "--json"]);
    expect(code).toBe(0);
    // float32 has 24 bits; a chain of a dozen roundings of quantities near 1 stays within 1e-6.
    expect(JSON.parse(out)).toMatchObject({ cost: expect.closeTo(0.28842841648, 6) });
  });

  test("prints a table to be read", async () => {
    const { code, out } = await outcomeOf(["gradient", networkPath]);
    expect(code).toBe(0);
    expect(out).toContain("layer 1");
    expect(out).toContain("2.08092");
    expect(out).toContain("db  none: the layer has no bias");
  });

  test("cuts large matrices in the table", async () => {
    const wide = file("wide.json", {
      inputs: 30,
      layers: [{ units: 20, activation: "tanh" }],
      examples: { inputs: [new Array<number>(30).fill(1)], targets: [new Array<number>(20).fill(1)] },
    });
    const { out } = await outcomeOf(["gradient", wide]);
    expect(out).toContain("… (20 × 30; --json prints all)");
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThan(140);
  });

  test.each([
    ["no file", "missing.json", null, "there is no file"],
    ["no JSON", "broken.json", "{ inputs: 1", "line 1, column 3: expected a name in"],
    ["no examples", "bare.json", { ...twoNeurons, examples: undefined }, 'expected "examples"'],
    ["an unknown key", "unknown.json", { ...twoNeurons, layer: [] }, "layer"],
    ["a wrong shape", "shape.json", { ...twoNeurons, inputs: 2 }, "layers"],
  ])("answers %s with one line naming the file, and exit 2", async (_, name, content, expected) => {
    const path = content === null ? join(folder, name) : file(name, content);
    const { code, out, err } = await outcomeOf(["gradient", path]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^backpass: [^\n]+\n$/);
    expect(err).toContain(name);
    expect(err).toContain(expected);
  });
});

describe("backpass gradcheck", () => {
  test.each(["reference", "wasm"])("passes on the %s engine, and states the bound", async (engine) => {
    const { code, out } = await outcomeOf(["gradcheck", networkPath, "--engine", engine]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`worst relative error \\S+, bound \\S+ \\(${engine}\\): passed\n$`));
  });

  test("prints one object for programs", async () => {
    const { out } = await outcomeOf(["gradcheck", networkPath, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ passed: true, worst: expect.any(Number), bound: expect.any(Number) });
  });

  test("counts the parameters at a kink", async () => {
    // z = 0 exactly: ReLU has a corner there, and its derivative is 0 by definition.
    const kink = file("kink.json", {
      inputs: 1,
      layers: [{ units: 1, activation: "relu", weights: [[1]], biases: [0] }],
      examples: { inputs: [[0]], targets: [[1]] },
    });
    const { code, out } = await outcomeOf(["gradcheck", kink]);
    expect(code).toBe(0);
    expect(out).toContain("1 parameter lies at a kink");
  });

  test("fails with exit 1 where float32 cannot hold the gradients", async () => {
    // dw of layer 1 is 1e20 · 1e20: beyond float32's 3.4e38, well within float64.
    const huge = file("huge.json", {
      inputs: 1,
      layers: [
        { units: 1, weights: [[1]] },
        { units: 1, weights: [[1e20]] },
      ],
      examples: { inputs: [[1]], targets: [[0]] },
    });
    const { code, out } = await outcomeOf(["gradcheck", huge]);
    expect(code).toBe(1);
    expect(out).toContain("FAILED");
    expect((await outcomeOf(["gradcheck", huge, "--engine", "reference"])).code).toBe(0);
  });

  test("checks a trained model at inputs that are made for it", async () => {
    const out = join(folder, "to-check");
    await outcomeOf(["train", "iris", "--epochs", "2", "--hidden", "8,4", "--quiet", "--out", out]);
    const checked = await outcomeOf(["gradcheck", join(out, "model.safetensors"), "--engine", "reference"]);
    expect(checked.code).toBe(0);
    expect(checked.out).toMatch(/bound \S+ \(reference\): passed\n$/);
  });
});
