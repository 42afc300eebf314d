import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import type { Diagnosis, GradientOrigin } from "../../../explain/index.ts";
import { run } from "../../run.ts";

let folder: string;
let healthy: string;
let sick: string;
let networkPath: string;

async function outcomeOf(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  return { code: await run(words, terminal), ...written };
}

async function trained(name: string, ...words: string[]): Promise<string> {
  const out = join(folder, name);
  const { code, err } = await outcomeOf("train", ...words, "--quiet", "--no-report", "--out", out);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-diagnose-"));
  healthy = await trained("healthy", "iris", "--epochs", "20", "--hidden", "16");
  sick = await trained("sick", "wine", "--epochs", "2", "--hidden", "8", "--standardize", "off");
  networkPath = join(folder, "network.json");
  const examples = { inputs: [[1, 1]], targets: [[0]] };
  const first = {
    units: 2,
    activation: "relu",
    weights: [
      [1, 1],
      [1, 1],
    ],
    biases: [0, -9],
  };
  const layers = [first, { units: 1, activation: "sigmoid", weights: [[1, 1]] }];
  writeFileSync(networkPath, JSON.stringify({ inputs: 2, layers, examples }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("backpass diagnose", () => {
  test("shows a healthy run's layers and no findings, with the data that the run names", async () => {
    const { code, out, err } = await outcomeOf("diagnose", healthy);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^150 examples, cost \S+\n\nlayer +neurons +δ +∂C\/∂w +w +η ∂C\/∂w \/ w +saturated +dead\n/);
    expect(out).toMatch(/\nno findings\n$/);
  });

  test("names what is wrong with a sick one, why by an equation, and what to try, and exits with 1", async () => {
    const { code, out } = await outcomeOf("diagnose", join(sick, "model.safetensors"), "wine");
    expect(code).toBe(1);
    expect(out).toContain("1  unscaledInputs\n");
    expect(out).toContain("magnesium");
    expect(out).toMatch(/ {3}why {3}∂C\/∂w_jk\^l = 1\/n Σ_x a_k\^\(l-1\) δ_j\^l\n/);
    expect(out).toMatch(/ {3}try {3}Bring every column to mean 0/);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  test("prints findings as data for programs", async () => {
    const { code, out } = await outcomeOf("diagnose", sick, "--json");
    expect(code).toBe(1);
    const { findings, layers, examples } = JSON.parse(out) as Diagnosis;
    expect({ examples, layers: layers.length }).toEqual({ examples: 178, layers: 2 });
    expect(findings).toMatchObject([
      {
        kind: "unscaledInputs",
        where: { layer: 1, neurons: null, columns: expect.arrayContaining(["magnesium", "proline"]) },
        evidence: { largestSize: expect.any(Number), sizeBound: 10 },
        why: { equation: "BP3", term: "a_k^(l-1)" },
      },
    ]);
  });

  test("takes a network file with its own examples", async () => {
    const { code, out } = await outcomeOf("diagnose", networkPath);
    expect(code).toBe(0);
    expect(out).toMatch(/^1 examples, /);
  });

  test("follows a derivative to the factor that makes it 0", async () => {
    const { code, out } = await outcomeOf("diagnose", networkPath, "--why", "w_1_2_1");
    expect(code).toBe(0);
    expect(out).toContain("δ_2^1 = f′(z_2^1) Σ_k w_k2^2 δ_k^2 = 0\n");
    expect(out).toMatch(/ {2}f′\(z_2\^1\) += 0 {3}relu′\(z\) = /);
    expect(out).toMatch(/\n∂C\/∂w_21\^1 is 0 because f′\(z_2\^1\) is 0\.\n$/);
    const { verdict, culprit } = JSON.parse(
      (await outcomeOf("diagnose", networkPath, "--why", "w_1_2_1", "--json")).out,
    ) as GradientOrigin;
    expect({ verdict, culprit }).toMatchObject({ verdict: "zero", culprit: { name: "f′(z_2^1)", value: 0 } });
  });

  test("follows one of a trained model, too", async () => {
    const { code, out } = await outcomeOf("diagnose", healthy, "--why", "b_2_3");
    expect(code).toBe(0);
    expect(out).toMatch(/^∂C\/∂b_3\^2 = \S+; factors of example \d+ of 150\n/);
  });

  test("asks for data where a model stands alone, and believes no record of other weights", async () => {
    const alone = join(folder, "alone");
    mkdirSync(alone);
    copyFileSync(join(healthy, "model.safetensors"), join(alone, "model.safetensors"));
    const { code, err } = await outcomeOf("diagnose", alone);
    expect(code).toBe(2);
    expect(err).toMatch(/^backpass: diagnose: expected DATA [^\n]+\n$/);
    copyFileSync(join(sick, "run.json"), join(alone, "run.json"));
    expect((await outcomeOf("diagnose", alone)).code).toBe(2);
  });

  test.each([
    [["--why", "w_9_1_1"], "expected a layer from 1 to 2, got 9"],
    [["--why", "weights"], "expected w_LAYER_NEURON_FROM or b_LAYER_NEURON"],
    [["iris"], "expected no DATA for a network file"],
  ])("answers %s for a network with one line, and exit 2", async (words, message) => {
    const { code, out, err } = await outcomeOf("diagnose", networkPath, ...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^backpass: [^\n]+\n$/);
    expect(err).toContain(message);
  });

  test("names what it expects when nothing is given", async () => {
    const { code, err } = await outcomeOf("diagnose");
    expect(code).toBe(2);
    expect(err).toBe("backpass: diagnose: expected MODEL|RUN|NETWORK, got nothing. Run: backpass diagnose --help\n");
  });
});
