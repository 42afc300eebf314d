import { describe, expect, expectTypeOf, test } from "vitest";
import { DataError, ShapeError } from "../../errors.ts";
import { type Dataset, dataset, examplesOf } from "./dataset.ts";

describe("dataset", () => {
  test("lays rows out one after the other", () => {
    const data = dataset({
      inputs: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      targets: [[1], [0], [1]],
    });
    expect([...data.inputs]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...data.targets]).toEqual([1, 0, 1]);
    expect(data).toMatchObject({ examples: 3, inputWidth: 2, outputWidth: 1, hasLabels: false, classes: null });
  });

  test("takes a matrix as it is, without a copy", () => {
    const values = Float32Array.of(1, 2, 3, 4);
    const data = dataset({ inputs: { values, columns: 2 }, targets: [0.5, 1] });
    expect(data.inputs).toBe(values);
  });

  test("reads a list of numbers as labels when the classes are named", () => {
    const data = dataset({ inputs: [[1], [2], [3]], targets: [2, 0, 1], classes: ["a", "b", "c"] });
    expect(data).toMatchObject({ hasLabels: true, outputWidth: 3 });
  });

  test("leaves a list of numbers without classes to the network", () => {
    expect(dataset({ inputs: [[1], [2]], targets: [3.5, 4] })).toMatchObject({ hasLabels: false, outputWidth: 1 });
  });

  test("knows the width of a matrix by its type", () => {
    const inputs = { values: new Float32Array(6), columns: 3 as const };
    const data = dataset({ inputs, targets: { values: new Float32Array(2), columns: 1 as const } });
    expectTypeOf(data).toEqualTypeOf<Dataset<3, 1>>();
  });
});

describe("dataset refuses", () => {
  const inputs = [
    [1, 2],
    [3, 4],
  ];
  test.each([
    ["no examples", () => dataset({ inputs: [], targets: [] }), DataError, "expected 1 or more rows, got none"],
    ["an empty row", () => dataset({ inputs: [[]], targets: [1] }), ShapeError, "got 0"],
    [
      "rows of two widths",
      () => dataset({ inputs: [[1, 2], [3]], targets: [1, 2] }),
      ShapeError,
      "dataset: inputs[1]: expected 2 numbers, got 1",
    ],
    [
      "NaN among the inputs",
      () =>
        dataset({
          inputs: [
            [1, 2],
            [3, Number.NaN],
          ],
          targets: [1, 2],
        }),
      DataError,
      "dataset: inputs[1][1]: expected a finite number, got NaN",
    ],
    [
      "infinity among the targets",
      () => dataset({ inputs, targets: [1, Infinity] }),
      DataError,
      "dataset: targets[1][0]: expected a finite number, got Infinity",
    ],
    [
      "a label beyond the classes",
      () => dataset({ inputs, targets: [0, 2], classes: ["a", "b"] }),
      DataError,
      "dataset: targets[1]: expected a class label from 0 to 1, got 2",
    ],
    [
      "half a label",
      () => dataset({ inputs, targets: [0, 0.5], classes: ["a", "b"] }),
      DataError,
      "dataset: targets[1]: expected a class label from 0 to 1, got 0.5",
    ],
    ["more targets than inputs", () => dataset({ inputs, targets: [1, 2, 3] }), ShapeError, "2 inputs, got 3"],
    [
      "more names than columns",
      () => dataset({ inputs, targets: [[1], [2]], classes: ["a", "b"] }),
      ShapeError,
      "1 columns of targets, got 2 classes",
    ],
  ])("%s", (_what, make, kind, message) => {
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });
});

test("examplesOf picks inputs and targets together, in the order asked for", () => {
  const data = dataset({
    inputs: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    targets: [[10], [20], [30]],
  });
  const picked = examplesOf(data, [2, 0]);
  expect([...picked.inputs]).toEqual([5, 6, 1, 2]);
  expect([...picked.targets]).toEqual([30, 10]);
  expect(picked.examples).toBe(2);
});
