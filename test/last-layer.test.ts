import { describe, expect, test } from "vitest";
import { OptionError } from "../src/errors.ts";
import { activation, type Activation, type ActivationName, activationNames } from "../src/network/activations.ts";
import { cost, type Cost, type CostName, costNames } from "../src/network/costs.ts";
import { gradient } from "../src/network/gradient.ts";
import { dense } from "../src/network/layers/dense.ts";
import { network } from "../src/network/network.ts";
import { networkFromJson } from "../src/network/json/network-from-json.ts";
import { dataset, train, trainer } from "../src/train/index.ts";

const make =
  (units: number, last: ActivationName | Activation, by: CostName | Cost): (() => unknown) =>
  () =>
    network(2, [dense(3, "tanh"), dense(units, last)], { cost: by });

describe("network refuses", () => {
  test("a softmax of one unit, with every cost", () => {
    for (const name of costNames) {
      expect(make(1, "softmax", name)).toThrow(OptionError);
      expect(make(1, "softmax", name)).toThrow(
        "expected softmax over 2 or more units, got 1, whose answer is always 1",
      );
    }
  });

  test("cross-entropy over one output, whatever the activation", () => {
    const others = activationNames.filter((name) => name !== "softmax");
    for (const name of others) {
      expect(make(1, name, "crossEntropy")).toThrow('with cost "binaryCrossEntropy"');
    }
  });

  test("a logarithm of answers that have none", () => {
    expect(make(2, "identity", "crossEntropy")).toThrow("got identity, which answers below 0");
    expect(make(2, "relu", "crossEntropy")).toThrow("got relu, which answers 0 itself");
    expect(make(1, "hardSigmoid", "binaryCrossEntropy")).toThrow("itself");
    expect(make(1, "softplus", "binaryCrossEntropy")).toThrow("got softplus, which answers above 1");
    expect(make(1, "tanh", "binaryCrossEntropy")).toThrow('Use "sigmoid" in the last layer');
    expect(make(1, "identity", "poisson")).toThrow('Use "softplus" in the last layer');
    expect(make(1, activation("ramp", "max(0, z) - 1"), "poisson")).toThrow("got ramp, which answers below 0");
  });
});

describe("network takes", () => {
  test("what each cost is made for", () => {
    expect(make(2, "softmax", "crossEntropy")).not.toThrow();
    expect(make(1, "sigmoid", "binaryCrossEntropy")).not.toThrow();
    expect(make(3, "sigmoid", "binaryCrossEntropy")).not.toThrow();
    expect(make(1, "softplus", "poisson")).not.toThrow();
    expect(make(1, activation("rate", "e^z"), "poisson")).not.toThrow();
  });

  test("every activation with the costs that take no logarithm", () => {
    for (const name of activationNames) {
      for (const by of ["quadratic", "meanSquaredError", "meanAbsoluteError", "huber", "logCosh", "hinge"] as const) {
        expect(make(2, name, by)).not.toThrow();
      }
    }
  });

  test("a cost of one's own, whose targets are not known", () => {
    expect(make(1, "identity", cost("own", "-t*ln(a)"))).not.toThrow();
  });
});

test("softplus with poisson is finite for every z, on the engine in float32 too", () => {
  const net = network(1, [dense(1, "softplus", { weights: [[1]] })], { cost: "poisson" });
  for (const z of [-1000, -200, -104, -103, -50, -40.5, -39.5, 0, 50, 1000]) {
    for (const [target, engine] of [0, 1, 3].flatMap((t) => [[t, "wasm"] as const, [t, "reference"] as const])) {
      const found = gradient(net, [[z]], [[target]], { engine });
      // a − t log a, which is −t z to within e^z where z is far below 0; δ is (1 − t/a) f′(z), there −t.
      const exact = z < -30 ? { c: -target * z, delta: -target } : null;
      expect(Number.isFinite(found.cost)).toBe(true);
      const delta = found.layers[0]?.delta[0]?.[0] ?? Number.NaN;
      expect(Number.isFinite(delta)).toBe(true);
      if (exact === null) continue;
      // float32 has 24 bits.
      expect(Math.abs(found.cost - exact.c)).toBeLessThanOrEqual(1e-6 * Math.abs(exact.c) + 1e-9);
      expect(Math.abs(delta - exact.delta)).toBeLessThanOrEqual(1e-6 * target + 1e-9);
    }
  }
});

test("a network from a file can be computed with such a layer, and not be trained", async () => {
  const { net } = networkFromJson({ inputs: 1, cost: "crossEntropy", layers: [{ units: 1, activation: "sigmoid" }] });
  expect(gradient(net, [[1]], [[1]]).cost).toBeGreaterThan(0);
  const data = dataset({ inputs: [[0], [1]], targets: [0, 1] });
  await expect(train(net, data)).rejects.toThrow('train: expected cost "crossEntropy" over 2 or more outputs, got 1');
  expect(() => trainer(net)).toThrow('trainer: expected cost "crossEntropy" over 2 or more outputs');
});
