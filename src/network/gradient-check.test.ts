import { afterEach, describe, expect, test, vi } from "vitest";
import { type Activation, activation, activationNames } from "./activations.ts";
import { type Cost, cost, costNames } from "./costs.ts";
import { gradientCheck } from "./gradient-check.ts";
import { dense } from "./layers/dense.ts";
import { type Network, network } from "./network.ts";
import { predict } from "./predict.ts";

/** What backpropagation's derivatives are multiplied by, to see a wrong gradient fail. */
const fault = vi.hoisted(() => ({ factor: 1 }));

vi.mock(import("./gradient.ts"), async (importOriginal) => {
  const original = await importOriginal();
  function* faulty(...given: Parameters<typeof original.gradientWork>): ReturnType<typeof original.gradientWork> {
    const found = yield* original.gradientWork(...given);
    const times = (each: number): number => fault.factor * each;
    return { ...found, parameters: found.parameters.map((each) => ({ ...each, values: each.values.map(times) })) };
  }
  return { ...original, gradientWork: faulty };
});

afterEach(() => {
  fault.factor = 1;
});

const inputs = [
  [0.9, -1.2, 0.4],
  [-0.3, 0.8, 1.5],
  [1.7, 0.2, -0.6],
  [-1.1, -0.5, 0.3],
];

/** Outputs that a cost is defined for: its logarithms take numbers above 0, or between 0 and 1. */
const outputsFor = (given: Cost): readonly Activation[] => {
  const all = activationNames.map((name) => activation(name));
  switch (given.name) {
    case "crossEntropy":
      return all.filter(({ name }) => ["softmax", "sigmoid", "softplus"].includes(name));
    case "binaryCrossEntropy":
      return all.filter(({ name }) => ["softmax", "sigmoid"].includes(name));
    case "poisson":
      return all.filter(({ name }) => ["softmax", "sigmoid", "softplus"].includes(name));
    default:
      return all;
  }
};

const targets = [
  [0.2, 0.8],
  [1, 0],
  [0, 1],
  [0.6, 0.4],
];

const net = (hidden: Activation, output: Activation, given: Cost): Network =>
  network(3, [dense(4, hidden), dense(2, output)], { cost: given, seed: 3 });

describe.each(["reference", "wasm"] as const)("On the %s engine backpropagation agrees with differences", (engine) => {
  const pairs = costNames.flatMap((name) =>
    outputsFor(cost(name)).map((output) => [name, output.name, output] as const),
  );

  test.each(pairs)("for the cost %s after %s", (name, _, output) => {
    const check = gradientCheck(net(activation("tanh"), output, cost(name)), inputs, targets, { engine });
    expect(check.worst).toBeLessThanOrEqual(check.bound);
    expect(check.passed).toBe(true);
  });

  test.each(activationNames)("for a hidden layer of %s", (name) => {
    const check = gradientCheck(net(activation(name), activation("tanh"), cost("quadratic")), inputs, targets, {
      engine,
    });
    expect(check.worst).toBeLessThanOrEqual(check.bound);
    expect(check.parameters.map(({ layer, symbol }) => `${symbol}${layer}`)).toEqual(["w1", "b1", "w2", "b2"]);
  });

  test("for an activation and a cost of one's own", () => {
    const own = net(activation("swish2", "z/(1+e^(-2z))"), activation("cube", "z^3 + z"), cost("quartic", "(a - t)^4"));
    expect(gradientCheck(own, inputs, targets, { engine }).passed).toBe(true);
  });

  test("with class labels, weight penalties, layers without bias and dropout, which does not apply", () => {
    const penalized = network(
      3,
      [dense(5, "silu", { bias: false, dropout: 0.5 }), dense(4, "softmax"), dense(3, "softmax", { bias: false })],
      { cost: "crossEntropy", seed: 5, regularization: { l1: 0.02, l2: 0.3 } },
    );
    const check = gradientCheck(penalized, inputs, [0, 2, 1, 1], { engine });
    expect(check.passed).toBe(true);
    expect(check.parameters.map(({ name }) => name)).toEqual(["weights", "weights", "biases", "weights"]);
  });
});

describe.each([
  ["relu", "identity"],
  ["relu", "sigmoid"],
  ["leakyRelu", "identity"],
  ["selu", "identity"],
] as const)("With biases of 0, which put XOR on the corners of %s before %s", (hidden, output) => {
  const xor = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const wanted = [[0], [1], [1], [0]];
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);
  // About 2 s, but some 5 s on a busy machine.
  const timeout = 60_000;
  const netOf = (seed: number): Network => network(2, [dense(4, hidden), dense(1, output)], { seed });

  test(
    "backpropagation agrees with differences for every one of 200 seeds",
    () => {
      const failed = seeds.filter((seed) => !gradientCheck(netOf(seed), xor, wanted, { engine: "reference" }).passed);
      expect(failed).toEqual([]);
    },
    timeout,
  );

  test(
    "a gradient off by 1e-4 fails for every one of 200 seeds",
    () => {
      fault.factor = 1 + 1e-4;
      const passed = seeds.filter((seed) => gradientCheck(netOf(seed), xor, wanted, { engine: "reference" }).passed);
      expect(passed).toEqual([]);
    },
    timeout,
  );
});

describe("A gradient check", () => {
  test("takes a kink for what it is: ReLU at z = 0 has no derivative to compare with", () => {
    const kinked = network(1, [dense(2, "relu", { weights: [[0], [1]] }), dense(1)]);
    const check = gradientCheck(kinked, [[2]], [[1]], { engine: "reference" });
    expect(check.passed).toBe(true);
    expect(check.parameters[0]).toMatchObject({ layer: 1, name: "weights", kinks: 1 });
    expect(check.parameters[2]).toMatchObject({ layer: 2, name: "weights", kinks: 0 });
  });

  test.each(["reference", "wasm"] as const)("passes at a perfect fit, on the %s engine", (engine) => {
    const fitted = network(1, [dense(1, "tanh", { weights: [[2]] })]);
    const x = [[0.5], [-1], [1.5]];
    expect(gradientCheck(fitted, x, predict(fitted, x, { engine }), { engine }).passed).toBe(true);
  });

  test("fails near a perfect fit when the gradient is wrong", () => {
    const fitted = network(1, [dense(1, "tanh", { weights: [[2]] })]);
    fault.factor = 1.01;
    expect(gradientCheck(fitted, [[0.5]], [[Math.tanh(1) + 1e-3]], { engine: "reference" }).passed).toBe(false);
  });

  test("names the parameter with the largest error", () => {
    const check = gradientCheck(network(2, [dense(3)], { seed: 1 }), [[1, 2]], [[0, 0, 0]], { engine: "reference" });
    const [w, b] = check.parameters;
    expect(w?.worst.index).toHaveLength(2);
    expect(b?.worst.index).toHaveLength(1);
    expect(check.worst).toBe(Math.max(w!.worst.relativeError, b!.worst.relativeError));
  });

  test("does not pass when the cost is no number", () => {
    const overflowing = network(1, [dense(1, "identity", { weights: [[1e200]] })]);
    const check = gradientCheck(overflowing, [[1e200]], [[0]], { engine: "reference" });
    expect(check.passed).toBe(false);
  });
});
