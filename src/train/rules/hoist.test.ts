import { describe, expect, test } from "vitest";
import { parseFormula, toText } from "../../formula/index.ts";
import { createHoister, type SymbolValue } from "./hoist.ts";

const symbols = new Map<string, SymbolValue>([
  ["w", "tensor"],
  ["g", "tensor"],
  ["eta", "step"],
  ["t", "step"],
  ["beta", 0.5],
  ["zero", 0],
  ["one", 1],
]);

function hoisted(...texts: readonly string[]): { formulas: string[]; scalars: string[] } {
  const hoister = createHoister(symbols);
  const formulas = texts.map((text) => toText(hoister.hoist(parseFormula(text, { symbols: [...symbols.keys()] }))));
  return { formulas, scalars: hoister.scalars.map(({ symbol, formula }) => `${symbol} = ${toText(formula)}`) };
}

describe("hoist", () => {
  test("computes at once what is the same in every step", () => {
    expect(hoisted("(1 - beta)*g + beta^2*w")).toEqual({ formulas: ["0.5*g + 0.25*w"], scalars: [] });
  });

  test("takes out the largest parts that are one number a step", () => {
    expect(hoisted("w - eta/(1 - beta^t)*g")).toEqual({
      formulas: ["w - scalar1*g"],
      scalars: ["scalar1 = eta/(1 - 0.5^t)"],
    });
  });

  test("calls a scalar that has a name by that name", () => {
    expect(hoisted("w - eta*g")).toEqual({ formulas: ["w - eta*g"], scalars: ["eta = eta"] });
  });

  test("shares a scalar between formulas", () => {
    expect(hoisted("w*(1 - beta^t)", "g/(1 - beta^t)").scalars).toEqual(["scalar1 = 1 - 0.5^t"]);
  });

  test("leaves out what a setting of 0 or 1 makes idle, so that it cannot turn infinity into NaN", () => {
    expect(hoisted("g + zero*w", "one*g", "w - zero/g", "g/one").formulas).toEqual(["g", "g", "w", "g"]);
  });

  test("keeps a part that is no finite number as it is written", () => {
    expect(hoisted("g/zero").formulas).toEqual(["g/0"]);
    expect(hoisted("g*(1/zero)").formulas).toEqual(["g*(1/0)"]);
  });

  test("makes a formula without tensors one scalar", () => {
    expect(hoisted("eta*t + beta")).toEqual({ formulas: ["scalar1"], scalars: ["scalar1 = eta*t + 0.5"] });
  });
});
