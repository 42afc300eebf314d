import { describe, expect, test } from "vitest";
import { OptionError } from "../errors.ts";
import { activation } from "./activations.ts";
import { cost, costNames } from "./costs.ts";
import { dense } from "./layers/dense.ts";
import { nearest } from "./nearest.ts";
import { network } from "./network.ts";

/** As code without types calls: anything goes. */
const untyped = (value: unknown): never => value as never;

describe("options that mean nothing are refused", () => {
  const layers = [dense(2, "tanh"), dense(1)];
  test.each([
    [
      { loss: "mse" },
      /^network: expected options among cost, seed, regularization, got "loss"\. Did you mean "cost"\?$/,
    ],
    [{ costs: "huber" }, /Did you mean "cost"\?/],
    [{ randomState: 3 }, /Did you mean "seed"\?/],
    [{ l2: 0.1 }, /Did you mean "regularization"\?/],
    [{ learning_rate: 0.1 }, /got "learning_rate"\. Give learningRate to train\./],
    [{ lr: 0.1 }, /Give learningRate to train\./],
    [{ epochs: 3 }, /Give epochs to train\./],
    [{ activation: "relu" }, /It is what dense takes second/],
    [{ metrics: ["accuracy"] }, /Leave it out: accuracy or R² is measured in any case/],
    [{ wibble: 1 }, /got "wibble"\. Leave it out\./],
    [
      { regularization: { lambda: 1 } },
      /^network: regularization: expected options among l1, l2, got "lambda"\. Did you mean "l2"\?/,
    ],
    [{ cost: 3 }, /expected cost as a name or what cost\(\) makes, got 3/],
    [null, /expected options as an object with cost, seed, regularization, got null/],
    ["mse", /expected options as an object with .*, got "mse"/],
    [[1], /got a list/],
  ])("network: %o", (options, message) => {
    const make = (): unknown => network(2, layers, untyped(options));
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });

  test.each([
    ["relu", { useBias: false }, /^dense: expected options among bias, .*, got "useBias"\. Did you mean "bias"\?/],
    ["relu", { use_bias: false }, /Did you mean "bias"\?/],
    ["relu", { kernelInitializer: "heNormal" }, /Did you mean "initializer"\?/],
    ["relu", { loss: "mse" }, /Give cost to network\./],
    ["relu", { initializer: "xavier" }, /Did you mean "glorotUniform"\?/],
    [{ activation: "relu" }, {}, /expected an activation second and options third, got an object second/],
    [3, {}, /expected an activation's name second/],
    ["swish", {}, /got "swish"\. Did you mean "silu"\?/],
    ["ReLU", {}, /Did you mean "relu"\?/],
    ["leaky_relu", {}, /Did you mean "leakyRelu"\?/],
    ["linear", {}, /Did you mean "identity"\?/],
  ])("dense: %o, %o", (second, options, message) => {
    expect(() => dense(3, untyped(second), untyped(options))).toThrow(message);
  });

  test.each([
    [[3, 1], /layers\[0\]: expected a layer, got 3/],
    [dense(3), /expected a list of layers, got an object/],
    [undefined, /expected a list of layers, got nothing/],
  ])("layers: %o", (given, message) => {
    expect(() => network(2, untyped(given))).toThrow(message);
  });
});

test.each([
  ["mse", "meanSquaredError"],
  ["mean_squared_error", "meanSquaredError"],
  ["MAE", "meanAbsoluteError"],
  ["BCEWithLogitsLoss", "binaryCrossEntropy"],
  ["binary_crossentropy", "binaryCrossEntropy"],
  ["categorical_crossentropy", "crossEntropy"],
  ["sparse_categorical_crossentropy", "crossEntropy"],
  ["NLLLoss", "crossEntropy"],
  ["SmoothL1Loss", "huber"],
])("the cost %s of other libraries is %s here", (given, expected) => {
  expect(nearest(given, costNames)).toBe(` Did you mean "${expected}"?`);
  expect(() => cost(untyped(given))).toThrow(`Did you mean "${expected}"?`);
});

test("names on the command line have dashes", () => {
  const names = ["--cost", "--learning-rate", "--batch-size", "--clip-norm", "--init"];
  expect(["--loss", "--lr", "--batch_size", "--clipnorm", "--initializer"].map((name) => nearest(name, names))).toEqual(
    names.map((name) => ` Did you mean "${name}"?`),
  );
});

test("names that objects have by themselves are no names of ours", () => {
  for (const name of ["constructor", "toString", "__proto__"]) expect(nearest(name, ["cost"])).toBe("");
  expect(() => activation(untyped("toString"))).toThrow(OptionError);
});
