import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { run } from "../../run.ts";

const twoNeurons = {
  inputs: 1,
  cost: "quadratic",
  layers: [
    { units: 1, activation: "relu", bias: false, weights: [[0.01]] },
    { units: 1, activation: "sigmoid", weights: [[-5]], biases: [-1] },
  ],
  examples: { inputs: [[3], [1]], targets: [[1], [0]] },
};

let folder: string;
let networkPath: string;
let modelPath: string;

async function outcomeOf(words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(["explain", ...words], terminal);
  return { code, out: written.out, err: written.err };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-explain-"));
  networkPath = join(folder, "network.json");
  writeFileSync(networkPath, JSON.stringify(twoNeurons));
  const { terminal } = recordingTerminal();
  const out = join(folder, "digits");
  await run(["train", "digits", "--epochs", "1", "--hidden", "12", "--quiet", "--out", out], terminal);
  modelPath = join(out, "model.safetensors");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("backpass explain, with a network", () => {
  test("writes out every equation of a small one, with differences beside the derivatives", async () => {
    const { code, out, err } = await outcomeOf([networkPath]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("z_1^1 = Σ_k w_jk^l a_k^(l-1)\n        = w_11^1 a_1^0\n        = 0.01 · 3\n        = 0.03\n");
    expect(out).toContain("∂C/∂w_11^1 = a_1^0 δ_1^1 = 3 · 0.693639 = 2.08092   differences give 2.08092");
    expect(out).toMatch(/neuron +z +a +δ +target +∂C\/∂b/);
  });

  test("opens one neuron, and says whether the differences agree", async () => {
    const { code, out } = await outcomeOf([networkPath, "--layer", "2", "--neuron", "1", "--example", "2"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Neuron 1 of layer 2: example 2\n/);
    expect(out).toContain("f′(z_1^2) = a_j^L (1 - a_j^L)");
    expect(out).toMatch(/Central differences in float64 agree: the largest relative error is \S+; 1e-6 is allowed/);
    expect(out).not.toContain("layer 1:");
  });

  test("prints one object for programs, with every digit", async () => {
    const { out } = await outcomeOf([networkPath, "--layer", "1", "--neuron", "1", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      engine: "reference",
      of: "examples",
      examples: [1],
      cost: expect.closeTo(0.28842841648, 10),
      layers: [{ layer: 1, dw: [[expect.closeTo(2.08091656217, 10)]], db: null }],
      place: null,
      neuron: {
        z: { quantity: "z_1^1", numbers: "0.01 · 3", value: 0.03, sums: [{ terms: [{ neuron: 1, value: 0.03 }] }] },
        delta: { value: expect.closeTo(0.69363885406, 10), difference: expect.closeTo(0.69363885406, 7) },
        dw: { weights: 1, largest: [{ from: 1, formula: "a_k^(l-1) δ_j^l" }] },
        db: null,
        check: { passed: true },
      },
    });
  });

  test("gives means over all examples", async () => {
    const { out } = await outcomeOf([networkPath, "--example", "mean", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ of: "means", examples: [1, 2], inputs: [[2]], neuron: null });
  });

  test("writes a page with both drawings, and the drawing alone", async () => {
    const [html, svg] = [join(folder, "a.html"), join(folder, "a.svg")];
    const { code } = await outcomeOf([networkPath, "--html", html, "--svg", svg, "--view", "backward"]);
    expect(code).toBe(0);
    const page = readFileSync(html, "utf8");
    expect(page).toMatch(/^<!doctype html>[\s\S]*<g class="network forward">[\s\S]*<g class="network backward">/);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg [\s\S]*<g class="network backward">[\s\S]*<\/svg>\n$/);
  });
});

describe("backpass explain, with a model", () => {
  test("takes the example from DATA, through the model's own preprocessing", async () => {
    const svg = join(folder, "digit.svg");
    const words = [modelPath, "digits", "--example", "18", "--layer", "2", "--neuron", "8", "--engine", "wasm"];
    const { code, out } = await outcomeOf([...words, "--svg", svg]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Neuron 8 of layer 2: example 18 \(row 18 of digits\)\nCost C = \S+, computed by the engine wasm/,
    );
    expect(out).toMatch(/\d+ more = /);
    // 784 or 64 numbers are not to be read: what is printed stays a page.
    expect(out.split("\n").length).toBeLessThan(90);
    const drawing = readFileSync(svg, "utf8");
    expect(drawing).toContain("8 × 8 pixels");
    expect(drawing).toContain(">t 1<");
  });

  test("names the place of the example for programs", async () => {
    const { out } = await outcomeOf([modelPath, "digits", "--example", "3", "--layer", "2", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ examples: [3], place: "row 3 of digits", layers: [{ layer: 2 }] });
  });
});

test.each([
  [[], /explain: expected NETWORK\|MODEL and \[?DATA|explain: expected NETWORK\|MODEL/],
  [["NETWORK", "--example", "3"], /--example: expected a whole number from 1 to 2, or mean, got "3"/],
  [["NETWORK", "--example", "0"], /--example: expected a whole number from 1 to 2, or mean, got "0"/],
  [["NETWORK", "--layer", "3"], /--layer: expected a whole number from 1 to 2, got "3"/],
  [["NETWORK", "--layer", "2", "--neuron", "2"], /--neuron: expected 1, the only one, got "2"/],
  [["NETWORK", "--neuron", "1"], /--neuron: expected --layer with it/],
  [
    ["NETWORK", "--layer", "1", "--neuron", "1", "--example", "mean"],
    /--neuron: expected one example, got --example mean/,
  ],
  [["NETWORK", "iris"], /expected DATA with a model only, got iris/],
  [["NETWORK", "--view", "up"], /--view: expected forward, backward, got "up"/],
  [["MODEL"], /expected DATA after .*model.safetensors/],
  [["MODEL", "digits", "--example", "2000"], /--example: expected a whole number from 1 to 1797, or mean, got "2000"/],
  [["MODEL", "iris"], /expected/],
  [["missing.json"], /there is no file "missing.json" here/],
])("refuses %j with one line, and exit 2", async (words, message) => {
  const svg = join(folder, "none.svg");
  const paths = words.map((word) => (word === "NETWORK" ? networkPath : word === "MODEL" ? modelPath : word));
  const { code, out, err } = await outcomeOf([...paths, "--svg", svg]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^backpass: [^\n]+\n$/);
  expect(err).toMatch(message);
  expect(existsSync(svg)).toBe(false);
});
