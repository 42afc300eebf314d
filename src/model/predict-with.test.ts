import { describe, expect, test } from "vitest";
import { applyPreprocessing } from "../data/preprocessing/apply.ts";
import { fitPreprocessing } from "../data/preprocessing/fit.ts";
import { inputWidth } from "../data/preprocessing.ts";
import { tableOfRows } from "../data/reading/table-of-rows.ts";
import { DataError, ShapeError } from "../errors.ts";
import { type DenseLayer, dense, network, type NetworkOptions, predict } from "../network/index.ts";
import { dataset, evaluate } from "../train/index.ts";
import type { Model } from "./model.ts";
import { loadModel, saveModel } from "./model-file.ts";
import { type ClassPredictions, type NumberPredictions, predictWith } from "./predict-with.ts";

const names = ["age", "color", "price"];
const rows = [
  [20, "red", 1.5],
  [30, "green", 2.5],
  [null, "red", 4.25],
  [45, "blue", -1.75],
] as const;
const table = tableOfRows(rows, names);

/** A model for prices, or with `target` "color" for colors. */
function modelFor(target: "price" | "color"): Model {
  const preprocessing = fitPreprocessing(table, { target });
  const width = inputWidth(preprocessing);
  const classes = preprocessing.target.kind === "classes" ? preprocessing.target.classes : null;
  const net =
    classes === null
      ? network(width, [dense(4, "tanh"), dense(1)], { seed: 1 })
      : network(width, [dense(4, "tanh"), dense(classes.length, "softmax")], { cost: "crossEntropy", seed: 1 });
  return { network: net, task: preprocessing.task, preprocessing, classes, summary: null };
}

/** A model that decides between two classes by one output, the sum of its inputs put through the activation. */
function single(layer: DenseLayer, options?: NetworkOptions): Model {
  return {
    network: network(2, [layer], options),
    task: "classification",
    preprocessing: null,
    classes: ["no", "yes"],
    summary: null,
  };
}

/** The answers of the model after a stay in a file. */
function predictSaved(model: Model, data: Parameters<typeof predictWith>[1]): ReturnType<typeof predictWith> {
  return predictWith(loadModel(saveModel(model)), data);
}

describe("A model with preprocessing", () => {
  test("names the class of each row of a table, with probabilities in the order of the classes", () => {
    const model = modelFor("color");
    const { inputs } = applyPreprocessing(model.preprocessing!, table);
    const probabilities = predict(model.network, inputs);
    const found = predictWith(model, table) as ClassPredictions;
    expect(model.classes).toEqual(["blue", "green", "red"]);
    expect(found.probabilities).toEqual(probabilities);
    expect(found.labels).toEqual(probabilities.map((row) => row.indexOf(Math.max(...row))));
    expect(found.classes).toEqual(found.labels.map((label) => model.classes![label]));
  });

  test("gives numbers in the units of the target", () => {
    const model = modelFor("price");
    // By hand: prices 1.5, 2.5, 4.25, −1.75 have the mean 1.625 and the deviation √(4.765625).
    const { inputs } = applyPreprocessing(model.preprocessing!, table);
    const expected = predict(model.network, inputs).map(([a = 0]) => 1.625 + Math.sqrt(4.765625) * a);
    const { values, task } = predictWith(model, table) as NumberPredictions;
    expect(task).toBe("regression");
    // 12 digits: the deviation is computed in another order.
    for (const [i, [value]] of values.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
  });

  test.each(["price", "color"] as const)("answers the same after loading: %s", (target) => {
    const model = modelFor(target);
    expect(predictSaved(model, table)).toEqual(predictWith(model, table));
  });

  test("takes tables without the target, in another order, and rows without names", () => {
    const model = modelFor("price");
    const filled = predictWith(model, table);
    expect(filled.notes).toEqual([
      'Column "price" (3) is the target, and filled in 4 of 4 rows: that is not looked at (evaluate compares it with the answers).',
    ]);
    const expected = { ...filled, notes: [] };
    const swapped = tableOfRows(
      rows.map(([age, color]) => [color, age]),
      ["color", "age"],
    );
    expect(predictWith(model, swapped)).toEqual(expected);
    expect({ ...predictWith(model, rows), notes: [] }).toEqual(expected);
    expect(
      predictWith(
        model,
        rows.map(([age, color]) => [age, color]),
      ),
    ).toEqual(expected);
  });

  test("answers every row, also one whose target is missing", () => {
    const found = predictWith(modelFor("color"), [
      [20, "red", 1.5],
      [20, null, 1.5],
    ]) as ClassPredictions;
    expect(found.labels[0]).toBe(found.labels[1]);
  });

  test("notes categories that training did not have", () => {
    const { notes } = predictWith(modelFor("price"), [[20, "pink"]]);
    expect(notes).toEqual([expect.stringContaining("pink")]);
  });

  test("refuses text for a number, a missing column and a matrix", () => {
    const model = modelFor("price");
    expect(() => predictWith(model, [["old", "red"]])).toThrow(DataError);
    expect(() => predictWith(model, [[20]])).toThrow(DataError);
    expect(() => predictWith(model, { values: new Float32Array(8), columns: 4 })).toThrow(
      /^predictWith: expected a table or rows of cells .*, got a matrix\. .* predict\(model\.network/,
    );
  });
});

describe("A model without preprocessing", () => {
  const inputs = [
    [0, 0],
    [2, 1],
    [-2, -1],
    [0.1, 0.1],
  ];
  const ones = [[1, 1]];

  test("gives the network's outputs as numbers", () => {
    const net = network(2, [dense(3, "tanh")], { seed: 4 });
    const model: Model = { network: net, task: "regression", preprocessing: null, classes: null, summary: null };
    expect(predictSaved(model, inputs)).toEqual({ task: "regression", values: predict(net, inputs), notes: [] });
    expect(predictWith(model, { values: Float32Array.from(inputs.flat()), columns: 2 })).toMatchObject({
      // As exact as float32, which holds 0.1 to 8 digits.
      values: predict(
        net,
        inputs.map((row) => row.map(Math.fround)),
      ),
    });
  });

  test("numbers its classes where they have no names", () => {
    const net = network(2, [
      dense(2, "softmax", {
        weights: [
          [1, 1],
          [-1, -1],
        ],
      }),
    ]);
    const model: Model = { network: net, task: "classification", preprocessing: null, classes: null, summary: null };
    expect(predictWith(model, inputs)).toMatchObject({ labels: [0, 0, 1, 0], classes: ["0", "0", "1", "0"] });
  });

  test("decides between two classes by one output from ½ on", () => {
    const model = single(dense(1, "sigmoid", { weights: ones }), { cost: "binaryCrossEntropy" });
    const found = predictWith(model, inputs) as ClassPredictions;
    expect(found).toMatchObject({ labels: [1, 1, 0, 1], classes: ["yes", "yes", "no", "yes"] });
    expect(found.probabilities?.[0]).toEqual([0.5, 0.5]);
    // σ(3) to 7 digits: as exact as float32.
    expect(found.probabilities?.[1]?.[1]).toBeCloseTo(0.95257413, 7);
    expect(found.probabilities?.[1]?.[0]).toBeCloseTo(0.04742587, 7);
  });

  test("decides from 0 on where the cost is hinge, and has no probabilities", () => {
    const model = single(dense(1, "identity", { weights: ones }), { cost: "hinge" });
    expect(predictWith(model, inputs)).toMatchObject({ labels: [1, 1, 0, 1], probabilities: null });
  });

  test("decides as evaluate counts", () => {
    for (const options of [{ cost: "hinge" }, { cost: "binaryCrossEntropy" }] as const) {
      const activation = options.cost === "hinge" ? "identity" : "sigmoid";
      const model = single(dense(1, activation, { weights: [[1, -0.5]] }), options);
      const { labels } = predictWith(model, inputs) as ClassPredictions;
      const targets = labels.map((label) => [options.cost === "hinge" ? 2 * label - 1 : label]);
      expect(evaluate(model.network, dataset({ inputs, targets })).accuracy).toBe(1);
    }
  });

  test("refuses a table, and rows of another width", () => {
    const model = single(dense(1, "sigmoid"));
    expect(() => predictWith(model, table)).toThrow(/^predictWith: expected rows of inputs .*, got a table\./);
    expect(() => predictWith(model, [[1, 2, 3]])).toThrow(ShapeError);
    expect(() => predictWith(model, [[1, "2"]])).toThrow(DataError);
  });
});
