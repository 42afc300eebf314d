import { describe, expect, test } from "vitest";
import { type ComparedElement, compareWithDifferences } from "./central-difference.ts";

const BOUND = 1e-6;

/** The comparison of a function of one number at `p` with an alleged derivative. */
function compare(f: (p: number) => number, p: number, derivative: number): ComparedElement {
  const around = { values: [p], here: f(p), valueWith: (_: number, replacement: number) => f(replacement) };
  return compareWithDifferences([derivative], around, BOUND)[0]!;
}

describe("A derivative compared with differences", () => {
  test("is right to 1e-9 for a smooth function", () => {
    const { relativeError, isKink } = compare(Math.sin, 1, Math.cos(1));
    // Truncation h²/6 is 1e-11, rounding 2⁻⁵³/h is 1e-11.
    expect(relativeError).toBeLessThan(1e-9);
    expect(isKink).toBe(false);
  });

  test("is wrong by as much as it is off", () => {
    expect(compare(Math.sin, 1, 1.01 * Math.cos(1)).relativeError).toBeCloseTo(0.01 / 1.01, 8);
  });

  test("is not excused by a large curvature", () => {
    const { relativeError, isKink } = compare((p) => 1e4 * p * p, 0, 0.05);
    expect(isKink).toBe(false);
    // The secant over 1/4 has slope 2500, and 1e-2 of it is the measure.
    expect(relativeError).toBeCloseTo(0.05 / 25, 12);
  });

  test.each([0, 0.3, 1])("at a kink may be any slope between the left and the right one, such as %f", (slope) => {
    const relu = (p: number): number => Math.max(0, p);
    expect(compare(relu, 0, slope)).toMatchObject({ relativeError: 0, isKink: true });
  });

  test("is told from a kink that only the step straddles", () => {
    const { relativeError, isKink } = compare((p) => Math.max(0, p - 2 ** -18), 0, 0);
    expect(isKink).toBe(true);
    expect(relativeError).toBe(0);
  });

  test.each([
    ["the slope and the curvature jump", (p: number) => (p > 0 ? 3 * p + 50 * p * p : p - 20 * p * p), 1],
    ["only the curvature jumps", (p: number) => (p > 0 ? p + 50 * p * p : p), 1],
  ])("is right where %s, and wrong when off by 1e-4", (_, f, slope) => {
    expect(compare(f, 0, slope)).toMatchObject({ isKink: true });
    // Both slopes are exact for a parabola, but for rounding: 2⁻⁵³/h of f's changes.
    expect(compare(f, 0, slope).relativeError).toBeLessThan(1e-9);
    expect(compare(f, 0, slope * (1 - 1e-4)).relativeError).toBeGreaterThan(BOUND);
  });

  test("is not excused by a large fourth derivative", () => {
    // At the crest the derivative is 0; the one-sided slopes err by h³/4 of 1e16, about 1.1 to either side.
    const { isKink, relativeError } = compare((p) => Math.sin(1e4 * p), Math.PI / 2e4, 0.5);
    expect(isKink).toBe(false);
    expect(relativeError).toBeGreaterThan(BOUND);
  });

  test("is wrong at a jump, which is no kink", () => {
    const { relativeError, isKink } = compare((p) => (p > 0 ? p + 1 : p), 0, 1);
    expect(isKink).toBe(false);
    expect(relativeError).toBeGreaterThan(0.9);
  });

  test("at a kink is wrong when it is neither slope nor between", () => {
    const { relativeError, isKink } = compare(Math.abs, 0, 1.5);
    expect(isKink).toBe(true);
    expect(relativeError).toBeCloseTo(0.5 / 1.5, 6);
  });

  test("is neither right nor wrong when it is no number", () => {
    expect(compare(Math.sin, 1, Number.NaN).relativeError).toBeNaN();
    expect(compare(() => Number.NaN, 1, 0).relativeError).toBeNaN();
  });

  test("takes the larger elements for the measure of the small ones", () => {
    const f = (position: number, value: number): number => (position === 0 ? 5 * value : 0);
    const around = { values: [0, 0], here: 0, valueWith: f };
    const [large, small] = compareWithDifferences([5, 1e-9], around, BOUND);
    expect(large?.relativeError).toBeLessThan(1e-12);
    expect(small?.relativeError).toBeCloseTo(1e-9 / 0.05, 12);
  });
});
