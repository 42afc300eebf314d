import { describe, expect, test } from "vitest";
import { networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { errorOf, reads } from "../../../test/textbook-reading.ts";
import { symbol } from "../build.ts";
import { parseTextbook } from "./parse-textbook.ts";
import { scripted } from "./textbook.ts";

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
    expect(parseTextbook("a_k", networkVocabulary)).toEqual(scripted("a", [symbol("k")], null));
    expect(parseTextbook("n_l", networkVocabulary)).toEqual(scripted("n", [symbol("l")], null));
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
