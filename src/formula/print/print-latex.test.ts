import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryTextbookFormula, networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { arbitraryFormula } from "../../../test/arbitrary-formula.ts";
import { symbol } from "../build.ts";
import { parseFormula } from "../read/parse.ts";
import { parseTextbook } from "../read/parse-textbook.ts";
import { toLatex } from "./print-latex.ts";

describe("printing as LaTeX", () => {
  test("makes nothing of a name a command", () => {
    expect(toLatex(symbol("x}\\input{a}%\u001b\n"))).toBe(
      String.raw`\mathrm{x\}\backslash input\{a\}\%\backslash u001b }`,
    );
    expect(toLatex(symbol("$"))).toBe(String.raw`\$`);
  });

  test.each([
    ["1/(1+e^(-z))", String.raw`\frac{1}{1 + e^{-z}}`],
    ["exp(-z)", "e^{-z}"],
    ["sigmoid(z)*(1-sigmoid(z))", String.raw`\sigma(z) (1 - \sigma(z))`],
    ["1/2*(a-t)^2", String.raw`\frac{1}{2} (a - t)^{2}`],
    ["w - eta*g/(sqrt(v)+1e-8)", String.raw`w - \frac{\eta g}{\sqrt{v} + 10^{-8}}`],
    ["z > 0 ? z : alpha*z", String.raw`\begin{cases} z & \text{if } z > 0 \\ \alpha z & \text{otherwise} \end{cases}`],
    ["tanh(z)^2", String.raw`\tanh^{2}(z)`],
    ["log(z)^2", String.raw`(\ln(z))^{2}`],
    ["exp(z)^2", String.raw`\left(e^{z}\right)^{2}`],
    ["(a/b)^2", String.raw`\left(\frac{a}{b}\right)^{2}`],
    ["a*(b/c)", String.raw`a \frac{b}{c}`],
    ["2*3*x", String.raw`2 \cdot 3 x`],
    ["2*(1/2)", String.raw`2 \cdot \frac{1}{2}`],
    ["2.5e-8*x", String.raw`2.5 \cdot 10^{-8} x`],
    ["log1p(-x)", String.raw`\ln(1 - x)`],
    ["log1p(x)", String.raw`\ln(1 + x)`],
    ["a - expm1(x)", String.raw`a - \left(e^{x} - 1\right)`],
    ["abs(x)^2", String.raw`\left|x\right|^{2}`],
    ["max(0, z)", String.raw`\max(0, z)`],
    ["(z > 0)*g", String.raw`\left[z > 0\right] g`],
    ["-(a+b)", "-(a + b)"],
    ["beta1*w_1*slope", String.raw`\beta_{1} w_{1} \mathrm{slope}`],
  ])("sets %s as %s", (text, expected) => {
    expect(toLatex(parseFormula(text))).toBe(expected);
  });

  test("sets indices and layer of a symbol as scripts", () => {
    const weight = toLatex({
      kind: "symbol",
      name: "w",
      indices: [symbol("j"), symbol("k")],
      layer: parseFormula("l+1"),
    });
    expect(weight).toBe("w_{jk}^{l + 1}");
  });

  test.each([
    ["sum_(k=1)^(n_(l+1)) a_k^(l+1)", "\\sum_{k = 1}^{n_{l + 1}} a_{k}^{l + 1}"],
    ["(sum_k a_k)*y", "\\left(\\sum_{k} a_{k}\\right) y"],
    ["(a_k^l)^2", "\\left(a_{k}^{l}\\right)^{2}"],
    ["((partialC)/(partialw_1))^2", "\\left(\\frac{\\partial C}{\\partial w_{1}}\\right)^{2}"],
    ["f'(z)", "f^{\\prime}(z)"],
    ["w_(10,2)^l", "w_{10,2}^{l}"],
  ])("sets a network's %s", (text, expected) => {
    expect(toLatex(parseTextbook(text, networkVocabulary))).toBe(expected);
  });

  test("of a network's formula is read back as the same tree", () => {
    fc.assert(
      fc.property(arbitraryTextbookFormula, (formula) => {
        const latex = toLatex(formula);
        // Before its argument a function takes no power but a whole one from 2 on.
        fc.pre(!/\\tanh\^\{(?:0|1|0\.5)\}/.test(latex));
        expect(parseTextbook(latex, networkVocabulary), latex).toEqual(formula);
      }),
      { numRuns: 1_000 },
    );
  });

  test("always closes what it opens", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        const latex = toLatex(formula);
        const count = (pattern: RegExp): number => latex.match(pattern)?.length ?? 0;
        expect(count(/\{/g)).toBe(count(/\}/g));
        expect(count(/\\left/g)).toBe(count(/\\right/g));
        expect(count(/\(/g)).toBe(count(/\)/g));
      }),
    );
  });
});
