import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula } from "../../test/arbitrary-formula.ts";
import { number, symbol } from "./build.ts";
import { parseFormula } from "./read/parse.ts";
import { symbolText, toText } from "./print-text.ts";
import type { SymbolFormula } from "./tree.ts";

describe("printing as text", () => {
  test("can be read back to the same tree", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        expect(parseFormula(toText(formula))).toEqual(formula);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(["a + b - c", "a - (b - c)", "a*b/c", "a/(b*c)", "(a + b)*c", "-a*b", "(-a)*b", "(-a)^2", "-a^2", "2^3^4"])(
    "puts no parentheses but those of %s",
    (text) => {
      expect(toText(parseFormula(text))).toBe(text);
    },
  );

  test("prints numbers so that they come back to the last bit", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseFormula(toText(number(value)))).toEqual(number(value));
      }),
    );
  });

  test("writes the scripts of the textbook after the name", () => {
    const scripted: SymbolFormula = {
      kind: "symbol",
      name: "w",
      indices: [symbol("j"), symbol("k")],
      layer: parseFormula("l+1"),
    };
    expect(symbolText(scripted)).toBe("w_jk^(l + 1)");
  });
});
