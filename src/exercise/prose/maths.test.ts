import { describe, expect, test } from "vitest";
import { notationToLatex, notationToText } from "../../formula/index.ts";
import { readMaths } from "./maths.ts";
import { parseSheet } from "../reading/parse-sheet.ts";
import { proseVocabularies, textbookVocabularies } from "./prose-vocabulary.ts";

function shown(text: string): string {
  return notationToText(readMaths(text, textbookVocabularies));
}

describe("readMaths", () => {
  test.each([
    ["z = 0", "z = 0"],
    ["l = 1, …, L", "l = 1, …, L"],
    ["z > 0", "z > 0"],
    ["z ≠ 0", "z ≠ 0"],
    ["x >= 1", "x ≥ 1"],
    ["a ≡ b", "a ≡ b"],
    ["x ∈ S", "x ∈ S"],
    ["C ≈ 0.288", "C ≈ 0.288"],
    ["v ← mu*v + (partialC)/(partialw)", "v ← μ v + ∂C/∂w"],
    ["f'", "f′"],
    ["sigma'(z)", "σ′(z)"],
    ["w^l*a^(l-1) + b^l", "w^l a^(l-1) + b^l"],
    ["max(0, z)", "max(0, z)"],
    ["z > 0 ? z : 0.1*z", "{ z if z > 0; 0.1 z otherwise }"],
    ["\\frac{1}{2} \\le z", "1/2 ≤ z"],
    ["", ""],
  ])("shows %s as %s", (typed, expected) => {
    expect(shown(typed)).toBe(expected);
  });

  test("reads the textbook's quantities with their scripts, sums and derivatives", () => {
    const latex = notationToLatex(readMaths("delta_j^l = (partialC)/(partialz_j^l)", textbookVocabularies));
    expect(latex).toBe("\\delta_{j}^{l} = \\frac{\\partial C}{\\partial z_{j}^{l}}");
    const sum = notationToLatex(readMaths("sum_k w_jk^l*a_k^(l-1) + b_j^l", textbookVocabularies));
    expect(sum).toBe("\\sum_{k} w_{jk}^{l} a_{k}^{l - 1} + b_{j}^{l}");
  });

  test("takes a declared letter for a plain quantity, where the textbook has one with scripts", () => {
    const declared = { text: "w", meaning: "", line: 1, column: 1 };
    const vocabularies = proseVocabularies({ symbols: [declared], functions: [], given: new Map() });
    expect(notationToText(readMaths("dC/dw", vocabularies))).toBe("∂C/∂w");
  });

  test("knows in all of a sheet what is given in it", () => {
    const text = "---\ntitle: T\n---\n```equations e\nC = w1\nparameters w1 = 1\ncost C\n```\n";
    const vocabularies = proseVocabularies(parseSheet(text));
    expect(notationToText(readMaths("(partialC)/(partialw_1)", vocabularies))).toBe("∂C/∂w_1");
  });

  test("sets what is no formula as words, and cuts a formula at commas outside of numbers only", () => {
    expect(readMaths("a )( b", textbookVocabularies)).toEqual({ kind: "words", text: "a )( b" });
    expect(shown("0,5")).toBe("0.5");
    expect(readMaths("x".repeat(3_000), textbookVocabularies)).toMatchObject({ kind: "words" });
  });
});
