import { describe, expect, test } from "vitest";
import { OptionError } from "../../errors.ts";
import { circles } from "./circles.ts";

describe("circles", () => {
  test("puts the points on two circles in turn when there is no noise", () => {
    const { inputs, targets, examples, classes } = circles({ examples: 11, factor: 0.25, noise: 0 });
    expect([...targets]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
    expect(classes).toEqual(["outer", "inner"]);
    for (let i = 0; i < examples; i++) {
      // A few roundings of float64.
      expect(Math.hypot(inputs[2 * i]!, inputs[2 * i + 1]!)).toBeCloseTo(i % 2 === 0 ? 1 : 0.25, 12);
    }
  });

  test("is the same for the same seed and different for another", () => {
    expect(circles({ seed: 2 })).toEqual(circles({ seed: 2 }));
    expect(circles({ seed: 2 }).inputs).not.toEqual(circles({ seed: 3 }).inputs);
  });

  test.each([
    { examples: 1 },
    { examples: 2.5 },
    { factor: 0 },
    { factor: 1 },
    { noise: -1 },
    { noise: NaN },
    { seed: -1 },
  ])("refuses %j", (options) => {
    expect(() => circles(options)).toThrow(OptionError);
  });
});
