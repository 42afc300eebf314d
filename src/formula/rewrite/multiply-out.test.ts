import { describe, expect, test } from "vitest";
import { equalFormulas } from "../equality/equal.ts";
import { shortened } from "./multiply-out.ts";
import { parseFormula } from "../read/parse.ts";
import { toText } from "../print-text.ts";

describe("a formula is multiplied out where that leaves less", () => {
  test.each([
    ["((1 - t)/(1 - y) - t/y)*y*(1 - y)", "y - t"],
    ["((1 - t)/(1 - y) - t/y)*y*(1 - y)*x", "(y - t)*x"],
    ["-(t/y - (1 - t)/(1 - y))*(y*(1 - y))", "y - t"],
    ["(1 - t)*s - t*(1 - s)", "s - t"],
    ["(a + b)*(a - b) + b^2", "a^2"],
  ])("%s is %s", (text, expected) => {
    const formula = parseFormula(text);
    expect(toText(shortened(formula))).toBe(expected);
    expect(equalFormulas(formula, shortened(formula)).equal).toBe(true);
  });

  test.each(["(y - t)*y*(1 - y)*w", "(a + b)*(c + d)", "(1 + z)^2/(1 - z)"])("%s stays as it is", (text) => {
    expect(toText(shortened(parseFormula(text)))).toBe(text);
  });
});
