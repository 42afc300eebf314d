import { describe, expect, test } from "vitest";
import { FormulaError } from "../errors.ts";
import { add, negate, number, symbol } from "./build.ts";

describe("building formulas", () => {
  test("makes a negative number, −0 included, the negation of its magnitude", () => {
    expect(number(-2)).toEqual(negate(number(2)));
    expect(number(-0)).toEqual({ kind: "negate", operand: { kind: "number", value: 0 } });
  });

  test.each([Number.NaN, Infinity, -Infinity])("refuses %s as a number", (value) => {
    expect(() => number(value)).toThrow(FormulaError);
    expect(() => number(value)).toThrow(`got ${value}`);
  });

  test("folds nothing", () => {
    expect(add(number(0), symbol("z"))).toEqual({
      kind: "operation",
      operator: "+",
      left: { kind: "number", value: 0 },
      right: { kind: "symbol", name: "z", indices: [], layer: null },
    });
  });
});
