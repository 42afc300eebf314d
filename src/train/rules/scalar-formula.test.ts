import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, parseFormula } from "../../formula/index.ts";
import { compileScalar } from "./scalar-formula.ts";

describe("compileScalar", () => {
  test.each([
    "x + 2y - 3",
    "x*y/7",
    "x^y",
    "0.9^x",
    "e^x + pi",
    "exp(-x)",
    "expm1(x/100)",
    "log(x + 4)",
    "log1p(x*x)",
    "sqrt(x + 4)*abs(y)",
    "sin(x) + cos(y)",
    "sinh(x) - cosh(y)",
    "tanh(x)*sigmoid(y)",
    "softplus(x) + logcosh(y) + relu(x)",
    "erf(x)",
    "min(x, y) - max(x, y)",
    "sign(x)",
    "x < y ? x : y",
    "(x <= y) + 2(x > y) + 4(x >= y) + 8(x == y) + 16(x != y)",
  ])("of %s has the value the formula has", (text) => {
    const formula = parseFormula(text, { symbols: ["x", "y"] });
    const compiled = compileScalar(formula, ["x", "y"]);
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (x, y) => {
          const expected = evaluate(formula, { x, y });
          // A handful of functions within an ulp or two each, and sums in which they may cancel to a hundredth.
          expect(Math.abs(compiled([x, y]) - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));
        },
      ),
    );
  });

  test.each([
    ["expm1(x)", 1e-17, 1e-17],
    ["log1p(x)", 1e-17, 1e-17],
    ["expm1(x)", 1e4, Infinity],
    ["expm1(x)", -1e4, -1],
    ["log1p(x)", -1, -Infinity],
    ["tanh(x)", 1e4, 1],
    ["tanh(x)", -1e4, -1],
    ["sigmoid(x)", -1e4, 0],
    ["sigmoid(x)", 1e4, 1],
    ["erf(x)", 10, 1],
    ["erf(x)", -Infinity, -1],
    ["x/0", 1, Infinity],
    ["x - x", Infinity, Number.NaN],
  ])("of %s at %d is %d", (text, x, expected) => {
    expect(compileScalar(parseFormula(text), ["x"])([x])).toBe(expected);
  });
});
