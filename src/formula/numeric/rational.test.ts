import { describe, expect, test } from "vitest";
import { toText } from "../print-text.ts";
import {
  addRationals,
  contentOf,
  formulaOfRational,
  multiplyRationals,
  rational,
  rationalOf,
  squareRootOfRational,
} from "./rational.ts";

describe("exact numbers", () => {
  test.each([
    [0.1, 1n, 10n],
    [1e-8, 1n, 100_000_000n],
    [0, 0n, 1n],
    [2.5, 5n, 2n],
    [1e15, 10n ** 15n, 1n],
  ])("read %d as it is written", (value, numerator, denominator) => {
    expect(rationalOf(value)).toMatchObject({ numerator, denominator });
  });

  test.each([1e-300, 1e300, 5e-324, Number.MAX_VALUE, 0.12345678901234568])("leave %d alone, beyond 2^53", (value) => {
    expect(rationalOf(value)).toBeNull();
  });

  test("add and multiply in lowest terms", () => {
    expect(addRationals(rational(1n, 6n), rational(1n, 3n))).toEqual(rational(1n, 2n));
    expect(multiplyRationals(rational(-2n, 3n), rational(3n, -4n))).toEqual(rational(1n, 2n));
  });

  test("print decimals as decimals and fractions as fractions", () => {
    const print = (text: readonly [bigint, bigint, boolean]): string => toText(formulaOfRational(rational(...text)));
    expect(print([1n, 2n, true])).toBe("0.5");
    expect(print([1n, 2n, false])).toBe("1/2");
    expect(print([1n, 30n, true])).toBe("1/30");
    expect(print([-3n, 1n, false])).toBe("-3");
  });

  test("have a square root only where it is rational", () => {
    expect(squareRootOfRational(rational(4n, 9n))).toEqual(rational(2n, 3n));
    expect(squareRootOfRational(rational(2n, 1n))).toBeNull();
    expect(squareRootOfRational(rational(-4n, 1n))).toBeNull();
  });

  test("give out what a person would take out of a sum", () => {
    expect(contentOf([rational(2n, 1n), rational(-4n, 1n)])).toMatchObject({ numerator: 2n });
    expect(contentOf([rational(1n, 2n), rational(-1n, 2n)])).toMatchObject({ numerator: 1n, denominator: 2n });
    expect(contentOf([rational(9n, 10n), rational(1n, 10n)])).toMatchObject({ numerator: 1n, denominator: 1n });
  });
});
