import { describe, expect, test } from "vitest";
import { add, call, number, symbol } from "./build.ts";
import { parseFormula } from "./read/parse.ts";
import { toText } from "./print-text.ts";
import { childrenOf, foldFormula, postorder, rewriteFormula, withChildren } from "./walk.ts";

describe("walking over a formula", () => {
  test("visits parts before the whole, from left to right", () => {
    expect(postorder(parseFormula("a*b - (c ? d : e^f)")).map(toText)).toEqual([
      "a",
      "b",
      "a*b",
      "c",
      "d",
      "e",
      "f",
      "e^f",
      "c ? d : e^f",
      "a*b - (c ? d : e^f)",
    ]);
  });

  test("visits a shared part once, however often it is used", () => {
    let doubled = symbol("z");
    for (let times = 0; times < 100; times += 1) doubled = add(doubled, doubled);
    expect(postorder(doubled)).toHaveLength(101);
    expect(foldFormula<number>(doubled, (_, [left = 0.5, right = 0.5]) => left + right)).toBe(2 ** 100);
  });

  test("leaves out what is known, and all below it", () => {
    const known = parseFormula("a*b");
    expect(postorder(add(known, symbol("c")), (part) => part === known).map(toText)).toEqual(["c", "a*b + c"]);
  });

  test("reaches the bottom of 100,000 nested calls", () => {
    let deep = symbol("z");
    for (let depth = 0; depth < 100_000; depth += 1) deep = call("tanh", deep);
    expect(postorder(deep)).toHaveLength(100_001);
  });

  test("keeps the very object when no part differs", () => {
    const formula = parseFormula("z > 0 ? z : -a*sin(z)");
    expect(withChildren(formula, childrenOf(formula))).toBe(formula);
    expect(rewriteFormula(formula, (part) => part)).toBe(formula);
  });

  test("rewrites from the leaves up and keeps sharing", () => {
    const shared = parseFormula("z + 1");
    const rewritten = rewriteFormula(add(shared, shared), (part) => (part.kind === "number" ? number(2) : part));
    expect(toText(rewritten)).toBe("z + 2 + (z + 2)");
    const [left, right] = childrenOf(rewritten);
    expect(left).toBe(right);
  });
});
