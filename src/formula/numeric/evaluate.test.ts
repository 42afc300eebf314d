import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula } from "../../../test/arbitrary-formula.ts";
import { FormulaError } from "../../errors.ts";
import { add, call, symbol } from "../build.ts";
import { compileFormula } from "./compile-formula.ts";
import { evaluate, evaluateWithError } from "./evaluate.ts";
import { parseFormula } from "../read/parse.ts";

const anyNumber = fc.oneof(
  fc.double({ min: -10, max: 10 }),
  fc.constantFrom(0, -0, 1e3, -1e3, Infinity, -Infinity, Number.NaN),
);

describe("evaluating", () => {
  test.each([
    ["1/2 (a-t)^2", 4.5],
    ["a > t ? a : t", 4],
    ["(a >= t) - (a == a) + (a != t)", 1],
    ["max(a, t) - min(a, t)", 3],
    ["2^-1 + pi - pi", 0.5],
    ["-a^2", -16],
  ])("gives %s its value", (text, expected) => {
    expect(evaluate(parseFormula(text), { a: 4, t: 1 })).toBe(expected);
  });

  test("takes one branch of a choice and lets no NaN through from the other", () => {
    const formula = parseFormula("z > 0 ? log(z) : 0*log(-z) + 7");
    expect(evaluate(parseFormula("z > 0 ? 1 : 0/0"), { z: 1 })).toBe(1);
    expect(evaluate(formula, { z: -1 })).toBe(7);
    expect(compileFormula(formula, ["z"])([-1])).toBe(7);
  });

  test("counts NaN as a condition that holds, being not 0, and every comparison with it as false but !=", () => {
    const at = (text: string): number => evaluate(parseFormula(text), { n: Number.NaN });
    expect(at("n ? 1 : 2")).toBe(1);
    expect(["n < 0", "n <= 0", "n > 0", "n >= 0", "n == n", "n != n"].map(at)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  test("asks for a value that is missing", () => {
    expect(() => evaluate(parseFormula("a*t"), { a: 1 })).toThrow('expected a value for "t", got values for a.');
    expect(() => evaluate(parseFormula("constructor"), {})).toThrow(FormulaError);
    expect(() => compileFormula(parseFormula("a*t"), ["a"])).toThrow(FormulaError);
  });

  test("estimates what rounding may have cost", () => {
    const at = (text: string, x: number) => evaluateWithError(parseFormula(text), { x });
    const canceled = at("(x + 1e10) - 1e10", 0.1);
    expect(Math.abs(canceled.value - 0.1)).toBeLessThan(canceled.error);
    expect(canceled.error).toBeLessThan(1e-4);
    expect(at("x*1e20 > 1", 1).error).toBeLessThan(1e-15);
    expect(at("1/(1 + 1e20*x)", 1).error).toBeLessThan(1e-34);
    // Rounding decides this one, so all of it is in doubt.
    expect(at("x*3 - x - x - x > 0", 0.1).error).toBeGreaterThanOrEqual(1);
    expect(at("1/(x - x)", 1)).toMatchObject({ hasInfinity: true, hasNaN: false });
    expect(at("log(x) > 0", -1)).toMatchObject({ value: 0, hasNaN: true });
  });

  test("evaluates 2^100 uses of one part in 100 steps", () => {
    let doubled = symbol("z");
    for (let times = 0; times < 100; times += 1) doubled = add(doubled, doubled);
    expect(evaluate(doubled, { z: 1 })).toBe(2 ** 100);
    expect(compileFormula(doubled, ["z"])([1])).toBe(2 ** 100);
  });

  test("evaluates 20,000 nested calls", () => {
    let deep = symbol("z");
    for (let depth = 0; depth < 20_000; depth += 1) deep = call("abs", deep);
    expect(evaluate(deep, { z: -3 })).toBe(3);
    expect(compileFormula(deep, ["z"])([-3])).toBe(3);
  });
});

describe("the compiled evaluator", () => {
  test("gives the very bits of evaluate, extremes included", () => {
    fc.assert(
      fc.property(
        arbitraryFormula,
        fc.array(fc.tuple(anyNumber, anyNumber), { minLength: 3, maxLength: 3 }),
        (formula, points) => {
          const compiled = compileFormula(formula, ["x", "y"]);
          for (const [x, y] of points) expect(compiled([x, y])).toBe(evaluate(formula, { x, y }));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("takes values from any array, in the order of the names, also ones it does not need", () => {
    const compiled = compileFormula(parseFormula("b - a"), ["a", "unused", "b"]);
    expect(compiled(Float32Array.of(1, 9, 3))).toBe(2);
  });
});
