import { describe, expect, test } from "vitest";
import { dense, gradient, network, parameter } from "../../network/index.ts";
import { trace, tracedQuantities } from "./trace.ts";

const net = network(3, [dense(5, "tanh"), dense(4, "relu", { bias: false }), dense(3, "softmax")], {
  cost: "crossEntropy",
  regularization: { l2: 0.01 },
  seed: 3,
});
const inputs = [
  [0.5, -1, 2],
  [1, 0.25, -0.5],
  [-2, 0.1, 0.3],
];
const labels = [2, 0, 1];

describe.each(["reference", "wasm"] as const)("trace on the engine %s", (engine) => {
  test("gives what gradient gives, bit for bit", () => {
    const traced = trace(net, inputs, labels, { engine });
    const { cost, layers } = gradient(net, inputs, labels, { engine });
    expect(traced.cost).toBe(cost);
    expect(traced.layers.map(({ z, a, delta, dw, db }) => ({ z, a, delta, dw, db }))).toEqual(layers);
    expect(traced).toMatchObject({ engine, of: "examples", examples: [1, 2, 3] });
  });

  test("traces chosen examples as if they were alone", () => {
    const { layers, cost } = gradient(net, [inputs[2]!, inputs[0]!], [1, 2], { engine });
    const traced = trace(net, inputs, labels, { engine, examples: [3, 1] });
    expect(traced.cost).toBe(cost);
    expect(traced.layers.map(({ delta, dw }) => ({ delta, dw }))).toEqual(
      layers.map(({ delta, dw }) => ({ delta, dw })),
    );
    expect(traced.targets).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  test("gives means over the examples, in one row", () => {
    const all = trace(net, inputs, labels, { engine });
    const means = trace(net, inputs, labels, { engine, of: "means" });
    // A mean of three numbers near 1, in float32.
    const digits = engine === "wasm" ? 6 : 14;
    for (const [i, layer] of means.layers.entries()) {
      for (const quantity of ["z", "a", "delta"] as const) {
        const rows = all.layers[i]![quantity]!;
        expect(layer[quantity]).toHaveLength(1);
        for (const [j, value] of layer[quantity]![0]!.entries()) {
          expect(value).toBeCloseTo(
            rows.reduce((sum, row) => sum + row[j]! / 3, 0),
            digits,
          );
        }
      }
      expect(layer.dw).toEqual(all.layers[i]!.dw);
    }
    expect(means.inputs).toHaveLength(1);
    expect(means.inputs[0]![0]).toBeCloseTo(-1 / 6, digits);
  });
});

describe("trace", () => {
  test("computes nothing that is not asked for", () => {
    const traced = trace(net, inputs, labels, { layers: [2], quantities: ["a"] });
    expect(traced.layers.map((layer) => tracedQuantities.filter((each) => layer[each] !== null))).toEqual([
      [],
      ["a"],
      [],
    ]);
    expect(trace(net, inputs, labels, { quantities: [] }).cost).toBeCloseTo(gradient(net, inputs, labels).cost, 6);
  });

  test("keeps the parameters as they were, rounded as the engine has them", () => {
    const own = network(1, [dense(1, "identity", { weights: [[0.1]] })]);
    const traced = trace(own, [[1]], [[0]], { engine: "wasm" });
    parameter(own, 1, "weights").values[0] = 7;
    expect(parameter(traced.net, 1, "weights").values[0]).toBe(Math.fround(0.1));
  });

  test.each([
    [{ examples: [4] }, /trace: example: expected a whole number from 1 to 3, got 4/],
    [{ examples: [0] }, /trace: example: expected a whole number from 1 to 3, got 0/],
    [{ examples: [] }, /trace: expected 1 or more examples, got \[\]/],
    [{ layers: [1.5] }, /trace: layer: expected a whole number from 1 to 3, got 1.5/],
    [{ of: "sums" as "means" }, /trace: of: expected "examples" or "means", got "sums"/],
    [{ quantities: ["dz" as "z"] }, /trace: quantities: expected some of z, a, delta, dw, db, got "dz"/],
  ])("refuses %j", (options, message) => {
    expect(() => trace(net, inputs, labels, options)).toThrow(message);
  });

  test("refuses inputs as gradient does", () => {
    expect(() => trace(net, [], [])).toThrow(/trace: expected 1 or more examples, got none/);
    expect(() => trace(net as never, [[1, 2]] as never, [0])).toThrow(/trace: inputs\[0\]: expected 3 numbers, got 2/);
  });
});
