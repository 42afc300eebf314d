import { describe, expect, test } from "vitest";
import { errorOf, reads } from "../../../test/textbook-reading.ts";

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
    ["l", 0, 1, "l stands in scripts only"],
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
