import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import { engineFrom } from "../engine/index.ts";
import { DataError, OptionError, ShapeError } from "../errors.ts";
import type { InputNode } from "../graph/index.ts";
import {
  dense,
  type DenseOptions,
  network,
  type Network,
  networkFromJson,
  predict,
  readParameters,
  writeParameters,
  parameter,
} from "../network/index.ts";
import { evaluate } from "./scores/evaluate.ts";
import { dataset } from "./examples/dataset.ts";
import { trainer, type TrainerOptions } from "./trainer.ts";
import { trainingProgram } from "./loop/training-program.ts";
import type { ScalarState } from "./rules/update-equations.ts";
import { updateRule, type UpdateRuleName } from "./rules/update-rules.ts";
import { weightsHash } from "./loop/weights-hash.ts";

interface Fixture {
  readonly network: object;
  readonly batches: readonly { readonly inputs: number[][]; readonly targets: number[] }[];
  readonly runs: readonly {
    readonly rule: UpdateRuleName;
    readonly hyperparameters: Readonly<Record<string, number>>;
    readonly costs: readonly number[];
    readonly layers: readonly {
      readonly weights: readonly (readonly number[])[];
      readonly biases: readonly number[];
    }[];
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL("../../test/pytorch/training.json", import.meta.url), "utf8"),
) as Fixture;

// 10 steps of rounding numbers near 1, to 53 and to 24 bits; in float32 Adam's √v of small gradients loses some more.
const engines = [
  ["reference", 1e-13],
  ["wasm", 2e-5],
] as const;

describe.each(engines)("10 steps of PyTorch on the %s engine", (engine, tolerance) => {
  test.each(fixture.runs)(
    "by $rule: the same costs and the same parameters",
    ({ rule, hyperparameters, costs, layers }) => {
      const { learningRate = Number.NaN, ...settings } = hyperparameters;
      const { net } = networkFromJson(fixture.network);
      const training = trainer(net, { optimizer: updateRule(rule, settings), learningRate, engine });
      const actual = fixture.batches.map(({ inputs, targets }) => training.step(inputs, targets));
      actual.forEach((cost, i) => expect(Math.abs(cost - costs[i]!)).toBeLessThan(tolerance));
      const expected = layers.flatMap(({ weights, biases }) => [weights.flat(), biases]);
      net.parameters.forEach(({ values }, n) => {
        expect(values).toHaveLength(expected[n]!.length);
        expected[n]!.forEach((w, i) => expect(Math.abs(values[i]! - w)).toBeLessThan(tolerance));
      });
    },
  );
});

const given: DenseOptions = { weights: [[2]], biases: [1] };

describe("a trainer", () => {
  test("gives the cost of before the step, and steps along the gradient", () => {
    const net = network(1, [dense(1, "identity", given)]);
    const training = trainer(net, { learningRate: 0.5, engine: "reference" });
    // z = 2·3 + 1 = 7, C = ½(7 − 6)², ∂C/∂w = 3, ∂C/∂b = 1.
    expect(training.step([[3]], [[6]])).toBe(0.5);
    expect([...parameter(net, 1, "weights").values]).toEqual([2 - 0.5 * 3]);
    expect([...parameter(net, 1, "biases").values]).toEqual([1 - 0.5]);
    expect(training.steps).toBe(1);
  });

  test("takes batches of any size and targets of either kind, and keeps what the rule knows", () => {
    const options = { optimizer: "adam", learningRate: 0.01, engine: "reference" } as const;
    const rows = [
      [1, 2],
      [3, -1],
      [0, 1],
    ];
    const make = (): Network<2, 2> => network(2, [dense(2, "softmax")], { cost: "crossEntropy", seed: 1 });
    const [growing, fixed] = [make(), make()];
    const one = trainer(growing, options);
    const two = trainer(fixed, options);
    // The same batches; the second trainer has room for the largest from the start, and labels are given as rows.
    two.step(rows, [0, 1, 0]);
    one.step(rows, [0, 1, 0]);
    for (const size of [1, 2, 3, 1]) {
      const labels = [1, 0, 1].slice(0, size);
      one.step(
        rows.slice(0, size),
        labels.map((label) => [1 - label, label]),
      );
      two.step(rows.slice(0, size), labels);
    }
    const [a, b] = [growing, fixed].map((net) => [...parameter(net, 1, "weights").values]);
    // A one-hot row and a label are the same target, computed in another order.
    a!.forEach((weight, i) => expect(weight).toBeCloseTo(b![i]!, 14));
  });

  test("grows with its batches, to the bits of one that had the room from the start", () => {
    const rows = Array.from({ length: 9 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    const labels = rows.map((_, i) => i % 2);
    const sizes = [2, 9, 4, 9];
    const layers = [dense(5, "tanh", { dropout: 0.3 }), dense(2, "softmax")] as const;
    const make = (): Network<2, 2> => network(2, layers, { cost: "crossEntropy", seed: 3 });
    const rule = updateRule("nadam");

    const growing = make();
    const training = trainer(growing, { optimizer: rule, learningRate: 0.1, seed: 7 });
    for (const size of sizes) training.step(rows.slice(0, size), labels.slice(0, size));

    const roomy = make();
    const program = trainingProgram(roomy, { capacity: 9, targets: "labels", rule, clip: null });
    const session = engineFrom("wasm").open();
    const executable = session.prepare(program.program);
    const { equations } = program;
    writeParameters(session, equations.parameters, roomy);
    let count: ScalarState = { step: 0, scalars: {} };
    sizes.forEach((size, step) => {
      const scalars = program.rule.scalarsAt(count, Float64Array.of(0.1));
      count = scalars.after;
      const inputs = new Map<InputNode, ArrayLike<number>>([
        [equations.inputs, rows.slice(0, size).flat()],
        [equations.targets, labels.slice(0, size)],
        ...scalars.values,
      ]);
      executable.run({ inputs, extents: new Map([[equations.examples, size]]), seed: 7, step });
    });
    readParameters(session, equations.parameters, roomy);
    expect(weightsHash(growing)).toBe(weightsHash(roomy));
  });

  test("lets the learning rate change between steps", () => {
    const net = network(1, [dense(1, "identity", given)]);
    const training = trainer(net, { learningRate: 0.5, engine: "reference" });
    training.learningRate = 0;
    training.step([[3]], [[6]]);
    expect(parameter(net, 1, "weights").values[0]).toBe(2);
  });

  test("shows in predictions and evaluations at once", () => {
    const net = network(1, [dense(1, "identity", given)]);
    const training = trainer(net, { learningRate: 0.5, engine: "reference" });
    const weights = parameter(net, 1, "weights").values;
    training.step([[3]], [[6]]);
    expect(predict(net, [[3]], { engine: "reference" })).toEqual([[0.5 * 3 + 0.5]]);
    const data = dataset({ inputs: [[3]], targets: [[2]] });
    expect(evaluate(net, data, { engine: "reference" })).toEqual({ cost: 0, ownCost: 0, r2: 1 });
    expect(parameter(net, 1, "weights").values).toBe(weights);
  });

  test("can follow another one", () => {
    const net = network(1, [dense(1, "identity", given)]);
    trainer(net, { learningRate: 0.5, engine: "reference" }).step([[3]], [[6]]);
    const second = trainer(net, { learningRate: 0, engine: "reference" });
    second.step([[3]], [[6]]);
    expect(parameter(net, 1, "weights").values[0]).toBe(0.5);
  });

  test("shows its steps although another one was made after it, and the last step of the two", () => {
    const net = network(1, [dense(1, "identity", given)]);
    const options = { learningRate: 0.5, engine: "reference" } as const;
    const first = trainer(net, options);
    const second = trainer({ ...net }, options);
    first.step([[3]], [[6]]);
    expect(parameter(net, 1, "weights").values[0]).toBe(0.5);
    first.step([[0]], [[0]]);
    // Starts from what the first one has learned, b = ¼, and sees it where it is: a = 1.75.
    second.step([[3]], [[1.75]]);
    expect(parameter(net, 1, "biases").values[0]).toBe(0.25);
    second.step([[0]], [[0]]);
    expect(parameter(net, 1, "biases").values[0]).toBe(0.125);
    first.step([[0]], [[0.25]]);
    expect(parameter(net, 1, "biases").values[0]).toBe(0.25);
  });

  test("clips gradients", () => {
    const net = network(1, [dense(1, "identity", given)]);
    trainer(net, { learningRate: 1, clip: { value: 0.25 }, engine: "reference" }).step([[3]], [[6]]);
    expect(parameter(net, 1, "weights").values[0]).toBe(1.75);
  });

  test("refuses an option that does not exist, and names the nearest", () => {
    const options = { learningrate: 0.1 } as TrainerOptions;
    expect(() => trainer(network(1, [dense(1)]), options)).toThrow('got "learningrate". Did you mean "learningRate"?');
  });

  test("refuses what does not fit", () => {
    const training = trainer(network(2, [dense(3, "softmax")], { cost: "crossEntropy" }));
    expect(() => training.step([[1]] as number[][], [0])).toThrow(ShapeError);
    expect(() => training.step([[1, 2]], [3])).toThrow("step: targets[0]");
    expect(() => training.step([], [])).toThrow(DataError);
    expect(() => trainer(network(1, [dense(1)]), { learningRate: -1 })).toThrow(OptionError);
    expect(() => trainer(network(1, [dense(1)]), { seed: 0.5 })).toThrow(OptionError);
  });

  test("does not compile with rows of another width", () => {
    const training = trainer(network(2, [dense(1)]));
    const rows = { values: Float32Array.of(1, 2, 3), columns: 3 as const };
    // @ts-expect-error three columns for two inputs
    expect(() => training.step(rows, [[1]])).toThrow(ShapeError);
    expectTypeOf(training.step).returns.toEqualTypeOf<number>();
  });
});

test("A learning rate that is no number from 0 up is refused between steps too", () => {
  const steps = trainer(network(1, [dense(1)]), { learningRate: 0.5 });
  for (const wrong of [Number.NaN, Infinity, -0.1]) {
    expect(() => (steps.learningRate = wrong)).toThrow(`trainer: expected learningRate of 0 or more, got ${wrong}`);
  }
  expect(steps.learningRate).toBe(0.5);
});
