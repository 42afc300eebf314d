import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import workerThreads, { type Worker } from "node:worker_threads";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { digits } from "../src/data/bundled/digits.ts";
import {
  type Dataset,
  dense,
  EngineError,
  network,
  NumericError,
  train,
  type TrainingOptions,
} from "../src/entries/index.ts";

/** The workers that were started in a test, and which of them have ended. */
let started: Worker[] = [];
const ended = new WeakSet<Worker>();
const OriginalWorker = workerThreads.Worker;

beforeAll(() => {
  workerThreads.Worker = class extends OriginalWorker {
    constructor(...given: ConstructorParameters<typeof OriginalWorker>) {
      super(...given);
      started.push(this);
      this.on("exit", () => ended.add(this));
    }
  };
});
afterAll(() => {
  workerThreads.Worker = OriginalWorker;
});
beforeEach(() => {
  started = [];
});

let data: Dataset<64, 10>;
beforeAll(async () => {
  data = await digits();
});

const hiddenLayers = () => [dense(96, "gelu", { dropout: 0.2 }), dense(64, "tanh"), dense(10, "softmax")] as const;
const digitsNetwork = () =>
  network(64, hiddenLayers(), { cost: "crossEntropy", seed: 7, regularization: { l2: 0.0001 } });

/** Some 4 MFLOP a step: enough work for more threads than are used here. */
const run = (options: TrainingOptions) =>
  train(digitsNetwork(), data, { epochs: 3, batchSize: 50, optimizer: "adam", seed: 7, ...options });

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function expectAllEnded(count: number): Promise<void> {
  expect(started).toHaveLength(count);
  const left = (): number => started.filter((worker) => !ended.has(worker)).length;
  for (let waits = 0; left() > 0 && waits < 1000; waits++) await sleep(5);
  expect(left()).toBe(0);
}

describe("a training run with threads", () => {
  test("has the same bits with 1, 2, 3 and 4 of them, and with as many as it likes", async () => {
    const { weightsHash, history } = await run({ threads: 1 });
    for (const threads of [2, 3, 4, "auto"] as const) {
      const other = await run({ threads });
      expect(other.weightsHash).toBe(weightsHash);
      expect(other.history.map(({ cost }) => cost)).toEqual(history.map(({ cost }) => cost));
    }
  });

  test("has the same bits when products update the weights themselves: gradient descent without regularization", async () => {
    const layers = [dense(128, "tanh"), dense(10, "softmax")] as const;
    const descend = (threads: number) =>
      train(network(64, layers, { cost: "crossEntropy", seed: 1 }), data, { epochs: 10, batchSize: 50, threads });
    const { weightsHash, history } = await descend(1);
    for (const threads of [2, 3, 4]) {
      const other = await descend(threads);
      expect(other.weightsHash).toBe(weightsHash);
      expect(other.history.map(({ cost }) => cost)).toEqual(history.map(({ cost }) => cost));
    }
  });

  test("leaves no thread behind when it is done", async () => {
    await run({ threads: 3 });
    await expectAllEnded(2);
  });

  test("leaves no thread behind when it is aborted", async () => {
    const controller = new AbortController();
    const { stopped } = await run({ threads: 3, signal: controller.signal, onEpoch: () => controller.abort() });
    expect(stopped).toBe("aborted");
    await expectAllEnded(2);
  });

  test("leaves no thread behind when it is aborted in the middle of an epoch", async () => {
    const controller = new AbortController();
    let epochs = 0;
    const onEpoch: TrainingOptions["onEpoch"] = ({ epoch }) => {
      epochs = epoch;
      // The next turn: an epoch of 36 steps takes several.
      if (epoch === 3) setImmediate(() => controller.abort());
    };
    const { stopped } = await run({ threads: 3, epochs: 1000, batchSize: 64, signal: controller.signal, onEpoch });
    expect({ stopped, epochs }).toEqual({ stopped: "aborted", epochs: 3 });
    await expectAllEnded(2);
  });

  test("leaves no thread behind when it fails", async () => {
    await expect(run({ threads: 3, optimizer: "sgd", learningRate: 1e30 })).rejects.toThrow(NumericError);
    await expectAllEnded(2);
    const failing = run({ threads: 2, onEpoch: () => Promise.reject(new Error("no more")) });
    await expect(failing).rejects.toThrow("no more");
    await expectAllEnded(3);
  });

  test("finds the same first number that is not finite", async () => {
    const failed = async (threads: number): Promise<unknown> =>
      run({ threads, optimizer: "sgd", learningRate: 1e30 }).catch((error: unknown) => error);
    const [one, two] = [await failed(1), await failed(2)];
    expect(two).toBeInstanceOf(NumericError);
    expect(String(two)).toBe(String(one));
  });

  test("starts none when a step has too little work for two", async () => {
    const small = network(64, [dense(8, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
    await train(small, data, { epochs: 1, batchSize: 16, threads: 4 });
    expect(started).toEqual([]);
  });

  test("fails with a clear error when one of them is killed", async () => {
    const onEpoch: TrainingOptions["onEpoch"] = async ({ epoch }) => {
      if (epoch === 1) await sleep(2000); // it comes meanwhile
      if (epoch === 5) void started[0]!.terminate();
    };
    const killing = run({ threads: 2, epochs: 1000, onEpoch });
    await expect(killing).rejects.toThrow(EngineError);
    await expect(killing).rejects.toThrow("wasm threads: expected 2 threads to go on, got ");
    await expectAllEnded(1);
  }, 60_000);
});

describe("a process that trains with threads", () => {
  const library = new URL("../dist/bundle/", import.meta.url).href;
  /** Runs a program that has a network and data, and waits for it to end by itself. */
  const runProgram = (program: string) => {
    const text = `
      import { dense, network, train } from "${library}index.js";
      import { digits } from "${library}digits.js";
      const net = network(64, [dense(128, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
      const data = await digits();
      ${program}`;
    return spawnSync(process.execPath, ["--input-type=module", "--eval", text], {
      encoding: "utf8",
      timeout: 30_000,
      cwd: fileURLToPath(library),
    });
  };

  test("ends by itself when training is done", () => {
    const { status, stdout, stderr } = runProgram(`
      const { epochs } = await train(net, data, { epochs: 2, batchSize: 50, threads: 4 });
      console.log(epochs);`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "2\n", stderr: "" });
  });

  test("ends at once when it wants to, in the middle of a run", () => {
    const { status, stderr } = runProgram(`
      await train(net, data, { epochs: 1000, batchSize: 50, threads: 4, onEpoch: ({ epoch }) => {
        if (epoch === 20) process.exit(7);
      } });`);
    expect({ status, stderr }).toEqual({ status: 7, stderr: "" });
  });

  test("ends with the error that a callback throws", () => {
    const { status, stderr } = runProgram(`
      await train(net, data, { epochs: 1000, batchSize: 50, threads: 4, onEpoch: ({ epoch }) => {
        if (epoch === 20) throw new Error("enough");
      } });`);
    expect(status).toBe(1);
    expect(stderr).toContain("Error: enough");
  });
});
