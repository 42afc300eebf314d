import { expect, test } from "vitest";
import {
  dataset,
  dense,
  gradient,
  gradientCheck,
  network,
  networkFromJson,
  networkToJson,
  predict,
  train,
} from "./index.ts";

test("The whole story: a network is made, checked, trained, asked, and kept in a file", async () => {
  const inputs: number[][] = [[0, 0], [0, 1], [1, 0], [1, 1]]; // prettier-ignore
  const xor = [0, 1, 1, 0];
  const net = network(2, [dense(8, "tanh"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 });
  expect(gradientCheck(net, inputs, xor).passed).toBe(true);
  const before = gradient(net, inputs, xor).cost;

  await train(net, dataset({ inputs, targets: xor }), {
    epochs: 200,
    batchSize: 4,
    optimizer: "adam",
    learningRate: 0.05,
  });
  expect(gradient(net, inputs, xor).cost).toBeLessThan(before / 10);
  expect(predict(net, inputs).map(([no, yes]) => Number(yes! > no!))).toEqual(xor);

  const { net: again } = networkFromJson(JSON.parse(JSON.stringify(networkToJson(net))));
  expect(predict(again, inputs)).toEqual(predict(net, inputs));
});
