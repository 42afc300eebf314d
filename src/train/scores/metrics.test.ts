import { describe, expect, test } from "vitest";
import { DataError, OptionError, ShapeError } from "../../errors.ts";
import {
  accuracy,
  classScores,
  confusionMatrix,
  meanAbsoluteError,
  meanSquaredError,
  predictedLabels,
  rSquared,
  topK,
} from "./metrics.ts";

const outputs = [
  [0.1, 0.7, 0.2],
  [0.5, 0.2, 0.3],
  [0.2, 0.3, 0.5],
  [0.4, 0.4, 0.2],
];

describe("predictedLabels", () => {
  test("are the positions of the largest outputs, the first of equal ones", () => {
    expect(predictedLabels(outputs)).toEqual([1, 0, 2, 0]);
  });

  test("are 1 from a half on where there is one output", () => {
    expect(predictedLabels([[0.49], [0.5], [0.9]])).toEqual([0, 1, 1]);
  });
});

describe("accuracy", () => {
  test("is the part that is right", () => {
    expect(accuracy([1, 0, 2, 0], [1, 0, 0, 1])).toBe(0.5);
  });

  test("is undefined for no examples", () => {
    expect(accuracy([], [])).toBe(Number.NaN);
  });

  test("needs as many predictions as targets", () => {
    expect(() => accuracy([1], [1, 2])).toThrow(ShapeError);
  });
});

describe("topK", () => {
  test("counts a class among the k largest outputs", () => {
    expect(topK(outputs, [1, 2, 0, 1], 1)).toBe(0.25);
    expect(topK(outputs, [1, 2, 0, 1], 2)).toBe(0.75);
    expect(topK(outputs, [1, 2, 0, 1], 3)).toBe(1);
  });

  test.each([0, -1, 1.5, Number.NaN])("refuses k = %d", (k) => {
    expect(() => topK(outputs, [0, 0, 0, 0], k)).toThrow(OptionError);
  });

  test("refuses a label without an output", () => {
    expect(() => topK(outputs, [0, 0, 0, 3], 1)).toThrow(DataError);
  });
});

describe("confusionMatrix", () => {
  test("counts by true class in rows and predicted class in columns", () => {
    expect(confusionMatrix([0, 1, 1, 2, 0], [0, 0, 1, 1, 0], 3)).toEqual([
      [2, 1, 0],
      [0, 1, 1],
      [0, 0, 0],
    ]);
  });

  test("refuses a label beyond the classes", () => {
    expect(() => confusionMatrix([0], [3], 3)).toThrow("confusionMatrix: actual[0]");
  });
});

describe("classScores", () => {
  // Class 0: 2 of 2 taken are right, 2 of 3 found; class 1: 1 of 2, 1 of 2; class 2: taken once, never there.
  const { classes, macro } = classScores([
    [2, 1, 0, 0],
    [0, 1, 1, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);

  test("are precision, recall and their harmonic mean", () => {
    expect(classes[0]).toEqual({ precision: 1, recall: 2 / 3, f1: 0.8, support: 3 });
    expect(classes[1]).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 });
  });

  test("are 0 for a class that is never there, not undefined", () => {
    expect(classes[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
    expect(classes[3]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
  });

  test("are averaged over the classes that occur", () => {
    // Class 3 occurs neither in the targets nor in the predictions.
    expect(macro.precision).toBeCloseTo((1 + 0.5 + 0) / 3, 15);
    expect(macro.recall).toBeCloseTo((2 / 3 + 0.5 + 0) / 3, 15);
    expect(macro.f1).toBeCloseTo((0.8 + 0.5 + 0) / 3, 15);
  });

  test("are zeros for no examples at all", () => {
    expect(classScores([[0]]).macro).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

describe("errors of values", () => {
  const a = [
    [1, 2],
    [3, 5],
  ];
  const t = [
    [1, 0],
    [4, 4],
  ];

  test("are averaged over all numbers", () => {
    expect(meanSquaredError(a, t)).toBe((0 + 4 + 1 + 1) / 4);
    expect(meanAbsoluteError(a, t)).toBe((0 + 2 + 1 + 1) / 4);
  });

  test("R² is the explained part of each output's variance, averaged", () => {
    // Output 0: residual 1, total 4.5; output 1: residual 5, total 8.
    expect(rSquared(a, t)).toBeCloseTo((1 - 1 / 4.5 + (1 - 5 / 8)) / 2, 15);
    expect(rSquared(t, t)).toBe(1);
  });

  test("R² of targets that do not vary is 1 when they are met and 0 otherwise", () => {
    expect(rSquared([[2], [2]], [[2], [2]])).toBe(1);
    expect(rSquared([[2], [3]], [[2], [2]])).toBe(0);
  });

  test("need rows of one width", () => {
    expect(() => meanSquaredError([[1, 2]], [[1]])).toThrow(ShapeError);
    expect(() => rSquared([[1], [2]], [[1]])).toThrow(ShapeError);
  });
});

test("R² of targets that are all the same is 0, or 1 where all are met, though their mean is rounded", () => {
  for (const target of [7, 0.1, 0.3, 1e9 + 0.1, -1 / 3]) {
    const targets = Array.from({ length: 11 }, () => [target]);
    expect(rSquared(targets, targets)).toBe(1);
    expect(
      rSquared(
        targets.map(([t = 0]) => [t + 1e-9 * Math.abs(t)]),
        targets,
      ),
    ).toBe(0);
    expect(
      rSquared(
        targets.map((_, i) => [i]),
        targets,
      ),
    ).toBe(0);
  }
});
