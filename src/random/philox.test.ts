import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillUniform, fillWords, integerOf, integersBelow, philox4x32, uniform } from "./philox.ts";

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, "0")).join(" ");

describe("philox4x32", () => {
  // The known answers published with Random123 for philox4x32 with 10 rounds.
  test.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ] as const)("gives the published answer for counter %j and key %j", (counter, key, expected) => {
    expect(hex(philox4x32(counter, key))).toBe(expected);
  });

  test("agrees with the definition in 64-bit integers for any counter and key", () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        expect(philox4x32(counter, key)).toEqual(philoxByDefinition(counter, key));
      }),
    );
  });
});

function philoxByDefinition(counter: readonly number[], key: readonly number[]): number[] {
  const mask = 0xffffffffn;
  let [x0, x1, x2, x3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * x0;
    const p1 = 0xcd9e8d57n * x2;
    [x0, x1, x2, x3] = [(p1 >> 32n) ^ x1 ^ k0, p1 & mask, (p0 >> 32n) ^ x3 ^ k1, p0 & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [x0, x1, x2, x3].map(Number);
}

describe("uniform", () => {
  test("is the upper 24 bits of the word that seed, stream, step and position name", () => {
    const seed = 0x12345_89abcdef;
    const step = 0x7_00000003;
    const words = philox4x32([5, 42, 3, 7], [0x89abcdef, 0x12345]);
    expect(uniform(seed, 42, step, 22)).toBe(Math.floor(words[2] / 256) / 2 ** 24);
  });

  test("stays in [0, 1), also for the largest word", () => {
    expect((0xffffffff >>> 8) * 2 ** -24).toBeLessThan(1);
    const values = new Float32Array(100_000);
    fillUniform(values, { seed: 1, stream: 0 });
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  test("has the mean and variance of the uniform distribution", () => {
    const values = new Float64Array(100_000);
    fillUniform(values, { seed: 3, stream: 9 });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // Five standard deviations of the mean, √(1/12/n) each; of the variance, √(1/180/n).
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / values.length));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / values.length));
  });
});

describe("fillUniform and fillWords", () => {
  test.each([0, 1, 3, 4, 5, 1023, 1024, 1025, 2050])("fill %i numbers as `uniform` names them", (length) => {
    const values = new Float64Array(length);
    fillUniform(values, { seed: 7, stream: 2, step: 5 });
    expect([...values]).toEqual(Array.from({ length }, (_, position) => uniform(7, 2, 5, position)));
  });

  test("start anywhere in a block", () => {
    const whole = new Uint32Array(20);
    fillWords(whole, { seed: 1, stream: 2 });
    for (let start = 0; start < 8; start++) {
      const part = new Uint32Array(7);
      fillWords(part, { seed: 1, stream: 2 }, start);
      expect([...part]).toEqual([...whole.subarray(start, start + 7)]);
    }
  });
});

describe("integerOf", () => {
  const words = [0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x9e3779b9, 0x00010001];

  // Small bounds take a shorter way than large ones.
  test.each([1, 2, 3, 7, 1000, 2 ** 21 - 1, 2 ** 21, 2 ** 21 + 1, 0x9e3779b9, 2 ** 32 - 1, 2 ** 32])(
    "below %i is the upper half of the exact product, unless the lower half falls short",
    (bound) => {
      const shortfall = BigInt(2 ** 32) % BigInt(bound);
      const exact = words.map((word) => {
        const product = BigInt(word) * BigInt(bound);
        return (product & 0xffffffffn) >= shortfall ? Number(product >> 32n) : -1;
      });
      expect(words.map((word) => integerOf(word, bound))).toEqual(exact);
    },
  );
});

describe("integersBelow", () => {
  test("reaches every number below the bound about equally often", () => {
    const draw = integersBelow({ seed: 5, stream: 1 });
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[draw(7)]! += 1;
    // Five standard deviations of a binomial count with mean 10,000.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000 * (6 / 7)));
  });

  test("is not biased where the bound does not divide 2³²", () => {
    const draw = integersBelow({ seed: 5, stream: 1 });
    const bound = 3 * 2 ** 30;
    let lower = 0;
    // Taking the word modulo the bound would put half of the numbers below 2³⁰ instead of a third.
    for (let i = 0; i < 30_000; i++) lower += draw(bound) < 2 ** 30 ? 1 : 0;
    expect(Math.abs(lower - 10_000)).toBeLessThan(5 * Math.sqrt(10_000 * (2 / 3)));
  });

  test("gives 0 for the bound 1", () => {
    expect(integersBelow({ seed: 0, stream: 0 })(1)).toBe(0);
  });
});
