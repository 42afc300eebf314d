import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { engineFrom } from "../../src/engine/index.ts";
import { type Gradient, gradient, networkFromJson } from "../../src/network/index.ts";

interface NetworkCase {
  readonly name: string;
  readonly network: unknown;
  readonly expected: Gradient;
}

const { networks, extremes }: Record<"networks" | "extremes", NetworkCase[]> = JSON.parse(
  readFileSync(new URL("networks.json", import.meta.url), "utf8"),
);

/**
 * How far a number may be from PyTorch's float64, relative to the largest of its list and no less than the floor.
 * Float64: sums in another order and functions good to some units of 1e-16. Float32: functions good to 2 units of 6e-8,
 * sums of at most 17 terms, five layers forward and five backward.
 */
const tolerances = {
  float64: { relative: 1e-13, floor: 1e-3 },
  float32: { relative: 2e-6, floor: 1e-1 },
} as const;

/** Largest difference, in units of the tolerance: at most 1 passes. */
function distance(
  got: number | number[] | number[][],
  expected: number | number[] | number[][],
  engine: Engine,
): number {
  const { relative, floor } = tolerances[engineFrom(engine).precision];
  const [ours, theirs] = [[got].flat(2), [expected].flat(2)];
  expect(ours.length).toBe(theirs.length);
  const scale = Math.max(floor, ...theirs.map(Math.abs));
  // Not Math.max alone: NaN must not pass.
  return Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!) / (relative * scale)));
}

type Engine = "reference" | "wasm";

describe.each<Engine>(["reference", "wasm"])("The %s engine agrees with PyTorch, forward and backward:", (engine) => {
  test.each([...networks, ...extremes])("$name", ({ network, expected }) => {
    const { net, examples } = networkFromJson(network);
    const { cost, layers } = gradient(net, examples!.inputs, examples!.targets, { engine });
    expect(distance(cost, expected.cost, engine)).toBeLessThanOrEqual(1);
    expect(layers.length).toBe(expected.layers.length);
    for (const [i, layer] of layers.entries()) {
      for (const quantity of ["z", "a", "delta", "dw", "db"] as const) {
        const [got, wanted] = [layer[quantity], expected.layers[i]![quantity]];
        if (got === null || wanted === null) expect(got, `${quantity} of layer ${i + 1}`).toBe(wanted);
        else expect(distance(got, wanted, engine), `${quantity} of layer ${i + 1}`).toBeLessThanOrEqual(1);
      }
    }
  });
});
