import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula } from "../../test/arbitrary-formula.ts";
import {
  evaluateWithError,
  type Formula,
  parseFormula,
  symbol,
  symbolsOf,
  substitute,
  toText,
} from "../formula/index.ts";
import { activation, activationNames } from "../network/index.ts";
import { deriveFunction, OWN } from "./derive-function.ts";
import { functionPage, sentences } from "./function-page.ts";
import { functionPlot } from "./function-plot.ts";
import { namedFunction } from "./named-function.ts";
import { pageToText } from "./page-text.ts";

function ownTerms(text: string): string | null {
  const { inOwnTerms } = deriveFunction(parseFormula(text), { by: "z" });
  return inOwnTerms === null ? null : toText(substitute(inOwnTerms, new Map([[OWN, symbol("f")]])));
}

const behavior = (text: string): ReturnType<typeof deriveFunction>["behavior"] =>
  deriveFunction(parseFormula(text)).behavior;

describe("the derivative in terms of the function itself", () => {
  test.each([
    ["1/(1+e^(-z))", "f*(1 - f)"],
    ["e^z/(e^z+1)", "f*(1 - f)"],
    ["2/(1+e^(-z/2))-1", "1/4 - f^2/4"],
    ["(e^z-e^(-z))/(e^z+e^(-z))", "1 - f^2"],
    ["tanh(z)", "1 - f^2"],
    ["e^(2z)/3", "2*f"],
    ["sqrt(z)", "1/(2*f)"],
    ["1/z", "-f^2"],
    ["e^(-z^2)", "-2*f*z"],
    ["z/(1+e^(-z))", "sigmoid(z) + f*(1 - sigmoid(z))"],
    ["e^(-c*z)", "-f*c"],
  ])("of %s is %s", (text, expected) => expect(ownTerms(text)).toBe(expected));

  test.each(["sin(z)", "z^3 + z", "log(z)", "3z", "max(0, z)"])("of %s is none", (text) => {
    expect(ownTerms(text)).toBeNull();
  });
});

describe("how a derivative behaves", () => {
  test("that of the sigmoid is 1/4 at 0 and small far away", () => {
    expect(behavior("1/(1+e^(-z))")).toEqual({
      largest: { kind: "point", at: 0, magnitude: 0.25 },
      limits: { minusInfinity: 0, plusInfinity: 0 },
      kinks: [],
    });
    const text = sentences(behavior("1/(1+e^(-z))")!, "z").join(" ");
    expect(text).toContain("For large |z| its magnitude becomes small.");
  });

  test("that of ReLU is 0 left of 0, 1 right of it, and 0 at it", () => {
    expect(behavior("max(0, z)")).toMatchObject({
      largest: { kind: "many", magnitude: 1, around: 1 },
      limits: { minusInfinity: 0, plusInfinity: 1 },
      kinks: [{ at: 0, left: 0, right: 1, used: 0 }],
    });
  });

  test.each([
    ["z^3", { kind: "unbounded" }, [Infinity, Infinity], []],
    ["log(1+e^z)", { kind: "limit", magnitude: 1 }, [0, 1], []],
    ["sin(z)", { kind: "many", magnitude: 1 }, [null, null], []],
    ["log(z)", { kind: "unbounded" }, [null, 0], []],
    ["max(z, 2 - z)", { kind: "many", magnitude: 1 }, [-1, 1], [1]],
    ["z <= -1 ? -1 : (z >= 1 ? 1 : z)", { kind: "many", magnitude: 1 }, [0, 0], [-1, 1]],
    ["abs(z - 0.3)", { kind: "many", magnitude: 1 }, [-1, 1], [0.3]],
    ["1/(1+z^2)", { kind: "many" }, [0, 0], []],
    ["z*tanh(log(1+e^z))", { kind: "point" }, [0, 1], []],
  ])("that of %s is known", (text, largest, [minusInfinity, plusInfinity], kinks) => {
    const found = behavior(text);
    expect(found?.largest).toMatchObject(largest);
    expect(found?.limits).toEqual({ minusInfinity, plusInfinity });
    // Found by halving intervals of 0.01 sixty times: to the last bits.
    expect(found?.kinks.map(({ at }) => at)).toEqual(kinks.map((at) => expect.closeTo(at, 12)));
  });

  test("is left open while a further symbol has no value", () => {
    const formula = parseFormula("z/(1+e^(-c*z))");
    expect(deriveFunction(formula, { by: "z" })).toMatchObject({ behavior: null, stable: null });
    expect(deriveFunction(formula, { at: { c: 2 } }).behavior?.limits).toEqual({ minusInfinity: 0, plusInfinity: 1 });
    expect(() => deriveFunction(formula)).toThrow(
      /expected a formula in one symbol, got z, c\. Say by which: --by z\./,
    );
    expect(() => deriveFunction(formula, { by: "y" })).toThrow(/expected a symbol of the formula/);
    expect(() => deriveFunction(parseFormula("3"))).toThrow(/got none/);
  });
});

describe("functions by name", () => {
  test.each([
    ["sigmoid", "sigma", "1/(1 + e^(-z))"],
    ["sigma", "sigma", "1/(1 + e^(-z))"],
    ["relu", "ReLU", "max(0, z)"],
    ["ReLU", "ReLU", "max(0, z)"],
    ["tanh", "tanh", "(e^z - e^(-z))/(e^z + e^(-z))"],
    ["cosh", "cosh", "(e^z + e^(-z))/2"],
    ["silu", "silu", "z/(1 + e^(-z))"],
    ["ln", "ln", "log(z)"],
  ])("%s is %s(z) = %s", (name, printed, text) => {
    const found = namedFunction(name);
    expect([found?.name, found === null ? "" : toText(found.formula)]).toEqual([printed, text]);
  });

  test.each(["softmax", "max", "foo", "constructor", ""])("%s is none of one number", (name) => {
    expect(namedFunction(name)).toBeNull();
  });

  test("all have a page and a plot", () => {
    const named: Record<string, Formula> = {};
    for (const name of activationNames) {
      const each = activation(name);
      if (each.kind === "elementwise") named[name] = each.formula;
    }
    for (const [name, formula] of Object.entries(named)) {
      const derivation = deriveFunction(formula, { name, by: "z" });
      expect(pageToText(functionPage(derivation))).toMatch(/As z → −∞ it tends to/);
      expect(functionPlot(derivation)).toMatch(/^<svg [\s\S]*<polyline class="curve function"[\s\S]*<\/svg>\n$/);
    }
  });
});

test("any formula has a page, and what is found in its own terms is its derivative", () => {
  fc.assert(
    fc.property(arbitraryFormula, (formula) => {
      fc.pre(symbolsOf(formula).includes("x"));
      const derivation = deriveFunction(formula, { by: "x", at: symbolsOf(formula).includes("y") ? { y: 0.7 } : {} });
      expect(pageToText(functionPage(derivation))).toMatch(/^The derivative of f\n/);
      const { inOwnTerms, formula: settled, derivative } = derivation;
      if (inOwnTerms === null) return;
      const back = substitute(inOwnTerms, new Map([[OWN, settled]]));
      const [points, agreeing] = [[-2.3, -0.71, 0.4, 1.9], [] as number[]];
      for (const x of points) {
        const [one, other] = [evaluateWithError(back, { x }), evaluateWithError(derivative, { x })];
        const isKnown = Number.isFinite(one.value) && Number.isFinite(other.value);
        const allowed = 1e-7 * Math.max(1, Math.abs(other.value)) + 1e3 * (one.error + other.error);
        if (!isKnown || Math.abs(one.value - other.value) <= allowed) agreeing.push(x);
      }
      expect(agreeing).toEqual(points);
    }),
    { numRuns: 200 },
  );
});
