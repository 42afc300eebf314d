import { describe, expect, test } from "vitest";
import { digits } from "./digits.ts";

describe("digits", () => {
  test("are 1,797 examples of 64 pixels and a label", async () => {
    const data = await digits();
    expect(data.examples).toBe(1797);
    expect(data.inputWidth).toBe(64);
    expect(data.outputWidth).toBe(10);
    expect(data.hasLabels).toBe(true);
    expect(data.inputs).toHaveLength(1797 * 64);
  });

  test("have each digit as often as data/digits.md says", async () => {
    const { targets } = await digits();
    const counts = new Array<number>(10).fill(0);
    for (const label of targets) counts[label]! += 1;
    // From the description at UCI, by digit.
    expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  });

  test("have pixels from 0 to 1, in sixteenths", async () => {
    const values = new Set((await digits()).inputs);
    expect([...values].map((pixel) => 16 * pixel).sort((left, right) => left - right)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ]);
  });

  test("start with the zero of the file's first line", async () => {
    const { inputs, targets } = await digits();
    expect(Array.from(inputs.subarray(0, 8), (pixel) => 16 * pixel)).toEqual([0, 0, 5, 13, 9, 1, 0, 0]);
    expect(targets[0]).toBe(0);
  });
});
