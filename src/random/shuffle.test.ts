import { describe, expect, test } from "vitest";
import { OptionError } from "../errors.ts";
import { permutation } from "./shuffle.ts";

describe("permutation", () => {
  test.each([0, 1, 2, 257, 1000])("of %i holds every number once", (count) => {
    const order = permutation(count, 1, 0);
    expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  test("depends on seed and epoch, and on nothing else", () => {
    expect(permutation(100, 1, 2)).toEqual(permutation(100, 1, 2));
    expect(permutation(100, 1, 2)).not.toEqual(permutation(100, 1, 3));
    expect(permutation(100, 1, 2)).not.toEqual(permutation(100, 2, 2));
    expect(permutation(100, 2 ** 32, 0)).not.toEqual(permutation(100, 0, 0));
  });

  test("gives every order of three about equally often", () => {
    const counts = new Map<string, number>();
    for (let epoch = 0; epoch < 6000; epoch++) {
      const key = permutation(3, 11, epoch).join("");
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Five standard deviations of a binomial count with mean 1,000.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000 * (5 / 6)));
  });

  test("keeps its order for seed 1, epoch 0, across versions", () => {
    expect([...permutation(8, 1, 0)]).toEqual([4, 6, 3, 0, 2, 1, 5, 7]);
  });

  test.each([-1, 0.5, NaN, Infinity, 2 ** 53])("refuses the seed %d", (seed) => {
    expect(() => permutation(3, seed, 0)).toThrow(OptionError);
    expect(() => permutation(3, seed, 0)).toThrow(`got ${seed}`);
  });
});
