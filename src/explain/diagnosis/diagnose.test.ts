import { describe, expect, test } from "vitest";
import { digits } from "../../data/bundled/digits.ts";
import { bundledData, inputNames, prepare, spirals, xor } from "../../data/index.ts";
import { cost, dense, type Network, network, networkOfEquations, parameter } from "../../network/index.ts";
import { fillNormal } from "../../random/index.ts";
import { type Dataset, dataset, train } from "../../train/index.ts";
import { diagnose, type DiagnosisOptions } from "./diagnose.ts";
import type { Finding } from "./finding.ts";
import { textbookEquations } from "./textbook-equations.ts";
import { watch } from "./watch.ts";
import { notationToText } from "../../formula/index.ts";

/** Normal numbers, the same in every run. */
function normal(count: number, seed: number): number[] {
  const values = new Float64Array(count);
  fillNormal(values, { seed, stream: 1 });
  return Array.from(values);
}

/** Rows of standardized inputs. */
function rowsOf(rows: number, width: number, seed = 1): number[][] {
  const values = normal(rows * width, seed);
  return Array.from({ length: rows }, (_, i) => values.slice(i * width, (i + 1) * width));
}

const inputs = rowsOf(100, 3);
const amounts = inputs.map(([x = 0, y = 0], i) => [x - 0.5 * y + 0.3 * Math.sign(inputs[(i + 7) % 100]?.[2] ?? 0)]);
const regression = dataset({ inputs, targets: amounts });
/** Whether a point lies in the upper half, with a little noise, so that no column gives the answer away. */
const kinds = amounts.map(([t = 0]) => Number(t > 0));
const twoKinds = dataset({ inputs, targets: kinds, classes: ["low", "high"] });
/** The same as one output of 0 or 1. */
const ofOne = dataset({ inputs, targets: kinds.map((kind) => [kind]) });

function filled(rows: number, columns: number, value: number): number[][] {
  return Array.from({ length: rows }, () => new Array<number>(columns).fill(value));
}

function scaled(rows: readonly (readonly number[])[], factor: number): number[][] {
  return rows.map((row) => row.map((value) => factor * value));
}

async function courseOf(net: Network, data: Dataset, learningRate: number): Promise<DiagnosisOptions> {
  const { history } = await train(net, data, { epochs: 20, learningRate, batchSize: 10 });
  return { history, learningRate };
}

interface Case {
  readonly net: Network;
  readonly data: Dataset;
  readonly options?: DiagnosisOptions;
  readonly expected: Partial<Finding>;
}

const sick: Record<string, () => Case | Promise<Case>> = {
  "ReLUs with biases far below 0": () => ({
    net: network(3, [dense(8, "relu", { biases: new Array<number>(8).fill(-20) }), dense(1)], { seed: 1 }),
    data: regression,
    expected: { kind: "deadNeurons", where: { layer: 1, neurons: [1, 2, 3, 4, 5, 6, 7, 8], columns: null } },
  }),
  "sigmoids with first weights a hundred times too large": () => ({
    net: network(
      3,
      [
        dense(8, "sigmoid", { weights: scaled(rowsOf(8, 3, 2), 100), biases: normal(8, 3).map((b) => 300 + b) }),
        dense(1),
      ],
      { seed: 1 },
    ),
    data: regression,
    expected: { kind: "saturatedNeurons" },
  }),
  "a sigmoid output that is sure of the wrong answer, with the quadratic cost": () => ({
    net: network(3, [dense(4, "tanh"), dense(1, "sigmoid", { biases: [12] })], { seed: 1 }),
    data: ofOne,
    expected: { kind: "saturatedOutputs", where: { layer: 2, neurons: [1], columns: null } },
  }),
  "ten layers of sigmoids": () => ({
    net: network(3, [...Array.from({ length: 10 }, () => dense(6, "sigmoid")), dense(1)], { seed: 1 }),
    data: regression,
    expected: { kind: "vanishingError", where: { layer: 1, neurons: null, columns: null } },
  }),
  "eight layers of ReLUs with first weights five times too large": () => ({
    net: network(
      3,
      [
        ...Array.from({ length: 8 }, (_, i) =>
          dense(10, "relu", { weights: scaled(rowsOf(10, i === 0 ? 3 : 10, i + 5), 2) }),
        ),
        dense(1),
      ],
      { seed: 1 },
    ),
    data: regression,
    expected: { kind: "explodingError", where: { layer: 1, neurons: null, columns: null } },
  }),
  "weights that are all 0": () => ({
    net: network(3, [
      dense(5, "tanh", { weights: filled(5, 3, 0) }),
      dense(1, "identity", { weights: filled(1, 5, 0) }),
    ]),
    data: regression,
    expected: { kind: "identicalNeurons", where: { layer: 1, neurons: null, columns: null } },
  }),
  "sigmoid outputs for targets up to 25": () => ({
    net: network(3, [dense(5, "relu"), dense(1, "sigmoid")], { seed: 1 }),
    data: dataset({ inputs, targets: amounts.map(([t = 0]) => [10 + 5 * t]) }),
    expected: { kind: "unreachableTargets" },
  }),
  "ReLU outputs for targets below 0": () => ({
    net: network(3, [dense(5, "tanh"), dense(1, "relu")], { seed: 1 }),
    data: regression,
    expected: { kind: "unreachableTargets" },
  }),
  "a softmax for targets of several classes at once": () => ({
    net: network(3, [dense(2, "softmax")], { cost: "crossEntropy", seed: 1 }),
    data: dataset({ inputs, targets: kinds.map((kind) => [kind, 1]) }),
    expected: { kind: "unreachableTargets" },
  }),
  "softmax with the quadratic cost": () => ({
    net: network(3, [dense(5, "relu"), dense(2, "softmax")], { seed: 1 }),
    data: twoKinds,
    expected: { kind: "unfitCost" },
  }),
  "a logarithm of answers that may be below 0": () => ({
    net: networkOfEquations(3, [dense(5, "relu"), dense(2, "identity")], { cost: "crossEntropy", seed: 1 }),
    data: twoKinds,
    expected: { kind: "unfitCost" },
  }),
  "a logarithm of one's own of such answers": () => ({
    net: network(3, [dense(5, "relu"), dense(2, "relu")], { cost: cost("own", "-t*ln(a)"), seed: 1 }),
    data: twoKinds,
    expected: { kind: "unfitCost" },
  }),
  "a softmax of one unit": () => ({
    net: networkOfEquations(3, [dense(5, "relu"), dense(1, "softmax")], { cost: "crossEntropy", seed: 1 }),
    data: dataset({ inputs, targets: inputs.map((_, i) => i % 2) }),
    expected: { kind: "unfitCost" },
  }),
  "cross-entropy on sigmoids of several classes": () => ({
    net: network(3, [dense(5, "relu"), dense(2, "sigmoid")], { cost: "crossEntropy", seed: 1 }),
    data: twoKinds,
    expected: { kind: "unfitCost" },
  }),
  "a column in thousands": () => ({
    net: network(3, [dense(5, "sigmoid"), dense(1)], { seed: 1 }),
    data: dataset({ inputs: inputs.map(([x = 0, y = 0, z = 0]) => [x, 3000 + 1000 * y, z]), targets: amounts }),
    options: { columns: ["age", "income", "height"] },
    expected: { kind: "unscaledInputs", where: { layer: 1, neurons: null, columns: ["income"] } },
  }),
  "inputs of a thousandth": () => ({
    net: network(3, [dense(5, "tanh"), dense(1)], { seed: 1 }),
    data: dataset({ inputs: scaled(inputs, 0.001), targets: amounts }),
    expected: { kind: "unscaledInputs" },
  }),
  "a year beside numbers about 1, scaled but not centered": () => ({
    net: network(3, [dense(5, "tanh"), dense(1)], { seed: 1 }),
    data: dataset({ inputs: inputs.map(([x = 0, y = 0, z = 0]) => [x, 2 + 0.001 * y, z]), targets: amounts }),
    expected: { kind: "unscaledInputs", where: { layer: 1, neurons: null, columns: ["input 2"] } },
  }),
  "steps that overshoot": async () => {
    const net = network(3, [dense(1)], { seed: 1 });
    return {
      net,
      data: regression,
      options: await courseOf(net, regression, 0.9),
      expected: { kind: "learningRateTooLarge" },
    };
  },
  "steps too short to arrive": async () => {
    const net = network(3, [dense(5, "tanh"), dense(1)], { seed: 1 });
    return {
      net,
      data: regression,
      options: await courseOf(net, regression, 1e-5),
      expected: { kind: "learningRateTooSmall" },
    };
  },
  "three rows of one class beside 97 of the other": () => ({
    net: network(3, [dense(5, "relu"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 }),
    data: dataset({ inputs, targets: kinds.map((_, i) => Number(i % 40 === 7)), classes: ["no", "yes"] }),
    expected: { kind: "classImbalance" },
  }),
  "labels that are all the same": () => ({
    net: network(3, [dense(5, "relu"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 }),
    data: dataset({ inputs, targets: kinds.map(() => 1), classes: ["no", "yes"] }),
    expected: { kind: "constantTargets" },
  }),
  "amounts that are all the same": () => ({
    net: network(3, [dense(5, "relu"), dense(1)], { seed: 1 }),
    data: dataset({ inputs, targets: amounts.map(() => [0.5]) }),
    expected: { kind: "constantTargets" },
  }),
  "a column twice, in other units": () => ({
    net: network(3, [dense(5, "relu"), dense(1)], { seed: 1 }),
    data: dataset({ inputs: inputs.map(([x = 0, y = 0]) => [x, y, 1.8 * x + 0.32]), targets: amounts }),
    options: { columns: ["celsius", "wind", "fahrenheit"] },
    expected: { kind: "duplicateColumns", where: { layer: 1, neurons: null, columns: ["celsius", "fahrenheit"] } },
  }),
  "a column that is the amount itself": () => ({
    net: network(3, [dense(5, "relu"), dense(1)], { seed: 1 }),
    data: dataset({ inputs: inputs.map(([x = 0, y = 0], i) => [x, y, 2 * (amounts[i]?.[0] ?? 0)]), targets: amounts }),
    expected: { kind: "leakingColumn", where: { layer: 1, neurons: null, columns: ["input 3"] } },
  }),
  "a column that is the class": () => ({
    net: network(3, [dense(5, "relu"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 }),
    data: dataset({
      inputs: inputs.map(([x = 0, y = 0], i) => [x, y, kinds[i] ?? 0]),
      targets: kinds,
      classes: ["low", "high"],
    }),
    expected: { kind: "leakingColumn", where: { layer: 1, neurons: null, columns: ["input 3"] } },
  }),
  "weights beyond all measure": () => ({
    net: network(3, [
      dense(5, "relu", { weights: scaled(filled(5, 3, 1), 3e38) }),
      dense(1, "identity", { weights: filled(1, 5, 3e38) }),
    ]),
    data: regression,
    options: { engine: "wasm" },
    expected: { kind: "notFinite" },
  }),
};

describe("a sick network", () => {
  test.each(Object.entries(sick))("with %s gets this one finding", async (_, make) => {
    const { net, data, options, expected } = await make();
    const { findings } = diagnose(net, data, options);
    expect(findings.map(({ kind }) => kind)).toEqual([expected.kind]);
    const [finding] = findings;
    expect(finding).toMatchObject(expected);
    // Every finding says what, why and what to try, and points at a term that is in its equation.
    const { text, why, remedies, evidence } = finding!;
    expect(text).toMatch(/^\S.*\.$/);
    expect(text).not.toMatch(/undefined|NaN(?! or)/);
    expect(remedies.length).toBeGreaterThan(0);
    expect(Object.keys(evidence).length).toBeGreaterThan(0);
    const { left, right } = textbookEquations[why.equation];
    expect(JSON.stringify([left, right])).toContain(`"plain":"${why.term}"`);
    expect(notationToText(right)).not.toBe("");
  });
});

async function table(name: string): Promise<{ data: Dataset; columns: string[] }> {
  const found = bundledData.find((each) => each.name === name)!;
  const { training, preprocessing } = prepare(await found.table(), { seed: 1 });
  return { data: training, columns: inputNames(preprocessing) };
}

const classifier = (data: Dataset, hidden: number[], activation: "relu" | "tanh" = "relu"): Network =>
  network(data.inputWidth, [...hidden.map((units) => dense(units, activation)), dense(data.outputWidth, "softmax")], {
    cost: "crossEntropy",
    seed: 1,
  });

interface Healthy {
  readonly data: Dataset;
  readonly columns?: readonly string[];
  readonly net: Network;
  readonly epochs: number;
  readonly optimizer?: "adam" | "sgd";
  readonly learningRate: number;
}

const healthy: Record<string, () => Promise<Healthy>> = {
  digits: async () => {
    const data = await digits();
    return { data, net: classifier(data, [32]), epochs: 8, optimizer: "adam", learningRate: 0.003 };
  },
  iris: async () => {
    const { data, columns } = await table("iris");
    return { data, columns, net: classifier(data, [16], "tanh"), epochs: 40, optimizer: "adam", learningRate: 0.01 };
  },
  wine: async () => {
    const { data, columns } = await table("wine");
    return { data, columns, net: classifier(data, [32, 16]), epochs: 40, optimizer: "sgd", learningRate: 0.1 };
  },
  diabetes: async () => {
    const { data, columns } = await table("diabetes");
    const net = network(data.inputWidth, [dense(16, "relu"), dense(1)], { cost: "meanSquaredError", seed: 1 });
    return { data, columns, net, epochs: 60, optimizer: "adam", learningRate: 0.003 };
  },
  xor: async () => {
    const net = network(2, [dense(4, "tanh"), dense(1, "sigmoid")], { seed: 1 });
    return { data: xor(), net, epochs: 400, optimizer: "sgd", learningRate: 1 };
  },
  spirals: async () => {
    const data = spirals();
    return { data, net: classifier(data, [64, 64]), epochs: 80, optimizer: "adam", learningRate: 0.003 };
  },
  "digits with sigmoids and the quadratic cost": async () => {
    const data = await digits();
    const net = network(64, [dense(30, "sigmoid"), dense(10, "sigmoid")], { seed: 1 });
    return { data, net, epochs: 12, optimizer: "sgd", learningRate: 1 };
  },
};

describe("a healthy network", () => {
  test.each(Object.entries(healthy))(
    "on %s gets no finding: not before, after, nor during training",
    async (_, make) => {
      const { data, columns = [], net, epochs, optimizer = "sgd", learningRate } = await make();
      expect(diagnose(net, data, { columns }).findings).toEqual([]);
      const watching = watch(net, data, { columns });
      const { train: score } = await train(net, data, {
        epochs,
        optimizer,
        learningRate,
        batchSize: 16,
        onEpoch: watching.onEpoch,
      });
      // It has learned, so that silence says something.
      expect(score.accuracy ?? score.r2).toBeGreaterThan(0.4);
      expect(watching.epochs).toHaveLength(epochs);
      expect(watching.epochs.flatMap(({ findings }) => findings)).toEqual([]);
      expect(watching.diagnosis().findings).toEqual([]);
    },
  );
});

describe("the figures of a layer", () => {
  // The textbook's worked example: two neurons, one example.
  const net = network(
    1,
    [dense(1, "relu", { bias: false, weights: [[0.01]] }), dense(1, "sigmoid", { weights: [[-5]], biases: [-1] })],
    { cost: "quadratic" },
  );
  const data = dataset({ inputs: [[3]], targets: [[1]] });

  test("are those found by hand for a network of two neurons", () => {
    const { layers, cost } = diagnose(net, data, { engine: "reference", learningRate: 0.1 });
    expect(cost).toBeCloseTo(0.28842841648, 10);
    const [first, second] = layers;
    expect(first?.error).toBeCloseTo(0.69363885406, 10);
    expect(first?.weightGradient).toBeCloseTo(2.08091656217, 10);
    expect(first?.updateRatio).toBeCloseTo((0.1 * 2.08091656217) / 0.01, 9);
    expect(first?.biasGradient).toBeNull();
    expect(first?.slope).toBe(1);
    expect(second?.error).toBeCloseTo(0.13872777081, 10);
    expect(second?.slope).toBeCloseTo(0.24048908305 * (1 - 0.24048908305), 10);
  });

  test("are the same on both engines, and in pieces as in one", () => {
    const wide = dataset({ inputs: rowsOf(700, 3), targets: rowsOf(700, 1, 9) });
    const deep = network(3, [dense(7, "tanh"), dense(5, "relu"), dense(1)], { seed: 3 });
    const [one, other] = (["reference", "wasm"] as const).map((engine) => diagnose(deep, wide, { engine }).layers);
    for (const [i, layer] of one!.entries()) {
      // float32 has 24 bits; means over 700 examples lose a few.
      expect(other?.[i]?.error).toBeCloseTo(layer.error, 5);
      expect(other?.[i]?.weightGradient).toBeCloseTo(layer.weightGradient, 5);
      expect(other?.[i]?.deadNeurons).toEqual(layer.deadNeurons);
    }
  });

  test("count a neuron as dead only if no example of all wakes it", () => {
    const one = network(1, [dense(2, "relu", { weights: [[1], [-1]], biases: [-5, -5] }), dense(1)], { seed: 1 });
    const rows = Array.from({ length: 600 }, (_, i) => [i === 599 ? 6 : 0.001 * i]);
    const { layers } = diagnose(one, dataset({ inputs: rows, targets: rows }));
    expect(layers[0]?.deadNeurons).toEqual([2]);
  });

  test("refuse data of another width, and a number of examples that is none", () => {
    expect(() => diagnose(net, regression)).toThrow("expected 1 inputs per example, got 3");
    expect(() => diagnose(net, data, { examples: 0 })).toThrow("expected examples of 1 or more, got 0");
  });
});

test("a watched layer says how much of its weights an epoch changed", async () => {
  const net = network(3, [dense(1)], { seed: 1 });
  const before = parameter(net, 1, "weights").values.slice();
  const watching = watch(net, regression);
  await train(net, regression, { epochs: 1, learningRate: 0.01, onEpoch: watching.onEpoch });
  const moved = parameter(net, 1, "weights").values.map((w, i) => w - before[i]!);
  expect(watching.epochs[0]?.layers[0]?.change).toBeCloseTo(Math.hypot(...moved) / Math.hypot(...before), 12);
});
