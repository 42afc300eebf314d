import { expect, test } from "vitest";
import { parseFormula, toText } from "../formula/index.ts";
import { partialDerivative } from "./partial-derivative.ts";

test.each([
  ["sigmoid(z)", "a*(1 - a)"],
  ["tanh(z)", "1 - a^2"],
  ["exp(z)", "a"],
  ["exp(1*z)", "a"],
  ["max(0, z)", "z > 0"],
])("%s has the derivative %s, with a for its own value", (text, expected) => {
  expect(toText(partialDerivative(parseFormula(text), "z").derivative)).toBe(expected);
});

test("the symbols for value and incoming gradient are none of the formula's own", () => {
  const { derivative, value, gradient } = partialDerivative(parseFormula("a*exp(g)"), "g");
  expect([value, gradient]).toEqual(["a_", "g_"]);
  expect(toText(derivative)).toBe("a_");
});

test("the same formula object is differentiated once", () => {
  const formula = parseFormula("z^2");
  expect(partialDerivative(formula, "z")).toBe(partialDerivative(formula, "z"));
});
