import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula } from "../../../test/arbitrary-formula.ts";
import {
  evaluateWithError,
  type Formula,
  parseFormula,
  symbol,
  symbolsOf,
  substitute,
  toText,
} from "../../formula/index.ts";
import { activation, activationNames } from "../../network/index.ts";
import { deriveFunction, OWN } from "./derive-function.ts";
import type { Claim } from "./claim.ts";
import { sentences } from "./claim-sentences.ts";
import { functionPage } from "./function-page.ts";
import { functionPlot } from "./function-plot.ts";
import { namedFunction } from "./named-function.ts";
import { pageToText } from "../page/page-text.ts";

function ownTerms(text: string): string | null {
  const { inOwnTerms } = deriveFunction(parseFormula(text), { by: "z" });
  return inOwnTerms === null ? null : toText(substitute(inOwnTerms, new Map([[OWN, symbol("f")]])));
}

const claims = (text: string, at: Readonly<Record<string, number>> = {}): readonly Claim[] =>
  deriveFunction(parseFormula(text), { at }).claims ?? expect.fail("no claims");

/** What is said of a function, a sentence each. */
const told = (text: string): readonly string[] => sentences(claims(text), "z", "f");

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
    expect(claims("1/(1+e^(-z))")).toEqual([
      {
        kind: "largest",
        // Between a value that is taken and a bound within 1e-9 of it.
        value: { kind: "points", at: [0], isExact: true, magnitude: 0.25, bounds: [0.25, expect.closeTo(0.25, 8)] },
        basis: "proved",
      },
      { kind: "limit", toward: "minusInfinity", value: 0, basis: "proved" },
      { kind: "limit", toward: "plusInfinity", value: 0, basis: "proved" },
    ]);
    expect(told("1/(1+e^(-z))")).toEqual([
      "Its magnitude is largest at z = 0: 0.25.",
      "As z → −∞ it tends to 0, as z → ∞ it tends to 0. For large |z| its magnitude becomes small.",
    ]);
  });

  test("that of ReLU is 0 left of 0, 1 right of it, and 0 at it", () => {
    expect(told("max(0, z)")).toEqual([
      "Its magnitude is largest at more than one place, such as z = 1: 1.",
      "As z → −∞ it tends to 0, as z → ∞ it tends to 1.",
      "A kink at z = 0: the slope is 0 on the left, 1 on the right; at the kink itself 0 is used.",
    ]);
  });

  // Each was wrong, or stated as fact, when claims were read off values in [−20, 20].
  test.each([
    ["z*cos(z)", /grows without bound as z → −∞ and z → ∞\./, /As z → −∞ it has no limit/],
    ["z*ln(z)", /has a value only for z > 0/, /Its magnitude grows without bound/],
    ["e^(-(z-50)^2)", /largest at z ≈ 49\.2929 and z ≈ 50\.7071: 0\.857764/, /tends to 0/],
    ["z^2*sin(z)", /grows without bound as z → −∞ and z → ∞\./, /it has no limit, as z → ∞ it has no limit/],
    [
      "e^(-abs(z))",
      /never exceeds 1, and comes as close to it as one likes as z → 0\./,
      /slope is 1 on the left, −1 on the right/,
    ],
    ["tanh(z-21)", /largest at z = 21: 1\./, /tends to 0/],
    ["0.0000005*z", /such as z = 0: 5e−7\./, /As z → −∞ it tends to 5e−7, as z → ∞ it tends to 5e−7\./],
    ["(z+1)^3/3 - z^3/3 - z^2", /: 1\./, /As z → −∞ it tends to 1, as z → ∞ it tends to 1\./],
    ["abs(z-1000)", /such as z = .*: 1\./, /A kink at z = 1000: the slope is −1 on the left, 1 on the right/],
    ["1/z", /has a value for every z but 0/, /Its magnitude grows without bound as z → 0\./],
    ["sqrt(1-z^2)", /has a value only for −1 ≤ z ≤ 1/, /grows without bound as z → −1 and z → 1\./],
    [
      "abs(z^2-2)",
      /grows without bound/,
      /A kink at z ≈ 1\.41421: the slope is −2\.82843 on the left, 2\.82843 on the right/,
    ],
    ["z > 3 ? 1 : 0", /It is 0 wherever it has a value/, /A jump at z = 3: f\(z\) goes from 0 to 1\./],
    ["abs(sin(z))", /more than one place/, /repeats itself every 6\.28319\..*A kink at z = 0, and again every period/],
    ["sqrt(abs(z))", /grows without bound as z → 0/, /A kink at z = 0: the slope is −∞ on the left, ∞ on the right\./],
    ["log(1+e^z)", /never exceeds 1, and comes as close to it as one likes as z → ∞\./, /as z → ∞ it tends to 1\./],
    ["sin(z)", /more than one place, such as .*: 1\./, /it has no limit, as z → ∞ it has no limit/],
    ["e^z/z^100 + log(z)", /grows without bound/, /as z → ∞ it grows without bound/],
    ["sqrt(z^2+z) - z", /./, /As z → −∞ it tends to −2, as z → ∞ it tends to 0\./],
  ])("that of %s is told as it is", (text, ...expected) => {
    for (const each of expected) expect(told(text).join(" ")).toMatch(each);
  });

  test.each(["abs(z)^1.5", "z > 0 ? z : e^z - 1", "1/(1+z^2)", "abs(z)*z"])("%s has no kink", (text) => {
    expect(claims(text).filter(({ kind }) => kind === "kink")).toEqual([]);
  });

  test("what is not proved is said to be found, with its stretch, or not said", () => {
    const text = "sin(z^2)/z";
    expect(claims(text).find(({ kind }) => kind === "largest")?.basis).toEqual({ foundOn: [-20, 20] });
    expect(told(text).join(" ")).toMatch(
      /On \[−20, 20\] the largest magnitude found is 2\.02815, at z ≈ −?1\.72181; elsewhere it may be larger\..*What it does as z → −∞ and z → ∞ was not found\./,
    );
  });

  test("the work is bounded, whatever the formula", { timeout: 240_000 }, () => {
    const long = Array.from({ length: 150 }, (_, i) => `abs(sin(z^2 + ${i}))`).join(" + ");
    for (const text of [
      long,
      "e^(e^(e^(e^z)))",
      "((z+1)^16)^16 - z^256",
      "1/(sin(1/z) + 1)",
      "z^1000000",
      "abs(sin(e^z))",
    ]) {
      const start = process.cpuUsage();
      expect(claims(text).length).toBeGreaterThanOrEqual(0);
      // Of the processor alone, so that a busy machine changes nothing; without bounds some take for ever.
      const { user } = process.cpuUsage(start);
      expect(user / 1e6).toBeLessThan(20);
    }
  });

  test("is left open while a further symbol has no value", () => {
    const formula = parseFormula("z/(1+e^(-c*z))");
    expect(deriveFunction(formula, { by: "z" })).toMatchObject({ claims: null, stable: null });
    expect(claims("z/(1+e^(-c*z))", { c: 2 })).toContainEqual({
      kind: "limit",
      toward: "plusInfinity",
      value: 1,
      basis: "proved",
    });
    expect(() => deriveFunction(formula)).toThrow(
      /expected a formula in one symbol, got z, c\. Say with respect to which: --by z\./,
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
      expect(pageToText(functionPage(derivation))).toMatch(/largest|never exceeds[\s\S]*As z → −∞ it tends to/);
      expect(functionPlot(derivation)).toMatch(/^<svg [\s\S]*<polyline class="curve series-1"[\s\S]*<\/svg>\n$/);
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
    { numRuns: 60 },
  );
});
