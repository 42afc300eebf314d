import { expect, test } from "vitest";
import { digits } from "../src/data/digits.ts";
import { dense, network, train } from "../src/index.ts";

test("a seeded run gives the same bits with 1, 2, 3 and 4 threads", async () => {
  const hashes: string[] = [];
  for (const threads of [1, 2, 3, 4]) {
    const layers = [dense(128, "gelu", { dropout: 0.2 }), dense(96, "tanh"), dense(10, "softmax")] as const;
    const net = network(64, layers, { cost: "crossEntropy", seed: 7, regularization: { l2: 0.0001 } });
    const result = await train(net, await digits(), { epochs: 3, batchSize: 50, optimizer: "adam", seed: 7, threads });
    hashes.push(result.weightsHash);
    console.log(threads, result.weightsHash, result.seconds);
  }
  expect(new Set(hashes).size).toBe(1);
});
