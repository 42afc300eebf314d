import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula, differingPoint } from "../../../test/arbitrary-formula.ts";
import { call, symbol } from "../build.ts";
import { evaluate } from "../numeric/evaluate.ts";
import { functions } from "../functions.ts";
import { literalValue } from "../literal-value.ts";
import { lower } from "./lower.ts";
import { parseFormula } from "../read/parse.ts";
import { toText } from "../print-text.ts";
import { childrenOf, postorder } from "../walk.ts";
import type { FunctionName } from "../tree.ts";

const kernels = "exp expm1 log log1p sqrt abs sign sin cos tanh sigmoid erf min max".split(" ");
// as: the keys of the table are its FunctionName
const unary = (Object.keys(functions) as FunctionName[]).filter((name) => functions[name].arity === 1);

describe("lowering", () => {
  test("leaves only what every engine has a kernel for", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        for (const part of postorder(lower(formula))) {
          expect(part.kind).not.toBe("constant");
          if (part.kind === "call") expect(kernels).toContain(part.name);
        }
      }),
    );
  });

  test("keeps the value wherever the formula has one", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        expect(differingPoint(formula, lower(formula))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test.each(unary)("computes %s as the table does, from −1000 to 1000", (name) => {
    const lowered = lower(call(name, symbol("u")));
    for (const u of [-1000, -700, -50, -1.5, -1, -0.5, -1e-3, -1e-9, -0, 0, 1e-9, 0.5, 1, 1.5, 50, 700, 1000]) {
      const expected = functions[name].evaluate(u, 0);
      const value = evaluate(lowered, { u });
      if (Number.isFinite(expected) && expected !== 0) {
        // 1e-14: below 1e-9 the products of a few rounded values; a cancellation would show as 1e-7 or more.
        expect(Math.abs(value / expected - 1)).toBeLessThan(1e-14);
      } else expect(Object.is(value, expected) || value === expected).toBe(true);
    }
  });

  test.each([
    ["x^2", "x*x"],
    ["x^3", "x*x*x"],
    ["x^0", "1"],
    ["x^1", "x"],
    ["x^-2", "1/(x*x)"],
    ["x^(1/2)", "sqrt(x)"],
    ["x^-0.5", "1/sqrt(x)"],
    ["x^17", "x^17"],
    ["e^x", "exp(x)"],
    ["beta^t", "beta^t"],
    ["1/2*x", "0.5*x"],
    ["x/4", "x*0.25"],
    ["x/3", "x/3"],
    ["sqrt(2)*x", "1.4142135623730951*x"],
    ["relu(x)", "max(x, 0)"],
    ["-(-x)", "x"],
    ["1/0*x", "1/0*x"],
  ])("turns %s into %s", (text, expected) => {
    expect(toText(lower(parseFormula(text)))).toBe(expected);
  });

  test("computes x^16 by four shared squarings", () => {
    const squares = postorder(lower(parseFormula("x^16"))).filter((part) => part.kind === "operation");
    expect(squares).toHaveLength(4);
    for (const square of squares) expect(new Set(childrenOf(square)).size).toBe(1);
  });

  test("folds no exponential or logarithm, which differ between machines in the last bit", () => {
    expect(toText(lower(parseFormula("exp(1) + log(2)")))).toBe("exp(1) + log(2)");
  });

  test("reads literals with their sign", () => {
    expect(literalValue(parseFormula("-3"))).toBe(-3);
    expect(literalValue(parseFormula("1/2"))).toBeNull();
  });
});
