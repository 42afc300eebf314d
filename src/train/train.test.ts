import { describe, expect, test } from "vitest";
import { dense, network } from "../network/index.ts";
import { train } from "./train.ts";
import { dataset } from "./dataset.ts";

const xor = dataset({
  inputs: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  targets: [[0], [1], [1], [0]],
});

describe("train", () => {
  test("solves the exclusive or", async () => {
    const net = network(2, [dense(8, "tanh"), dense(1, "sigmoid")], { cost: "binaryCrossEntropy", seed: 1 });
    const result = await train(net, xor, { epochs: 500, batchSize: 4, learningRate: 0.5, engine: "reference" });
    expect(result.train.accuracy).toBe(1);
    expect(result.train.cost).toBeLessThan(0.05);
  });
});
