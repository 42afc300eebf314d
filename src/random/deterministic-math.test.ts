import { describe, expect, test } from "vitest";
import { exp, log, pow } from "./deterministic-math.ts";
import { cos, cosPi, sin, sinPi } from "./deterministic-trigonometry.ts";
import { fillUniform } from "./philox.ts";

/** Units in the last place between two finite numbers of the same sign: their distance as ordered bit patterns. */
function ulps(actual: number, expected: number): number {
  if (Object.is(actual, expected) || (actual === 0 && expected === 0)) return 0;
  const bits = new BigInt64Array(new Float64Array([actual, expected]).buffer);
  return Math.sign(actual) === Math.sign(expected) ? Math.abs(Number(bits[0]! - bits[1]!)) : Infinity;
}

function randoms(count: number, low: number, high: number, stream: number): Float64Array {
  const values = new Float64Array(2 * count);
  fillUniform(values, { seed: 1, stream });
  // Two uniform numbers, so that the low bits of the argument are random too.
  return Float64Array.from(
    { length: count },
    (_, i) => low + (high - low) * (values[2 * i]! + values[2 * i + 1]! * 2 ** -24),
  );
}

function worst(values: Float64Array, actual: (x: number) => number, expected: (x: number) => number): number {
  let largest = 0;
  for (const x of values) largest = Math.max(largest, ulps(actual(x), expected(x)));
  return largest;
}

// Math.* of V8 is within 1 ulp of the truth and so are these functions: together at most 2.
const BOUND = 2;

describe("exp", () => {
  test.each([
    [-745, 709],
    [-1, 1],
    [-1e-8, 1e-8],
  ])("is within two ulps of Math.exp from %d to %d", (low, high) => {
    expect(worst(randoms(100_000, low, high, 1), exp, Math.exp)).toBeLessThanOrEqual(BOUND);
  });

  test.each([
    [0, 1],
    [-0, 1],
    [1, Math.E],
    [Infinity, Infinity],
    [-Infinity, 0],
    [NaN, NaN],
    [710, Infinity],
    [1e308, Infinity],
    [-746, 0],
    [-745.13, 5e-324],
    [709.782712893384, Math.exp(709.782712893384)],
  ])("of %d is %d", (x, expected) => {
    expect(ulps(exp(x), expected)).toBeLessThanOrEqual(expected === Math.E || expected > 1e300 ? 1 : 0);
  });
});

describe("log", () => {
  test.each([
    [0, 1],
    [0.9, 1.1],
    [1 - 1e-10, 1 + 1e-10],
    [1, 1000],
    [0, 1.7e308],
    [0, 2e-308],
  ])("is within two ulps of Math.log from %d to %d", (low, high) => {
    expect(worst(randoms(100_000, low, high, 2), log, Math.log)).toBeLessThanOrEqual(BOUND);
  });

  test.each([
    [1, 0],
    [0, -Infinity],
    [-0, -Infinity],
    [-1, NaN],
    [Infinity, Infinity],
    [NaN, NaN],
    [5e-324, Math.log(5e-324)],
    [2, Math.LN2],
  ])("of %d is %d", (x, expected) => {
    expect(ulps(log(x), expected)).toBe(0);
  });
});

describe("pow", () => {
  test("is within two ulps of an exact power for whole exponents", () => {
    // 0.9⁴⁰ with 0.9 the float64: the numerator 8106479329266893 over 2⁵³, raised exactly.
    for (const exponent of [1, 2, 3, 7, 20, 40, 100, 500]) {
      const numerator = 8106479329266893n ** BigInt(exponent);
      const shift = BigInt(numerator.toString(2).length - 64);
      const exact = Number(numerator >> shift) * 2 ** (Number(shift) - 53 * exponent);
      expect(ulps(pow(0.9, exponent), exact)).toBeLessThanOrEqual(1);
    }
  });

  test("is within two ulps of Math.pow over bases and exponents of any size", () => {
    const bases = randoms(50_000, -12, 12, 3);
    const exponents = randoms(50_000, -40, 40, 4);
    let largest = 0;
    bases.forEach((tenfold, i) => {
      const base = 10 ** tenfold;
      const expected = Math.pow(base, exponents[i]!);
      if (expected > 1e-300 && expected < 1e300) largest = Math.max(largest, ulps(pow(base, exponents[i]!), expected));
    });
    expect(largest).toBeLessThanOrEqual(BOUND);
  });

  test("of beta and the step is exact enough for the bias corrections of a long run", () => {
    for (let t = 1; t < 20_000; t += 7) expect(ulps(pow(0.999, t), Math.pow(0.999, t))).toBeLessThanOrEqual(BOUND);
  });

  test("has the special cases of Math.pow", () => {
    const values = [
      0,
      -0,
      1,
      -1,
      2,
      -2,
      3,
      0.5,
      -0.5,
      1e300,
      -1e300,
      5e-324,
      Infinity,
      -Infinity,
      NaN,
      1023,
      -1074,
      1e20,
    ];
    for (const base of values) {
      for (const exponent of values) {
        const expected = Math.pow(base, exponent);
        const actual = pow(base, exponent);
        const isSame = Object.is(actual, expected) || ulps(actual, expected) <= 1;
        expect([base, exponent, isSame ? expected : actual]).toEqual([base, exponent, expected]);
      }
    }
  });
});

describe("sin and cos", () => {
  test.each([
    [-1, 1],
    [-10, 10],
    [-1e6, 1e6],
    [1e6, 1e15],
    [0, 1e300],
  ])("are within two ulps of Math.sin and Math.cos from %d to %d", (low, high) => {
    const values = randoms(high > 1e6 ? 5_000 : 100_000, low, high, 5);
    expect(worst(values, sin, Math.sin)).toBeLessThanOrEqual(BOUND);
    expect(worst(values, cos, Math.cos)).toBeLessThanOrEqual(BOUND);
  });

  test("are accurate beside the multiples of a quarter turn", () => {
    for (let n = -2000; n < 2000; n++) {
      const x = (n * Math.PI) / 2;
      expect(ulps(sin(x), Math.sin(x))).toBeLessThanOrEqual(BOUND);
      expect(ulps(cos(x), Math.cos(x))).toBeLessThanOrEqual(BOUND);
    }
  });

  test("have their values at 0 and none at infinity", () => {
    expect([sin(0), sin(-0), cos(0)]).toEqual([0, -0, 1]);
    for (const x of [Infinity, -Infinity, NaN]) expect([sin(x), cos(x)]).toEqual([NaN, NaN]);
  });
});

describe("sinPi and cosPi", () => {
  test("are exact at multiples of a half", () => {
    for (let n = -8; n <= 8; n++) {
      expect(Math.abs(sinPi(n))).toBe(0);
      expect(Math.abs(cosPi(n + 0.5))).toBe(0);
      expect(cosPi(n)).toBe(n % 2 === 0 ? 1 : -1);
      expect(sinPi(2 * n + 0.5)).toBe(1);
    }
  });

  test("agree with the sine and cosine of πx", () => {
    for (const x of randoms(20_000, -0.25, 0.25, 6)) {
      // πx is rounded before Math.sin sees it: half an ulp more.
      expect(ulps(sinPi(x), Math.sin(Math.PI * x))).toBeLessThanOrEqual(BOUND + 1);
      expect(ulps(cosPi(x), Math.cos(Math.PI * x))).toBeLessThanOrEqual(BOUND + 1);
    }
  });
});
