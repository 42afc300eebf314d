import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gradient, gradientCheck, networkFromJson, networkToJson } from "../../src/network/index.ts";

interface WiringCase {
  readonly name: string;
  readonly network: unknown;
  readonly expected: {
    readonly cost: number;
    readonly layers: readonly { readonly z: number[][]; readonly delta: number[][] }[];
    readonly parameters: readonly (number[] | number[][])[];
  };
}

const { networks }: { readonly networks: readonly WiringCase[] } = JSON.parse(
  readFileSync(new URL("wiring.json", import.meta.url), "utf8"),
);

/** Sums in another order: some units of the engine's precision, of numbers that are about 1. */
const tolerances = { reference: 1e-13, wasm: 2e-6 } as const;

describe.each(["reference", "wasm"] as const)("The %s engine agrees with PyTorch on", (engine) => {
  test.each(networks)("$name", ({ network, expected }) => {
    const { net, examples } = networkFromJson(network);
    const found = gradient(net, examples!.inputs, examples!.targets, { engine });
    const isClose = (got: ArrayLike<number>, wanted: readonly number[], what: string): void => {
      expect(got.length, what).toBe(wanted.length);
      const scale = Math.max(1, ...wanted.map(Math.abs));
      for (const [i, each] of wanted.entries())
        expect(Math.abs(got[i]! - each), what).toBeLessThanOrEqual(tolerances[engine] * scale);
    };
    isClose([found.cost], [expected.cost], "cost");
    expect(found.layers).toHaveLength(expected.layers.length);
    for (const [i, { z, delta }] of expected.layers.entries()) {
      isClose(found.layers[i]!.z.flat(), z.flat(), `z${i + 1}`);
      isClose(found.layers[i]!.delta.flat(), delta.flat(), `delta${i + 1}`);
    }
    expect(found.parameters).toHaveLength(expected.parameters.length);
    for (const [i, values] of expected.parameters.entries()) {
      const { layer, name, values: got } = found.parameters[i]!;
      isClose(got, values.flat(), `${name} of layer ${layer}`);
    }
  });

  test.each(networks)("differences, for $name", ({ network }) => {
    const { net, examples } = networkFromJson(network);
    expect(gradientCheck(net, examples!.inputs, examples!.targets, { engine }).passed).toBe(true);
  });
});

test.each(networks)("$name: out to a file and back, the network is the same", ({ network }) => {
  const { net } = networkFromJson(network);
  expect(networkFromJson(JSON.parse(JSON.stringify(networkToJson(net)))).net).toEqual(net);
});
