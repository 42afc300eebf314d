import { describe, expect, expectTypeOf, test } from "vitest";
import { BackpassError } from "../errors.ts";
import { activation } from "./activations.ts";
import { dense } from "./layers/dense.ts";
import { type Network, network } from "./network.ts";
import { parameter } from "./parameters.ts";

describe("A network", () => {
  test("has one layer after the other, each as wide as the next expects", () => {
    const net = network(4, [dense(3, "relu"), dense(5, "tanh", { bias: false }), dense(2, "softmax")]);
    expect(net.layers.map(({ inputs, units }) => [inputs, units])).toEqual([
      [4, 3],
      [3, 5],
      [5, 2],
    ]);
    expect(net.parameters.map(({ layer, name, shape }) => [layer, name, ...shape])).toEqual([
      [1, "weights", 3, 4],
      [1, "biases", 3],
      [2, "weights", 5, 3],
      [3, "weights", 2, 5],
      [3, "biases", 2],
    ]);
    expect(net.parameters.map(({ values }) => values.length)).toEqual([12, 3, 15, 10, 2]);
    expect(net.outputs).toBe(2);
  });

  test("knows its widths at compile time", () => {
    const net = network(4, [dense(3, "relu"), dense(2, "softmax")]);
    expectTypeOf(net).toEqualTypeOf<Network<4, 2>>();
    const width: number = 2;
    expectTypeOf(network(width, [dense(width)])).toEqualTypeOf<Network<number, number>>();
    expectTypeOf(net).toExtend<Network>();
  });

  test("keeps given weights row j, column k, and copies them", () => {
    const weights = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const net = network(3, [dense(2, "identity", { weights, biases: [7, 8] })]);
    weights[0]![0] = 100;
    expect(parameter(net, 1, "weights").values).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(parameter(net, 1, "biases").values).toEqual(Float64Array.of(7, 8));
  });

  test("starts with biases 0 and weights drawn from the seed, layer by layer", () => {
    const make = (seed: number): Network => network(3, [dense(3), dense(3)], { seed });
    const first = parameter(make(1), 1, "weights").values;
    expect(parameter(make(1), 1, "biases").values).toEqual(new Float64Array(3));
    expect(first).toEqual(parameter(make(1), 1, "weights").values);
    expect(first).not.toEqual(parameter(make(1), 2, "weights").values);
    expect(first).not.toEqual(parameter(make(2), 1, "weights").values);
  });

  test("draws the same weights for a layer whether or not those of another are given", () => {
    const drawn = network(2, [dense(2), dense(2)], { seed: 1 });
    const given = network(2, [dense(2, "identity", { weights: [[1, 0], [0, 1]] }), dense(2)], { seed: 1 }); // prettier-ignore
    expect(parameter(given, 2, "weights")).toEqual(parameter(drawn, 2, "weights"));
  });
});

describe("A wrong network is refused, with what was expected and what came:", () => {
  const square = [[1, 2]];
  test.each<[string, () => unknown, string]>([
    ["no layer", () => network(1, []), "expected 1 or more layers, got none"],
    ["no inputs", () => network(0, [dense(1)]), "expected 1 or more inputs, got 0"],
    ["half a neuron", () => dense(0.5), "expected 1 or more units, got 0.5"],
    ["an unknown activation", () => dense(1, "sigmod" as "sigmoid"), 'Did you mean "sigmoid"?'],
    ["an unknown cost", () => network(1, [dense(1)], { cost: "quadratc" as "quadratic" }), 'Did you mean "quadratic"?'],
    ["a seed below 0", () => network(1, [dense(1)], { seed: -1 }), "got -1"],
    ["dropout of 1", () => dense(1, "relu", { dropout: 1 }), "up to but not including 1, got 1"],
    ["dropout at the end", () => network(1, [dense(1, "relu", { dropout: 0.5 })]), "no dropout in the last layer"],
    ["a negative penalty", () => network(1, [dense(1)], { regularization: { l2: -1 } }), "expected l2 of 0 or more"],
    ["biases without bias", () => dense(1, "relu", { bias: false, biases: [1] }), "expected no biases"],
    ["too few biases", () => network(1, [dense(2, "relu", { biases: [1] })]), "network: layer 1: expected 2 biases"],
    ["rows for other neurons", () => network(2, [dense(3, "relu", { weights: square })]), "weights with 3 rows"],
    [
      "columns for other inputs",
      () => network(2, [dense(4), dense(1, "relu", { weights: square })]),
      "network: layer 2: expected 4 weights per neuron, as many as its inputs, got 2 for neuron 0",
    ],
    [
      "a weight that is NaN",
      () => network(1, [dense(1, "relu", { weights: [[Number.NaN]] })]),
      "layer 1: weights[0][0]: expected a finite number, got NaN",
    ],
    ["more weights than fit", () => network(2 ** 20, [dense(2 ** 20)]), "at most 268435456 weights"],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(BackpassError);
  });

  test("an activation made elsewhere is taken as it is", () => {
    const own = activation("swish2", "z/(1+e^(-2z))");
    expect(network(1, [dense(1, own)]).layers[0]?.activation).toBe(own);
  });
});
