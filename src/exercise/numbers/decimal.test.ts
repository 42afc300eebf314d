import { describe, expect, test } from "vitest";
import { compareDecimals, type Decimal, decimalOf, decimalText, parseDecimal, rounded, truncated } from "./decimal.ts";

function read(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === null) throw new Error(`${text} was not read`);
  return decimal;
}

describe("a decimal", () => {
  test.each([
    ["0.1", "0.1"],
    ["-1.250", "-1.250"],
    ["−3", "-3"],
    [".5", "0.5"],
    ["5.", "5"],
    ["-0.0", "0.0"],
    ["3e-2", "0.03"],
    ["1.5e3", "1500"],
    ["12.5E+1", "125"],
  ])("%s is kept as %s", (text, shown) => {
    expect(decimalText(read(text))).toBe(shown);
  });

  test.each(["", "-", ".", "1.2.3", "1e", "e5", "0x10", "1 2", "NaN", "1e99999999"])("%j is none", (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  test.each([
    ["0.0125", 3, "0.013", "0.012"],
    ["-0.0125", 3, "-0.013", "-0.012"],
    ["0.0124999999999", 3, "0.012", "0.012"],
    ["-0.00416", 3, "-0.004", "-0.004"],
    ["-0.0004", 3, "0.000", "0.000"],
    ["9.9996", 3, "10.000", "9.999"],
    ["2", 3, "2.000", "2.000"],
    ["1234567890123456789.5", 0, "1234567890123456790", "1234567890123456789"],
  ])("%s at %d decimals rounds to %s and is cut off at %s", (text, decimals, near, down) => {
    expect(decimalText(rounded(read(text), decimals))).toBe(near);
    expect(decimalText(truncated(read(text), decimals))).toBe(down);
  });

  test("comes of a float64 without the traces of rounding", () => {
    expect(compareDecimals(decimalOf(0.1 + 0.2, 12), read("0.3"))).toBe(0);
    expect(compareDecimals(decimalOf(-1e-300, 12), read("-1e-300"))).toBe(0);
    expect(compareDecimals(decimalOf(1.7976931348623157e308, 12), read("1.79769313486e308"))).toBe(0);
  });
});
