import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { run } from "../../run.ts";

const example = fileURLToPath(new URL("../../../../examples/two-neurons.txt", import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-derive-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function outcomeOf(words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(["derive", ...words], terminal);
  return { code, out: written.out, err: written.err };
}

describe("backpass derive, with a file of equations", () => {
  test("prints the textbook's figures, chains and update", async () => {
    const { code, out } = await outcomeOf([example, "--step", "0.1"]);
    expect(code).toBe(0);
    expect(out).toContain("= 0.288428");
    expect(out).toContain("∂C/∂w1 = ∂C/∂y · ∂y/∂z2 · ∂z2/∂a1 · ∂a1/∂z1 · ∂z1/∂w1");
    expect(out).toContain("= 2.08092 ");
    expect(out).toContain("= -0.00416183 ");
    expect(out).toContain("= -0.138728 ");
    expect(out).toContain("= 0.01 - 0.1 · 2.08092 = -0.198092");
  });

  test("prints one object for programs", async () => {
    const { out } = await outcomeOf([example, "--json", "--step", "0.5", "--by", "w1"]);
    expect(JSON.parse(out)).toEqual({
      values: expect.objectContaining({ x: 3, z1: 0.03, C: expect.closeTo(0.28842841648, 11) }),
      derivatives: {
        w1: {
          symbolic: "(y - t)*y*(1 - y)*w2*(z1 > 0)*x",
          value: expect.closeTo(2.08091656217, 11),
          numeric: expect.closeTo(2.08091656217, 7),
        },
      },
      updated: { w1: expect.closeTo(0.01 - 0.5 * 2.08091656217, 10) },
    });
    expect(JSON.parse((await outcomeOf([example, "--json"])).out)).toMatchObject({ updated: null });
  });

  test("takes other values with --at, in Greek too", async () => {
    const { out } = await outcomeOf([example, "--json", "--at", "x=-1, t=0.5"]);
    expect(JSON.parse(out)).toMatchObject({ values: { x: -1, t: 0.5, a1: 0 }, derivatives: { w1: { value: 0 } } });
  });

  test.each([
    [
      "latex",
      /^\\documentclass\{article\}[\s\S]*\\frac\{\\partial C\}\{\\partial w_\{1\}\}[\s\S]*\\end\{document\}\n$/,
    ],
    ["html", /^<!doctype html>[\s\S]*<math [\s\S]*<\/html>\n$/],
  ])("prints %s", async (format, expected) => {
    expect((await outcomeOf([example, "--format", format])).out).toMatch(expected);
  });

  test.each([
    [["--at", "q=1"], /expected a value of the file \(x, t, w1, w2, b\), got "q"/],
    [["--at", "x"], /--at: expected values such as x=2,t=0, got "x"/],
    [["--at", "x=two"], /--at x: expected a number, got "two"/],
    [["--by", "w3"], /expected a quantity of the file/],
    [["--step", "-1"], /--step: expected a learning rate/],
    [["--svg", "plot.svg"], /--svg: expected a function of one quantity/],
    [["--format", "pdf"], /--format: expected text, latex, html/],
  ])("refuses %j", async (words, message) => {
    const { code, err } = await outcomeOf([example, ...words]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test("names the file, line and column of a mistake", async () => {
    const path = join(folder, "wrong.txt");
    writeFileSync(path, "z = w*x\nC = (z\ngiven x = 1\nparameters w = 1\ncost C\n");
    const { code, err } = await outcomeOf([path]);
    expect(code).toBe(2);
    expect(err).toBe(
      `backpass: ${path}: line 2, column 7: expected ")", got the end. Complete or correct the formula here.\n`,
    );
  });
});

describe("backpass derive, with a function", () => {
  test("prints its derivative, in terms of itself too, and how it behaves", async () => {
    const { code, out } = await outcomeOf(["1/(1+e^(-z))", "--by", "z"]);
    expect(code).toBe(0);
    expect(out).toContain("f′(z) = e^(-z)/(1 + e^(-z))^2");
    expect(out).toContain("= f(z) (1 - f(z))   in terms of f itself");
    expect(out).toContain("Its magnitude is largest at z = 0: 0.25.");
    expect(out).toContain("For large |z| its magnitude becomes small.");
    expect((await outcomeOf(["sigmoid"])).out).toContain("= σ(z) (1 - σ(z))   in terms of σ itself");
    expect((await outcomeOf(["relu"])).out).toContain(
      "A kink at z = 0: the slope is 0 on the left, 1 on the right; at the kink itself 0 is used.",
    );
  });

  test("prints one object for programs", async () => {
    expect(JSON.parse((await outcomeOf(["z^2*abs(z)/3", "--json"])).out)).toMatchObject({
      by: "z",
      claims: [
        { kind: "largest", value: { kind: "unbounded" }, basis: "proved" },
        { kind: "limit", toward: "minusInfinity", value: "-Infinity", basis: "proved" },
        { kind: "limit", toward: "plusInfinity", value: "Infinity", basis: "proved" },
      ],
    });
  });

  test("draws its curves", async () => {
    const path = join(folder, "relu.svg");
    expect((await outcomeOf(["relu", "--svg", path])).code).toBe(0);
    expect(readFileSync(path, "utf8")).toMatch(/^<svg /);
  });

  test.each([
    [["tanhh"], /got "tanhh"\. Did you mean "tanh"\?/],
    [["missing.txt"], /there is no file "missing\.txt" here/],
    [["z^^2"], /formula: expected a number, a name or "\("/],
    [[" "], /expected a formula, got nothing/],
    [["a*b"], /expected a formula in one symbol, got a, b\. Say with respect to which: --by a\./],
    [["a*b", "--by", "a,b"], /--by: expected one symbol/],
    [["a*b", "--by", "a", "--svg", "x.svg"], /--svg: expected a formula in one symbol/],
    [["z^2", "--step", "1"], /--step: expected a file of equations/],
  ])("refuses %j", async (words, message) => {
    const { code, out, err } = await outcomeOf(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });
});

describe("backpass derive, with a network", () => {
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const classifier = {
    inputs: 2,
    cost: "crossEntropy",
    layers: [
      { units: 3, activation: "relu" },
      { units: 3, activation: "softmax" },
    ],
  };

  test("prints its equations", async () => {
    const { code, out } = await outcomeOf([file("classifier.json", classifier)]);
    expect(code).toBe(0);
    expect(out).toContain("= a_j^L - t_j   as the targets of an example add up to 1");
    expect(out).toContain("= [z_j^l > 0] Σ_k w_kj^(l+1) δ_k^(l+1)");
  });

  test("prints the general ones when none is given", async () => {
    const { out } = await outcomeOf([]);
    expect(out).toContain("= f′(z_j^l) Σ_k w_kj^(l+1) δ_k^(l+1)");
    expect((await outcomeOf(["general"])).out).toBe(out);
  });

  test("prints those of a trained model", async () => {
    const { terminal } = recordingTerminal();
    const out = join(folder, "run");
    await run(["train", "iris", "--epochs", "1", "--hidden", "4", "--quiet", "--out", out], terminal);
    expect((await outcomeOf([join(out, "model.safetensors")])).out).toContain("δ^L = a^L");
  });

  test("prints one object for programs, each step as text and LaTeX", async () => {
    const { out } = await outcomeOf(["--json"]);
    const page = JSON.parse(out) as { sections: { title: string; equations: { steps: unknown[] }[] }[] };
    expect(page.sections.map(({ title }) => title)).toEqual(["Forward", "Backward", "As matrices", "Update"]);
    expect(page.sections[1]?.equations[0]?.steps[1]).toMatchObject({
      relation: "equals",
      text: "∂C_x/∂a_j^L f′(z_j^L)",
      latex: String.raw`\frac{\partial C_{x}}{\partial a_{j}^{L}} f^{\prime}(z_{j}^{L})`.replace(
        "(z_{j}^{L})",
        String.raw`\left(z_{j}^{L}\right)`,
      ),
    });
  });

  test("writes programs with the file's examples, or with made ones", async () => {
    const made = await outcomeOf([file("classifier.json", classifier), "--format", "typescript", "--step", "0.5"]);
    expect(made.out).toMatch(/function forward\([\s\S]*function backward\([\s\S]*function update\([\s\S]*, 0\.5\);/);
    const labelled = { ...classifier, examples: { inputs: [[1, 2]], targets: [2] } };
    const { out } = await outcomeOf([file("labelled.json", labelled), "--format", "python"]);
    expect(out).toContain("targets = np.array([[0,0,1]], dtype=float)");
    expect((await outcomeOf([example, "--format", "python"])).out).toContain("    dC_dz2 = dC_dy * (y * (1 - y))");
  });

  test.each([
    [["general", "--by", "w"], /--by: expected a file of equations/],
    [["general", "--format", "python"], /--format python: expected a network or a file of equations, got the general/],
    [["sigmoid", "--format", "typescript"], /--format typescript: expected a network .*, got a function/],
    [["missing.json"], /there is no file "missing\.json" here/],
  ])("refuses %j", async (words, message) => {
    const { code, err } = await outcomeOf(words);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test("names the file when it is no network", async () => {
    const path = join(folder, "broken.json");
    writeFileSync(path, "{ inputs: 1 }");
    expect((await outcomeOf([path])).err).toMatch(/broken\.json: line 1, column \d+: expected .*JSON there/);
  });
});
