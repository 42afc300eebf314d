import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { saveModel } from "../src/model/model-file.ts";
import { dense, type Network, network, parameter } from "../src/network/index.ts";

const script = fileURLToPath(new URL("read_safetensors.py", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "backpass-python-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A number's eight bytes as the script prints them. */
function hex(value: number): string {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, 0n);
  bytes.setFloat64(0, value, true);
  return Array.from({ length: 8 }, (_, i) => bytes.getUint8(i).toString(16).padStart(2, "0")).join("");
}

/** What Python should find. */
function tensorsOf(net: Network): Record<string, { shape: number[]; values: string[] }> {
  const tensors: Record<string, { shape: number[]; values: string[] }> = {};
  for (const { layer, name, shape, values } of net.parameters) {
    tensors[`layers.${layer}.${name}`] = { shape: [...shape], values: Array.from(values, hex) };
  }
  return tensors;
}

describe.skipIf(!hasPython)("Python (skipped where there is none: apt-get install python3)", () => {
  test.each([
    ["float32", null],
    ["float64", 0.1],
  ])("reads a model with %s weights to the bit, and finds the digest that it names", (_, firstWeight) => {
    const net = network(3, [dense(5, "relu"), dense(4, "tanh", { bias: false }), dense(2, "softmax")], { seed: 5 });
    if (firstWeight !== null) parameter(net, 1, "weights").values[0] = firstWeight;
    const summary = { note: 'é"\\\n' };
    const model = { network: net, task: "classification", preprocessing: null, classes: ["α", "𝛃"], summary } as const;
    const path = join(folder, "model.safetensors");
    writeFileSync(path, saveModel(model));
    // Pure data, printed by our own script in that form.
    const found = JSON.parse(execFileSync("python3", [script, path], { encoding: "utf8" })) as {
      dataAt: number;
      tensors: unknown;
      metadata: Record<string, string>;
      digest: string;
    };
    expect(found.tensors).toEqual(tensorsOf(net));
    expect(found.dataAt % 8).toBe(0);
    expect(found.digest).toBe(found.metadata["sha256"]);
    expect(found.metadata).toMatchObject({ format: "backpass", version: "1", task: "classification" });
    expect(JSON.parse(found.metadata["classes"]!)).toEqual(model.classes);
    expect(JSON.parse(found.metadata["summary"]!)).toEqual(summary);
  });
});
