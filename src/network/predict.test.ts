import { describe, expect, test } from "vitest";
import { gradient } from "./gradient.ts";
import { dense } from "./layers/dense.ts";
import { network } from "./network.ts";
import { parameter } from "./parameters.ts";
import { predict } from "./predict.ts";

describe("A prediction", () => {
  const net = network(2, [dense(3, "tanh"), dense(2, "softmax")], { seed: 1 });

  test("is the activation of the last layer", () => {
    const inputs: number[][] = [[0.5, -1], [2, 0]]; // prettier-ignore
    const { layers } = gradient(net, inputs, [[1, 0], [0, 1]], { engine: "reference" }); // prettier-ignore
    expect(predict(net, inputs, { engine: "reference" })).toEqual(layers[1]?.a);
  });

  test("of many examples is that of each alone", () => {
    const inputs = Array.from({ length: 600 }, (_, i) => [i / 100, -i / 50]);
    const all = predict(net, inputs);
    expect(all).toHaveLength(600);
    for (const i of [0, 255, 256, 511, 512, 599]) expect(predict(net, [inputs[i]!])[0]).toEqual(all[i]);
  });

  test("uses the weights as they are now", () => {
    const changed = network(1, [dense(1, "identity", { weights: [[1]] })]);
    expect(predict(changed, [[3]])).toEqual([[3]]);
    parameter(changed, 1, "weights").values[0] = 2;
    expect(predict(changed, [[3]])).toEqual([[6]]);
  });

  test("of no examples is empty", () => {
    expect(predict(net, [])).toEqual([]);
  });

  test("takes rows as one array too", () => {
    expect(predict(net, { values: Float32Array.of(0.5, -1), columns: 2 })).toEqual(predict(net, [[0.5, -1]]));
  });
});
