import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula } from "../../test/arbitrary-formula.ts";
import { add, multiply, number, symbol } from "./build.ts";
import { parseFormula } from "./read/parse.ts";
import { toText } from "./print-text.ts";
import {
  formulaKey,
  replaceSubformula,
  sameStructure,
  shareSubformulas,
  sizeOf,
  substitute,
  symbolsOf,
} from "./structure.ts";
import type { Formula } from "./tree.ts";
import { postorder } from "./walk.ts";

const read = (text: string): Formula => parseFormula(text);

describe("structural identity", () => {
  test("holds exactly when the texts agree", () => {
    fc.assert(
      fc.property(arbitraryFormula, arbitraryFormula, (left, right) => {
        expect(sameStructure(left, right)).toBe(toText(left) === toText(right));
        expect(formulaKey(read(toText(left)))).toBe(formulaKey(left));
      }),
    );
  });

  test.each([
    ["a+b", "b+a"],
    ["a-b", "a+b"],
    ["a<b", "a<=b"],
    ["sin(a)", "cos(a)"],
    ["e", "pi"],
    ["0.5", "1/2"],
  ])("tells %s from %s", (left, right) => {
    expect(sameStructure(read(left), read(right))).toBe(false);
  });

  test("tells symbols by their scripts", () => {
    const plain = symbol("w");
    const layered: Formula = { kind: "symbol", name: "w", indices: [], layer: symbol("l") };
    const indexed: Formula = { kind: "symbol", name: "w", indices: [symbol("l")], layer: null };
    expect(new Set([plain, layered, indexed].map(formulaKey)).size).toBe(3);
    expect(sameStructure(layered, { kind: "symbol", name: "w", indices: [], layer: symbol("l") })).toBe(true);
  });

  test("of a part of 20,000 parts is known at once, whichever part is asked first", () => {
    const build = (): Formula => {
      let chain = symbol("z");
      for (let length = 0; length < 20_000; length += 1) chain = add(multiply(chain, symbol("y")), number(1));
      return chain;
    };
    expect(sizeOf(build())).toBe(40_003);
    expect(sameStructure(build(), build())).toBe(true);
  });
});

describe("reading and replacing", () => {
  test("lists symbols once, in order of appearance", () => {
    expect(symbolsOf(read("b*a + b - e^z"))).toEqual(["b", "a", "z"]);
  });

  test("substitutes all symbols at once", () => {
    const swapped = substitute(
      read("a - b"),
      new Map([
        ["a", symbol("b")],
        ["b", symbol("a")],
      ]),
    );
    expect(toText(swapped)).toBe("b - a");
  });

  test("replaces parts of one structure, the outermost first", () => {
    expect(toText(replaceSubformula(read("sin(z)*(1 - sin(z)) + z"), read("sin(z)"), symbol("a")))).toBe(
      "a*(1 - a) + z",
    );
    expect(toText(replaceSubformula(read("abs(abs(z))"), read("abs(abs(z))"), symbol("a")))).toBe("a");
    expect(toText(replaceSubformula(read("z + z"), symbol("z"), read("z*z")))).toBe("z*z + z*z");
  });

  test("makes equal parts one object", () => {
    const shared = shareSubformulas(read("(a+b)*(a+b) - (a+b)"));
    expect(postorder(shared)).toHaveLength(sizeOf(shared));
    expect(toText(shared)).toBe("(a + b)*(a + b) - (a + b)");
    expect(sizeOf(shared)).toBe(5);
  });
});
