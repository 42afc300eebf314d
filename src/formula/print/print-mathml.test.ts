import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { arbitraryFormula } from "../../../test/arbitrary-formula.ts";
import { parseFormula } from "../read/parse.ts";
import { parseTextbook } from "../read/parse-textbook.ts";
import { toMathml } from "./print-mathml.ts";

const inside = (text: string): string => toMathml(parseFormula(text)).replace(/^<math[^>]*>|<\/math>$/g, "");
const quantity = (name: string, content = `<mi>${name}</mi>`): string =>
  `<mrow data-quantity="${name}">${content}</mrow>`;

describe("printing as MathML", () => {
  test.each([
    ["2*x", `<mrow><mn>2</mn><mo>&#x2062;</mo>${quantity("x")}</mrow>`],
    ["1/z", `<mfrac><mn>1</mn>${quantity("z")}</mfrac>`],
    ["-z", `<mrow><mo form="prefix">−</mo>${quantity("z")}</mrow>`],
    ["w_12", quantity("w_12", "<msub><mi>w</mi><mn>12</mn></msub>")],
    ["beta1", quantity("beta1", "<msub><mi>β</mi><mn>1</mn></msub>")],
    ["sqrt(z)", `<msqrt>${quantity("z")}</msqrt>`],
  ])("sets %s as %s", (text, expected) => {
    expect(inside(text)).toBe(expected);
  });

  test("numbers every part in reading order, when ids are wanted", () => {
    const mathml = toMathml(parseFormula("1/(1+e^(-z))"), { idPrefix: "eq1", isBlock: true });
    const ids = [...mathml.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(ids).toEqual(ids.map((_, i) => `eq1-${i + 1}`));
    expect(ids.length).toBeGreaterThan(6);
    expect(mathml).toContain('display="block"');
  });

  test("sets a layer above, a width's layer below, and the limits of a sum at its sign", () => {
    const read = (text: string): string => toMathml(parseTextbook(text, networkVocabulary));
    expect(read("a_k^l")).toContain("<msubsup><mi>a</mi>");
    expect(read("n_l")).toContain("<msub><mi>n</mi>");
    expect(read("sum_(k=1)^(n_l) a_k")).toMatch(/<munderover>.*<mo>=<\/mo><mn>1<\/mn>.*<\/munderover>/);
    expect(read("∂C/∂w_1")).toContain('<mfrac><mrow><mi mathvariant="normal">∂</mi>');
    expect(read("f'(z)")).toContain('<mrow><mi>f</mi><mo form="postfix" lspace="0" rspace="0">′</mo></mrow>');
  });

  test("always closes what it opens, in order", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        const open: string[] = [];
        for (const [, close, name] of toMathml(formula).matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
          if (close === "") open.push(name!);
          else expect(open.pop()).toBe(name);
        }
        expect(open).toEqual([]);
      }),
    );
  });
});
