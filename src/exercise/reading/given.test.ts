import { describe, expect, test } from "vitest";
import { computeValues, deriveSystem } from "../../explain/index.ts";
import { derivative, type SymbolFormula, symbolText } from "../../formula/index.ts";
import {
  activation,
  activationNames,
  cost,
  costNames,
  dense,
  gradient,
  network,
  networkOfEquations,
  type NetworkJson,
  networkToJson,
} from "../../network/index.ts";
import { givenEquations, givenNetwork } from "./given.ts";
import { quantity } from "./network-system.ts";
import { systemState, systemValue, termValue } from "../numbers/system-values.ts";

const twoNeurons = `z1 = w1*x
a1 = ReLU(z1)
z2 = w2*a1 + b
y = sigma(z2)
C = 1/2 (y - t)^2
given x = 3, t = 1
parameters w1 = 0.01, w2 = -5, b = -1
cost C
`;

function textOf(
  json: NetworkJson,
  inputs: readonly number[][],
  targets: readonly (number | readonly number[])[],
): string {
  return JSON.stringify({ ...json, examples: { inputs, targets } });
}

describe("a given system", () => {
  test("is an equation file", () => {
    const given = givenEquations("net", twoNeurons, 1, 0);
    expect(given).toMatchObject({ name: "net", line: 1, text: twoNeurons, network: null, isVariant: false });
    expect(computeValues(given.system)["C"]).toBeCloseTo(0.288428, 6);
  });

  test("draws a number for every range, the same for the same seed and block", () => {
    const text = twoNeurons.replace("x = 3", "x = 1..9").replace("w1 = 0.01", "w1 = 0.01..0.99");
    const drawn = (name: string, seed: number): string => givenEquations(name, text, 1, seed).text;
    expect(givenEquations("net", text, 1, 7).isVariant).toBe(true);
    expect(drawn("net", 7)).toBe(drawn("net", 7));
    expect(new Set([drawn("net", 7), drawn("net", 8), drawn("other", 7)]).size).toBe(3);
  });

  test("says what is wrong with the line of the sheet, and the place in the text", () => {
    const text = "C = w*v\nparameters w = 1\ncost C";
    const read = (): unknown => givenEquations("net", text, 41, 0);
    expect(read).toThrow(/^line 41, column 7: .*got "v"/);
    expect(read).toThrow(expect.objectContaining({ text, span: { start: 6, end: 7 } }));
    expect(() => givenEquations("net", "C = w\nparameters w = 2..1\ncost C", 41, 0)).toThrow(/^line 42, column 16: /);
    expect(() => givenEquations("net", "C = log(w)\nparameters w = 0\ncost C", 41, 0)).toThrow(
      'line 41: given "net": expected a finite value of C, got -Infinity.',
    );
  });
});

describe("a given network", () => {
  const json = networkToJson(
    network(2, [
      dense(2, "tanh", {
        weights: [
          [0.1, 0.2],
          [0.3, 0.4],
        ],
        biases: [0.5, 0.6],
      }),
      dense(1, "sigmoid", { weights: [[0.7, 0.8]], bias: false }),
    ]),
  );

  test("is written out for its first example, under the names of the textbook", () => {
    const given = givenNetwork("net", textOf(json, [[1, 2]], [[1]]), 1, 0);
    expect(given.system.equations.map(({ name }) => name)).toEqual(
      [
        quantity("z", [1], 1),
        quantity("z", [2], 1),
        quantity("a", [1], 1),
        quantity("a", [2], 1),
        quantity("z", [1], 2),
        quantity("a", [1], 2),
        quantity("C", [], null),
      ].map(symbolText),
    );
    expect(given.system.parameters[symbolText(quantity("w", [2, 1], 1))]).toBe(0.3);
    expect(given.system.parameters[symbolText(quantity("b", [2], 1))]).toBe(0.6);
    expect(given.system.given).toEqual({ x_1: 1, x_2: 2, t_1: 1 });
    expect(given.network).toMatchObject({ input: [1, 2], target: [1] });
  });

  test("may have ranges among its numbers", () => {
    const text = textOf(json, [[1, 2]], [[1]])
      .replace("0.3", "-0.9..0.9 not 0")
      .replace("[1,2]", "[1..5,2]");
    const given = givenNetwork("net", text, 1, 3);
    expect(given.isVariant).toBe(true);
    expect(given.text).toBe(givenNetwork("net", text, 1, 3).text);
    expect(() => JSON.parse(given.text) as unknown).not.toThrow();
  });

  test("takes a class label as its target", () => {
    const two = networkToJson(network(1, [dense(2, "softmax")], { cost: "crossEntropy" }));
    expect(givenNetwork("net", textOf(two, [[1]], [1]), 1, 0).network?.target).toEqual([0, 1]);
    const hinge = networkToJson(network(1, [dense(2)], { cost: "hinge" }));
    expect(givenNetwork("net", textOf(hinge, [[1]], [0]), 1, 0).network?.target).toEqual([1, -1]);
  });

  test.each([
    ['{\n "inputs" 1', /^line 6, column 11: given "net": expected ":" after a name in a network as JSON, got "1"/],
    ["{}", /^line 5, column 1: given "net": .*inputs/],
    [JSON.stringify(json), /^line 5: given "net": expected an example to compute with, got none/],
    [
      textOf(networkToJson(network(20, [dense(10)])), [Array.from({ length: 20 }, () => 1)], [[1]]),
      /line 5, column [0-9]+: given "net": examples.targets\[0\]: .*got 1/,
    ],
    [
      textOf(networkToJson(network(1, [dense(20), dense(9), dense(1)])), [[1]], [[1]]),
      /expected at most 200 weights and biases, got 239/,
    ],
    [
      textOf(networkToJson(networkOfEquations(1, [dense(1)], { cost: "crossEntropy" })), [[0]], [[1]]),
      /^line 5: given "net": expected a finite value of C, got Infinity/,
    ],
  ])("%.60s is refused with the place and what to do", (text, message) => {
    expect(() => givenNetwork("net", text, 5, 0)).toThrow(message);
  });
});

// Every output is between 0 and 1, where every cost has a value: z is between 0.1 and 0.4.
const firstWeights = [
  [0.1, 0.15],
  [0.2, 0.05],
];
const lastWeights = [
  [0.1, 0.1],
  [0.2, -0.05],
];

describe("the equations of a given network", () => {
  const pairs = activationNames.flatMap((f) => costNames.map((c) => [f, c] as const));
  test.each(pairs)("have the values and derivatives that backpropagation finds: %s, %s", (f, c) => {
    const net = networkOfEquations(
      2,
      [
        dense(2, activation(f), { weights: firstWeights, biases: [0.1, 0.05] }),
        dense(2, activation(f), { weights: lastWeights, biases: [0.15, 0.2] }),
      ],
      { cost: cost(c), regularization: { l1: 0.01, l2: 0.02 } },
    );
    const [inputs, targets] = [[[0.5, 0.7]], [[1, 0]]];
    const given = givenNetwork("net", textOf(networkToJson(net), inputs, targets), 1, 0);
    const exact = gradient(net, inputs, targets, { engine: "reference" });
    const slope = (by: SymbolFormula): number => systemValue(given, derivative(quantity("C", [], null), by));
    const near = (actual: number, expected: number | undefined, what: string): void => {
      // Both in float64, each of some dozens of roundings, on different paths; the numbers are of size 0.01 to 1.
      const error = Math.abs(actual - (expected ?? Number.NaN)) / Math.max(1, Math.abs(expected ?? 0));
      expect({ what, isNear: error < 1e-12 }).toEqual({ what, isNear: true });
    };
    near(systemValue(given, quantity("C", [], null)), exact.cost, "C");
    for (const [i, layer] of exact.layers.entries()) {
      for (const j of [0, 1]) {
        near(systemValue(given, quantity("z", [j + 1], i + 1)), layer.z[0]?.[j], "z");
        near(systemValue(given, quantity("a", [j + 1], i + 1)), layer.a[0]?.[j], "a");
        near(systemValue(given, quantity("delta", [j + 1], i + 1)), layer.delta[0]?.[j], "delta");
        near(slope(quantity("b", [j + 1], i + 1)), layer.db?.[j], "db");
        for (const k of [0, 1]) near(slope(quantity("w", [j + 1, k + 1], i + 1)), layer.dw[j]?.[k], "dw");
      }
    }
  });

  test.each(activationNames)("are also what is derived from them in symbols and by differences: %s", (f) => {
    const net = network(1, [dense(2, f), dense(2, f)], { seed: 1, regularization: { l2: 0.1 } });
    const given = givenNetwork("net", textOf(networkToJson(net), [[0.5]], [[1, 0]]), 1, 0);
    for (const { by, value, relativeError } of deriveSystem(given.system).derivatives) {
      const found = termValue(systemState(given), { of: "C", by });
      // The same factors in another order; central differences err by less than 1e-8 here.
      expect(Math.abs(found - value)).toBeLessThan(1e-14);
      expect(relativeError).toBeLessThan(1e-6);
    }
  });
});
