import { describe, expect, test } from "vitest";
import { OptionError } from "../../errors.ts";
import { dense, gradient, gradientCheck, network, type Network } from "../../network/index.ts";
import { dataset } from "../examples/dataset.ts";
import { evaluate } from "./evaluate.ts";
import { train } from "../train.ts";
import { trainWith } from "../loop/training-loop.ts";

const inputs = [
  [1, 0.5],
  [-0.5, 2],
  [0.25, -1],
  [1.5, 1],
  [-1, -0.75],
];
const labels = [0, 0, 1, 2, 2];
const weights = [2, 0.5, 1, 0, 4];
const classes = ["a", "b", "c"];

const make = (): Network<2, 3> =>
  network(2, [dense(4, "tanh"), dense(3, "softmax")], { cost: "crossEntropy", seed: 3, regularization: { l2: 0.1 } });

/** Σ u C / Σ u of each example's own cost, from the examples one at a time. */
function weightedMean(net: Network, u: readonly number[]): number {
  const own = inputs.map((x, i) => {
    const { cost } = gradient(net, [x], [labels[i] ?? 0], { engine: "reference" });
    return cost - penaltyOf(net);
  });
  return own.reduce((sum, c, i) => sum + c * (u[i] ?? 0), 0) / u.reduce((sum, each) => sum + each, 0);
}

function penaltyOf(net: Network): number {
  let squares = 0;
  for (const { name, values } of net.parameters) if (name === "weights") for (const w of values) squares += w * w;
  return (net.regularization.l2 / 2) * squares;
}

describe("weights of examples", () => {
  test("make the cost Σ u C / Σ u, whatever their scale, and leave accuracy as it is", () => {
    const net = make();
    const plain = evaluate(net, dataset({ inputs, targets: labels, classes }), { engine: "reference" });
    for (const scale of [1, 1000]) {
      const data = dataset({ inputs, targets: labels, classes, weights: weights.map((u) => scale * u) });
      const score = evaluate(net, data, { engine: "reference" });
      expect(score.ownCost).toBeCloseTo(weightedMean(net, weights), 12);
      expect(score.cost).toBeCloseTo(weightedMean(net, weights) + penaltyOf(net), 12);
      expect(score.accuracy).toBe(plain.accuracy);
    }
  });

  test("have the gradient that differences of the cost have, on both engines", () => {
    for (const engine of ["reference", "wasm"] as const) {
      expect(gradientCheck(make(), inputs, labels, { engine, weights })).toMatchObject({ passed: true });
    }
    // δ is of an example's own cost, and knows no weight.
    const weighted = gradient(make(), inputs, labels, { weights });
    expect(weighted.layers.map(({ delta }) => delta)).toEqual(
      gradient(make(), inputs, labels).layers.map(({ delta }) => delta),
    );
    expect(weighted.layers[0]?.dw).not.toEqual(gradient(make(), inputs, labels).layers[0]?.dw);
  });

  test("that are all alike train to the same bits as none", async () => {
    const same = dataset({ inputs, targets: labels, classes, weights: [3, 3, 3, 3, 3] });
    const none = dataset({ inputs, targets: labels, classes });
    const [one, other] = [await train(make(), same), await train(make(), none)];
    expect(one.weightsHash).toBe(other.weightsHash);
  });

  test("of 2 do in a full batch what an example given twice does", async () => {
    const [doubled, twice] = [make(), make()];
    const options = { epochs: 20, batchSize: 100, learningRate: 0.5, engine: "reference", shuffle: false } as const;
    await train(doubled, dataset({ inputs, targets: labels, classes, weights: [1, 2, 1, 1, 1] }), options);
    const again = (rows: readonly number[][]): number[][] => rows.flatMap((row, i) => (i === 1 ? [row, row] : [row]));
    await train(
      twice,
      dataset({ inputs: again(inputs), targets: labels.flatMap((c, i) => (i === 1 ? [c, c] : [c])), classes }),
      options,
    );
    for (const [n, { values }] of doubled.parameters.entries()) {
      for (const [i, w] of values.entries()) expect(w).toBeCloseTo(twice.parameters[n]!.values[i]!, 10);
    }
  });

  test("go with their rows in windows of the data, and in a part held back", async () => {
    const many = Array.from({ length: 60 }, (_, i) => inputs[i % 5] ?? []);
    const data = dataset({
      inputs: many,
      targets: many.map((_, i) => labels[i % 5] ?? 0),
      classes,
      weights: many.map((_, i) => weights[i % 5] ?? 0),
    });
    const options = { epochs: 3, batchSize: 8, validation: 0.25 };
    const whole = await trainWith({}, make(), data, options);
    const windows = await trainWith({ residentBytes: 16 * 8 }, make(), data, options);
    expect(windows.weightsHash).toBe(whole.weightsHash);
    expect(windows.validation).toEqual(whole.validation);
  });

  test.each([
    ["too few", [1, 2], /^dataset: weights: expected a weight for each of the 5 examples, got 2\./],
    ["one below 0", [1, 1, -1, 1, 1], /^dataset: weights\[2\]: expected a finite number from 0 up, got -1\./],
    ["NaN", [1, Number.NaN, 1, 1, 1], /got NaN/],
    ["all 0", [0, 0, 0, 0, 0], /expected weights with a mean above 0, got 0/],
  ])("%s are refused", (_, wrong, message) => {
    expect(() => dataset({ inputs, targets: labels, classes, weights: wrong })).toThrow(message);
  });
});

describe("classWeights", () => {
  const data = dataset({ inputs, targets: labels, classes });
  const hashOf = async (classWeights: Parameters<typeof train>[2]): Promise<string> =>
    (await train(make(), data, { epochs: 3, batchSize: 2, ...classWeights })).weightsHash;

  test('"balanced" is n/(k n_c), as in scikit-learn', async () => {
    const balanced = await hashOf({ classWeights: "balanced" });
    expect(balanced).toBe(await hashOf({ classWeights: [5 / 6, 5 / 3, 5 / 6] }));
    expect(balanced).toBe(await hashOf({ classWeights: { a: 5 / 6, b: 5 / 3, c: 5 / 6 } }));
    expect(balanced).not.toBe(await hashOf({}));
  });

  test("multiply the examples' own weights", async () => {
    const byClass = await train(make(), dataset({ inputs, targets: labels, classes, weights: [2, 2, 1, 1, 1] }), {
      epochs: 3,
      classWeights: [1, 2, 2],
    });
    const byExample = await train(make(), dataset({ inputs, targets: labels, classes, weights: [1, 1, 1, 1, 1] }), {
      epochs: 3,
    });
    expect(byClass.weightsHash).toBe(byExample.weightsHash);
  });

  test("weigh the two classes of one output, for sigmoid and for hinge", async () => {
    const two = dataset({ inputs, targets: [0, 0, 0, 0, 1], classes: ["no", "yes"] });
    for (const [last, cost] of [
      ["sigmoid", "binaryCrossEntropy"],
      ["identity", "hinge"],
    ] as const) {
      const one = (): Network => network(2, [dense(1, last)], { cost, seed: 1 });
      const weighted = await train(one(), two, { epochs: 5, classWeights: "balanced" });
      const byHand = dataset({ inputs, targets: [0, 0, 0, 0, 1], classes: ["no", "yes"], weights: [1, 1, 1, 1, 4] });
      expect(weighted.weightsHash).toBe((await train(one(), byHand, { epochs: 5 })).weightsHash);
    }
  });

  test.each([
    [{ classWeights: [1, 2] }, "for each of the 3 classes, got 2"],
    [{ classWeights: [1, 2, -1] }, "from 0 up, got -1 for class c"],
    [{ classWeights: { a: 1, b: 1, C: 2 } }, 'got one of "C"'],
    [{ classWeights: { a: 1, b: 1 } }, 'got none of "c"'],
    [{ classWeights: "even" as "balanced" }, 'expected classWeights "balanced", a list or an object, got "even"'],
  ])("%j are refused", async (options, message) => {
    await expect(train(make(), data, options)).rejects.toThrow(OptionError);
    await expect(train(make(), data, options)).rejects.toThrow(message);
  });

  test("are refused for amounts", async () => {
    const amounts = dataset({ inputs, targets: [[1], [2], [3], [4], [5]] });
    await expect(train(network(2, [dense(1)]), amounts, { classWeights: "balanced" })).rejects.toThrow(
      "expected no classWeights for targets that are no classes",
    );
  });
});

describe("monitor", () => {
  const many = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
  const data = dataset({ inputs: many, targets: many.map(([x = 0, y = 0]) => Number(x > y)), classes: ["no", "yes"] });
  const penalized = (): Network =>
    network(2, [dense(8, "tanh"), dense(2, "softmax")], { cost: "crossEntropy", seed: 3, regularization: { l2: 0.5 } });

  test("cost takes the epoch whose validation examples themselves cost least, without the penalty", async () => {
    const net = penalized();
    const result = await train(net, data, { epochs: 30, validation: 0.3, patience: 30, learningRate: 0.3 });
    const own = result.history.map(({ validation }) => validation?.ownCost ?? Number.NaN);
    const whole = result.history.map(({ validation }) => validation?.cost ?? Number.NaN);
    expect(result.bestEpoch).toBe(own.indexOf(Math.min(...own)) + 1);
    // With a penalty this strong the two are not the same epoch.
    expect(result.bestEpoch).not.toBe(whole.indexOf(Math.min(...whole)) + 1);
    expect(result.validation?.ownCost).toBe(Math.min(...own));
  });

  test("accuracy takes the highest, the first of several", async () => {
    const result = await train(penalized(), data, { epochs: 12, validation: 0.3, patience: 12, monitor: "accuracy" });
    const values = result.history.map(({ validation }) => validation?.accuracy ?? 0);
    expect(result.bestEpoch).toBe(values.indexOf(Math.max(...values)) + 1);
  });

  test.each([
    [{ monitor: "loss" as "cost" }, 'expected monitor cost, accuracy, r2, got "loss"'],
    [{ monitor: "accuracy" as const }, "expected validation for monitor"],
    [{ monitor: "r2" as const, validation: 0.3 }, 'expected monitor "accuracy" or "cost" for these targets'],
  ])("%j is refused", async (options, message) => {
    await expect(train(penalized(), data, options)).rejects.toThrow(message);
  });
});
