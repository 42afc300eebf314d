import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { profileProgram } from "../../../engine/profile.ts";
import { dense, network, networkToJson } from "../../../network/index.ts";
import { trainingProgram } from "../../../train/loop/training-program.ts";
import { updateRuleFrom } from "../../../train/rules/update-rules.ts";
import { blasHere, blasMissing } from "../../../../test/blas-here.ts";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { run } from "../../run.ts";

async function profile(...words: readonly string[]) {
  const { terminal, written } = recordingTerminal();
  const code = await run(["profile", ...words], terminal);
  return { code, out: written.out, err: written.err };
}

interface Profile {
  readonly engine: string;
  readonly microseconds: number;
  readonly instructions: readonly {
    readonly computes: readonly string[];
    readonly instruction: string;
    readonly microseconds: number;
    readonly gigaflops: number | null;
  }[];
}

describe("backpass profile", () => {
  test("names what every instruction of a step computes, and how long it takes", async () => {
    const { code, out } = await profile("12-8-3", "--batch-size", "16", "--json");
    expect(code).toBe(0);
    const { engine, microseconds, instructions } = JSON.parse(out) as Profile; // as: the command's own form
    expect(engine).toBe("wasm");
    expect(microseconds).toBeGreaterThan(0);
    expect(instructions.every((each) => each.microseconds > 0)).toBe(true);
    const names = new Set(instructions.flatMap(({ computes }) => computes));
    for (const name of ["z1", "a1", "z2", "C", "delta2", "delta1", "dw1", "w1", "b1", "w2", "b2"]) {
      expect(names, name).toContain(name);
    }
    const products = instructions.filter(({ gigaflops }) => gigaflops !== null);
    expect(products.map(({ instruction }) => instruction)).toContain("product 16 × 8 × 12 + bias");
    expect(products).toHaveLength(5); // forward and ∂C/∂w of two layers, and δ of the first
  });

  test("shows the slowest first, with their shares, and the whole", async () => {
    const { out } = await profile("200-50-10");
    expect(out).toMatch(/^One step of 200-50-10 with 64 examples, sgd, engine wasm, one thread$/m);
    expect(out).toMatch(/^ *[\d.,]+ +\d+\.\d % +[\d.,]+ +(z1|dw1, w1) +product/m);
    expect(out).toMatch(/^[\d.,]+ µs for the whole step; each instruction by itself, as above: [\d.,]+ µs\.$/m);
    const shares = [...out.matchAll(/(\d+\.\d) %.*product/g)].map(([, share]) => Number(share));
    expect(shares).toEqual(shares.toSorted((one, other) => other - one));
  });

  test("takes a network's file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "backpass-profile-"));
    const path = join(folder, "network.json");
    writeFileSync(path, JSON.stringify(networkToJson(network(3, [dense(2, "tanh")], { cost: "quadratic", seed: 1 }))));
    const { code, out } = await profile(path, "--optimizer", "adam", "--fast");
    expect(code).toBe(0);
    rmSync(folder, { recursive: true });
    expect(out).toMatch(/^One step of 3-2 with 64 examples, adam, engine fast, one thread$/m);
  });

  test.skipIf(blasHere.library === null)(`measures blas too ${blasMissing}`, async () => {
    const { code, out } = await profile("64-32-10", "--engine", "blas");
    expect(code).toBe(0);
    expect(out).toContain("engine blas");
  });

  test.each([
    [["784x10"], /784x10/],
    [["2-0-1"], /units/],
    [["2-1", "--engine", "reference"], /--engine: expected wasm, fast, blas, got "reference"/],
    [["2-1", "--engine", "blas", "--fast"], /--fast: expected it without --engine/],
    [["2-1", "--batch-size", "0"], /--batch-size/],
  ])("%s is refused", async (words, message) => {
    const { code, err } = await profile(...words);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

test("Measuring leaves no denormal numbers among the operands, whatever the rule and the network", () => {
  for (const [optimizer, hidden] of [
    ["sgd", "relu"],
    ["adam", "sigmoid"],
  ] as const) {
    // Wide enough for sums to reach where a softmax has denormal answers, were the operands not small.
    const net = network(784, [dense(128, hidden), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
    const rule = updateRuleFrom(optimizer);
    const { program } = trainingProgram(net, { capacity: 16, targets: "labels", rule, clip: null });
    expect(profileProgram(program, "wasm").denormals).toBe(0);
  }
});
