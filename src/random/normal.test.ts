import { describe, expect, test } from "vitest";
import { fillNormal } from "./normal.ts";
import { uniform } from "./philox.ts";

describe("fillNormal", () => {
  test("has the first four moments of the standard normal distribution", () => {
    const values = new Float64Array(200_000);
    fillNormal(values, { seed: 1, stream: 3 });
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Five standard deviations; the variance of the k-th sample moment is (E x²ᵏ − (E xᵏ)²)/n: 1, 2, 15, 96.
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / values.length));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / values.length));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / values.length));
  });

  test("is the transform of two neighboring uniform numbers", () => {
    const values = new Float64Array(2);
    fillNormal(values, { seed: 9, stream: 4, step: 2 });
    const radius = Math.sqrt(-2 * Math.log(1 - uniform(9, 4, 2, 0)));
    const angle = 2 * Math.PI * uniform(9, 4, 2, 1);
    expect(values[0]).toBeCloseTo(radius * Math.cos(angle), 14);
    expect(values[1]).toBeCloseTo(radius * Math.sin(angle), 14);
  });

  test.each([0, 1, 2, 1023, 1024, 1025, 3001])("fills %i numbers, the first of any longer sequence", (length) => {
    const long = new Float64Array(4000);
    const short = new Float64Array(length);
    fillNormal(long, { seed: 1, stream: 0 });
    fillNormal(short, { seed: 1, stream: 0 });
    expect(short).toEqual(long.subarray(0, length));
  });
});
