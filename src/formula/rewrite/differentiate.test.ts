import { describe, expect, test } from "vitest";
import { add, symbol } from "../build.ts";
import { differentiate } from "./differentiate.ts";
import { equalFormulas } from "../equality/equal.ts";
import { evaluate } from "../numeric/evaluate.ts";
import { parseFormula } from "../read/parse.ts";
import { toText } from "../print-text.ts";
import { sizeOf } from "../structure.ts";

const derive = (text: string, name = "z"): string => toText(differentiate(parseFormula(text), name));

describe("derivatives", () => {
  test.each([
    ["7", "0"],
    ["z", "1"],
    ["a*b", "0"],
    ["-z", "-1"],
    ["a*z - b", "a"],
    ["z/a", "1/a"],
    ["a/z", "-a/z^2"],
    ["z^2", "2*z"],
    ["z^3", "3*z^2"],
    ["z^-1", "-z^(-2)"],
    ["z^a", "a*z^(a - 1)"],
    ["a^z", "a^z*log(a)"],
    ["e^z", "e^z"],
    ["exp(-z)", "-exp(-z)"],
    ["sigmoid(z)", "sigmoid(z)*(1 - sigmoid(z))"],
    ["tanh(z)", "1 - tanh(z)^2"],
    ["softplus(z)", "sigmoid(z)"],
    ["logcosh(a - z)", "-tanh(a - z)"],
    ["max(0, z)", "z > 0"],
    ["z > 0", "0"],
    ["z > 0 ? z : a*z", "z > 0 ? 1 : a"],
    ["z > 0 ? z : z + 1", "1"],
    ["a > 0 ? 1 : 2", "0"],
    ["sign(z)", "0"],
  ])("of %s by z is %s", (text, expected) => {
    expect(derive(text)).toBe(expected);
  });

  test.each([
    ["z^z", "z^z*(log(z) + 1)"],
    ["sin(z)^2 + cos(z)^2", "0"],
    ["1/(1+e^(-z))", "sigmoid(z)*(1-sigmoid(z))"],
    ["log(z^2 + 1)/z", "2/(z^2+1) - log(z^2+1)/z^2"],
    ["erf(z/sqrt(2))", "sqrt(2/pi)*e^(-z^2/2)"],
    ["min(z, a)*max(z, a)", "a"],
    ["(z^2)^(3/2)", "3*z*abs(z)"],
  ])("of %s by z equals %s", (text, expected) => {
    expect(equalFormulas(differentiate(parseFormula(text), "z"), parseFormula(expected))).toMatchObject({
      equal: true,
    });
  });

  test("of a choice counts the chosen branch, where the other has no value too", () => {
    const derivative = differentiate(parseFormula("z > 0 ? sqrt(z) : z"), "z");
    expect(evaluate(derivative, { z: -4 })).toBe(1);
    expect(evaluate(derivative, { z: 4 })).toBe(0.25);
  });

  test("of z^2 at a negative z is no NaN, though the general rule has a logarithm", () => {
    expect(evaluate(differentiate(parseFormula("z^2"), "z"), { z: -3 })).toBe(-6);
    expect(evaluate(differentiate(parseFormula("z^n"), "z"), { z: -3, n: 2 })).toBe(-6);
  });

  test.each([
    ["0^z", "z", { z: 2 }, 0],
    ["relu(z)^a", "a", { z: -1, a: 2 }, 0],
    ["relu(z)^a", "a", { z: 2, a: 3 }, 8 * Math.log(2)],
    ["(b*max(0, z))^a", "a", { z: -1, a: 2, b: 3 }, 0],
  ])("of %s by %s has the limit's value where the base is 0", (text, name, values, expected) => {
    // Two roundings apart.
    expect(evaluate(differentiate(parseFormula(text), name), values)).toBeCloseTo(expected, 14);
  });

  test.each([0, -1])("of 0^z by z has no value at z = %d, where 0^z jumps or has none", (z) => {
    expect(Number.isFinite(evaluate(differentiate(parseFormula("0^z"), "z"), { z }))).toBe(false);
  });

  test("of a power of a plain name by its exponent is written without a choice", () => {
    expect(derive("(1 + a)^z")).toBe("(1 + a)^z*log(1 + a)");
  });

  test("of a shared formula stays of its size", () => {
    let doubled = symbol("z");
    for (let times = 0; times < 100; times += 1) doubled = add(doubled, doubled);
    const derivative = differentiate(doubled, "z");
    expect(sizeOf(derivative)).toBeLessThan(200);
    expect(evaluate(derivative, {})).toBe(2 ** 100);
  });
});
