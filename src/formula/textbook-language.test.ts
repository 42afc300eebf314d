import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryTextbookFormula, networkVocabulary } from "../../test/arbitrary-textbook-formula.ts";
import { FormulaError } from "../errors.ts";
import { symbol } from "./build.ts";
import { parseFormula } from "./parse.ts";
import { toText } from "./print-text.ts";
import { application, derivative, scripted, summation } from "./textbook.ts";
import type { Vocabulary } from "./vocabulary.ts";

const reads = (text: string, vocabulary: Vocabulary = networkVocabulary): string =>
  toText(parseFormula(text, { vocabulary }));

function errorOf(text: string, vocabulary: Vocabulary = networkVocabulary): FormulaError {
  try {
    parseFormula(text, { vocabulary });
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(FormulaError);
    return thrown as FormulaError; // as: expected in the line above
  }
  throw new Error(`"${text}" was read without an error`);
}

test("the whole equation of the hidden error is read as a tree", () => {
  const layer = parseFormula("l+1");
  const w = scripted("w", [symbol("k"), symbol("j")], layer);
  const delta = scripted("delta", [symbol("k")], layer);
  const slope = application("f", scripted("z", [symbol("j")], symbol("l")), 1);
  const product = { kind: "operation", operator: "*" };
  expect(parseFormula("sum_k w_(kj)^(l+1)*delta_k^(l+1)*f'(z_j^l)", { vocabulary: networkVocabulary })).toEqual({
    ...summation("k", { ...product, left: { ...product, left: w, right: delta }, right: slope } as never),
  });
});

describe("scripts", () => {
  test.each([
    ["a_k^l", "a_k^l"],
    ["a_k^(l-1)", "a_k^(l - 1)"],
    ["a_k^{l-1}", "a_k^(l - 1)"],
    ["a_k^[l-1]", "a_k^(l - 1)"],
    ["a_(k)^((l-1))", "a_k^(l - 1)"],
    ["a_{k}^{(l-1)}", "a_k^(l - 1)"],
    ["delta^L_j", "delta_j^L"],
    ["w^(l+1)_kj", "w_kj^(l + 1)"],
    ["w_jk^l", "w_jk^l"],
    ["w_(jk)^l", "w_jk^l"],
    ["w_(j k)^l", "w_jk^l"],
    ["w_(j,k)", "w_jk"],
    ["w_{j, k}^l", "w_jk^l"],
    ["w_j,k^l", "w_jk^l"],
    ["w_12^2", "w_12^2"],
    ["w_3k", "w_3k"],
    ["w_k1", "w_k1"],
    ["w_(10,2)", "w_(10,2)"],
    ["w_3,12", "w_(3,12)"],
    ["a_12^1", "a_12^1"],
    ["a_k", "a_k"],
    ["a_k^2", "a_k^2"],
    ["(a_k^l)^2", "(a_k^l)^2"],
    ["a_k^l**2", "(a_k^l)^2"],
    ["a_k**2", "(a_k)^2"],
    ["t_j^2", "(t_j)^2"],
    ["z^2", "z^2"],
    ["z_j^2", "z_j^2"],
    ["z^l_j", "z_j^l"],
    ["w_1^2", "w_1^2"],
    ["w1^2", "w_1^2"],
    ["w_(1)", "w_1"],
    ["C_x", "C_x"],
    ["a_k^l-1*delta_j", "a_k^l - 1*delta_j"],
    ["a_k^ldelta_j^l", "a_k^l*delta_j^l"],
    ["n_l", "n_l"],
    ["n_l-1", "n_l - 1"],
    ["n_(l+1)", "n_(l + 1)"],
    ["n_L^2", "(n_L)^2"],
    ["1/n_0", "1/n_0"],
    ["a_s", "a_s"],
  ])("%s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test("leave a layer out as it was left out, and a width has its layer for an index", () => {
    expect(parseFormula("a_k", { vocabulary: networkVocabulary })).toEqual(scripted("a", [symbol("k")], null));
    expect(parseFormula("n_l", { vocabulary: networkVocabulary })).toEqual(scripted("n", [symbol("l")], null));
  });

  test.each([
    ["delta^l", 0, 7, "the whole vector: give its index, delta_j^l"],
    ["w^l", 0, 3, "the whole matrix: give its indices, w_jk^l"],
    ["w_j^l", 0, 5, "expected 2 indices of w, got 1"],
    ["a_jk", 0, 4, "expected 1 index of a, got 2"],
    ["a_(jk)", 0, 6, "expected 1 index of a, got 2"],
    ["w_123", 2, 5, "Put a comma between them"],
    ["a_k^l^2", 5, 6, "(a_j^l)^2"],
    ["a_k^l_j", 5, 6, 'a second "_"'],
    ["a_k^y", 4, 5, "(a_j^l)^2"],
    ["a_k^(2l)", 6, 7, 'expected ")"'],
    ["a_k^1.5", 4, 7, "expected a layer"],
    ["a_k^-1", 4, 5, "expected a layer"],
    ["a_l", 2, 3, "l is a layer"],
    ["a_y", 2, 3, "expected an index"],
    ["a_(k=1)", 4, 5, "expected an index"],
    ["n", 0, 1, "Write n_l or n_(l+1)"],
    ["n_k", 2, 3, "expected a layer"],
    ["x_1", 0, 3, "expected x, got"],
    ["j", 0, 1, "stands in scripts only"],
    ["w_9^", 4, 4, "got the end"],
  ])("an error of %s shows how to write it", (text, start, end, part) => {
    const error = errorOf(text);
    expect(error.message).toContain(part);
    expect(error.message).toMatch(/^formula: expected .*, got .*\. /u);
    expect(error.span).toEqual({ start, end });
  });
});

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
    expect(parseFormula(text, { vocabulary: networkVocabulary })).toEqual(derivative(C, scripted("w_1", [], null)));
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
    ["∂f/∂z", "of a quantity by a quantity"],
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

describe("a sum", () => {
  test.each([
    "sum_k a_k*b_k",
    "2 - sum_k a_k",
    "sum_k w_jk^l*a_k^(l - 1) + b_j^l",
    "sum_(k=1)^(n_(l + 1)) a_k",
    "sum_(k=1)^(n) a_k",
    "sum_(k=1)^(3) a_k",
    "sum_k sum_m w_km",
    "(sum_k a_k)^2",
    "2*(sum_k a_k)",
    "(sum_k a_k)*y",
    "e^(z_j^L)/(sum_k e^(z_k^L))",
  ])("%s is read as it is written", (text) => {
    expect(reads(text)).toBe(text);
  });

  test.each([
    ["Σ_k w_(kj)^(l+1) δ_k^(l+1) f'(z_j^l)", "sum_k w_kj^(l + 1)*delta_k^(l + 1)*f'(z_j^l)"],
    ["∑_k a_k/2+1", "sum_k a_k/2 + 1"],
    ["\\sum_k a_k", "sum_k a_k"],
    ["\\displaystyle\\sum\\limits_{k} a_k", "sum_k a_k"],
    ["sum_(k)a_k", "sum_k a_k"],
    ["sum_kw_kj", "sum_k w_kj"],
    ["∑ₖaₖ", "sum_k a_k"],
    ["\\sum_{k=1}^{n_{l+1}} a_k", "sum_(k=1)^(n_(l + 1)) a_k"],
    ["\\sum_{k=1}^n a_k", "sum_(k=1)^(n) a_k"],
    ["\\sum^{n_l}_{k=1} a_k", "sum_(k=1)^(n_l) a_k"],
    ["∑_(k=1)^n_l a_k", "sum_(k=1)^(n_l) a_k"],
    ["sum_(j,k) w_jk", "sum_j sum_k w_jk"],
    ["sum_{jk} w_jk", "sum_j sum_k w_jk"],
    ["sum_jk w_jk", "sum_j sum_k w_jk"],
    ["sum_k -a_k b_k", "sum_k (-a_k*b_k)"],
    ["y sum_k a_k b_k", "y*(sum_k a_k*b_k)"],
    ["2sum_k a_k", "2*(sum_k a_k)"],
    ["(sum_k a_k b_k) f'(z)", "(sum_k a_k*b_k)*f'(z)"],
  ])("%s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test.each([
    ["sum a_k", "A sum needs an index: sum_k"],
    ["sum", "A sum needs an index: sum_k"],
    ["sum_1 a_k", "expected the index of a sum"],
    ["sum_l a_k", "expected the index of a sum"],
    ["sum_(k=y+*) a_k", "got"],
    ["sum_(j,k)^(3) w_jk", "one index of a sum with limits"],
    ["sum_k^(1.5) a_k", "the limit of a sum"],
    ["sum_k", "got the end"],
    ["sum_i sum_j sum_k sum_m sum_p a_k", "at most 4 sums"],
    ["sum_(ijkmp) a_k", "at most 4 sums"],
  ])("%s is refused", (text, part) => {
    expect(errorOf(text).message).toContain(part);
  });
});

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
  ])("%s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test("with a formula of one variable stay applied, of two are written out", () => {
    const defined = new Map([
      ["swish", { parameters: ["z"], body: parseFormula("z*sigmoid(z)") }],
      ["mean", { parameters: ["u", "v"], body: parseFormula("(u+v)/2") }],
    ]);
    const vocabulary = { ...networkVocabulary, defined };
    expect(parseFormula("swish'(y)", { vocabulary })).toEqual(application("swish", symbol("y"), 1));
    expect(reads("mean(1,y)", vocabulary)).toBe("(1 + y)/2");
  });

  test.each([
    ["f", "f is a function: give its argument"],
    ["f z", "f is a function: give its argument"],
    ["f'z", "f is a function: give its argument in brackets, f'(z)"],
    ["f_j(z)", "f is a function"],
    ["f^2(z)", "(f(z))^2"],
    ["f^(-1)(z)", "(f(z))^2"],
    ["f⁻¹(z)", "(f(z))^2"],
    ["tanh z", "give its argument"],
    ["y'", "A prime stands after a function"],
    ["f(z,y)", "expected 1 argument of f, got 2"],
    ["max'(0,z)", "a function of one variable before a prime"],
    ["\\sqrt[3]{z}", "z^(1/3)"],
    ["|z", 'expected "|"'],
  ])("%s is refused", (text, part) => {
    expect(errorOf(text).message).toContain(part);
  });
});

describe("signs and letters as they are typed and pasted", () => {
  test.each([
    ["δⱼˡ", "delta_j^l"],
    ["aₖˡ⁻¹δⱼˡ", "a_k^(l - 1)*delta_j^l"],
    ["wₖⱼˡ⁺¹", "w_kj^(l + 1)"],
    ["aˡₖ", "a_k^l"],
    ["δⱼᴸ", "delta_j^L"],
    ["nₗ₊₁", "n_(l + 1)"],
    ["w₁−η", "w_1 - eta"],
    ["z⁻¹", "z^(-1)"],
    ["e⁻ᶻ", "e^(-z)"],
    ["z² · y × 2 ÷ x", "z^2*y*2/x"],
    ["a_k^(l–1)\u00a0⋅\u200bδ_j^l", "a_k^(l - 1)*delta_j^l"],
    ["𝛿_𝑗^𝑙", "delta_j^l"],
    ["１＋ｚ", "1 + z"],
    ["½(y-t_j)²", "1/2*(y - t_j)^2"],
    ["a_k^{l-1}\\delta_j^l", "a_k^(l - 1)*delta_j^l"],
    ["\\delta_{j}^{\\ell}\\,a_{k}^{\\ell-1}", "delta_j^l*a_k^(l - 1)"],
    ["\\frac{e^{-z}}{\\left(1+e^{-z}\\right)^2}", "e^(-z)/(1 + e^(-z))^2"],
    ["\\frac12 z", "1/2*z"],
    ["\\frac{1}2", "1/2"],
    ["\\frac{1}{1+\\exp(-z)}", "1/(1 + exp(-z))"],
    ["\\exp{-z}", "exp(-z)"],
    ["\\bigl(1-\\tanh(z)\\bigr)", "1 - tanh(z)"],
    ["\\operatorname{ReLU}(z)\\quad", "relu(z)"],
    ["\\max\\{0,z\\}", "max(0, z)"],
    ["\\left|z\\right|", "abs(z)"],
    ["\\mathrm{e}^{-z}", "e^(-z)"],
    ["z\\cdot y\\times 2~x", "z*y*2*x"],
    ["$\\delta_j^l$", "delta_j^l"],
    ["$$z$$", "z"],
    ["\\( z \\)", "z"],
    ["\\[ z \\]", "z"],
    ["0,288", "0.288"],
    ["-0,5z", "-0.5*z"],
    ["e^(0,5)", "e^0.5"],
    ["max(0,(1,5))", "max(0, 1.5)"],
    ["2e3", "2000"],
    ["2e^-z", "2*e^(-z)"],
    ["2 e", "2*e"],
    ["z**2", "z^2"],
    ["e**z", "e^z"],
  ])("%s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test.each([
    ["a_k^(l-1)**delta_j^l", 9, 11, 'Did you mean "*"?'],
    ["z**y", 1, 3, 'Did you mean "*"?'],
    ["\\foo", 0, 4, "a known command of LaTeX"],
    ["\\sigam(z)", 0, 6, "Did you mean \\sigma?"],
    ["(z}", 2, 3, "by one of its own kind"],
    ["e^(-z)/(1+e^(-z))^2)", 19, 20, 'got ")"'],
    ["e^(-z)/(1+e^(-z)", 16, 16, 'expected ")"'],
    ["O.288", 0, 5, "Did you mean 0.288"],
    ["o,288", 0, 5, "Did you mean 0,288"],
    ["O", 0, 1, "Did you mean the digit 0?"],
    ["0.O04", 2, 5, "Did you mean the digit 0?"],
    ["l", 0, 1, "Did you mean the digit 1?"],
    ["1 000", 2, 5, "Write * to multiply"],
    ["1,000.5", 5, 7, "Write * to multiply"],
    ["z = 2", 2, 3, "only the right side"],
    ["z #", 2, 3, "Remove it"],
    ["z😀", 1, 3, "Remove it"],
    ["", 0, 0, "got the end"],
  ])("%s is refused", (text, start, end, part) => {
    const error = errorOf(text);
    expect(error.message).toContain(part);
    expect(error.span).toEqual({ start, end });
  });
});

describe("products without a sign", () => {
  test.each([
    ["2z", "2*z"],
    ["e^z(1+z)", "e^z*(1 + z)"],
    ["e^-z/1+e^-z^2", "e^(-z)/1 + e^(-z^2)"],
    ["a_kdelta_j", "a_k*delta_j"],
    ["a_ky", "a_k*y"],
    ["w_jka_k", "w_jk*a_k"],
    ["w_1x", "w_1*x"],
    ["w1x", "w_1*x"],
    ["C_xy", "C_x*y"],
    ["\\eta\\delta_j", "eta*delta_j"],
    ["ηδ_j", "eta*delta_j"],
    ["etaxyz", "eta*x*y*z"],
    ["pi z", "pi*z"],
    ["zpi", "z*pi"],
    ["y(1-y)", "y*(1 - y)"],
    ["ze^(-z)", "z*e^(-z)"],
  ])("%s is %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test("are refused where the letters can be cut in two ways", () => {
    const vocabulary = { ...networkVocabulary, scalars: ["ab", "c", "a", "bc"] };
    expect(errorOf("abc", vocabulary).message).toContain("which is ab*c or another product");
    expect(reads("ab c", vocabulary)).toBe("ab*c");
  });

  test.each([
    ["w_1-alpha*(partialC)/(partialw_1)", 4, 9, 'got "alpha"'],
    ["beta*z", 0, 4, "Did you mean eta?"],
    ["dleta_j^l", 0, 5, "Did you mean delta?"],
    ["sgima(z)", 0, 5, "Did you mean sigma?"],
    ["A_k", 0, 1, "Did you mean a?"],
    ["xQ", 0, 2, 'got "xQ"'],
    ["w_3", 0, 3, "expected 2 indices of w"],
    ["foo(z)", 0, 3, 'unknown function "foo"'],
  ])("unknown names are never a symbol: %s", (text, start, end, part) => {
    const error = errorOf(text);
    expect(error.message).toContain(part);
    expect(error.span).toEqual({ start, end });
  });

  test("e and pi are numbers unless they are declared", () => {
    const vocabulary = { ...networkVocabulary, scalars: ["e"] };
    expect(parseFormula("e", { vocabulary })).toEqual(symbol("e"));
    expect(parseFormula("e", { vocabulary: networkVocabulary })).toEqual({ kind: "constant", name: "e" });
  });
});

describe("a formula of the textbook", () => {
  test("is printed so that it is read back as the same tree", () => {
    fc.assert(
      fc.property(arbitraryTextbookFormula, (formula) => {
        expect(parseFormula(toText(formula), { vocabulary: networkVocabulary })).toEqual(formula);
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
  ...["sum_", "sum_k ", "a_k^l", "w_jk", "f'(z)", "∂C/∂w_1", "partial", "dC/d", "(partialC)/(", "**", "max(", "tanh"],
  ...["\\frac", "\\frac{", "\\sum_{", "\\left", "\\delta", "\\mathrm{", "\\sqrt", "delta", "_(", "^(", "n_"],
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
          parseFormula(text, { vocabulary: networkVocabulary });
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
    parseFormula("sum_k a_k", { vocabulary: networkVocabulary });
    for (const piece of [...pieces, ...valid, "∂a_(", "(∂", "dC", "zf", "e", "x", "a_jkj", "etaetaq"]) {
      const text = piece.repeat(1_000).slice(0, 1_000);
      const start = performance.now();
      try {
        parseFormula(text, { vocabulary: networkVocabulary });
      } catch (error) {
        expect(error).toBeInstanceOf(FormulaError);
      }
      // A few milliseconds by itself; the rest is for a busy machine.
      expect(performance.now() - start, piece).toBeLessThan(200);
    }
  });
});
