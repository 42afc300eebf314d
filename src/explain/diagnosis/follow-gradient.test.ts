import { describe, expect, test } from "vitest";
import { type DenseLayer, dense, gradient, network, type NetworkOptions } from "../../network/index.ts";
import { followGradient, type GradientOrigin } from "./follow-gradient.ts";

interface Case {
  readonly inputs?: number[][];
  readonly targets?: number[][] | number[];
  readonly layers: readonly DenseLayer[];
  readonly options?: NetworkOptions;
  readonly engine?: "reference" | "wasm";
  readonly name: string;
  readonly verdict: GradientOrigin["verdict"];
  readonly culprit: { readonly name: string; readonly value: unknown } | null;
}

const two = (weights: number[][], biases = [0, 0], f: "relu" | "sigmoid" | "identity" = "relu"): DenseLayer =>
  dense(2, f, { weights, biases });
const one = (weights: number[][], f: "relu" | "sigmoid" | "identity" = "identity", biases = [0]): DenseLayer =>
  dense(1, f, { weights, biases });
const ones = [
  [1, 1],
  [1, 1],
];

const cases: Record<string, Case> = {
  "a ReLU that is off": {
    layers: [two(ones), two(ones, [0, -9]), one([[1, 1]])],
    name: "w_2_2_1",
    verdict: "zero",
    culprit: { name: "f′(z_2^2)", value: 0 },
  },
  "a ReLU that is off two layers further on, all there is on the way": {
    layers: [two(ones), one([[1, 1]], "relu", [-9]), one([[1]])],
    name: "w_1_1_2",
    verdict: "zero",
    culprit: { name: "f′(z_1^2)", value: 0 },
  },
  "a neuron before that gives 0": {
    layers: [two(ones, [0, -9]), one([[1, 1]])],
    name: "w_2_1_2",
    verdict: "zero",
    culprit: { name: "a_2^1", value: 0 },
  },
  "an input that is 0": {
    inputs: [[1, 0]],
    layers: [two(ones), one([[1, 1]])],
    name: "w_1_1_2",
    verdict: "zero",
    culprit: { name: "a_2^0", value: 0 },
  },
  "weights of 0 after it": {
    layers: [two(ones), one([[0, 1]])],
    name: "b_1_1",
    verdict: "zero",
    culprit: { name: "w_11^2", value: 0 },
  },
  "an answer that is the target": {
    targets: [[4]],
    layers: [two(ones), one([[1, 1]])],
    name: "w_1_1_1",
    verdict: "zero",
    culprit: { name: "∂C_x/∂a_1^2", value: 0 },
  },
  "a sigmoid far out": {
    layers: [two(ones, [30, 0], "sigmoid"), one([[1, 1]])],
    name: "w_1_1_1",
    verdict: "small",
    culprit: { name: "f′(z_1^1)", value: expect.closeTo(Math.exp(-32), 16) },
  },
  "many sigmoids, none of which is to blame": {
    layers: [...Array.from({ length: 14 }, () => two(ones, [0, 0], "sigmoid")), one([[1, 1]])],
    name: "w_1_1_1",
    verdict: "small",
    culprit: null,
  },
  "a weight of a million": {
    layers: [two(ones), one([[1e6, 1]])],
    name: "w_1_1_2",
    verdict: "huge",
    culprit: { name: "w_11^2", value: 1e6 },
  },
  "an input of a million": {
    inputs: [[1, 1e6]],
    layers: [two(ones), one([[1, 1]])],
    name: "w_1_2_2",
    verdict: "huge",
    culprit: { name: "a_2^0", value: 1e6 },
  },
  "an overflow on the way forward": {
    layers: [
      two([
        [3e38, 3e38],
        [1, 1],
      ]),
      one([[1, 1]]),
    ],
    engine: "wasm",
    name: "w_2_1_1",
    verdict: "notFinite",
    culprit: { name: "w_11^1", value: 3e38 },
  },
  "examples that cancel": {
    inputs: [
      [1, 0],
      [-1, 0],
    ],
    targets: [[1], [1]],
    layers: [one([[0, 0]])],
    name: "w_1_1_1",
    verdict: "cancels",
    culprit: null,
  },
  "softmax that is sure and right": {
    targets: [0],
    layers: [
      dense(2, "softmax", {
        weights: [
          [500, 500],
          [-500, -500],
        ],
      }),
    ],
    options: { cost: "crossEntropy" },
    name: "w_1_1_1",
    verdict: "zero",
    culprit: { name: "a_1^1 - t_1", value: 0 },
  },
  "nothing at all": {
    layers: [two(ones), one([[1, 1]])],
    name: "w_1_1_1",
    verdict: "ordinary",
    culprit: null,
  },
};

describe("a derivative", () => {
  test.each(Object.entries(cases))("of that size by %s: the factor is found", (_, each) => {
    const {
      inputs = [[1, 1]],
      targets = [[0]],
      layers,
      options = {},
      engine = "reference",
      name,
      verdict,
      culprit,
    } = each;
    const net = network(2, layers, options);
    const origin = followGradient(net, { inputs, targets }, name, { engine });
    expect(origin.verdict).toBe(verdict);
    if (culprit === null) expect(origin.culprit).toBeNull();
    else expect(origin.culprit).toMatchObject(culprit);
    // The value is that of backpropagation.
    const [kind, layer = 0, neuron = 0, from = 0] = name
      .split("_")
      .map((part, i) => (i === 0 ? part : Number(part))) as [string, ...number[]];
    const { dw, db } = gradient(net, inputs, targets, { engine }).layers[layer - 1]!;
    const expected = kind === "w" ? dw[neuron - 1]![from - 1]! : db![neuron - 1]!;
    if (Number.isFinite(expected)) expect(origin.value).toBeCloseTo(expected, 9);
    else expect(Number.isFinite(origin.value)).toBe(false);
    // Factors of a step multiply to its value: the way is one of true equations.
    for (const step of origin.steps.slice(1)) {
      if (step.factors.length < 2 || step.right.includes("…") || !Number.isFinite(step.value)) continue;
      expect(step.factors.reduce((product, factor) => product * factor.value, 1)).toBeCloseTo(step.value, 9);
    }
    expect(origin.text).toMatch(/^(∂C\/∂|The ).*\.$/);
  });

  test("is followed through the example that matters, and the factor counted over all", () => {
    const net = network(1, [one([[1]], "relu"), one([[1]])]);
    const { culprit, culpritExamples, examples, text } = followGradient(
      net,
      { inputs: [[-1], [-2], [-3]], targets: [[1], [1], [1]] },
      "w_1_1_1",
    );
    expect(culprit?.name).toBe("f′(z_1^1)");
    expect({ culpritExamples, examples }).toEqual({ culpritExamples: 3, examples: 3 });
    expect(text).toBe("∂C/∂w_11^1 is 0 because f′(z_1^1) is 0, in all 3 examples.");
  });

  test.each([
    ["w_3_2_1", "expected a layer from 1 to 2, got 3"],
    ["w_1_3_1", "expected a neuron of layer 1 from 1 to 2, got 3"],
    ["w_1_1_3", "expected a neuron of layer 0 from 1 to 2, got 3"],
    ["w_1_1", "expected w_LAYER_NEURON_FROM or b_LAYER_NEURON"],
    ["b_1_1_1", "expected w_LAYER_NEURON_FROM or b_LAYER_NEURON"],
    ["x", "expected w_LAYER_NEURON_FROM or b_LAYER_NEURON"],
  ])("named %s is refused: %s", (name, message) => {
    const net = network(2, [two(ones), one([[1, 1]])]);
    expect(() => followGradient(net, { inputs: [[1, 1]], targets: [[0]] }, name)).toThrow(message);
  });

  test("by a bias that is not there is refused", () => {
    const net = network(2, [dense(1, "relu", { bias: false })]);
    expect(() => followGradient(net, { inputs: [[1, 1]], targets: [[0]] }, "b_1_1")).toThrow(
      "expected a layer with biases",
    );
  });
});
