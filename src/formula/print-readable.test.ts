import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula, differingPoint } from "../../test/arbitrary-formula.ts";
import { symbol } from "./build.ts";
import { parseFormula } from "./parse.ts";
import { toReadableText } from "./print-readable.ts";

describe("printing for people", () => {
  test.each([
    ["(y-t)*y*(1-y)*w2*x", "(y - t) y (1 - y) w2 x"],
    ["1/2*(y-t)^2", "1/2 (y - t)^2"],
    ["sigmoid(z2)*(1-sigmoid(z2))", "σ(z2) (1 - σ(z2))"],
    ["1/(1+exp(-z))", "1/(1 + e^(-z))"],
    ["(a/b)^2", "(a/b)^2"],
    ["a/(b*c)", "a/(b c)"],
    ["2*3*x", "2 · 3 x"],
    ["x*(1/2/y)", "x · 1/2/y"],
    ["z > 0 ? z : alpha*z", "{ z if z > 0; α z otherwise }"],
    ["(z > 0)*g", "[z > 0] g"],
    ["abs(z)", "|z|"],
    ["tanh(z)^2", "tanh^2(z)"],
  ])("sets %s as %s", (text, expected) => {
    expect(toReadableText(parseFormula(text))).toBe(expected);
  });

  test("sets indices and layer as they are typed", () => {
    const weight = {
      kind: "symbol",
      name: "w",
      indices: [symbol("k"), symbol("j")],
      layer: parseFormula("l+1"),
    } as const;
    expect(toReadableText(weight)).toBe("w_kj^(l+1)");
  });

  test("is read back as an equal formula, unless it has signs for the eye alone", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        const text = toReadableText(formula);
        fc.pre(!/[[{|√]|(sin|cos|tan)h?\^/.test(text));
        expect(differingPoint(formula, parseFormula(text))).toBeNull();
      }),
    );
  });
});
