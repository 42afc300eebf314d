import { describe, expect, test } from "vitest";
import { networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { errorOf, reads } from "../../../test/textbook-reading.ts";
import { parseTextbook } from "./parse-textbook.ts";
import { derivative, scripted } from "./textbook.ts";

describe("a derivative", () => {
  test.each([
    "(partialC)/(partialw_1)",
    "partialC/partialw1",
    "partialC/(partialw_1)",
    "(partial C)/(partial w_1)",
    "∂C/∂w_1",
    "∂C/∂w₁",
    "(∂C)/(∂w_1)",
    "\\frac{\\partial C}{\\partial w_1}",
    "\\dfrac{\\partial C}{\\partial w_{1}}",
    "\\frac{dC}{dw_1}",
    "\\frac{\\mathrm{d}C}{\\mathrm{d}w_1}",
    "dC/dw_1",
    "dC/dw1",
    "d C/d w_1",
    "(dC)/(dw_1)",
    "(dC/dw_1)",
    "((partialC)/(partialw_1))",
    "𝜕𝐶/𝜕𝑤_1",
  ])("%s is one quantity", (text) => {
    const C = scripted("C", [], null);
    expect(parseTextbook(text, networkVocabulary)).toEqual(derivative(C, scripted("w_1", [], null)));
  });

  test.each([
    ["eta*partialC/partialw1", "eta*(partialC)/(partialw_1)"],
    ["etapartialC/partialw1", "eta*(partialC)/(partialw_1)"],
    ["2/partialC/partialw1", "2/((partialC)/(partialw_1))"],
    ["1-(partialC)/(partialw_1)", "1 - (partialC)/(partialw_1)"],
    ["w_1-eta*∂C/∂w_1/2", "w_1 - eta*(partialC)/(partialw_1)/2"],
    ["∂C/∂a_j^L f'(z_j^L)", "(partialC)/(partiala_j^L)*f'(z_j^L)"],
    ["((∂C)/(∂w_1))^2", "((partialC)/(partialw_1))^2"],
    ["\\frac{\\partial C}{\\partial w_1}^2", "((partialC)/(partialw_1))^2"],
    ["e^∂C/∂w_1", "e^(partialC)/(partialw_1)"],
    ["∂C_x/∂w_jk^(l+1)", "(partialC_x)/(partialw_jk^(l + 1))"],
    ["(∂C/∂w_1 + 1)/2", "((partialC)/(partialw_1) + 1)/2"],
  ])("joins before precedence: %s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test("is not read from d where that is a name of the vocabulary", () => {
    const vocabulary = { ...networkVocabulary, scalars: ["d", "C", "w_1"] };
    expect(reads("dC/dw_1", vocabulary)).toBe("d*C/d*w_1");
    expect(reads("dC/w_1", { ...networkVocabulary, scalars: ["dC", "w_1"] })).toBe("dC/w_1");
  });

  test.each([
    ["\\partial C", "with both its halves"],
    ["∂/∂w_1 C", "with both its halves"],
    ["(∂C)/2", "with both its halves"],
    ["∂C/2", "with both its halves"],
    ["\\frac{\\partial C}{2}", "with both its halves"],
    ["\\frac{\\partial}{\\partial w_1}C", "with both its halves"],
    ["∂f(y)/∂z", "with respect to its argument"],
    ["∂2/∂z", "with both its halves"],
    ["∂²C/∂w_1²", "Second derivatives are not read"],
    ["d^2C/dw_1^2", "Second derivatives are not read"],
    ["(partialC)/(partialw_1)^2", "in brackets before a power"],
    ["∂C/∂w_1∂w_2", "Second derivatives are not read"],
    ["∂C/∂w_jk^y", "expected a layer"],
    ["∂Q/∂w_1", 'got "Q"'],
    ["1/(dC)", 'got "dC"'],
  ])("%s is refused", (text, part) => {
    expect(errorOf(text).message).toContain(part);
  });
});
