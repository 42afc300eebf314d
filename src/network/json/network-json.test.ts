import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { NetworkError } from "../../errors.ts";
import { activation, activationNames } from "../activations.ts";
import { cost, costNames } from "../costs.ts";
import { gradient } from "../gradient.ts";
import { dense } from "../layers/dense.ts";
import { type Network, network } from "../network.ts";
import { networkFromJson } from "./network-from-json.ts";
import { networkToJson } from "./network-to-json.ts";

const throughText = (net: Network): Network => networkFromJson(JSON.parse(JSON.stringify(networkToJson(net)))).net;

const textbook = {
  inputs: 1,
  cost: "quadratic",
  layers: [
    { units: 1, activation: "relu", bias: false, weights: [[0.01]] },
    { units: 1, activation: "sigmoid", weights: [[-5]], biases: [-1] },
  ],
  examples: { inputs: [[3]], targets: [[1]] },
};

describe("A network's file", () => {
  test("gives the textbook's network and its example", () => {
    const { net, examples } = networkFromJson(textbook);
    expect(net.layers.map((layer) => layer.activation.name)).toEqual(["relu", "sigmoid"]);
    expect(net.parameters.map(({ layer, name, values }) => [layer, name, ...values])).toEqual([
      [1, "weights", 0.01],
      [2, "weights", -5],
      [2, "biases", -1],
    ]);
    expect(examples).toEqual(textbook.examples);
    expect(gradient(net, examples!.inputs, examples!.targets, { engine: "reference" }).cost).toBeCloseTo(
      0.28842841648,
      10,
    );
  });

  test("needs no more than widths: the rest is drawn or at its default", () => {
    const { net, examples } = networkFromJson({ inputs: 2, seed: 4, layers: [{ units: 3 }] });
    expect(net).toEqual(network(2, [dense(3)], { seed: 4 }));
    expect(examples).toBeNull();
  });

  test("may give class labels as targets", () => {
    const { examples } = networkFromJson({
      inputs: 1,
      layers: [{ units: 3 }],
      examples: { inputs: [[1], [2]], targets: [2, 0] },
    });
    expect(examples?.targets).toEqual([2, 0]);
  });

  test("may have parameters, formulas, penalties, dropout and initializers", () => {
    const { net } = networkFromJson({
      inputs: 1,
      cost: { name: "quartic", formula: "c*(a - t)^4", over: "mean", parameters: { c: 2 } },
      regularization: { l2: 0.1 },
      layers: [
        { units: 2, activation: { name: "leakyRelu", slope: 0.2 }, dropout: 0.25, initializer: "heNormal" },
        {
          units: 2,
          activation: { name: "swish2", formula: "z/(1+e^(-2z))" },
          initializer: { name: "normal", deviation: 3 },
        },
      ],
    });
    expect(net.cost).toMatchObject({ text: "c*(a - t)^4", over: "mean", parameters: { c: 2 } });
    expect(net.regularization).toEqual({ l1: 0, l2: 0.1 });
    expect(net.layers[0]).toMatchObject({ activation: { parameters: { slope: 0.2 } }, dropout: 0.25 });
    expect(net.layers[1]).toMatchObject({ activation: { name: "swish2" }, initializer: { deviation: 3 } });
  });
});

describe("Out to a file and back, a network is the same", () => {
  test.each(activationNames)("with %s", (name) => {
    const net = network(2, [dense(3, name), dense(1, "tanh", { bias: false })], { seed: 9 });
    expect(throughText(net)).toEqual(net);
  });

  test.each(costNames)("with the cost %s", (name) => {
    const last = { crossEntropy: "softmax", binaryCrossEntropy: "sigmoid", poisson: "softplus" } as const;
    const fitting = name in last ? last[name as keyof typeof last] : "identity"; // as: it is among the keys
    const net = network(2, [dense(2, fitting)], { cost: name, regularization: { l1: 0.1, l2: 0.2 } });
    expect(throughText(net)).toEqual(net);
  });

  test("with everything that can be set", () => {
    const net = network(
      2,
      [
        dense(3, activation("elu", { alpha: 0.5 }), { dropout: 0.5, initializer: { name: "uniform", range: 0.1 } }),
        dense(2, activation("own", "c*z^3", { c: 3 }), { bias: false, initializer: "zeros" }),
      ],
      { cost: cost("sixth", "(a - t)^6/d", { over: "mean", parameters: { d: 6 } }), seed: 12 },
    );
    expect(throughText(net)).toEqual(net);
    const huber = network(1, [dense(1)], { cost: cost("huber", { delta: 0.5 }) });
    expect(throughText(huber)).toEqual(huber);
  });

  test("to the last bit of every weight", () => {
    const bits = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(bits, { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
        const net = network(2, [
          dense(1, "tanh", { weights: [[a!, b!]], biases: [c!] }),
          dense(1, "tanh", { weights: [[d!]] }),
        ]);
        // JSON has no −0; it comes back as 0.
        const zeroed = net.parameters.map((each) => ({ ...each, values: each.values.map((value) => value + 0) }));
        expect(throughText(net).parameters).toEqual(zeroed);
      }),
    );
  });
});

describe("A wrong file is refused, and the message names the place:", () => {
  const layer = (fields: object): unknown => ({ inputs: 1, layers: [{ units: 1, ...fields }] });
  test.each<[string, unknown, string]>([
    ["no object", [], "network: expected an object, got an empty list"],
    ["null", null, "network: expected an object, got null"],
    ["an unknown key", { ...textbook, lyers: [] }, 'network: expected only inputs, layers, cost, seed, regularization, examples, got "lyers". Did you mean "layers"?'], // prettier-ignore
    ["an unknown key of a layer", layer({ activaton: "relu" }), "layers[0]: expected only"],
    ["no inputs", { layers: [{ units: 1 }] }, 'network: expected "inputs", got none'],
    ["inputs of text", { inputs: "2", layers: [{ units: 1 }] }, 'inputs: expected a finite number, got "2"'],
    ["no layers", { inputs: 1 }, 'network: expected "layers", got none'],
    ["an empty list of layers", { inputs: 1, layers: [] }, "network: expected 1 or more layers"],
    ["a layer that is no object", { inputs: 1, layers: [3] }, "layers[0]: expected an object, got 3"],
    ["no units", { inputs: 1, layers: [{}] }, 'layers[0]: expected "units", got none'],
    [
      "half a unit",
      { inputs: 1, layers: [{ units: 1.5 }] },
      "layers[0].units: expected a whole number from 1 up, got 1.5",
    ],
    ["an unknown activation", layer({ activation: "rleu" }), 'got "rleu". Did you mean "relu"?'],
    ["an activation that is a number", layer({ activation: 3 }), "layers[0].activation: expected a text, got 3"],
    [
      "an activation without a name",
      layer({ activation: { slope: 1 } }),
      'layers[0].activation: expected "name", got none',
    ],
    ["an unknown parameter", layer({ activation: { name: "leakyRelu", slop: 1 } }), 'layers[0].activation: activation "leakyRelu": expected slope, got "slop". Did you mean "slope"?'], // prettier-ignore
    ["a parameter of text", layer({ activation: { name: "leakyRelu", slope: "1" } }), 'layers[0].activation.slope: expected a finite number, got "1"'], // prettier-ignore
    ["a formula that cannot be read", layer({ activation: { name: "own", formula: "z +" } }), "layers[0].activation: "],
    [
      "a formula of another kind",
      layer({ activation: { name: "own", formula: 1 } }),
      "layers[0].activation.formula: expected a text",
    ],
    ["parameters that are no object", layer({ activation: { name: "own", formula: "z", parameters: 1 } }), "layers[0].activation.parameters: expected an object"], // prettier-ignore
    ["a bias of 0", layer({ bias: 0 }), "layers[0].bias: expected true or false, got 0"],
    ["a weight of text", { inputs: 3, layers: [{ units: 1, weights: [[1, 2, "x"]] }] }, 'layers[0].weights[0][2]: expected a finite number, got "x"'], // prettier-ignore
    [
      "a weight that is NaN",
      layer({ weights: [[Number.NaN]] }),
      "layers[0].weights[0][0]: expected a finite number, got NaN",
    ],
    [
      "a weight that is null",
      layer({ weights: [[null]] }),
      "layers[0].weights[0][0]: expected a finite number, got null",
    ],
    ["weights that are no matrix", layer({ weights: [1] }), "layers[0].weights[0]: expected a list, got 1"],
    ["too many rows", layer({ weights: [[1], [2]] }), "layers[0].weights: expected 1 rows"],
    ["too many columns", layer({ weights: [[1, 2]] }), "layers[0].weights[0]: expected 1 number, one per neuron of the layer before, got 2"], // prettier-ignore
    ["too few biases", { inputs: 1, layers: [{ units: 2, biases: [1] }] }, "layers[0].biases: expected 2 numbers"],
    ["biases without bias", layer({ bias: false, biases: [1] }), "layers[0]: dense: expected no biases"],
    ["dropout of 2", layer({ dropout: 2 }), "layers[0]: dense: expected dropout"],
    ["an unknown initializer", layer({ initializer: "he" }), "layers[0].initializer: "],
    ["an initializer without range", layer({ initializer: { name: "uniform" } }), "layers[0].initializer: initializer: expected a range above 0"], // prettier-ignore
    ["an unknown cost", { ...textbook, cost: "quadric" }, "cost: expected one of"],
    ["a cost over nothing", { ...textbook, cost: { name: "own", formula: "a-t", over: "max" } }, 'cost "own": expected over "sum" or "mean"'], // prettier-ignore
    ["a seed of half", { ...textbook, seed: 0.5 }, "expected a seed from 0"],
    ["a negative penalty", { ...textbook, regularization: { l1: -1 } }, "network: expected l1 of 0 or more"],
    ["a long input", { ...textbook, examples: { inputs: [[1, 2]], targets: [[1]] } }, "examples.inputs[0]: expected 1 number, one per input of the network, got 2"], // prettier-ignore
    [
      "fewer targets",
      { ...textbook, examples: { inputs: [[1]], targets: [] } },
      "examples.targets: expected 1, one per example, got 0",
    ],
    [
      "a wide target",
      { ...textbook, examples: { inputs: [[1]], targets: [[1, 2]] } },
      "examples.targets[0]: expected 1 number",
    ],
    ["a label that is no class", { inputs: 1, layers: [{ units: 2 }], examples: { inputs: [[1]], targets: [2] } }, "examples.targets[0]: expected a class label from 0 to 1, got 2"], // prettier-ignore
  ])("%s", (_, file, message) => {
    expect(() => networkFromJson(file)).toThrow(message);
    expect(() => networkFromJson(file)).toThrow(NetworkError);
  });

  test("anything at all gives a network or a NetworkError, nothing else", () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.jsonValue(), tie("object")),
      object: fc.dictionary(fc.constantFrom("inputs", "layers", "cost", "units", "weights", "examples", "name", "formula", "__proto__"), tie("value")), // prettier-ignore
    })).value;
    fc.assert(
      fc.property(anything, (value) => {
        try {
          networkFromJson(value);
        } catch (error) {
          expect(error).toBeInstanceOf(NetworkError);
        }
      }),
      { numRuns: 200 },
    );
  });
});
