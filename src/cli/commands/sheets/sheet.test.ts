import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { run } from "../../run.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-sheet-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function outcomeOf(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(["sheet", ...words], terminal);
  return { code, out: written.out, err: written.err };
}

describe("backpass sheet", () => {
  test("prints a bundled sheet as text", async () => {
    const { code, out, err } = await outcomeOf("backpropagation");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Backpropagation\n=+\n/);
    expect(out).not.toContain("0.28843");
  });

  test("prints solutions when asked to", async () => {
    const { out } = await outcomeOf("backpropagation", "--solutions");
    expect(out).toContain("Answer: C = 0.28843");
  });

  test("writes a page to a file", async () => {
    const path = join(folder, "sheet.html");
    const { code, out } = await outcomeOf("two-three-two", "--format", "html", "--seed", "7", "--out", path);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(readFileSync(path, "utf8")).toMatch(/^<!doctype html>[\s\S]*Variant 7/);
  });

  test("prints a LaTeX document", async () => {
    const { out } = await outcomeOf("optimizers", "--format", "latex");
    expect(out).toMatch(/^\\documentclass/);
  });

  test("prints a sheet's source as a start, from which the same sheet is made", async () => {
    const { out } = await outcomeOf("optimizers", "--format", "markdown");
    const path = join(folder, "own-optimizers.md");
    writeFileSync(path, out);
    expect((await outcomeOf(path)).out).toBe((await outcomeOf("optimizers")).out);
  });

  test("makes a sheet about a network, in which lint finds nothing and whose solutions are known", async () => {
    const network = join(folder, "own.json");
    const layers = [
      {
        units: 2,
        activation: "tanh",
        weights: [
          [0.5, -1],
          [0.25, 2],
        ],
        biases: [0, 0.5],
      },
      { units: 1, activation: "sigmoid", weights: [[1, -0.5]], biases: [0.1] },
    ];
    const json = {
      inputs: 2,
      cost: "quadratic",
      layers,
      examples: {
        inputs: [
          [1, 2],
          [3, 4],
        ],
        targets: [[0], [1]],
      },
    };
    writeFileSync(network, JSON.stringify(json));
    const path = join(folder, "own-sheet.md");
    const { code, err } = await outcomeOf(network, "--format", "markdown", "--out", path);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const linted = recordingTerminal();
    expect({ code: await run(["lint", path], linted.terminal), out: linted.written.out }).toEqual({
      code: 0,
      out: "no findings\n",
    });
    const solved = await outcomeOf(path, "--solutions");
    expect(solved.out).toMatch(/^own\n===\n/);
    expect(solved.out.match(/Answer: /g)).toHaveLength(11);
    expect(solved.out).not.toContain("no value");
  });

  test.each([
    ["without an example", { inputs: 1, layers: [{ units: 1, activation: "identity" }], cost: "quadratic" }],
    [
      "of classes",
      {
        inputs: 2,
        layers: [{ units: 3, activation: "softmax" }],
        cost: "crossEntropy",
        examples: { inputs: [[1, 2]], targets: [2] },
      },
    ],
  ])("makes a sheet about a network %s", async (what, json) => {
    const network = join(folder, "bare.json");
    writeFileSync(network, JSON.stringify(json));
    const path = join(folder, "bare.md");
    const { code, err } = await outcomeOf(network, "--format", "markdown", "--out", path);
    expect(code).toBe(0);
    expect(err).toMatch(
      what === "of classes" ? /^$/ : /^note: .*bare\.json has no example, so that the sheet has one of its own/,
    );
    const linted = recordingTerminal();
    expect({ code: await run(["lint", path], linted.terminal), out: linted.written.out }).toMatchObject({ code: 0 });
  });

  test("says of a network that is too wide for a sheet what makes it so", async () => {
    const network = join(folder, "wide.json");
    writeFileSync(
      network,
      JSON.stringify({ inputs: 30, layers: [{ units: 30, activation: "relu" }], cost: "quadratic" }),
    );
    const { code, err } = await outcomeOf(network, "--format", "markdown");
    expect(code).toBe(2);
    expect(err).toMatch(/wide\.json: .*expected at most 200 weights and biases, got 930/);
  });

  test("prints a form for answers, which check reads as one without any", async () => {
    const path = join(folder, "form.json");
    await outcomeOf("two-three-two", "--seed", "7", "--format", "answers", "--out", path);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
      name: "",
      seed: 7,
      answers: { "hidden-input": "" },
    });
    const checked = recordingTerminal();
    expect(await run(["check", "two-three-two", "--answers", path, "--json"], checked.terminal)).toBe(1);
    expect(JSON.parse(checked.written.out)).toMatchObject({ name: "form", seed: 7, points: 0, checks: [] });
  });

  test("has a line for the name, but not with solutions", async () => {
    const formats = { text: /^Name: _+$/m, html: /Name: <span class="blank">/, latex: /Name: \\hrulefill/ } as const;
    for (const [format, line] of Object.entries(formats)) {
      expect((await outcomeOf("backpropagation", "--format", format)).out).toMatch(line);
      expect((await outcomeOf("backpropagation", "--format", format, "--solutions")).out).not.toMatch(line);
    }
  });

  test("shows choices in the order of the seed, and marks the right ones", async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed < 12; seed += 1) {
      const { out } = await outcomeOf("backpropagation", "--seed", String(seed), "--solutions");
      expect(out).toMatch(/\[x\] [a-d]\) Its magnitude becomes small\./);
      orders.add(/\[x\] ([a-d])\) Its magnitude becomes small/.exec(out)?.[1] ?? "");
      expect(/^Variant \d+$/m.test(out)).toBe(seed !== 1 && out.includes("Variant"));
    }
    expect(orders.size).toBeGreaterThan(2);
  });

  test("prints the questions for programs, with solutions when asked to", async () => {
    const { out } = await outcomeOf("backpropagation", "--json");
    const sheet: unknown = JSON.parse(out);
    expect(sheet).toMatchObject({ title: "Backpropagation", seed: 1, questions: { length: 13 } });
    expect(out).not.toContain("solution");
    const solved = await outcomeOf("backpropagation", "--json", "--solutions");
    expect(solved.out).toContain('"id":"simple-db","kind":"number"');
    expect(solved.out).toContain('"solution":"-0.13873"');
  });

  test("reads a file, and says where it cannot be read", async () => {
    const path = join(folder, "own.md");
    writeFileSync(path, "---\ntitle: Own\n---\n```question q\nkind: formula\ntext: T\nkey: z\n```\n");
    expect((await outcomeOf(path)).out).toContain("1. (1 point, q)");
    writeFileSync(path, "---\ntitle: Own\n---\n```question q\nkind: formla\ntext: T\n```\n");
    const { code, err } = await outcomeOf(path);
    expect(code).toBe(2);
    expect(err).toMatch(/own\.md: line 5, column 7: expected a kind of question, .* Did you mean "formula"\?\n$/);
  });

  test.each([
    ["nothing", [], /expected SHEET, a file or one of backpropagation, activations-and-costs, .*, got nothing/],
    [
      "a name that is nearly right",
      ["backpropagatoin"],
      /there is no file "backpropagatoin" here, .* Did you mean "backpropagation"\?/,
    ],
    ["a folder", ["/"], /expected a file to read, got a folder/],
    [
      "an unknown format",
      ["optimizers", "--format", "pdf"],
      /expected text, html, latex, markdown, answers, json, got "pdf"/,
    ],
    ["a seed that is none", ["optimizers", "--seed", "x"], /expected a whole number from 0 up/],
  ] as const)("refuses %s in one line", async (_, words, message) => {
    const { code, out, err } = await outcomeOf(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain("\n");
  });
});
