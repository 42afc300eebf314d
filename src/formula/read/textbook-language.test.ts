import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryTextbookFormula, networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { errorOf, reads } from "../../../test/textbook-reading.ts";
import { FormulaError } from "../../errors.ts";
import { multiply, symbol } from "../build.ts";
import { parseFormula } from "./parse.ts";
import { parseTextbook } from "./parse-textbook.ts";
import { toText } from "../print-text.ts";
import { application, scripted, summation } from "./textbook.ts";

test("the whole equation of the hidden error is read as a tree", () => {
  const layer = parseFormula("l+1");
  const w = scripted("w", [symbol("k"), symbol("j")], layer);
  const delta = scripted("delta", [symbol("k")], layer);
  const slope = application("f", scripted("z", [symbol("j")], symbol("l")), 1);
  const product = multiply(multiply(w, delta), slope);
  const text = "sum_k w_(kj)^(l+1)*delta_k^(l+1)*f'(z_j^l)";
  expect(parseTextbook(text, networkVocabulary)).toEqual(summation("k", product));
});

describe("a formula of the textbook", () => {
  test("is printed so that it is read back as the same tree", () => {
    fc.assert(
      fc.property(arbitraryTextbookFormula, (formula) => {
        expect(parseTextbook(toText(formula), networkVocabulary)).toEqual(formula);
      }),
      { numRuns: 3_000 },
    );
  });

  test("of 1,001 characters, 61 levels or 501 parts is refused", () => {
    expect(errorOf(" ".repeat(1_001)).message).toContain("at most 1000 characters");
    for (const deep of ["(", "f(", "-", "2^", "|2+", "√", "\\frac{1}{"]) {
      expect(errorOf(deep.repeat(61)).message).toContain("60 levels");
    }
    expect(errorOf(`a_${"(".repeat(61)}`).message).toContain("60 levels");
    expect(errorOf(`a_k^${"(".repeat(61)}`).message).toContain("60 levels");
    expect(errorOf("1" + "+1".repeat(250)).message).toContain("at most 500 numbers");
    expect(reads("1" + "+1".repeat(249))).toContain("1 + 1");
  });
});

const pieces = [
  ..."()+-*/^_{}[]<>=!?:,.|'′ 0129ezxyflLOjkmd∂Σ∑√²⁻ˡⱼₖ₁δσ−·½$\\~𝛿\u200b\u0000😀#",
  ..."sum_|sum_k |a_k^l|w_jk|f'(z)|∂C/∂w_1|partial|dC/d|(partialC)/(|**|max(|tanh|delta|_(|^(|n_".split("|"),
  ..."\\frac|\\frac{|\\sum_{|\\left|\\delta|\\mathrm{|\\sqrt".split("|"),
];
const valid = [
  "sum_(k=1)^(n_(l+1)) w_(kj)^(l+1)*delta_k^(l+1)*f'(z_j^l)",
  "w_1-eta*(partialC)/(partialw_1)",
  "\\frac{e^{-z}}{\\left(1+e^{-z}\\right)^2}",
  "aₖˡ⁻¹δⱼˡ − 0,288|z|",
  "dC/dw_1 zf''(z)max(0,5)",
];

describe("other people's text", () => {
  const mutated = fc
    .tuple(
      fc.constantFrom(...valid),
      fc.array(fc.tuple(fc.nat(60), fc.nat(3), fc.constantFrom(...pieces, "")), { maxLength: 4 }),
    )
    .map(([text, changes]) =>
      changes.reduce((result, [at, cut, piece]) => result.slice(0, at) + piece + result.slice(at + cut), text),
    );
  const random = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""));

  test("never does worse than a FormulaError, with a span within the text", () => {
    let readable = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, random), (text) => {
        try {
          parseTextbook(text, networkVocabulary);
          readable += 1;
        } catch (error) {
          if (!(error instanceof FormulaError)) throw error;
          const { start, end } = error.span;
          expect(start >= 0 && start <= end && end <= text.length).toBe(true);
          expect(error.message).toMatch(/^formula: expected .*, got [^]*\. /u);
        }
      }),
      { numRuns: 20_000 },
    );
    // Both outcomes occur in number, or the test would test little.
    expect(readable).toBeGreaterThan(1_000);
    expect(readable).toBeLessThan(19_000);
  });

  test("takes milliseconds, however it repeats itself", () => {
    parseTextbook("sum_k a_k", networkVocabulary);
    for (const piece of [...pieces, ...valid, "∂a_(", "(∂", "dC", "zf", "e", "x", "a_jkj", "etaetaq"]) {
      const text = piece.repeat(1_000).slice(0, 1_000);
      const start = performance.now();
      try {
        parseTextbook(text, networkVocabulary);
      } catch (error) {
        expect(error).toBeInstanceOf(FormulaError);
      }
      // A few milliseconds by itself; the rest is for a busy machine.
      expect(performance.now() - start, piece).toBeLessThan(200);
    }
  });
});
