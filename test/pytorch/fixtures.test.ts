import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** `"relu"`, or `{ "name": "leakyRelu", "slope": 0.2 }` where an option departs from its default. */
type Choice = string | { readonly name: string; readonly slope?: number; readonly delta?: number };

interface Layer {
  readonly units: number;
  readonly activation: Choice;
  readonly bias?: boolean;
  readonly weights: number[][];
  readonly biases?: number[];
}

interface Network {
  readonly inputs: number;
  readonly cost: Choice;
  readonly regularization?: { readonly l1?: number; readonly l2?: number };
  readonly layers: Layer[];
  readonly examples: { readonly inputs: number[][]; readonly targets: number[][] | number[] };
}

interface ExpectedLayer {
  readonly z: number[][];
  readonly a: number[][];
  readonly delta: number[][];
  readonly dw: number[][];
  readonly db: number[] | null;
}

interface NetworkCase {
  readonly name: string;
  readonly network: Network;
  readonly expected: { readonly cost: number; readonly layers: ExpectedLayer[] };
}

interface UpdateRules {
  readonly initial: number[];
  readonly gradients: number[][];
  readonly cases: { readonly name: string; readonly rule: string; readonly parameters: number[][] }[];
}

interface Schedules {
  readonly cases: { readonly schedule: string; readonly learningRates: number[]; readonly metrics?: number[] }[];
}

interface Training {
  readonly batches: unknown[];
  readonly runs: { readonly rule: string; readonly costs: number[] }[];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

// The casts state what make_fixtures.py writes; the tests below would fail on anything else.
const { networks, extremes } = read("networks.json") as { networks: NetworkCase[]; extremes: NetworkCase[] };
const updateRules = read("update-rules.json") as UpdateRules;
const schedules = read("schedules.json") as Schedules;
const training = read("training.json") as Training;

/** The networks with widths of their own, without the first: two neurons to compute by hand. */
const sampled = networks.slice(1);

/** A choice as one string: `leakyRelu slope 0.2`. */
function title(choice: Choice): string {
  if (typeof choice === "string") return choice;
  const options = Object.entries(choice).filter(([key]) => key !== "name");
  return [choice.name, ...options.map(([key, value]) => `${key} ${value}`)].join(" ");
}

/** A cost with the kind of its targets, as cross-entropy takes two. */
function costTitle({ cost, examples }: Network): string {
  const isLabels = typeof examples.targets[0] === "number";
  return cost === "crossEntropy" ? `${cost} (${isLabels ? "labels" : "probabilities"})` : title(cost);
}

function covered(titles: string[]): string[] {
  return [...new Set(titles)].toSorted();
}

const activations = (
  "identity, sigmoid, tanh, relu, leakyRelu, leakyRelu slope 0.2, elu, selu, celu, gelu, geluTanh, silu, mish, " +
  "softplus, softsign, hardSigmoid, hardTanh, relu6, softmax"
).split(", ");

const costs = (
  "quadratic, meanSquaredError, meanAbsoluteError, huber, huber delta 0.5, logCosh, crossEntropy (labels), " +
  "crossEntropy (probabilities), binaryCrossEntropy, poisson, hinge"
).split(", ");

const rules = "sgd, momentum, nesterov, rmsprop, adagrad, adadelta, adam, adamw, nadam, amsgrad, lion".split(", ");

describe("the networks", () => {
  test("cover every activation in the last layer, and all but softmax before another layer", () => {
    const last = sampled.map(({ network }) => title(network.layers.at(-1)?.activation ?? ""));
    const hidden = sampled.flatMap(({ network }) =>
      network.layers.slice(0, -1).map((layer) => title(layer.activation)),
    );
    expect(covered(last)).toEqual(activations.toSorted());
    expect(covered(hidden)).toEqual(activations.filter((name) => name !== "softmax").toSorted());
  });

  test("cover every cost, each with more than one output", () => {
    const wide = sampled.filter(({ network }) => (network.layers.at(-1)?.units ?? 0) > 1);
    expect(covered(wide.map(({ network }) => costTitle(network)))).toEqual(costs.toSorted());
  });

  test("cover one to five layers, batches of one, layers without bias, and both kinds of regularization", () => {
    expect(covered(sampled.map(({ network }) => String(network.layers.length)))).toEqual(["1", "2", "3", "4", "5"]);
    expect(sampled.some(({ network }) => network.examples.inputs.length === 1)).toBe(true);
    expect(sampled.some(({ network }) => network.layers.some((layer) => layer.bias === false))).toBe(true);
    expect(sampled.some(({ network }) => (network.regularization?.l1 ?? 0) > 0)).toBe(true);
    expect(sampled.some(({ network }) => (network.regularization?.l2 ?? 0) > 0)).toBe(true);
  });

  test.each(sampled)("$name: no two widths are equal, nor one the batch size", ({ network }) => {
    const sizes = [network.examples.inputs.length, network.inputs, ...network.layers.map((layer) => layer.units)];
    expect(new Set(sizes).size).toBe(sizes.length);
  });

  test.each(sampled)("$name: float32 holds its parameters and inputs exactly", ({ network }) => {
    const parameters = network.layers.flatMap((layer) => [...layer.weights.flat(), ...(layer.biases ?? [])]);
    for (const value of [...parameters, ...network.examples.inputs.flat()]) expect(Math.fround(value)).toBe(value);
  });

  test.each([...networks, ...extremes])("$name: dw and db are those of the errors", ({ network, expected }) => {
    const examples = network.examples.inputs.length;
    const { l1 = 0, l2 = 0 } = network.regularization ?? {};
    network.layers.forEach((layer, index) => {
      const { delta = [], dw = [], db = null } = expected.layers[index] ?? {};
      const before = index === 0 ? network.examples.inputs : (expected.layers[index - 1]?.a ?? []);
      layer.weights.forEach((row, j) => {
        row.forEach((weight, k) => {
          const sum = delta.reduce((total, error, x) => total + (error[j] ?? NaN) * (before[x]?.[k] ?? NaN), 0);
          const gradient = sum / examples + l1 * Math.sign(weight) + l2 * weight;
          // Both are float64 sums of at most seven products of size 1 (1000 in the extremes), in another order.
          expect(Math.abs((dw[j]?.[k] ?? NaN) - gradient)).toBeLessThan(1e-13 * Math.max(1, Math.abs(gradient)));
        });
      });
      db?.forEach((gradient, j) => {
        const mean = delta.reduce((total, error) => total + (error[j] ?? NaN), 0) / examples;
        expect(Math.abs(gradient - mean)).toBeLessThan(1e-13 * Math.max(1, Math.abs(mean)));
      });
    });
  });

  test("have no db exactly where a layer has no bias", () => {
    const layers = [...networks, ...extremes].flatMap(({ network, expected }) =>
      network.layers.map((layer, index) => ({ hasBias: layer.bias !== false, db: expected.layers[index]?.db })),
    );
    for (const { hasBias, db } of layers) expect(Array.isArray(db)).toBe(hasBias);
    for (const { hasBias, db } of layers) expect(db === null).toBe(!hasBias);
  });

  test("agree with a computation by hand", () => {
    // z1 = 0.01·3, a1 = 0.03; z2 = −5·0.03 − 1 = −1.15, a2 = 1/(1 + e^1.15) = 0.24048908305; C = ½ (a2 − 1)².
    // δ2 = (a2 − 1) a2 (1 − a2), dw2 = δ2·a1, db2 = δ2; δ1 = −5·δ2, dw1 = δ1·3.
    const [first, second] = networks[0]?.expected.layers ?? [];
    expect(networks[0]?.expected.cost).toBeCloseTo(0.28842841648, 10);
    expect(second?.dw[0]?.[0]).toBeCloseTo(-0.00416183312, 10);
    expect(second?.db?.[0]).toBeCloseTo(-0.13872777081, 10);
    expect(first?.dw[0]?.[0]).toBeCloseTo(2.08091656217, 10);
    expect(first?.db).toBeNull();
  });
});

describe("the extremes", () => {
  test("cover every activation and both cross-entropies at ±1000", () => {
    const names = extremes.flatMap(({ network }) => network.layers.map((layer) => title(layer.activation)));
    expect(covered(names)).toEqual(activations.filter((name) => name !== "leakyRelu slope 0.2").toSorted());
    const entropies = costs.filter((name) => name.includes("rossEntropy"));
    expect(extremes.map(({ network }) => costTitle(network))).toEqual(expect.arrayContaining(entropies));
    for (const { expected } of extremes) expect(expected.layers[0]?.z[0]?.slice(0, 2)).toEqual([1000, -1000]);
  });
});

describe("the update rules", () => {
  test("cover every rule, each with the parameters after each of 20 steps", () => {
    expect(covered(updateRules.cases.map(({ rule }) => rule))).toEqual(rules.toSorted());
    expect(updateRules.gradients).toHaveLength(20);
    for (const { parameters } of updateRules.cases) {
      expect(parameters).toHaveLength(20);
      for (const step of parameters) expect(step).toHaveLength(updateRules.initial.length);
    }
  });

  test("tell the rules apart: no two cases end alike", () => {
    const ends = updateRules.cases.map(({ parameters }) => JSON.stringify(parameters.at(-1)));
    expect(new Set(ends).size).toBe(ends.length);
  });
});

describe("the schedules", () => {
  test("cover every schedule, each with the learning rates of 40 steps", () => {
    const names = ["step", "exponential", "cosine", "cosineRestarts", "linearWarmUp", "oneCycle", "reduceOnPlateau"];
    expect(covered(schedules.cases.map(({ schedule }) => schedule))).toEqual(names.toSorted());
    for (const { schedule, learningRates, metrics } of schedules.cases) {
      expect(learningRates).toHaveLength(40);
      expect(metrics?.length).toBe(schedule === "reduceOnPlateau" ? 40 : undefined);
    }
  });
});

describe("the training runs", () => {
  test("are ten steps of SGD and of Adam on the same batches", () => {
    expect(training.batches).toHaveLength(10);
    expect(training.runs.map(({ rule }) => rule)).toEqual(["sgd", "adam"]);
    for (const { costs: costOfStep } of training.runs) expect(costOfStep).toHaveLength(10);
  });
});
