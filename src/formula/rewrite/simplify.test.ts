import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula, differingPoint } from "../../../test/arbitrary-formula.ts";
import { add, call, divide, E, multiply, number, power, symbol } from "../build.ts";
import { differentiate } from "./differentiate.ts";
import { parseFormula } from "../read/parse.ts";
import { toText } from "../print-text.ts";
import { simplify } from "./simplify.ts";
import { sizeOf } from "../structure.ts";
import type { Formula } from "../tree.ts";

const simple = (text: string): string => toText(simplify(parseFormula(text)));

describe("simplifying", () => {
  test.each([
    ["1/2*(2*(y - t))", "y - t"],
    ["2z + 3z", "5*z"],
    ["a - b + b - a", "0"],
    ["x*x*x", "x^3"],
    ["z/z", "1"],
    ["x*y/x", "y"],
    ["a/(b/c)", "a*c/b"],
    ["e^a*e^b", "e^(a + b)"],
    ["e^z*e^-z", "1"],
    ["(e^z)^2/e^z", "e^z"],
    ["-(-z)", "z"],
    ["-(a - b)", "b - a"],
    ["-x + y", "y - x"],
    ["0*z + 1*y + 0", "y"],
    ["2*(a+b) - 2a", "2*b"],
    ["(1-a)/(a-1)", "-1"],
    ["(2a+2b)/2", "a + b"],
    ["(x + x^2)/x", "1 + x"],
    ["sqrt(x)*sqrt(x)", "x"],
    ["x/sqrt(x)", "sqrt(x)"],
    ["x^a*x^b", "x^(a + b)"],
    ["(2z)^2", "4*z^2"],
    ["-(t-a)*a*(1-a)", "(a - t)*a*(1 - a)"],
    ["-(a*b)/(-c)", "a*b/c"],
    ["log(e^z) + e^log(z)", "2*z"],
    ["tanh(-z) + abs(-z) - cos(-z)", "abs(z) - tanh(z) - cos(z)"],
    ["z > 0 ? z + z : 2z", "2*z"],
    ["1 < 2 ? a : b", "a"],
    ["max(2, 3) + relu(-1) + sigmoid(0)", "7/2"],
    ["max(z, z)", "z"],
    ["(z/2 - (a - 3)/2)^2", "(z - a + 3)^2/4"],
  ])("makes %s into %s", (text, expected) => {
    expect(simple(text)).toBe(expected);
  });

  test.each([
    "1/3",
    "w - eta*g",
    "a*(1 - a)",
    "1 + e^(-z)",
    "beta*m + (1 - beta)*g",
    "0.9*m + 0.1*g",
    "0.5*(1 + erf(z))",
    "2*(a + b)",
    "sqrt(x^2)",
    "sqrt(8)",
    "exp(z)",
    "e^(-z)/(1 + e^(-z))^2",
    "tanh(sqrt(2/pi)*(z + 0.044715*z^3))",
    "3^100",
    "1/0",
    "1e-16*z",
    "(z > 0)*z",
    "-x - y",
    "-z^2/2",
  ])("leaves %s as a person would", (text) => {
    expect(simple(text)).toBe(text);
  });

  test.each([
    ["1/3 + 1/6", "1/2"],
    ["0.1 + 0.2", "0.3"],
    ["1 - 0.9", "0.1"],
    ["0.5*z*2", "z"],
    ["0.1/3", "1/30"],
  ])("computes %s exactly", (text, expected) => {
    expect(simple(text)).toBe(expected);
  });

  test("keeps the value wherever the formula has one", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        expect(differingPoint(formula, simplify(formula))).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  test("changes nothing the second time, and can be read back", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        const once = simplify(formula);
        expect(toText(simplify(once))).toBe(toText(once));
        expect(parseFormula(toText(once))).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("simplifying large formulas", () => {
  const grown = (times: number, step: (formula: Formula, round: number) => Formula): Formula => {
    let formula = symbol("x");
    for (let round = 0; round < times; round += 1) formula = step(formula, round);
    return formula;
  };

  test.each<[string, Formula, number]>([
    ["squares", grown(60, (f) => multiply(f, f)), 10],
    ["sums of itself", grown(60, (f) => add(f, multiply(symbol("y"), f))), 200],
    ["quotients of itself", grown(40, (f) => divide(add(f, symbol("y")), add(f, call("sqrt", f)))), 400],
    ["powers of itself", grown(40, (f) => power(add(f, symbol("y")), add(f, number(1)))), 400],
    ["exponentials of itself", grown(40, (f) => multiply(power(E, f), power(E, multiply(symbol("y"), f)))), 400],
    ["new factors each time", grown(26, (f, round) => add(f, multiply(f, symbol(`a${round}`)))), 200],
  ])("does not unfold shared %s", (_, formula, bound) => {
    expect(sizeOf(simplify(formula))).toBeLessThan(bound);
  });

  test("goes through 3,000 nested functions and their derivative", () => {
    const deep = grown(3_000, (f) => call("tanh", add(f, symbol("y"))));
    expect(sizeOf(simplify(differentiate(deep, "x")))).toBeLessThan(20_000);
  });

  test("goes through 3,000 nested sums and products", () => {
    const horner = grown(3_000, (f) => add(multiply(f, symbol("y")), number(1)));
    expect(sizeOf(simplify(horner))).toBeLessThan(10_000);
  });

  test.each(["9^9^9^9^9", "((((9^9)^9)^9)^64)^-64", "2^64^64*z", "(1e15/7 + 1/3)^64*z"])(
    "does not compute the number %s",
    (text) => {
      expect(simple(text).length).toBeLessThan(40);
    },
  );
});
