import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula } from "../../../test/arbitrary-formula.ts";
import { number } from "../build.ts";
import { evaluateWithError } from "./evaluate.ts";
import { intervalFunction } from "./interval-arithmetic.ts";
import { interval, pointInterval } from "./interval.ts";
import { parseFormula } from "../read/parse.ts";
import { substitute } from "../structure.ts";

const over = (text: string, low: number, high: number): ReturnType<ReturnType<typeof intervalFunction>> =>
  intervalFunction(parseFormula(text), "z")(interval(low, high));

describe("a formula over an interval", () => {
  test("contains every value that the formula has there", () => {
    fc.assert(
      fc.property(
        arbitraryFormula,
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (drawn, low, width, share) => {
          const formula = substitute(drawn, new Map([["y", number(0.7)]]));
          const inside = intervalFunction(formula, "x")(interval(low, low + width));
          const x = Math.min(low + width, Math.max(low, low + share * width));
          const { value, error, hasInfinity, hasNaN } = evaluateWithError(formula, { x });
          // Float64 overflows where the reals do not, and its last bits are its own.
          if (hasInfinity || hasNaN || !Number.isFinite(value)) return;
          const allowed = 1e-9 * Math.max(1, Math.abs(value)) + 1e3 * error;
          expect(inside.low).toBeLessThanOrEqual(value + allowed);
          expect(inside.high).toBeGreaterThanOrEqual(value - allowed);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["z^2", -1, 2, 0, 4],
    ["abs(z)", -3, 2, 0, 3],
    ["cos(z)", -0.1, 0.1, Math.cos(0.1), 1],
    ["1/(1 + e^(-z))", -Infinity, Infinity, 0, 1],
    ["max(z, 1)", -2, 3, 1, 3],
    ["z > 0 ? 1 : 2", 1, 2, 1, 1],
  ])("of %s over [%f, %f] is [%f, %f]", (text, low, high, least, most) => {
    const found = over(text, low, high);
    expect([found.low, found.high]).toEqual([expect.closeTo(least, 12), expect.closeTo(most, 12)]);
  });

  test("is exact where float64 is: sums, products, values at 0", () => {
    expect(intervalFunction(parseFormula("(3*z + 1/4)^2 - e^0"), "z")(pointInterval(0.25))).toEqual(pointInterval(0));
    expect(intervalFunction(parseFormula("0.1*z"), "z")(pointInterval(1)).low).toBeLessThan(0.1);
  });

  test.each([
    ["1/z", -1, 1, 1],
    ["log(z)", -2, -1, 0],
    ["sqrt(z)", 0, 1, 3],
    ["sqrt(z)", -1, 1, 1],
    ["sign(z)", -1, 1, 2],
    ["z^(1/3)", -2, -1, 0],
    ["z > 0 ? z : -z", -1, 1, 2],
    ["e^z", -1, 1, 3],
  ])("of %s over [%f, %f] is covered to degree %i", (text, low, high, coverage) => {
    expect(over(text, low, high).coverage).toBe(coverage);
  });
});
