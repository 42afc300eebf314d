import { describe, expect, test } from "vitest";
import { circles, prepare, readCsv, readIdx, spirals, tableOfRows, xor } from "../src/data/index.ts";
import { checkAnswer, lintSheet, parseSheet } from "../src/exercise/index.ts";
import { diagnose, trace, watch } from "../src/explain/index.ts";
import {
  activation,
  BackpassError,
  cost,
  dataset,
  dense,
  evaluate,
  gradient,
  gradientCheck,
  network,
  predict,
  split,
  train,
  trainer,
  updateRule,
} from "../src/entries/index.ts";
import { loadModel, type Model, modelFor, predictWith, saveModel } from "../src/model/index.ts";
import { schedule } from "../src/train/index.ts";

/** What code without types hands to the public functions: each ends with a sentence that helps, or is read. */

const any = (value: unknown): never => value as never;
const net = network(2, [dense(2, "tanh"), dense(1)], { seed: 1 });
const rows = [
  [0, 1],
  [1, 0],
];
const data = dataset({ inputs: rows, targets: [1, 0] });
const table = tableOfRows([
  ["a", "b"],
  ...Array.from({ length: 12 }, (_, i) => [i % 5, (i * 7) % 3 === 0 ? "y" : "n"]),
]);

const loadedModel: Model = { network: net, task: "regression", preprocessing: null, classes: null, summary: null };

const doors: Readonly<Record<string, (options: never) => unknown>> = {
  network: (options) => network(2, [dense(1)], options),
  dense: (options) => dense(1, "relu", options),
  gradient: (options) => gradient(net, rows, [1, 0], options),
  gradientCheck: (options) => gradientCheck(net, rows, [1, 0], options),
  predict: (options) => predict(net, rows, options),
  dataset: (options) => dataset({ inputs: rows, targets: [1, 0], ...(options as object) }),
  split: (options) => split(data, { validation: 0.5, ...(options as object) }),
  evaluate: (options) => evaluate(net, data, options),
  train: (options) => train(net, data, options),
  trainer: (options) => trainer(net, options),
  circles: (options) => circles(options),
  spirals: (options) => spirals(options),
  prepare: (options) => prepare(table, options),
  readCsv: (options) => readCsv("a,b\n1,2\n", options),
  trace: (options) => trace(net, rows, [1, 0], options),
  diagnose: (options) => diagnose(net, data, options),
  watch: (options) => watch(net, data, options),
};

describe("an option that means nothing", () => {
  test.each(Object.entries(doors))("is refused by %s", async (where, call) => {
    await expect((async () => call(any({ wibbleWobble: 1 })))()).rejects.toThrow(
      new RegExp(`^${where}: expected options among .*, got "wibbleWobble"`),
    );
  });

  test.each([
    ["train", { batch_size: 3 }, /Did you mean "batchSize"\?/],
    ["train", { lr: 3 }, /Did you mean "learningRate"\?/],
    ["train", { loss: "mse" }, /Give cost to network/],
    ["train", { validationSplit: 0.2 }, /Did you mean "validation"\?/],
    ["train", { optimizer: "SGD" }, /Did you mean "sgd"\?/],
    ["trainer", { lr: 3 }, /Did you mean "learningRate"\?/],
    ["readCsv", { sep: ";" }, /Did you mean "delimiter"\?/],
    ["readCsv", { hasHeader: false }, /Did you mean "header"\?/],
    ["prepare", { testSize: 0.2 }, /Did you mean "validation"\?/],
    ["prepare", { label: "b" }, /Did you mean "target"\?/],
    ["predict", { backend: "wasm" }, /Did you mean "engine"\?/],
    ["train", null, /expected options as an object/],
    ["predict", null, /expected options as an object/],
  ])("%s: %o", async (where, options, message) => {
    await expect((async () => doors[where]?.(any(options)))()).rejects.toThrow(message);
  });
});

describe("data of other forms", () => {
  test.each([
    [
      () => dataset({ inputs: any([{ x: 1, y: 2 }]), targets: [1] }),
      /inputs\[0\]: expected a row of numbers, got an object with "x", "y"\. .*tableOfRows/,
    ],
    [
      () => dataset({ inputs: any({ x: [1] }), targets: [1] }),
      /inputs: expected rows of numbers, got an object with "x"/,
    ],
    [() => dataset({ inputs: any("file.csv"), targets: [1] }), /expected rows of numbers, got "file\.csv"/],
    [() => dataset({ inputs: any([1, 2]), targets: [1] }), /inputs\[0\]: expected a row of numbers, got 1/],
    [
      () => dataset({ inputs: any([["1", 2]]), targets: [1] }),
      /inputs\[0\]\[0\]: expected a finite number, got "1"\. Turn texts into numbers/,
    ],
    [() => dataset({ inputs: any([[true, 2]]), targets: [1] }), /got true\. Write 1 for true/],
    [() => dataset({ inputs: any([[{ toString: 1 }, 2]]), targets: [1] }), /got an object/],
    [() => dataset({ inputs: any([[Symbol("s"), 1n]]), targets: [1] }), /got "?symbol/],
    [
      () => dataset({ inputs: rows, targets: any(["a", "b"]) }),
      /targets\[0\]: expected a number, got "a"\. Number the classes from 0/,
    ],
    [() => dataset({ inputs: rows, targets: any([true, false]) }), /targets\[0\]: .*got true\. Write 1 for true/],
    [() => gradient(net, any([{ a: 1 }]), [1]), /got an object with "a"/],
    [() => gradient(net, rows, any(["a", "b"])), /got "a"\. Number the classes/],
    [() => predict(net, any([{ a: 1 }])), /got an object with "a"/],
    [() => predict(net, any({ 0: [1, 2] })), /expected rows of 2 numbers, got an object/],
    [() => readCsv("data/iris.csv"), /looks like a path or an address.*createReadStream/],
    [() => readCsv("https://example.org/iris.csv"), /fetch\(address\)/],
    [() => readCsv(any(new URL("https://example.org/iris.csv"))), /fetch\(address\)/],
    [() => train(net, any(rows), any([1, 0])), /^train: expected a data set, got a list of 2\. Make one/],
    [() => train(net, any({ inputs: rows, targets: [1, 0] })), /Make one of it: dataset/],
    [() => train(net, any(prepare(table))), /Take a part of it: \.training/],
    [() => train(any(data), any(net)), /^train: expected a network first/],
    [() => evaluate(net, any(rows)), /^evaluate: expected a data set/],
    [() => split(any(rows), { validation: 0.5 }), /^split: expected a data set/],
    [() => diagnose(net, any(rows)), /^diagnose: expected a data set/],
    [() => modelFor(net, any(null)), /^modelFor: expected the preprocessing that prepare gives, got null\./],
    [() => modelFor(net, any(undefined)), /^modelFor: expected the preprocessing that prepare gives, got nothing\./],
    [() => updateRule(any("Adam "), {}), /Did you mean "adam"\?/],
    [() => schedule(any("ReduceLROnPlateau")), /Did you mean "reduceOnPlateau"\?/],
    [() => train(net, data, { engine: any("gpu") }), /^engine: expected auto/],
    [() => train(net, data, { epochs: any("10") }), /expected epochs of 0 or more, got "10"\. Give a whole number/],
    [() => train(net, data, { learningRate: any("0.1") }), /got "0\.1"\. Give a number/],
    [() => train(net, data, any({ momentum: 0.9 })), /updateRule\("momentum", \{ momentum: 0\.9 \}\)/],
    [
      () => train(net, data, { optimizer: any({ name: "adam" }) }),
      /^optimizer: expected a name.* Write optimizer: "adam"/,
    ],
    [() => train(net, data, { onEpoch: any("log") }), /expected onEpoch as a function, got "log"/],
    [() => train(net, data, { validation: any(rows) }), /^train: validation: expected a data set, got a list of 2/],
    [() => dense(any("3"), "relu"), /expected 1 or more units, got "3"/],
    [() => network(any([2, 3, 1]), any(undefined)), /expected 1 or more inputs, got a list of 3\. Write network\(/],
    [() => network(2, [dense(1)], { seed: any("a") }), /got "a"/],
    [() => predict(any(undefined), rows), /^predict: expected a network first, got nothing/],
    [() => predict(net, any(new Float32Array(4))), /got a Float32Array of 4\. Pass \{ values, columns \}/],
    [() => predict(net, any(data)), /values: data\.inputs, columns: data\.inputWidth/],
    [() => gradient(net, rows, any(undefined)), /targets: expected a list of targets, got nothing/],
    [
      () =>
        activation(
          "square",
          any((z: number) => z * z),
        ),
      /formula as a text, got a function/,
    ],
    [
      () =>
        cost(
          "square",
          any((a: number) => a * a),
        ),
      /formula as a text, got a function/,
    ],
    [() => prepare(any(rows)), /^prepare: expected a table, got a list of 2\. Make one: tableOfRows/],
    [() => tableOfRows(any([{ a: 1 }])), /row 1: expected a list of cells.*Object\.values/],
    [() => tableOfRows(any("a,b")), /Read the text of a table with readCsv/],
    [() => readIdx(any("images.idx")), /expected the bytes of an IDX file, got "images\.idx"/],
    [() => saveModel(any(net)), /^saveModel: expected a model, got a network\. .*modelFor/],
    [() => loadModel(any("model.safetensors")), /expected the bytes of a file .* readFile\(path\)/],
    [() => predictWith(any(net), rows), /^predictWith: expected a model, got a network/],
    [() => predictWith(any(loadedModel), any("iris.csv")), /expected a table or rows, got "iris\.csv"/],
    [() => parseSheet(any(null)), /^parseSheet: expected the text of a sheet, got null/],
    [() => checkAnswer(any("backpropagation"), "delta-output", "1"), /^checkAnswer: expected a sheet.*parseSheet/],
    [() => lintSheet(any("backpropagation")), /^lintSheet: expected a sheet/],
  ])("%s", async (call, message) => {
    const result: unknown = await (async () => call())().catch((error: unknown) => error);
    expect(result).toBeInstanceOf(BackpassError);
    expect((result as Error).message).toMatch(message);
  });

  test.each<[string, (promise: never) => unknown]>([
    ["train", (promise) => train(net, promise)],
    ["prepare", (promise) => prepare(promise)],
    ["predict", (promise) => predict(net, promise)],
    ["gradient", (promise) => gradient(net, rows, promise)],
    ["loadModel", (promise) => loadModel(promise)],
    ["predictWith", (promise) => predictWith(loadedModel, promise)],
    ["checkAnswer", (promise) => checkAnswer(promise, "a", "1")],
  ])("%s says when an await was forgotten", async (_, call) => {
    const result: unknown = await (async () => call(any(Promise.resolve(data))))().catch((error: unknown) => error);
    expect(result).toBeInstanceOf(BackpassError);
    expect((result as Error).message).toMatch(/got a promise\. Write await before the call that gives it\./);
  });

  test("what is right stays right", () => {
    expect(xor().examples).toBe(4);
    expect(dataset({ inputs: [new Float32Array([1, 2])], targets: new Uint8Array([1]) }).examples).toBe(1);
    expect(
      predictWith({ network: net, task: "regression", preprocessing: null, classes: null, summary: null }, rows),
    ).toBeDefined();
  });
});
