import { describe, expect, test } from "vitest";
import { computeValues, deriveSystem } from "../explain/index.ts";
import { symbolText } from "../formula/index.ts";
import {
  activation,
  activationNames,
  cost,
  costNames,
  dense,
  gradient,
  network,
  type NetworkJson,
  networkToJson,
} from "../network/index.ts";
import { givenEquations, givenNetwork } from "./given.ts";
import { quantity } from "./network-system.ts";

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
    ["{", /^line 5: given "net": expected a network as JSON/],
    ["{}", /^line 5: given "net": .*inputs/],
    [JSON.stringify(json), /^line 5: given "net": expected an example to compute with, got none/],
    [
      textOf(networkToJson(network(20, [dense(10)])), [Array.from({ length: 20 }, () => 1)], [[1]]),
      /line 5: given "net": .*got 1/,
    ],
    [
      textOf(networkToJson(network(1, [dense(20), dense(9), dense(1)])), [[1]], [[1]]),
      /expected at most 200 weights and biases, got 239/,
    ],
    [
      textOf(networkToJson(network(1, [dense(1)], { cost: "crossEntropy" })), [[0]], [[1]]),
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
    const net = network(
      2,
      [
        dense(2, activation(f), { weights: firstWeights, biases: [0.1, 0.05] }),
        dense(2, activation(f), { weights: lastWeights, biases: [0.15, 0.2] }),
      ],
      { cost: cost(c), regularization: { l1: 0.01, l2: 0.02 } },
    );
    const [input, target] = [
      [0.5, 0.7],
      [1, 0],
    ];
    const { system } = givenNetwork("net", textOf(networkToJson(net), [input!], [target!]), 1, 0);
    const { values, derivatives, slopes } = deriveSystem(system);
    const exact = gradient(net, [input!], [target!], { engine: "reference" });
    const near = (actual: number | undefined, expected: number | undefined, what: string): void => {
      // Both in float64, each of some dozens of roundings, on different paths; the numbers are of size 0.01 to 1.
      const error = Math.abs((actual ?? Number.NaN) - (expected ?? 0)) / Math.max(1, Math.abs(expected ?? 0));
      expect({ what, isNear: error < 1e-12 }).toEqual({ what, isNear: true });
    };
    near(values["C"], exact.cost, "C");
    for (const [i, layer] of exact.layers.entries()) {
      for (const j of [0, 1]) {
        near(values[symbolText(quantity("z", [j + 1], i + 1))], layer.z[0]?.[j], "z");
        near(values[symbolText(quantity("a", [j + 1], i + 1))], layer.a[0]?.[j], "a");
        near(slopes.get(symbolText(quantity("z", [j + 1], i + 1))) ?? 0, layer.delta[0]?.[j], "delta");
        const slope = (name: string): number => derivatives.find(({ by }) => by === name)?.value ?? Number.NaN;
        near(slope(symbolText(quantity("b", [j + 1], i + 1))), layer.db?.[j], "db");
        for (const k of [0, 1]) near(slope(symbolText(quantity("w", [j + 1, k + 1], i + 1))), layer.dw[j]?.[k], "dw");
      }
    }
    for (const { relativeError } of derivatives) expect(relativeError).toBeLessThan(1e-6);
  });
});
