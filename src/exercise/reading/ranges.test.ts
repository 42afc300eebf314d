import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawRanges } from "./ranges.ts";

/** Every number that a range gives, over enough seeds. */
function drawnBy(range: string, seeds = 400): readonly string[] {
  const values = Array.from({ length: seeds }, (_, seed) => drawRanges(range, seed, "net").text);
  return [...new Set(values)].toSorted((left, right) => Number(left) - Number(right));
}

describe("a range in a text", () => {
  test.each([
    ["1..5", ["1", "2", "3", "4", "5"]],
    ["-1..1", ["-1", "0", "1"]],
    ["−1..1", ["-1", "0", "1"]],
    ["-3..-1", ["-3", "-2", "-1"]],
    ["-1..1 not 0", ["-1", "1"]],
    ["0..2 not 0", ["1", "2"]],
    ["0.1..0.4", ["0.1", "0.2", "0.3", "0.4"]],
    [".1..0.3", ["0.1", "0.2", "0.3"]],
    ["0..0.03", ["0.00", "0.01", "0.02", "0.03"]],
    ["-0.5..0.5 by 0.25", ["-0.50", "-0.25", "0.00", "0.25", "0.50"]],
    ["-0.5..0.5 by 0.25 not 0", ["-0.50", "-0.25", "0.25", "0.50"]],
    ["1..10 by 4", ["1", "5", "9"]],
    ["-1..1 by 2 not 0", ["-1", "1"]],
    ["1 .. 2", ["1", "2"]],
    ["2..2", ["2"]],
    ["1e-3..3e-3", ["0.001", "0.002", "0.003"]],
  ])("%s becomes one of its numbers, each of them for some seed", (range, values) => {
    expect(drawnBy(range)).toEqual(values);
  });

  test("is drawn without favor", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 5_000; seed += 1) {
      const { text } = drawRanges("1..5", seed, "net");
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    // 1,000 expected, with a standard deviation of 28.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  test("is drawn by seed, block and position alone", () => {
    const text = "given x = 1..1000, y = 1..1000";
    const first = drawRanges(text, 1, "net");
    expect(drawRanges(text, 1, "net")).toEqual(first);
    expect(drawRanges(text, 2, "net").text).not.toBe(first.text);
    expect(drawRanges(text, 1, "other").text).not.toBe(first.text);
    const [x, y] = [...first.text.matchAll(/[0-9]+/g)].map(([each]) => each);
    expect(x).not.toBe(y);
    expect(drawRanges("  given x=1..1000 # later", 1, "net").text).toContain(`x=${x}`);
  });

  test("takes the minus before it, unless that subtracts", () => {
    expect(drawRanges("w = -2..-2, [-2..-2], x - 2..2, f(x)-2..2", 0, "net").text).toBe("w = -2, [-2], x - 2, f(x)-2");
  });

  test("leaves comments, names and the rest alone", () => {
    const text = "z1 = w1*x # x in 1..5\nz2 = 1.5*z1\n# -1..1";
    expect(drawRanges(text, 0, "net")).toEqual({ text, isVariant: false });
    expect(drawRanges("x1..5", 0, "net").isVariant).toBe(false);
  });

  test.each([
    [
      "given x = 5..1",
      /^line 1, column 11: expected a range from the smaller end to the larger, got 5\.\.1\. Write 1\.\.5/,
    ],
    ["a\n x = -1..-2", /^line 2, column 6: .*got -1\.\.-2/],
    ["1..5 by 0", /expected a step above 0, got 0/],
    ["1..5 by -1", /expected a step above 0, got -1/],
    ["0..10 by 0.000001", /expected a range of at most 1000000 numbers, got 10000001/],
    ["0..0 not 0", /expected a range with a number other than 0/],
    ["1..1e999999", /expected a range of numbers that a float64 can be/],
  ])("%j is refused with the place", (text, message) => {
    expect(() => drawRanges(text, 0, "net")).toThrow(message);
  });

  test("gives numbers of the grid between its ends, whatever they are", () => {
    const decimal = fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(decimal, decimal, fc.nat(), ([a, places], [b, others], seed) => {
        const [low, high] = [(a / 10 ** places).toFixed(places), (b / 10 ** others).toFixed(others)].toSorted(
          (left, right) => Number(left) - Number(right),
        ) as [string, string]; // as: two in, two out
        const { text } = drawRanges(`${low}..${high}`, seed, "net");
        expect(Number(text)).toBeGreaterThanOrEqual(Number(low));
        expect(Number(text)).toBeLessThanOrEqual(Number(high));
        expect((text.split(".")[1] ?? "").length).toBe(Math.max(places, others));
      }),
    );
  });
});
