import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trainer } from "../train/index.ts";
import { activation, activationNames } from "./activations.ts";
import { dense } from "./layers/dense.ts";
import { network } from "./network.ts";
import { predict } from "./predict.ts";
import { predictor } from "./predictor.ts";

/** Numbers from −1 to 1, a different row each. */
const rowsOf = (count: number, width: number): Float32Array =>
  Float32Array.from({ length: count * width }, (_, i) => ((i * 0.618_033_988_749_895) % 2) - 1);

const small = () => network(3, [dense(5, "tanh"), dense(2, "softmax")], { cost: "crossEntropy", seed: 4 });

describe("a predictor", () => {
  test.each(["wasm", "reference"] as const)("gives the bits of predict, for any number of rows, on %s", (engine) => {
    const net = small();
    const prepared = predictor(net, { engine });
    for (const count of [0, 1, 2, 255, 256, 257, 700]) {
      const values = rowsOf(count, 3);
      const answers = prepared.predict(values, new Float64Array(count * 2));
      expect([...answers]).toEqual(predict(net, { values, columns: 3 }, { engine }).flat());
    }
  });

  test("gives a single row, which has a program of its own, the bits that it has among others", () => {
    const sizes = fc.integer({ min: 1, max: 70 });
    const names = fc.constantFrom(...activationNames);
    fc.assert(
      fc.property(fc.array(fc.tuple(sizes, names), { minLength: 1, maxLength: 3 }), sizes, (layers, width) => {
        const made = layers.map(([units, name]) => dense(units, activation(name)));
        const prepared = predictor(network(width, made, { cost: "quadratic", seed: 5 }));
        const rows = rowsOf(9, width);
        const one = Array.from({ length: 9 }, (_, i) => [...prepared.predict(rows.slice(i * width, (i + 1) * width))]);
        expect(one.flat()).toEqual([...prepared.predict(rows)]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test("writes into the array that it is given, of either precision", () => {
    const prepared = predictor(small());
    const out = new Float32Array(4);
    expect(prepared.predict(rowsOf(2, 3), out)).toBe(out);
    expect(prepared.predict(rowsOf(2, 3))).toEqual(out);
    expect([...prepared.predict(rowsOf(2, 3), new Float64Array(4))]).toEqual([...out]);
  });

  test("answers by the parameters that it was told of; predict by those that there are", () => {
    const net = small();
    const prepared = predictor(net);
    const row = rowsOf(1, 3);
    const before = prepared.predict(row);
    net.parameters[0]!.values[0] = 3;
    expect(prepared.predict(row)).toEqual(before);
    const now = predict(net, [row])[0]!;
    expect(now).not.toEqual([...before]);
    prepared.update();
    expect([...prepared.predict(row)]).toEqual(now);
  });

  test("sees what a trainer has learned, once it is told", () => {
    const net = small();
    const prepared = predictor(net);
    const row = rowsOf(1, 3);
    const before = prepared.predict(row);
    trainer(net, { learningRate: 0.5 }).step([row], [1]);
    prepared.update();
    expect([...prepared.predict(row)]).toEqual(predict(net, [row])[0]);
    expect(prepared.predict(row)).not.toEqual(before);
  });

  test("tells what it answers without looking at the numbers", async () => {
    const prepared = predictor(small());
    expect([...prepared.predict(Float32Array.of(NaN, 0, 0))]).toEqual([NaN, NaN]);
    expect(await prepared.predictAsync(rowsOf(2, 3))).toEqual(prepared.predict(rowsOf(2, 3)));
    expect([prepared.inputs, prepared.outputs]).toEqual([3, 2]);
  });

  test("refuses what is no whole row, no room for the answers, and no typed array", () => {
    const prepared = predictor(small());
    expect(() => prepared.predict(new Float32Array(4))).toThrow(
      "predictor: expected a multiple of 3 numbers, got 4. Pass whole rows, one after the other.",
    );
    expect(() => prepared.predict(new Float32Array(6), new Float32Array(3))).toThrow(
      "predictor: expected out with 4 numbers, 2 for each row, got 3. Make it as long.",
    );
    expect(() => prepared.predict([[1, 2, 3]] as never)).toThrow(
      "predictor: expected a Float32Array of rows of 3 numbers, got a list of 1. Write Float32Array.from(row), or use " +
        "predict(net, rows) for arrays of arrays.",
    );
    expect(() => predictor(small(), { threads: 2 } as never)).toThrow("predictor: expected options among engine");
  });
});
