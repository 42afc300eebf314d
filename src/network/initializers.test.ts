import { describe, expect, test } from "vitest";
import { activation } from "./activations.ts";
import {
  defaultInitializer,
  type Initializer,
  initializerFrom,
  type InitializerName,
  initialValues,
} from "./initializers.ts";

const widths = { inputs: 300, units: 100 };
const count = widths.inputs * widths.units;

const drawn = (initializer: Initializer, seed: number, layer: number): Float64Array =>
  initialValues({ initializer, shape: [widths.units, widths.inputs] }, { seed, layer, position: 0 });

describe("Initial weights", () => {
  // Deviations from the papers' formulas, written out for 300 inputs and 100 units.
  test.each([
    ["glorotUniform", 2 / 400],
    ["glorotNormal", 2 / 400],
    ["heUniform", 2 / 300],
    ["heNormal", 2 / 300],
    ["lecunUniform", 1 / 300],
    ["lecunNormal", 1 / 300],
  ] as const)("of %s have mean 0 and variance %f", (name, variance) => {
    const weights = drawn({ name }, 1, 1);
    const mean = weights.reduce((sum, w) => sum + w, 0) / count;
    const square = weights.reduce((sum, w) => sum + w * w, 0) / count;
    // Five standard errors of 30,000 numbers; the squares of normal numbers have variance 2.
    expect(Math.abs(mean)).toBeLessThan((5 * Math.sqrt(variance)) / Math.sqrt(count));
    expect(Math.abs(square / variance - 1)).toBeLessThan((5 * Math.sqrt(2)) / Math.sqrt(count));
  });

  test("that are uniform stay within √3 deviations, and normal ones do not", () => {
    const largest = (name: "heUniform" | "heNormal"): number =>
      drawn({ name }, 1, 1).reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    const bound = Math.sqrt(6 / 300);
    expect(largest("heUniform")).toBeLessThanOrEqual(Math.fround(bound));
    expect(largest("heUniform")).toBeGreaterThan(0.99 * bound);
    expect(largest("heNormal")).toBeGreaterThan(bound);
  });

  test("take range and deviation for plain uniform and normal, and are 0 for zeros", () => {
    const uniform = drawn({ name: "uniform", range: 0.5 }, 1, 1);
    expect(uniform.every((w) => Math.abs(w) <= 0.5)).toBe(true);
    expect(uniform.some((w) => w > 0.49)).toBe(true);
    const normal = drawn({ name: "normal", deviation: 2 }, 1, 1);
    expect(Math.sqrt(normal.reduce((sum, w) => sum + w * w, 0) / count)).toBeCloseTo(2, 1);
    expect(drawn({ name: "zeros" }, 1, 1).every((w) => w === 0)).toBe(true);
  });

  test("are the same for the same seed, and others for another seed or layer", () => {
    const first = drawn({ name: "heNormal" }, 1, 1);
    expect(drawn({ name: "heNormal" }, 1, 1)).toEqual(first);
    expect(drawn({ name: "heNormal" }, 2, 1)).not.toEqual(first);
    expect(drawn({ name: "heNormal" }, 1, 2)).not.toEqual(first);
  });

  test("of two parameters of one layer have nothing to do with each other", () => {
    const [first, second] = [0, 1].map((position) =>
      initialValues({ initializer: { name: "heNormal" }, shape: [2, 3, 4] }, { seed: 1, layer: 1, position }),
    );
    expect(first).toHaveLength(24);
    expect(first!.filter((value) => second!.includes(value))).toHaveLength(0);
  });

  test("are float32 numbers, so that every engine starts from the same", () => {
    const weights = drawn({ name: "glorotUniform" }, 1, 1);
    expect(weights.every((w) => Math.fround(w) === w)).toBe(true);
  });
});

describe("An initializer", () => {
  test("is chosen by the activation when none is named", () => {
    const chosen = (["relu", "selu", "tanh", "softmax"] as const).map(
      (name) => defaultInitializer(activation(name)).name,
    );
    expect(chosen).toEqual(["heUniform", "lecunNormal", "glorotUniform", "glorotUniform"]);
  });

  test.each([
    ["an unknown name", "heNorml", 'Did you mean "heNormal"?'],
    ["a missing range", "uniform", "expected a range above 0, got none"],
    ["a deviation of 0", { name: "normal", deviation: 0 } as const, "expected a deviation above 0, got 0"],
  ])("is refused for %s", (_, given, message) => {
    // Texts from JavaScript or a file, which the compiler does not see.
    expect(() => initializerFrom("dense: initializer", given as InitializerName)).toThrow(message);
  });
});
