import { afterEach, describe, expect, test } from "vitest";
import {
  BackpassError,
  DataError,
  EngineError,
  FormulaError,
  internalError,
  ModelError,
  NetworkError,
  NumericError,
  OptionError,
  ShapeError,
  SheetError,
} from "../../errors.ts";
import { dense, network, type Network } from "../../network/index.ts";
import { createFiller, partsOf } from "./array-parts.ts";
import { dataset } from "../examples/dataset.ts";
import { errorFrom, errorMessage } from "./error-message.ts";
import type { Port } from "./remote-messages.ts";
import { remoteTraining } from "./remote-training.ts";
import { train } from "../train.ts";
import { serveTraining } from "./training-server.ts";
import type { TrainingOptions, TrainingResult } from "../loop/training-options.ts";
import { weightsHash } from "../loop/weights-hash.ts";

// The worker's side runs in the same thread here, at the other end of a channel: every message is cloned all the same.
let ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports) port.close();
  ports = [];
});

function serverPort(): Port {
  const { port1, port2 } = new MessageChannel();
  ports = [port1, port2];
  for (const port of ports) port.start();
  serveTraining(port2);
  return port1;
}

const data = dataset({
  inputs: Array.from({ length: 90 }, (_, i) => [i / 90, ((i * 7) % 90) / 90]),
  targets: Array.from({ length: 90 }, (_, i) => i % 3),
  classes: ["a", "b", "c"],
});

const made = (): Network => network(2, [dense(8, "tanh"), dense(3, "softmax")], { cost: "crossEntropy", seed: 1 });

function trainThere(port: Port, net: Network, options: TrainingOptions): Promise<TrainingResult> {
  const training = remoteTraining(net, data, options);
  if (typeof training === "string") throw new Error(training);
  return training(port);
}

/** Without what the clock decides. */
function timeless(result: TrainingResult): object {
  const untimed = (history: TrainingResult["history"]): TrainingResult["history"] =>
    history.map((report) => ({ ...report, seconds: 0, examplesPerSecond: 0 }));
  const state = { ...result.state, history: untimed(result.state.history) };
  return { ...result, seconds: 0, history: untimed(result.history), state };
}

describe("training at the other end of a port", () => {
  test.each<[string, TrainingOptions]>([
    ["a plain run", { epochs: 3 }],
    ["one with a part held back and patience", { epochs: 5, validation: 0.2, patience: 2, optimizer: "adam" }],
    ["one with a set to judge by and a callback", { epochs: 3, validation: data, onEpoch: () => {} }],
    ["one that a callback ends", { epochs: 9, onEpoch: ({ epoch }) => (epoch === 2 ? "stop" : undefined) }],
    ["one aborted before it began", { signal: AbortSignal.abort() }],
    ["one with more epochs than a message has reports", { epochs: 1001, batchSize: 90 }],
    ["float64", { epochs: 2, engine: "reference" }],
  ])("gives the same as here: %s", async (_title, options) => {
    const [there, here] = [made(), made()];
    const result = await trainThere(serverPort(), there, options);
    expect(timeless(result)).toEqual(timeless(await train(here, data, options)));
    expect(there.parameters).toEqual(here.parameters);
    expect(weightsHash(there)).toBe(result.weightsHash);
  });

  test("takes one network after the other", async () => {
    const port = serverPort();
    const first = await trainThere(port, made(), { epochs: 2 });
    expect(timeless(await trainThere(port, made(), { epochs: 2 }))).toEqual(timeless(first));
  });

  test("throws what the callback throws, and goes on with the next", async () => {
    const port = serverPort();
    const reason = new TypeError("of the page");
    const onEpoch = (): never => {
      throw reason;
    };
    await expect(trainThere(port, made(), { onEpoch })).rejects.toBe(reason);
    expect((await trainThere(port, made(), { epochs: 1 })).epochs).toBe(1);
  });

  test("throws the errors of `train`, and leaves the parameters of before a step that went wrong", async () => {
    const [there, here] = [made(), made()];
    const options = { learningRate: 1e38, epochs: 3, optimizer: "momentum" } as const;
    const error: unknown = await train(here, data, options).catch((reason: unknown) => reason);
    const sent: unknown = await trainThere(serverPort(), there, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NumericError);
    expect(sent).toBeInstanceOf(NumericError);
    expect(sent).toEqual(error);
    expect(there.parameters).toEqual(here.parameters);
    await expect(trainThere(serverPort(), made(), { validation: 0.001 })).rejects.toThrow(DataError);
  });

  test("is refused where a message cannot carry what it is trained with", () => {
    const layers = made().layers.map((layer) => ({ ...layer, watch: () => {} }));
    expect(remoteTraining({ ...made(), layers }, data, {})).toContain("could not be cloned");
  });
});

const fault = { where: ["train", "epochs"], expected: "a number", got: '"a"', advice: "Give one." };

test.each([
  new ShapeError(fault),
  new DataError({ ...fault, file: "a.csv" }),
  new OptionError(fault),
  new NetworkError({ ...fault, where: "layers[0]" }),
  new ModelError(fault),
  new EngineError(fault),
  new SheetError({ ...fault, where: [], place: { line: 3, column: 5 } }),
  new NumericError(fault, { step: 3, layer: 1, quantity: "dw" }),
  new FormulaError(fault, "1 +", { start: 2, end: 3 }),
  internalError("of ours."),
  new RangeError("none of ours"),
])("%s comes through a message as it was", (error) => {
  const arrived = errorFrom(structuredClone(errorMessage(error)));
  expect(arrived).toBeInstanceOf(error.constructor);
  expect(arrived).toEqual(error);
  expect(arrived).toMatchObject({ name: error.name, message: error.message });
  if (error instanceof BackpassError) expect(arrived).toMatchObject({ code: error.code });
});

test("arrays go in parts of 4 MB and come together again", () => {
  const arrays = [3, 0, 2_500_000, 1].map((length, i) => Float32Array.from({ length }, (_, j) => i + j));
  const parts = [...partsOf(arrays)];
  expect(parts.map((part) => part.reduce((bytes, piece) => bytes + piece.byteLength, 0))).toEqual([
    4 * 2 ** 20,
    4 * 2 ** 20,
    10_000_016 - 8 * 2 ** 20,
  ]);
  const copies = arrays.map(({ length }) => new Float32Array(length));
  const filler = createFiller(copies);
  for (const part of parts) {
    expect(filler.isFull()).toBe(false);
    filler.add(part);
  }
  expect(filler.isFull()).toBe(true);
  // As texts, since comparing millions of numbers one by one takes seconds.
  expect(copies.map(String)).toEqual(arrays.map(String));
});

test("weights of the examples, of training and of validation, go along", async () => {
  const weights = Array.from({ length: 90 }, (_, i) => i % 4);
  const weighted = { ...data, weights: Float64Array.from(weights) };
  const [here, there] = [made(), made()];
  const options = { epochs: 3, validation: weighted, classWeights: "balanced", monitor: "accuracy" } as const;
  const training = remoteTraining(there, weighted, options);
  if (typeof training === "string") throw new Error(training);
  const remote = await training(serverPort());
  expect(timeless(remote)).toEqual(timeless(await train(here, weighted, options)));
});
