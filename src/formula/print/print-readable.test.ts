import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { arbitraryFormula, differingPoint } from "../../../test/arbitrary-formula.ts";
import { symbol } from "../build.ts";
import { parseFormula } from "../read/parse.ts";
import { parseTextbook } from "../read/parse-textbook.ts";
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

  test.each([
    [
      "1-sum_(k=1)^(n_(l+1)) w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)",
      "1 - Σ_(k=1)^(n_(l+1)) w_kj^(l+1) δ_k^(l+1) f′(z_j^l)",
    ],
    ["(sum_k a_k^l)*y", "(Σ_k a_k^l) y"],
    ["sum_j sum_k w_jk", "Σ_j Σ_k w_jk"],
    ["(a_k^(l-1))^2", "(a_k^(l-1))^2"],
    ["((partialC)/(partialw_1))^2/y", "(∂C/∂w_1)^2/y"],
    ["f''(z)", "f′′(z)"],
    ["sigma'(z)", "σ′(z)"],
    ["w_(10,2)", "w_(10,2)"],
  ])("sets a network's %s as %s", (text, expected) => {
    expect(toReadableText(parseTextbook(text, networkVocabulary))).toBe(expected);
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
