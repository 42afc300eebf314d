import { describe, expect, expectTypeOf, test } from "vitest";
import { DataError, ShapeError } from "../errors.ts";
import { gradient } from "./gradient.ts";
import { gradientCheck } from "./gradient-check.ts";
import { dense } from "./layers/dense.ts";
import { type Network, network } from "./network.ts";
import { predict } from "./predict.ts";
import { denseRows, type MatrixLike, rowsOf } from "./rows.ts";

const net = network(2, [dense(3, "tanh"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 });

describe("Rows", () => {
  test("are laid out one after the other", () => {
    expect(denseRows("x", [[1, 2], Float32Array.of(3, 4)], 2)).toEqual({
      values: Float64Array.of(1, 2, 3, 4),
      rows: 2,
    });
  });

  test("as a matrix are taken without a copy", () => {
    const values = Float32Array.of(1, 2, 3, 4);
    expect(denseRows("x", { values, columns: 2 }, 2).values).toBe(values);
  });

  test("may be none", () => {
    expect(denseRows("x", [], 3).rows).toBe(0);
    expect(rowsOf([], 3)).toEqual([]);
  });

  test.each<[string, MatrixLike, typeof DataError, string]>([
    ["a longer row", [[1, 2], [1, 2, 3]], ShapeError, "x[1]: expected 2 numbers, got 3"], // prettier-ignore
    ["NaN", [[1, Number.NaN]], DataError, "x[0][1]: expected a finite number, got NaN"],
    ["infinity", [[Infinity, 1]], DataError, "x[0][0]: expected a finite number, got Infinity"],
    ["a text", [["1" as unknown as number, 2]], DataError, 'x[0][0]: expected a finite number, got "1"'],
    [
      "numbers in place of rows",
      [1, 2] as unknown as number[][],
      DataError,
      "x[0]: expected a row of 2 numbers, got 1",
    ],
    ["a matrix of other width", { values: new Float32Array(6), columns: 3 }, ShapeError, "expected 2 columns, got 3"],
    ["half a row", { values: new Float32Array(3), columns: 2 }, ShapeError, "a multiple of 2 numbers, got 3"],
    ["nothing", undefined as unknown as number[][], DataError, "expected rows of 2 numbers, got nothing"],
  ])("are refused for %s", (_, given, kind, message) => {
    expect(() => denseRows("x", given, 2)).toThrow(message);
    expect(() => denseRows("x", given, 2)).toThrow(kind);
  });
});

describe("Rows whose width the compiler knows", () => {
  test("compile when it is the network's, and so do rows of unknown width", () => {
    const unknown: number[][] = [[1, 2]];
    const matrix = { values: Float64Array.of(1, 2), columns: 2 } as const;
    expectTypeOf(predict(net, [[1, 2]])).toEqualTypeOf<number[][]>();
    predict(net, unknown);
    predict(net, matrix);
    gradient(net, [[1, 2]], [[0, 1]]);
    gradient(net, [[1, 2]], [1]);
    gradient(net, unknown, unknown);
    const anyNet: Network = net;
    expect(() => predict(anyNet, [[1, 2, 3]])).toThrow(ShapeError);
  });

  test("do not compile when it is another", () => {
    // @ts-expect-error three numbers for two inputs
    expect(() => predict(net, [[1, 2, 3]])).toThrow(ShapeError);
    // @ts-expect-error one row of them is too long
    expect(() => predict(net, [[1, 2], [1, 2, 3]])).toThrow(ShapeError); // prettier-ignore
    // @ts-expect-error three columns for two inputs
    expect(() => predict(net, { values: new Float32Array(3), columns: 3 } as const)).toThrow(ShapeError);
    // @ts-expect-error three targets for two outputs
    expect(() => gradient(net, [[1, 2]], [[0, 1, 0]])).toThrow(ShapeError);
    // @ts-expect-error one number for two inputs
    expect(() => gradientCheck(net, [[1]], [[0, 1]])).toThrow(ShapeError);
  });
});
