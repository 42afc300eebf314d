import { describe, expect, test } from "vitest";
import { networkVocabulary } from "../../../test/arbitrary-textbook-formula.ts";
import { errorOf, reads } from "../../../test/textbook-reading.ts";
import { symbol } from "../build.ts";
import { parseTextbook } from "./parse-textbook.ts";

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
    expect(parseTextbook("e", vocabulary)).toEqual(symbol("e"));
    expect(parseTextbook("e", networkVocabulary)).toEqual({ kind: "constant", name: "e" });
  });
});
