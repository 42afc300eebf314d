import { describe, expect, test } from "vitest";
import { FormulaError } from "../../errors.ts";
import { tokenize } from "./tokenize.ts";

const pieces = (text: string): readonly string[] => tokenize(text).map((token) => token.text);

describe("cutting a text into tokens", () => {
  test.each([
    ["2z", ["2", "z"]],
    ["1e-8x", ["1e-8", "x"]],
    ["2e", ["2", "e"]],
    ["2e-x", ["2", "e", "-", "x"]],
    [".5+1.", [".5", "+", "1."]],
    ["w_1*beta1", ["w_1", "*", "beta1"]],
    ["a**b", ["a", "^", "b"]],
    ["a − b · c × d ÷ f", ["a", "-", "b", "*", "c", "*", "d", "/", "f"]],
    ["η·β1 ≤ π", ["eta", "*", "beta1", "<=", "pi"]],
    ["z²+z¹⁰", ["z", "^", "2", "+", "z", "^", "10"]],
    ["\tz\n\u00a0+ y", ["z", "+", "y"]],
  ])("reads %j as its parts", (text, expected) => {
    expect(pieces(text)).toEqual([...expected, "the end"]);
  });

  test("gives every token its place in the text as typed", () => {
    expect(tokenize(" η**2").map(({ start, end }) => [start, end])).toEqual([
      [1, 2],
      [2, 4],
      [4, 5],
      [5, 5],
    ]);
  });

  test.each([
    ["a = b", 2, 3],
    ["z#", 1, 2],
    ["1 + 😀", 4, 6],
    ["1e999", 0, 5],
    ["\u0000", 0, 1],
    ["\ud800", 0, 1],
  ])("names the place of the fault in %j", (text, start, end) => {
    const error = (() => {
      try {
        tokenize(text);
      } catch (thrown) {
        return thrown;
      }
      return null;
    })();
    expect(error).toBeInstanceOf(FormulaError);
    expect(error).toMatchObject({ code: "formula", text, span: { start, end } });
  });
});
