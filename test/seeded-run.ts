import type * as Backpass from "../src/entries/index.ts";
import type { digits as Digits } from "../src/data/bundled/digits.ts";

/** What a seeded run leaves behind. */
export interface SeededRun {
  readonly weightsHash: string;
  readonly costs: readonly number[];
}

/**
 * A short training run that passes through all that could differ between machines: random weights, dropout, shuffling, a
 * last smaller batch, exp and log, Adam's corrections, a cosine schedule. Self-contained, since a page gets its source.
 */
export async function seededRun(
  { dense, network, schedule, train }: typeof Backpass,
  digits: typeof Digits,
): Promise<SeededRun> {
  const layers = [dense(40, "gelu", { dropout: 0.2 }), dense(20, "tanh"), dense(10, "softmax")] as const;
  const net = network(64, layers, { cost: "crossEntropy", seed: 7, regularization: { l2: 0.0001 } });
  const { history, weightsHash } = await train(net, await digits(), {
    epochs: 3,
    batchSize: 50,
    optimizer: "adam",
    learningRate: 0.003,
    schedule: schedule("cosine"),
    validation: 0.2,
    seed: 7,
  });
  return { weightsHash, costs: history.map(({ cost }) => cost) };
}

/** As `seededRun`, with enough work in a step for several threads; gives the hash alone. */
export async function threadedRun(
  threads: number,
  { dense, network, train }: typeof Backpass,
  digits: typeof Digits,
): Promise<string> {
  const layers = [dense(128, "tanh"), dense(10, "softmax")] as const;
  const net = network(64, layers, { cost: "crossEntropy", seed: 1 });
  const { weightsHash } = await train(net, await digits(), { epochs: 10, batchSize: 50, threads });
  return weightsHash;
}
