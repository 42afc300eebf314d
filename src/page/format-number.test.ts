import { describe, expect, test } from "vitest";
import { formatDuration, formatNumber, formatPercent } from "./format-number.ts";

describe("formatNumber", () => {
  test.each([
    [0, "0"],
    [-0.5, "-0.5000"],
    [0.28842841648, "0.2884"],
    [0.00012346, "0.0001235"],
    [0.000012345, "1.234e-5"],
    [9.99999, "10.00"],
    [1234.5, "1,235"],
    [123456, "123,500"],
    [12345678, "1.235e+7"],
    [NaN, "NaN"],
    [-Infinity, "-Infinity"],
  ])("shows %d with four significant digits as %s", (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });

  test("shows as many digits as asked for", () => {
    expect(formatNumber(2.08091656217, 8)).toBe("2.0809166");
  });
});

test("formatPercent shows a fraction as percent with one decimal", () => {
  expect(formatPercent(0.9721)).toBe("97.2 %");
});

test.each([
  [0.4213, "0.42 s"],
  [3.14, "3.1 s"],
  [12.2, "12 s"],
  [59.7, "1 min 00 s"],
  [185, "3 min 05 s"],
  [7800, "2 h 10 min"],
])("formatDuration shows %d seconds as %s", (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected);
});
