import { describe, expect, test } from "vitest";
import { referenceEngine } from "../src/engine/reference/engine.ts";
import { wasmEngine } from "../src/engine/wasm/session.ts";
import {
  dataset,
  dense,
  type Engine,
  evaluate,
  evaluateAsync,
  gradient,
  gradientAsync,
  gradientCheck,
  gradientCheckAsync,
  network,
  NumericError,
  predict,
  predictAsync,
  predictor,
  train,
  trainer,
  type TrainingOptions,
  weightsHash,
} from "../src/entries/index.ts";
import { diagnose, trace } from "../src/explain/index.ts";
import { delayedEngine } from "./delayed-engine.ts";

const layers = [dense(5, "tanh", { dropout: 0.2 }), dense(3, "softmax")];
const made = () => network(4, layers, { cost: "crossEntropy", seed: 3, regularization: { l2: 0.001 } });
const inputs = Array.from({ length: 40 }, (_, i) =>
  Array.from({ length: 4 }, (_, k) => ((i * 7 + k * 5) % 11) / 6 - 1),
);
const labels = inputs.map((row) => (row[0]! > 0.3 ? 2 : row[1]! > 0 ? 1 : 0));
const data = dataset({ inputs, targets: labels });

describe.each([
  ["reference", referenceEngine],
  ["wasm", wasmEngine],
] as const)("an engine that answers as %s does, with promises", (_name, engine) => {
  const delayed = delayedEngine(engine);

  test.each<readonly [string, TrainingOptions]>([
    ["plainly", { optimizer: "adam" }],
    ["by the best of some validation", { optimizer: "momentum", validation: 0.25, patience: 2, batchSize: 7 }],
    ["with weights of the classes", { classWeights: "balanced", clip: { norm: 0.5 }, schedule: "cosine" }],
  ])("trains to the same bits, %s", async (_how, options) => {
    const trained = async (given: Engine): Promise<unknown> => {
      const net = made();
      const seen: number[] = [];
      const {
        history,
        train: score,
        stopped,
      } = await train(net, data, {
        epochs: 6,
        ...options,
        engine: given,
        onEpoch: () => void seen.push(net.parameters[0]!.values[0]!),
      });
      // An epoch's cost is added up in chunks that follow the clock, so its last bits in float64 may differ.
      return { costs: history.map(({ cost }) => cost.toPrecision(12)), score, stopped, seen, hash: weightsHash(net) };
    };
    expect(await trained(delayed)).toEqual(await trained(engine));
  });

  test("finds where a training went wrong, and gives back the weights of before", async () => {
    const broken = async (given: Engine): Promise<unknown> => {
      const net = network(4, [dense(3, "identity"), dense(1)], { seed: 1 });
      const target = dataset({ inputs, targets: inputs.map((row) => [100 * row[0]!]) });
      const error: unknown = await train(net, target, { engine: given, learningRate: 1e9 }).catch((reason) => reason);
      expect(error).toBeInstanceOf(NumericError);
      return { message: String(error), hash: weightsHash(net) };
    };
    expect(await broken(delayed)).toEqual(await broken(engine));
  });

  test("predicts, scores, and gives and checks gradients, in functions that wait", async () => {
    const net = made();
    const rows = inputs.slice(0, 3);
    const [given, wanted] = [{ engine: delayed }, { engine }];
    expect(await predictAsync(net, rows, given)).toEqual(predict(net, rows, wanted));
    expect(await evaluateAsync(net, data, given)).toEqual(evaluate(net, data, wanted));
    expect(await gradientAsync(net, rows, [0, 1, 2], given)).toEqual(gradient(net, rows, [0, 1, 2], wanted));
    expect(await gradientCheckAsync(net, rows, [0, 1, 2], given)).toEqual(gradientCheck(net, rows, [0, 1, 2], wanted));
  });

  test("answers overlapping calls of a predictor each with its own rows, and sees parameters when told", async () => {
    const net = made();
    const prepared = predictor(net, { engine: delayed });
    const dense = inputs.map((row) => Float32Array.from(row));
    const answers = await Promise.all(dense.map((row) => prepared.predictAsync(row)));
    const wanted = (): readonly number[][] => predict(net, dense, { engine }).map((row) => [...Float32Array.from(row)]);
    expect(answers.map((each) => [...each])).toEqual(wanted());
    net.parameters[0]!.values[0] = 2;
    const before = await prepared.predictAsync(dense[0]!);
    prepared.update();
    expect(before).toEqual(answers[0]);
    expect([...(await prepared.predictAsync(dense[0]!))]).toEqual(wanted()[0]);
    await prepared.close();
  });

  test("is refused where a result is to be there at once, with what there is instead", () => {
    const net = made();
    const [row] = inputs as [number[]];
    const options = { engine: delayed };
    const refused = `expected a synchronous engine, got "${delayed.name}", which answers with promises.`;
    expect(() => predict(net, [row], options)).toThrow(`predict: ${refused} Use predictAsync.`);
    expect(() => gradient(net, [row], [1], options)).toThrow(`gradient: ${refused} Use gradientAsync.`);
    expect(() => evaluate(net, data, options)).toThrow(`evaluate: ${refused} Use evaluateAsync.`);
    expect(() => gradientCheck(net, [row], [1], options)).toThrow(`gradientCheck: ${refused} Use gradientCheckAsync.`);
    expect(() => predictor(net, options).predict(Float32Array.from(row))).toThrow(
      `predictor: ${refused} Use predictAsync.`,
    );
    // For callers without types: these take synchronous engines alone.
    expect(() => trainer(net, options as never)).toThrow(
      `trainer: ${refused} Use train, which waits for such engines.`,
    );
    expect(() => trace(net, [row], [1], options)).toThrow(`trace: ${refused}`);
    expect(() => diagnose(net, data, options as never)).toThrow(`diagnose: ${refused}`);
  });
});
