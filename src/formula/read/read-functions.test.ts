import { describe, expect, test } from "vitest";
import { networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { errorOf, reads } from "../../../test/textbook-reading.ts";
import { symbol } from "../build.ts";
import { parseFormula } from "./parse.ts";
import { parseTextbook } from "./parse-textbook.ts";
import { application } from "./textbook.ts";

describe("functions", () => {
  test.each([
    ["f(z_j^l)", "f(z_j^l)"],
    ["f'(z)", "f'(z)"],
    ["f′(z)", "f'(z)"],
    ["f’(z)", "f'(z)"],
    ["f^{\\prime}(z)", "f'(z)"],
    ["f^\\prime(z)", "f'(z)"],
    ["f''(z)", "f''(z)"],
    ["f″(z)", "f''(z)"],
    ["f^{\\prime\\prime}(z)", "f''(z)"],
    ["sigma'(z)", "sigmoid'(z)"],
    ["σ′(z)(1-z)", "sigmoid'(z)*(1 - z)"],
    ["tanh'(z)", "tanh'(z)"],
    ["sigma(z)(1-sigma(z))", "sigmoid(z)*(1 - sigmoid(z))"],
    ["ReLU(z)", "relu(z)"],
    ["zf'(z)", "z*f'(z)"],
    ["f'(z)^2", "f'(z)^2"],
    ["1-tanh^2(z)", "1 - tanh(z)^2"],
    ["1-tanh²(z)", "1 - tanh(z)^2"],
    ["|z|", "abs(z)"],
    ["2|z||1-z|", "2*abs(z)*abs(1 - z)"],
    ["|z+|y||", "abs(z + abs(y))"],
    ["√2z", "sqrt(2)*z"],
    ["√(z+1)", "sqrt(z + 1)"],
    ["max(0,z)", "max(0, z)"],
    ["max(0,5)", "max(0, 5)"],
    ["tanh z", "tanh(z)"],
    ["\\ln a_j^L - 1", "log(a_j^L) - 1"],
    ["\\tanh^2 z", "tanh(z)^2"],
    ["\\sin z \\cos z", "sin(z)*cos(z)"],
    ["f^2(z)", "f(z)^2"],
    ["\\sigma^{2}(z)", "sigmoid(z)^2"],
    ["f^{[l]'}(z_j^{[l]})", "f'(z_j^l)"],
    ["f^l(z_j^l)", "f(z_j^l)"],
  ])("%s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test("with a formula of one variable stay applied, of two are written out", () => {
    const defined = new Map([
      ["swish", { parameters: ["z"], body: parseFormula("z*sigmoid(z)") }],
      ["mean", { parameters: ["u", "v"], body: parseFormula("(u+v)/2") }],
    ]);
    const vocabulary = { ...networkVocabulary, defined };
    expect(parseTextbook("swish'(y)", vocabulary)).toEqual(application("swish", symbol("y"), 1));
    expect(reads("mean(1,y)", vocabulary)).toBe("(1 + y)/2");
  });

  test.each([
    ["f", "f is a function: give its argument"],
    ["f z", "f is a function: give its argument"],
    ["f'z", "f is a function: give its argument in brackets, f'(z)"],
    ["f_j(z)", "f is a function"],
    ["f^(2)(z)", "(f(z))^2"],
    ["f^(-1)(z)", "(f(z))^2"],
    ["f⁻¹(z)", "(f(z))^2"],
    ["tanh z y", "can be read in several ways"],
    ["ln z^2", "can be read in several ways"],
    ["tanh 2z", "can be read in several ways"],
    ["f^(l+1)(z_j^l)", "of the layer of its argument"],
    ["y'", "A prime stands after a function"],
    ["f(z,y)", "expected 1 argument of f, got 2"],
    ["max'(0,z)", "a function of one variable before a prime"],
    ["\\sqrt[3]{z}", "z^(1/3)"],
    ["|z", 'expected "|"'],
  ])("%s is refused", (text, part) => {
    expect(errorOf(text).message).toContain(part);
  });
});
