import { describe, expect, test } from "vitest";
import { fitPreprocessing } from "../data/preprocessing/fit.ts";
import { tableOfRows } from "../data/reading/table-of-rows.ts";
import { BackpassError, ModelError } from "../errors.ts";
import { activation, cost, dense, type Network, network, predict, parameter } from "../network/index.ts";
import { sha256 } from "../sha256.ts";
import type { Model } from "./model.ts";
import { loadModel, saveModel } from "./model-file.ts";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "./safetensors.ts";

function modelOf(net: Network, parts: Partial<Model> = {}): Model {
  return { network: net, task: "regression", preprocessing: null, classes: null, summary: null, ...parts };
}

/** Two inputs, an amount that may be missing, and two classes. */
const preprocessing = fitPreprocessing(
  tableOfRows(
    [
      [0.1, "é"],
      [null, "__proto__"],
      [1 / 3, "é"],
    ],
    ['a "b"', "kind"],
  ),
);

/** Two inputs, three neurons, two classes. */
function smallModel(): Model {
  const net = network(2, [dense(3, "tanh"), dense(2, "softmax", { bias: false })], { cost: "crossEntropy", seed: 7 });
  return modelOf(net, {
    task: "classification",
    preprocessing,
    classes: ["__proto__", "é"],
    summary: { epochs: 3, train: { cost: 0.25, accuracy: null } },
  });
}

/** With a weight that float32 cannot hold; the first weights of a network are all float32. */
function inFloat64(net: Network): Network {
  parameter(net, 1, "weights").values.set([0.1]);
  return net;
}

/** Every parameter's 64 bits. */
function bitsOf(net: Network): readonly bigint[] {
  return net.parameters.flatMap(({ values }) => Array.from(new BigUint64Array(Float64Array.from(values).buffer)));
}

const networks: readonly (readonly [what: string, net: Network])[] = [
  ["one layer", network(3, [dense(2)])],
  ["layers without biases", network(3, [dense(4, "relu", { bias: false }), dense(1, "sigmoid", { bias: false })])],
  ["float32 weights", network(5, [dense(7, "gelu"), dense(4, "softmax")], { cost: "crossEntropy", seed: 3 })],
  [
    "float64 weights",
    inFloat64(network(5, [dense(7, "gelu"), dense(4, "softmax")], { cost: "crossEntropy", seed: 3 })),
  ],
  [
    "-0, the smallest and the largest numbers",
    network(2, [
      dense(2, "identity", {
        weights: [
          [-0, 5e-324],
          [1.7e308, 0.1],
        ],
      }),
    ]),
  ],
  [
    "everything that a definition can say",
    network(
      4,
      [
        dense(6, activation("leakyRelu", { slope: 0.3 }), { dropout: 0.25 }),
        dense(5, activation("swish2", "z/(1+e^(-2z))"), { initializer: { name: "uniform", range: 0.3 } }),
        dense(2, "sigmoid"),
      ],
      { cost: cost("quartic", "(a - t)^4", { over: "mean" }), regularization: { l1: 0.1, l2: 1e-4 }, seed: 12 },
    ),
  ],
];

describe("A model, saved and loaded,", () => {
  test.each(networks)("has the same network, to the bit: %s", (_, net) => {
    const { network: found } = loadModel(saveModel(modelOf(net)));
    expect(bitsOf(found)).toEqual(bitsOf(net));
    expect(found).toEqual(net);
  });

  test.each(["reference", "wasm"] as const)("gives the same answers, on the engine %s", (engine) => {
    for (const [, net] of networks.slice(0, 4)) {
      const { network: found } = loadModel(saveModel(modelOf(net)));
      const inputs = [
        [1, -2, 0.5, 0.1, 3],
        [0, 0, 0, 0, 0],
        [1e3, -1e3, 1e-3, 7, -1],
      ].map((row) => row.slice(0, net.inputs));
      expect(predict(found, inputs, { engine })).toEqual(predict(net, inputs, { engine }));
    }
  });

  test("has the same preprocessing, classes, task and summary", () => {
    const model = smallModel();
    expect(loadModel(saveModel(model))).toEqual(model);
  });

  test("is the same file again when saved again", () => {
    const bytes = saveModel(smallModel());
    expect(saveModel(loadModel(bytes))).toEqual(bytes);
  });

  test("does not change when the network is trained on", () => {
    const model = smallModel();
    const loaded = loadModel(saveModel(model));
    const before = parameter(loaded.network, 1, "weights").values.slice();
    parameter(model.network, 1, "weights").values.fill(1);
    expect(parameter(loaded.network, 1, "weights").values).toEqual(before);
  });

  test("names its tensors layers.1.weights, layers.1.biases, …, with the shapes of the textbook", () => {
    const { tensors } = decodeSafetensors(saveModel(smallModel()));
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ["layers.1.weights", [3, 2]],
      ["layers.1.biases", [3]],
      ["layers.2.weights", [2, 3]],
    ]);
  });

  test("takes 4 bytes for a number when float32 holds every one of them, else 8", () => {
    const sizes = networks
      .slice(2, 4)
      .map(([, net]) =>
        [...decodeSafetensors(saveModel(modelOf(net))).tensors.values()].map(({ values }) => values.BYTES_PER_ELEMENT),
      );
    expect(sizes).toEqual([Array(4).fill(4), Array(4).fill(8)]);
  });

  test("may have two classes for one output", () => {
    const model = modelOf(network(2, [dense(1, "sigmoid")]), { task: "classification", classes: ["no", "yes"] });
    expect(loadModel(saveModel(model)).classes).toEqual(["no", "yes"]);
  });
});

describe("saveModel refuses", () => {
  test.each([Number.NaN, Infinity])("a weight of %d", (value) => {
    const model = smallModel();
    parameter(model.network, 2, "weights").values.set([value], 4);
    expect(() => saveModel(model)).toThrow(
      /^model: layers\.2\.weights\[4\]: expected a finite number, got (NaN|Infinity)\./,
    );
  });

  test("preprocessing that makes another number of inputs", () => {
    const net = network(3, [dense(2, "softmax")]);
    expect(() => saveModel({ ...smallModel(), network: net })).toThrow(
      /^model: expected preprocessing for the network's 3 inputs, got 2\. Save/,
    );
  });

  test("preprocessing for one number with a network of two outputs", () => {
    const numbers = fitPreprocessing(
      tableOfRows([
        [1, 0.5],
        [2, 0.25],
      ]),
      { task: "regression" },
    );
    const save = (): unknown => saveModel(modelOf(network(1, [dense(2)]), { preprocessing: numbers }));
    expect(save).toThrow(/^model: expected one output for the target "column 2", got 2\./);
  });

  test.each([[["a"]], [["a", "b", "c"]], [["a", "a"]]])("classes %j for two outputs", (classes) => {
    const save = (): unknown => saveModel({ ...smallModel(), classes });
    expect(save).toThrow(ModelError);
    expect(save).toThrow(/^model: expected a name of its own for each of the 2 classes, got "a/);
  });
});

/** The small model's file with other metadata (null: without it) and tensors, and a digest that fits. */
function forged(
  texts: Readonly<Record<string, string | null>>,
  others: Readonly<Record<string, Tensor | null>> = {},
): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(saveModel(smallModel()));
  const changedTensors = changed(tensors, others);
  const changedTexts = changed(new Map(metadata).set("sha256", "0".repeat(64)), texts);
  const bytes = encodeSafetensors(changedTensors, changedTexts);
  const digestAt = 8 + '{"__metadata__":{"sha256":"'.length;
  if (!("sha256" in texts)) bytes.set(new TextEncoder().encode(sha256(bytes)), digestAt);
  return bytes;
}

function changed<Value>(
  from: ReadonlyMap<string, Value>,
  changes: Readonly<Record<string, Value | null>>,
): Map<string, Value> {
  const result = new Map(from);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) result.delete(key);
    else result.set(key, value);
  }
  return result;
}

const zeros = (...shape: number[]): Tensor => ({ shape, values: new Float64Array(shape.reduce((a, b) => a * b)) });
const definition = (layers: string): string => `{"inputs":2,"layers":${layers}}`;

const refused: readonly (readonly [what: string, bytes: Uint8Array, message: RegExp])[] = [
  [
    "a file that is no safetensors",
    new TextEncoder().encode("weights,1,2,3\n4,5"),
    /^header: expected a length of at most/,
  ],
  [
    "a file of another program",
    forged({ format: "pt" }),
    /^model: expected a file saved by backpass, got format "pt"\./,
  ],
  [
    "a file that says nothing",
    encodeSafetensors(new Map()),
    /^model: expected a file saved by backpass, got a file that does not say/,
  ],
  [
    "a newer version",
    forged({ version: "2" }),
    /^model: expected version 1 of the format, got 2\. A newer backpass .* update/,
  ],
  ["a version that is none", forged({ version: "one" }), /^model: expected version 1, got "one"/],
  ["no version", forged({ version: null }), /^model: expected version 1, got none/],
  ["no digest", forged({ sha256: null }), /^model: expected its SHA-256 at the start of the header/],
  ["a short digest", forged({ sha256: "00" }), /^model: expected its SHA-256 at the start of the header/],
  [
    "a wrong digest",
    forged({ sha256: "0".repeat(64) }),
    /^model: expected a file with SHA-256 0{16}…, got [0-9a-f]{16}…\. It was changed/,
  ],
  ["no network", forged({ network: null }), /^model: expected a network in the metadata, got none/],
  ["a network that is no JSON", forged({ network: "{" }), /^model: expected JSON as network/],
  ["a network that is a list", forged({ network: "[]" }), /^model: expected an object as network/],
  ["a network that is null", forged({ network: "null" }), /^model: expected a network in the metadata/],
  ["a network without layers", forged({ network: "{}" }), /^network: expected "inputs", got none/],
  [
    "a network with no layer",
    forged({ network: definition("[]") }),
    /^model: expected only the tensors of its network, got "layers\.1/,
  ],
  ["a layer that is a number", forged({ network: definition("[1]") }), /^layers\[0\]: expected an object, got 1/],
  ["a layer without units", forged({ network: definition("[{}]") }), /^layers\[0\]: expected "units", got none/],
  [
    "huge widths",
    forged({ network: definition('[{"units":1e15}]') }),
    /^network: expected at most 268435456 weights in a layer, got 1000000000000000 × 2/,
  ],
  [
    "an unknown activation",
    forged({ network: definition('[{"units":3,"activation":"rellu"},{"units":2,"bias":false}]') }),
    /^layers\[0\].*"rellu"/,
  ],
  [
    "an unknown key",
    forged({ network: definition('[{"units":3,"colour":1},{"units":2,"bias":false}]') }),
    /^layers\[0\]: expected only .* got "colour"/,
  ],
  [
    "a missing tensor",
    forged({}, { "layers.1.biases": null }),
    /^model: expected tensor layers\.1\.biases of shape \[3\], got none/,
  ],
  [
    "a surplus tensor",
    forged({}, { "layers.2.biases": zeros(2) }),
    /^model: expected only the tensors of its network, got "layers\.2\.biases"/,
  ],
  [
    "a transposed tensor",
    forged({}, { "layers.2.weights": zeros(3, 2) }),
    /^model: expected tensor layers\.2\.weights of shape \[2, 3\], got shape \[3, 2\]/,
  ],
  ["a flat tensor", forged({}, { "layers.2.weights": zeros(6) }), /got shape \[6\]/],
  [
    "a weight that is NaN",
    forged({}, { "layers.1.biases": { shape: [3], values: Float32Array.of(0, Number.NaN, 0) } }),
    /^model: layers\.1\.biases\[1\]: expected a finite number, got NaN/,
  ],
  [
    "an unknown task",
    forged({ task: "clustering" }),
    /^model: expected task "classification", "multilabel" or "regression", got "clustering"/,
  ],
  ["no task", forged({ task: null }), /^model: expected task .* got none/],
  [
    "too many classes",
    forged({ classes: '["a","b","c"]' }),
    /^model: expected a name of its own for each of the 2 classes, got "a, b, c"/,
  ],
  ["classes that are numbers", forged({ classes: "[1,2]" }), /^model: expected a list of names as classes/],
  ["preprocessing that is a number", forged({ preprocessing: "1" }), /^model: expected an object as preprocessing/],
  ["preprocessing of another form", forged({ preprocessing: '{"version":2}' }), /^preprocessing\.version: expected 1/],
  [
    "no classes, where preprocessing has some",
    forged({ classes: null }),
    /^model: expected the classes of its preprocessing, "__proto__, é", got none/,
  ],
  [
    "classes in another order",
    forged({ classes: '["é","__proto__"]' }),
    /got "é, __proto__"\. Give those, in that order/,
  ],
  ["classes for a regression", forged({ task: "regression" }), /^model: expected no classes for a regression, got 2/],
  [
    "preprocessing for another task",
    forged({ task: "regression", classes: null }),
    /^model: expected preprocessing for a regression, got a classification/,
  ],
  ["a summary that is no JSON", forged({ summary: "" }), /^model: expected JSON as summary/],
];

describe("loadModel refuses", () => {
  test.each(refused)("%s", (_, bytes, message) => {
    expect(() => loadModel(bytes)).toThrow(BackpassError);
    expect(() => loadModel(bytes)).toThrow(message);
  });

  test("a file with any single bit changed", () => {
    const bytes = saveModel(smallModel());
    for (let at = 0; at < bytes.length; at++) {
      const wrong = bytes.slice();
      wrong[at] = (wrong[at] ?? 0) ^ (1 << (at % 8));
      expect(() => loadModel(wrong), `byte ${at}`).toThrow(BackpassError);
    }
  });

  test("a file cut short anywhere", () => {
    const bytes = saveModel(smallModel());
    for (let length = 0; length < bytes.length; length++) {
      expect(() => loadModel(bytes.subarray(0, length)), `${length} bytes`).toThrow(ModelError);
    }
  });
});
