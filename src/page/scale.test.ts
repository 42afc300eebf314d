import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countingScale, linearScale, logarithmicScale, rangeOf, scaleBetween } from "./scale.ts";

const value = fc.double({ noNaN: true, min: -1e9, max: 1e9 });

describe("linearScale", () => {
  test("ends at round numbers around the values", () => {
    expect(linearScale([0.37, 0.98]).ticks.map((tick) => tick.toFixed(1))).toEqual(["0.2", "0.4", "0.6", "0.8", "1.0"]);
  });

  test("has its first tick at 0 and its last at 1, and the values between, up to the part of a step allowed", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const { ticks, place } = linearScale(values);
        expect(place(ticks[0]!)).toBeCloseTo(0);
        expect(place(ticks.at(-1)!)).toBeCloseTo(1);
        const step = 1 / (ticks.length - 1);
        for (const each of values) {
          expect(place(each)).toBeGreaterThan(-0.06 * step);
          expect(place(each)).toBeLessThan(1 + 0.06 * step);
        }
      }),
    );
  });

  test.each([[[]], [[Number.NaN]], [[0]], [[3, 3]], [[1e-300]], [[0, 5e-324]], [[1e300, -1e300]]])(
    "has finite ticks for %j",
    (values) => {
      const { ticks } = linearScale(values);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.every(Number.isFinite)).toBe(true);
    },
  );
});

test("scaleBetween has round ticks within its ends", () => {
  expect(scaleBetween(-6, 6, 6).ticks).toEqual([-6, -4, -2, 0, 2, 4, 6]);
  expect(scaleBetween(-0.31, 6.3).ticks).toEqual([0, 2, 4, 6]);
});

test("logarithmicScale spaces by ratio, and as linearScale where that says nothing", () => {
  const { ticks, place } = logarithmicScale([0.01, 1]);
  expect(ticks).toEqual([0.01, 0.03, 0.1, 0.3, 1]);
  expect(place(0.1)).toBeCloseTo(0.5);
  for (const values of [
    [1, 2],
    [0, 5],
    [-1, 9],
  ]) {
    expect(logarithmicScale(values).ticks).toEqual(linearScale(values).ticks);
  }
});

test.each([
  [1, [1]],
  [2, [1, 2]],
  [12, [1, 4, 6, 8, 10, 12]],
  [100, [1, 20, 40, 60, 80, 100]],
])("countingScale of %d names 1, the last and round ones between", (last, ticks) => {
  expect(countingScale(last).ticks).toEqual(ticks);
});

test("rangeOf takes finite values only, however many", () => {
  expect(rangeOf([3, Number.NaN, -Infinity, 1])).toEqual([1, 3]);
  expect(rangeOf([])).toEqual([Infinity, -Infinity]);
  expect(rangeOf(Array.from({ length: 500_000 }, (_, i) => i))).toEqual([0, 499_999]);
});
