import { describe, expect, test } from "vitest";
import { dense, network, type Network } from "../network/index.ts";
import { dataset } from "./examples/dataset.ts";
import type { TrainingOptions, TrainingResult } from "./loop/training-options.ts";
import type { TrainingState } from "./loop/training-state.ts";
import { monitorNames } from "./scores/monitor.ts";
import { remoteTraining } from "./remote/remote-training.ts";
import { serveTraining } from "./remote/training-server.ts";
import { schedule, scheduleNames } from "./rules/schedules.ts";
import { updateRule, updateRuleNames } from "./rules/update-rules.ts";
import { train } from "./train.ts";
import { trainer } from "./trainer.ts";

// 37 training rows in batches of 8: the last step of an epoch takes 5.
const inputs = Array.from({ length: 37 }, (_, i) => [i / 37, ((i * 7) % 37) / 37]);
const labelled = dataset({ inputs, targets: inputs.map((_, i) => i % 3), classes: ["a", "b", "c"] });
const weighted = dataset({
  inputs,
  targets: inputs.map((_, i) => i % 3),
  classes: ["a", "b", "c"],
  weights: inputs.map((_, i) => 1 + (i % 4)),
});
const numbers = dataset({ inputs, targets: inputs.map(([x = 0, y = 0]) => [x * y]) });

const classifier = (): Network =>
  network(2, [dense(8, "tanh"), dense(3, "softmax")], { cost: "crossEntropy", seed: 4 });
const regression = (): Network => network(2, [dense(6, "tanh"), dense(1)], { seed: 4 });
const withDropout = (): Network =>
  network(2, [dense(16, "relu", { dropout: 0.3 }), dense(3, "softmax")], { cost: "crossEntropy", seed: 4 });

interface Case {
  readonly name: string;
  readonly options: TrainingOptions;
  readonly make?: () => Network;
  readonly data?: typeof labelled;
}

/** Rates with which a plateau comes within the ten epochs. */
const plateau = schedule("reduceOnPlateau", { patience: 0, factor: 0.5, threshold: 0.2, cooldown: 1 });
const cases: readonly Case[] = [
  ...updateRuleNames.map((optimizer) => ({ name: `rule ${optimizer}`, options: { optimizer } })),
  { name: "rule rmsprop with momentum", options: { optimizer: updateRule("rmsprop", { momentum: 0.5 }) } },
  {
    name: "a rule of one's own with a scalar",
    options: {
      optimizer: updateRule("own", {
        scalars: { s: "0.5*s + t*eta" },
        state: { v: "0.9*v + s*g" },
        update: "w - eta*v",
      }),
    },
  },
  ...scheduleNames.map((name) => ({
    name: `schedule ${name}`,
    options: { schedule: name, optimizer: "adam" as const },
  })),
  { name: "a plateau", options: { schedule: plateau, validation: 0.25 } },
  { name: "a plateau without validation", options: { schedule: plateau } },
  { name: "a plateau after a warm-up", options: { schedule: schedule("linearWarmUp", { steps: 7, then: plateau }) } },
  { name: "restarts", options: { schedule: schedule("cosineRestarts", { period: 2, growth: 2 }) } },
  { name: "patience", options: { patience: 3, validation: 0.3, optimizer: "nadam", learningRate: 0.2 } },
  ...monitorNames.map((monitor) => ({
    name: `monitor ${monitor}`,
    options: { monitor, validation: 0.3, patience: 4, optimizer: "adam" as const },
    ...(monitor === "r2" ? { make: regression, data: numbers } : {}),
  })),
  { name: "dropout", options: { optimizer: "momentum" }, make: withDropout },
  { name: "clipping by norm", options: { clip: { norm: 0.1 } } },
  { name: "clipping by value", options: { clip: { value: 0.01 }, optimizer: "adam" } },
  { name: "weights of classes", options: { classWeights: [1, 2, 3] } },
  { name: "weights of rows", options: { optimizer: "adam", validation: 0.2 }, data: weighted },
  { name: "rows in their own order", options: { shuffle: false } },
  { name: "a seed of one's own", options: { seed: 9, validation: 0.2 }, make: withDropout },
  { name: "one batch", options: { batchSize: 100 } },
  { name: "batches of one", options: { batchSize: 1 } },
];

const train10 = (each: Case, more: TrainingOptions): Promise<TrainingResult> =>
  train((each.make ?? classifier)(), each.data ?? labelled, { epochs: 10, batchSize: 8, ...each.options, ...more });

/** A state without what the clock says, and without the number of epochs that there were to be. */
function timeless({ history, ...state }: TrainingState): unknown {
  return { ...state, history: history.map(({ seconds: _, examplesPerSecond: __, epochs: ___, ...report }) => report) };
}

function expectSame(resumed: TrainingResult, whole: TrainingResult): void {
  expect(resumed.weightsHash).toBe(whole.weightsHash);
  expect(timeless(resumed.state)).toEqual(timeless(whole.state));
  const { epochs, bestEpoch, stopped, train: score, validation } = whole;
  expect(resumed).toMatchObject({ epochs, bestEpoch, stopped, train: score });
  expect(resumed.validation).toEqual(validation);
}

describe.each(["wasm", "reference"] as const)(
  "on the engine %s, going on from a state gives the bits of one run",
  (engine) => {
    test.each(cases)("$name", async (each) => {
      const whole = await train10(each, { engine });
      const half = await train10(each, { engine, onEpoch: ({ epoch }) => (epoch === 5 ? "stop" : undefined) });
      expect(half.state.epoch).toBe(5);
      expectSame(await train10(each, { engine, from: structuredClone(half.state) }), whole);
    });
  },
);

describe("a state", () => {
  test("of five whole epochs goes on to ten, where the schedule does not last as long as the run", async () => {
    for (const name of scheduleNames.filter((each) => each !== "cosine" && each !== "oneCycle")) {
      const each = { name, options: { schedule: name, optimizer: "adam" as const } };
      const half = await train10(each, { epochs: 5 });
      expectSame(await train10(each, { from: half.state }), await train10(each, {}));
    }
  });

  test("of the middle of an epoch goes on there", async () => {
    const each = cases.find(({ name }) => name === "dropout")!;
    const whole = await train10(each, {});
    const half = await train10(each, { onEpoch: ({ epoch }) => (epoch === 4 ? "stop" : undefined) });
    let looks = 0;
    // The signal is looked at before each chunk of steps: the second look ends the epoch after its first chunk.
    const signal = Object.defineProperty(new AbortController().signal, "aborted", {
      get: () => {
        looks += 1;
        return looks > 2;
      },
    });
    const middle = await train10(each, { from: half.state, signal });
    expect(middle).toMatchObject({ stopped: "aborted", epochs: 4 });
    expect(middle.state.epochRows).toBeGreaterThan(0);
    expectSame(await train10(each, { from: middle.state }), whole);
    await expect(train10(each, { from: middle.state, batchSize: 9 })).rejects.toThrow(
      "train: from: expected batchSize 8, which the state was made with, got 9.",
    );
  });

  test("of an epoch is what rewinding takes", async () => {
    const each = cases.find(({ name }) => name === "rule adam")!;
    const net = classifier();
    const states: TrainingState[] = [];
    const first = await train(net, labelled, {
      ...each.options,
      epochs: 6,
      onEpoch: async (_, moment) => void states.push(await moment.state()),
    });
    const again = await train(net, labelled, { ...each.options, epochs: 6, from: states[2]! });
    expect(states.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expectSame(again, first);
    expect(timeless(states[5]!)).toEqual(timeless(first.state));
  });

  test("stays as it is, whatever is trained after it", async () => {
    const half = await train10(cases[0]!, { epochs: 5 });
    const before = structuredClone(half.state);
    await train10(cases[0]!, { from: half.state });
    expect(half.state).toEqual(before);
  });

  test("with as many epochs done as wanted is no more than scored", async () => {
    const half = await train10(cases[0]!, { epochs: 5 });
    expectSame(await train10(cases[0]!, { epochs: 5, from: half.state }), half);
  });

  test("is to be asked for before the callback has answered", async () => {
    let late: (() => Promise<TrainingState>) | null = null;
    await train10(cases[0]!, { onEpoch: (_, moment) => void (late = moment.state) });
    await expect(late!()).rejects.toThrow("before the callback has answered");
  });
});

describe("without a state", () => {
  test("a second training starts from the present parameters, and remembers nothing else", async () => {
    const options = { epochs: 3, optimizer: "adam" } as const;
    const [net, other] = [classifier(), classifier()];
    await train(net, labelled, options);
    for (const [i, { values }] of other.parameters.entries()) values.set(net.parameters[i]!.values);
    const second = await train(net, labelled, options);
    expect(second.weightsHash).toBe((await train(other, labelled, options)).weightsHash);
    expect(second).toMatchObject({ epochs: 3, state: { epoch: 3, step: 6 } });
  });
});

describe("a state that does not fit is refused:", () => {
  const refusals: readonly [string, TrainingOptions, string, Partial<Case>?][] = [
    ["another rule", { optimizer: "sgd" }, 'expected optimizer "adam", which the state was made with, got "sgd".'],
    ["another seed", { seed: 5 }, "expected seed 4, which the state was made with, got 5."],
    ["another monitor", { monitor: "accuracy", validation: 0.3 }, 'expected monitor "cost"'],
    ["no validation", { validation: null }, "expected rows 26, which the state was made with, got 37."],
    ["fewer epochs", { epochs: 3 }, "train: epochs: expected 4 or more, as the state has come so far, got 3."],
    ["patience that was not there", { patience: 2 }, "train: patience: expected a state that was made with patience"],
    ["another rate under a plateau", { learningRate: 1 }, "expected learningRate 0.001"],
    [
      "other settings of the rule",
      { optimizer: updateRule("adam", { beta1: 0 }) },
      "train: from: expected what the optimizer keeps with these settings: v of weights 1 (16)",
    ],
    [
      "another network",
      {},
      "expected the state of a network with the parameters weights 1 (32), ",
      { make: withDropout },
    ],
    ["what is no state", { from: {} as TrainingState }, "train: from: expected a training state, got "],
  ];
  const made: Case = { name: "", options: { optimizer: "adam", validation: 0.3, schedule: "reduceOnPlateau" } };

  test.each(refusals)("%s", async (_, options, message, more = {}) => {
    const { state } = await train10(made, { epochs: 4 });
    await expect(train10({ ...made, ...more }, { from: state, ...options })).rejects.toThrow(message);
  });
});

describe("a trainer", () => {
  const rows = inputs.slice(0, 8);
  const targets = rows.map((_, i) => i % 3);

  test.each(updateRuleNames)("goes on from its state with the same bits: %s", (optimizer) => {
    const whole = trainer(withDropout(), { optimizer });
    const part = trainer(withDropout(), { optimizer });
    for (let i = 0; i < 4; i++) part.step(rows, targets);
    const state = structuredClone(part.state());
    const rest = trainer(withDropout(), { optimizer, from: state });
    expect(rest.state()).toEqual(state);
    for (let i = 0; i < 4; i++) whole.step(rows, targets);
    for (let i = 0; i < 4; i++) expect(rest.step(rows, targets)).toBe(whole.step(rows, targets));
    expect(rest.steps).toBe(8);
    expect(rest.state()).toEqual(whole.state());
    expect(part.state()).toEqual(state);
  });

  test("starts from a new trainer's state, keeps the learning rate, and refuses another rule", () => {
    const part = trainer(classifier(), { optimizer: "adam", learningRate: 0.5 });
    const first = part.state();
    part.step(rows, targets);
    part.learningRate = 0.25;
    const from = part.state();
    expect(trainer(classifier(), { optimizer: "adam", from }).learningRate).toBe(0.25);
    const again = trainer(classifier(), { optimizer: "adam", from: first });
    again.step(rows, targets);
    again.learningRate = 0.25;
    expect(again.state()).toEqual(from);
    expect(() => trainer(classifier(), { from })).toThrow('trainer: from: expected optimizer "adam"');
    expect(() => trainer(regression(), { optimizer: "adam", from })).toThrow("expected the state of a network with");
  });

  test("goes on from a training, and a training from it", async () => {
    const { state } = await train(classifier(), labelled, { epochs: 2, optimizer: "adam" });
    const byHand = trainer(classifier(), { optimizer: "adam", from: state });
    byHand.step(rows, targets);
    const from = byHand.state();
    expect(from.step).toBe(5);
    const { state: after } = await train(classifier(), labelled, { epochs: 1, optimizer: "adam", from });
    expect(after).toMatchObject({ epoch: 1, step: 7 });
  });
});

describe("through a worker's messages", () => {
  const there = async (options: TrainingOptions): Promise<TrainingResult> => {
    const { port1, port2 } = new MessageChannel();
    for (const port of [port1, port2]) port.start();
    serveTraining(port2);
    const training = remoteTraining(withDropout(), labelled, options);
    if (typeof training === "string") throw new Error(training);
    try {
      return await training(port1);
    } finally {
      for (const port of [port1, port2]) port.close();
    }
  };

  test("a state comes and goes, and has the same numbers", async () => {
    const options = { epochs: 10, batchSize: 8, optimizer: "adam", patience: 6, validation: 0.3 } as const;
    const whole = await train(withDropout(), labelled, options);
    const states: TrainingState[] = [];
    const half = await there({
      ...options,
      onEpoch: async ({ epoch }, moment) => {
        if (epoch !== 5) return undefined;
        states.push(...(await Promise.all([moment.state(), moment.state()])));
        return "stop";
      },
    });
    expect(states[0]).toEqual(half.state);
    expect(states[1]).toBe(states[0]);
    expectSame(await there({ ...options, from: states[0]! }), whole);
  });
});
