import { describe, expect, test } from "vitest";
import { apart, operationsOf, OverBudget, spend, withBudget, withinBudget } from "./budget.ts";
import { differentiate } from "./rewrite/differentiate.ts";
import { equalFormulas } from "./equality/equal.ts";
import { parseFormula } from "./read/parse.ts";
import { simplify } from "./rewrite/simplify.ts";

describe("a budget of operations", () => {
  test("is spent, and no more than that", () => {
    expect(withBudget(10, () => (spend(10), "done"))).toBe("done");
    expect(() => withBudget(10, () => spend(11))).toThrow(OverBudget);
  });

  test("is without end where none is given", () => {
    expect(() => spend(1e12)).not.toThrow();
  });

  test("is never more than that around it, which pays for it", () => {
    expect(() => withBudget(10, () => withBudget(100, () => spend(11)))).toThrow(OverBudget);
    const left = (): number => withBudget(10, () => (withBudget(100, () => spend(4)), operationsOf(() => spend(6))));
    expect(left()).toBe(6);
    expect(() => withBudget(10, () => (withBudget(5, () => spend(4)), spend(7)))).toThrow(OverBudget);
  });

  test("has another result where it does not suffice, and leaves the rest around it", () => {
    const work = (): string =>
      withBudget(10, () => {
        const result = withinBudget(
          4,
          () => (spend(5), "all"),
          () => "less",
        );
        spend(6);
        return result;
      });
    expect(work()).toBe("less");
    expect(() =>
      withinBudget(
        4,
        () => {
          throw new RangeError("another");
        },
        () => null,
      ),
    ).toThrow(RangeError);
  });

  test("is apart for what is kept for others: the first who asks pays nothing for it", () => {
    expect(withBudget(10, () => (apart(100, () => spend(50)), spend(10), "done"))).toBe("done");
    expect(() => withBudget(10, () => apart(100, () => spend(101)))).toThrow(OverBudget);
  });

  test("is as it was after an error", () => {
    expect(() => withBudget(10, () => spend(11))).toThrow(OverBudget);
    expect(() => spend(1e9)).not.toThrow();
  });
});

test("work on formulas takes the same number of operations every time, more for larger ones", () => {
  const work = (text: string): number =>
    operationsOf(() => {
      const formula = parseFormula(text);
      equalFormulas(simplify(differentiate(formula, "z")), formula);
    });
  expect(work("e^(z^2)/(1 + z)")).toBe(work("e^(z^2)/(1 + z)"));
  expect(work("e^(e^(e^(z^2)))/(1 + z)")).toBeGreaterThan(work("e^(z^2)/(1 + z)"));
  expect(() => withBudget(1000, () => work("e^(e^(e^(z^2)))/(1 + z)"))).not.toThrow();
  expect(() => withBudget(1000, () => simplify(parseFormula("e^(e^(e^(z^2)))/(1 + z) + e^(e^(e^z))")))).toThrow(
    OverBudget,
  );
});
