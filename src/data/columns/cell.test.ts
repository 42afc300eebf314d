import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isShortestText, numberIn, shortestNumber } from "./cell.ts";

const digits = fc.stringMatching(/^[0-9]{0,12}$/);
const decimalText = fc
  .tuple(fc.constantFrom("", "-", "+", " "), digits, fc.constantFrom("", ".", ".", "..", ",", "e"), digits)
  .map((parts) => parts.join(""));

describe("a number read in one pass", () => {
  test.each([
    ["0", 0],
    ["7", 7],
    ["-12", -12],
    ["0.1", 0.1],
    ["-0.5", -0.5],
    ["123456789.12345", 123456789.12345],
    ["0.00001", 0.00001],
  ])("%s is %d", (text, value) => {
    expect(shortestNumber(text)).toBe(value);
  });

  test.each([
    "",
    "-",
    ".",
    ".5",
    "5.",
    "-0",
    "-0.0",
    "007",
    "1.50",
    "1e3",
    " 1",
    "1 ",
    "1,5",
    "0x1f",
    "1.2.3",
    "+1",
    "2026-01-05",
  ])("%j is left to the others", (text) => {
    expect(shortestNumber(text)).toBeNaN();
  });

  test("is what Number makes of the text, bit for bit, and its text adds nothing to it", () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const value = shortestNumber(text);
        if (Number.isNaN(value)) return;
        expect(value).toBe(numberIn(text));
        expect(isShortestText(text)).toBe(true);
        expect(String(value)).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  test("is found for every text of at most 15 digits that String gives, from 0.00001 on", () => {
    const hundredths = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 5 })).map(([n, places]) => n / 10 ** places);
    fc.assert(
      fc.property(hundredths, (value) => {
        if (/e/.test(String(value)) || Object.is(value, -0)) return;
        expect(shortestNumber(String(value))).toBe(value);
      }),
      { numRuns: 5000 },
    );
  });
});
