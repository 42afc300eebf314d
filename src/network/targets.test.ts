import { describe, expect, test } from "vitest";
import { BackpassError } from "../errors.ts";
import { denseTargets, type Targets } from "./targets.ts";

describe("Targets", () => {
  test("are values when they are rows", () => {
    const dense = denseTargets("t", [[0, 1], [1, 0]], 2, 2); // prettier-ignore
    expect(dense).toEqual({ kind: "values", values: Float64Array.of(0, 1, 1, 0), rows: 2 });
  });

  test("are class labels when they are a flat list", () => {
    expect(denseTargets("t", [2, 0], 3, 2)).toEqual({ kind: "labels", values: [2, 0], rows: 2 });
    expect(denseTargets("t", Uint8Array.of(2, 0), 3, 2)).toEqual({ kind: "labels", values: [2, 0], rows: 2 });
  });

  test("are the values of a single output when they are a flat list", () => {
    expect(denseTargets("t", [0.5, -1], 1, 2)).toEqual({ kind: "values", values: Float64Array.of(0.5, -1), rows: 2 });
  });

  test.each<[string, Targets, number, string]>([
    ["fewer than the examples", [0], 3, "expected one per example, 2, got 1"],
    ["a label that is no class", [0, 3], 3, "t[1]: expected a class label from 0 to 2, got 3"],
    ["half a label", [0.5, 1], 3, "t[0]: expected a class label from 0 to 2, got 0.5"],
    ["rows of another width", [[1], [0]], 2, "t[0]: expected 2 numbers, got 1"],
    ["NaN", [Number.NaN, 1], 1, "t[0][0]: expected a finite number, got NaN"],
    ["an empty list", [], 3, "expected one per example, 2, got 0"],
  ])("are refused for %s", (_, given, outputs, message) => {
    expect(() => denseTargets("t", given, outputs, 2)).toThrow(message);
    expect(() => denseTargets("t", given, outputs, 2)).toThrow(BackpassError);
  });
});
