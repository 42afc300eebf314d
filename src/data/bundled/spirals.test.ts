import { describe, expect, test } from "vitest";
import { OptionError } from "../../errors.ts";
import { spirals } from "./spirals.ts";

describe("spirals", () => {
  test("deals the points to the classes in turn", () => {
    const data = spirals({ classes: 3, examples: 8 });
    expect(data.examples).toBe(8);
    expect(data.inputWidth).toBe(2);
    expect(data.outputWidth).toBe(3);
    expect([...data.targets]).toEqual([0, 1, 2, 0, 1, 2, 0, 1]);
  });

  test("puts the points on the arms when there is no noise", () => {
    const { inputs, targets, examples } = spirals({ classes: 4, examples: 40, noise: 0 });
    for (let i = 0; i < examples; i++) {
      const [x, y] = [inputs[2 * i]!, inputs[2 * i + 1]!];
      const radius = Math.hypot(x, y);
      const angle = 2 * Math.PI * (radius + targets[i]! / 4);
      // Both sides are float64 computations of a few steps with values up to 1.
      expect(x).toBeCloseTo(radius * Math.cos(angle), 12);
      expect(y).toBeCloseTo(radius * Math.sin(angle), 12);
    }
  });

  test("is the same for the same seed and different for another", () => {
    expect(spirals({ seed: 5 }).inputs).toEqual(spirals({ seed: 5 }).inputs);
    expect(spirals({ seed: 5 }).inputs).not.toEqual(spirals({ seed: 6 }).inputs);
  });

  test("spreads the points by as much as the noise says", () => {
    const examples = 20_000;
    const [noisy, clean] = [spirals({ examples, noise: 0.1 }).inputs, spirals({ examples, noise: 0 }).inputs];
    const squares = Array.from(noisy, (value, i) => (value - clean[i]!) ** 2);
    const deviation = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
    // The deviation of 40,000 normal numbers is known to 1/√80,000 = 0.35 %; four times that is allowed.
    expect(Math.abs(deviation / 0.1 - 1)).toBeLessThan(0.014);
  });

  test.each([{ classes: 1 }, { classes: 2.5 }, { examples: 2 }, { noise: -1 }, { noise: NaN }, { seed: -1 }])(
    "refuses %j",
    (options) => {
      expect(() => spirals(options)).toThrow(OptionError);
    },
  );
});
