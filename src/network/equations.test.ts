import { denseNodes } from "./dense-chain.ts";
import { describe, expect, test } from "vitest";
import { type EngineName, engineFrom, type Session } from "../engine/index.ts";
import { type Node, topologicalOrder } from "../graph/index.ts";
import { cost } from "./costs.ts";
import { type EquationsOptions, type NetworkEquations, networkEquations } from "./equations.ts";
import { gradient } from "./gradient.ts";
import { dense } from "./layers/dense.ts";
import { type Network, network } from "./network.ts";
import { writeParameters } from "./parameters.ts";
import { predict } from "./predict.ts";

const engines: readonly EngineName[] = ["reference", "wasm"];

interface Run {
  readonly inputs: number[];
  readonly targets?: number[];
  readonly step?: number;
}

/** The values of one node of a network's equations. */
function valuesOf(
  net: Network,
  options: EquationsOptions,
  pick: (equations: NetworkEquations) => Node,
  { inputs, targets = [], step = 0 }: Run,
  engine: EngineName = "reference",
): number[] {
  const equations = networkEquations(net, options);
  const session: Session = engineFrom(engine).open();
  writeParameters(session, equations.parameters, net);
  const executable = session.prepare({ outputs: { value: pick(equations) }, updates: [] });
  executable.run({
    inputs: new Map([
      [equations.inputs, inputs],
      [equations.targets, targets],
    ]),
    seed: 7,
    step,
  });
  return Array.from(executable.output("value"));
}

describe("The equations of a network", () => {
  const net = network(3, [dense(4, "tanh"), dense(2, "sigmoid", { bias: false })], { seed: 1 });
  const equations = networkEquations(net, { capacity: 5 });

  test("carry the names of the textbook", () => {
    const names = equations.layers
      .map(denseNodes)
      .map((layer) =>
        [layer.weights, layer.biases, layer.weightedInput, layer.activation, layer.error, layer.weightGradient]
          .concat(layer.biasGradient)
          .map((node) => node && `${node.label?.symbol}${node.label?.layer}`),
      );
    expect(names).toEqual([
      ["w1", "b1", "z1", "a1", "delta1", "dw1", "db1"],
      ["w2", null, "z2", "a2", "delta2", "dw2", null],
    ]);
    expect(equations.inputs.label).toEqual({ symbol: "a", layer: 0 });
    expect(equations.cost.label).toEqual({ symbol: "C", layer: null });
  });

  test("have the shapes of the textbook, examples first", () => {
    const shape = ({ axes }: Node): number[] => axes.map(({ size }) => size);
    const [first, second] = equations.layers.map(denseNodes);
    expect(
      [first!.weights, first!.biases!, first!.weightedInput, first!.error, first!.weightGradient].map(shape),
    ).toEqual([[4, 3], [4], [5, 4], [5, 4], [4, 3]]);
    expect(shape(second!.activation)).toEqual([5, 2]);
    expect(shape(equations.costs)).toEqual([5]);
    expect(shape(equations.cost)).toEqual([]);
    expect(equations.examples.isVariable).toBe(true);
  });

  test("build each error on the next layer's, not anew", () => {
    const order = topologicalOrder([denseNodes(equations.layers[0]!).weightGradient]);
    expect(order).toContain(equations.layers[0]!.error);
    expect(order).toContain(equations.layers[1]!.error);
  });

  test("let a prediction depend on neither targets nor gradients", () => {
    const order = topologicalOrder([equations.layers[1]!.activation]);
    expect(order).not.toContain(equations.targets);
    expect(order.filter(({ label }) => label?.symbol === "delta")).toEqual([]);
  });

  test("need one matrix product for each z, each error before the last, and each weight gradient", () => {
    const order = topologicalOrder(equations.parameters.map(({ gradient: each }) => each));
    // z1, z2; delta1; dw1, dw2.
    expect(order.filter(({ kind }) => kind === "contract")).toHaveLength(5);
  });
});

describe("Class labels", () => {
  test.each(["quadratic", "crossEntropy", "binaryCrossEntropy", "poisson", "huber"] as const)(
    "count for %s as 1 for their class and 0 for the others",
    (name) => {
      const net = network(2, [dense(3, "softmax")], { cost: name, seed: 2 });
      const inputs = [
        [1, 2],
        [0, -1],
      ];
      const byLabel = gradient(net, inputs, [2, 0], { engine: "reference" });
      const byValue = gradient(net, inputs, [[0, 0, 1], [1, 0, 0]], { engine: "reference" }); // prettier-ignore
      expect(byLabel).toEqual(byValue);
    },
  );

  test("count for hinge as 1 for their class and −1 for the others", () => {
    const net = network(2, [dense(3)], { cost: "hinge", seed: 2 });
    const byLabel = gradient(net, [[1, 2]], [2], { engine: "reference" });
    expect(byLabel).toEqual(gradient(net, [[1, 2]], [[-1, -1, 1]], { engine: "reference" }));
  });
});

describe("Regularization", () => {
  const weights = [
    [2, -3],
    [0, 0.5],
  ];
  const make = (regularization: { l1?: number; l2?: number }): Network =>
    network(2, [dense(2, "identity", { weights, biases: [10, 20] })], { regularization });
  const run = (net: Network): ReturnType<typeof gradient> =>
    gradient(net, [[0, 0]], [[10, 20]], { engine: "reference" });

  test("adds l1·Σ|w| to the cost and l1·sign w to its gradient, 0 at w = 0; biases are left alone", () => {
    const { cost, layers } = run(make({ l1: 0.5 }));
    expect(cost).toBe(0.5 * 5.5);
    expect(layers[0]).toMatchObject({ dw: [[0.5, -0.5], [0, 0.5]], db: [0, 0] }); // prettier-ignore
  });

  test("adds l2/2·Σw² to the cost and l2·w to its gradient", () => {
    const { cost, layers } = run(make({ l2: 0.5 }));
    expect(cost).toBe(0.25 * 13.25);
    expect(layers[0]?.dw).toEqual([[1, -1.5], [0, 0.25]]); // prettier-ignore
  });

  test("leaves each example's error alone", () => {
    expect(run(make({ l1: 1, l2: 1 })).layers[0]?.delta).toEqual([[0, 0]]);
  });
});

describe.each(engines)("Dropout on the %s engine", (engine) => {
  const rate = 0.25;
  const units = 400;
  const ones = Array.from({ length: units }, () => [1]);
  const net = network(1, [dense(units, "identity", { weights: ones, dropout: rate }), dense(1)], { seed: 1 });
  const output = (isTraining: boolean, step: number): number[] =>
    valuesOf(
      net,
      { capacity: 10, isTraining },
      ({ layers }) => layers[0]!.output,
      { inputs: Array(10).fill(1), step },
      engine,
    );

  test("leaves out its part of the neurons and scales the others, so that the mean stays", () => {
    const values = output(true, 0);
    expect(new Set(values.map((value) => value.toFixed(6)))).toEqual(
      new Set(["0.000000", (1 / (1 - rate)).toFixed(6)]),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // Five standard errors of 4,000 numbers with variance rate/(1 − rate) = 1/3.
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(1 / 3 / values.length));
  });

  test("leaves out others in the next step, and the same when the step is done again", () => {
    expect(output(true, 1)).not.toEqual(output(true, 0));
    expect(output(true, 1)).toEqual(output(true, 1));
  });

  test("is off in predictions", () => {
    expect(output(false, 0).every((value) => value === 1)).toBe(true);
  });

  test("lets no error through to a neuron that was left out", () => {
    const run = { inputs: Array(10).fill(1), targets: Array(10).fill(5) };
    const options = { capacity: 10, isTraining: true };
    const errors = valuesOf(net, options, ({ layers }) => layers[0]!.error, run, engine);
    const outputs = valuesOf(net, options, ({ layers }) => layers[0]!.output, run, engine);
    expect(errors.map((error) => error === 0)).toEqual(outputs.map((value) => value === 0));
  });
});

describe("Far from 0", () => {
  const logits = network(1, [dense(3, "softmax", { bias: false, weights: [[1], [-1], [0]] })], {
    cost: "crossEntropy",
  });

  test.each(engines)("softmax on %s is finite and adds up to 1 at ±1e4", (engine) => {
    expect(predict(logits, [[1e4], [-1e4]], { engine })).toEqual([[1, 0, 0], [0, 1, 0]]); // prettier-ignore
  });

  test.each(engines)("a cost of one's own that takes logarithms is built from z as well, on %s", (engine) => {
    const own = cost("focal-like", "-t*log(a) - (1 - t)*log(1 - a)");
    const net = network(1, [dense(1, "sigmoid", { weights: [[1]] })], { cost: own });
    const { cost: total, layers } = gradient(net, [[1000]], [[0]], { engine });
    expect(total).toBe(1000);
    expect(layers[0]?.delta).toEqual([[1]]);
  });
});
