import { describe, expect, test } from "vitest";
import { call, number, symbol } from "./build.ts";
import { differentiate } from "./rewrite/differentiate.ts";
import { equalFormulas } from "./equality/equal.ts";
import { evaluate } from "./numeric/evaluate.ts";
import { functions } from "./functions.ts";
import { parseFormula } from "./read/parse.ts";
import type { FunctionName } from "./tree.ts";

// as: the keys of the table are its FunctionName
const names = Object.keys(functions) as FunctionName[];
const unary = names.filter((name) => functions[name].arity === 1);
const positiveOnly: readonly FunctionName[] = ["log", "sqrt"];

/** (−f(u+2h) + 8f(u+h) − 8f(u−h) + f(u−2h))/12h: error of order h⁴ from the formula and 1e-16/h from rounding. */
function centralDifference(f: (u: number) => number, u: number): number {
  const h = 1e-3;
  return (8 * (f(u + h) - f(u - h)) - (f(u + 2 * h) - f(u - 2 * h))) / (12 * h);
}

describe("the table of functions", () => {
  test.each(unary)("derives %s as central differences do", (name) => {
    const derivative = differentiate(call(name, symbol("u")), "u");
    for (const u of [-2.3, -0.7, -0.2, 0.3, 0.9, 1.1, 2.6]) {
      if (u < 0 && (positiveOnly.includes(name) || (name === "log1p" && u < -1))) continue;
      const expected = centralDifference((at) => evaluate(call(name, symbol("u")), { u: at }), u);
      // h⁴ = 1e-12 times a fifth derivative of at most a few hundred (log and sqrt near 0.3), and 1e-13 by rounding.
      expect(Math.abs(evaluate(derivative, { u }) - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
    }
  });

  test.each(unary)("gives %s the value of its definition", (name) => {
    const definition = functions[name].definition;
    if (definition !== null) {
      expect(equalFormulas(call(name, symbol("u")), definition(symbol("u")))).toMatchObject({ equal: true });
    }
    expect(functions[name].arity).toBe(1);
  });

  test.each(names)("keeps NaN through %s, whose arguments may come from anywhere", (name) => {
    expect(functions[name].evaluate(Number.NaN, 1)).toBeNaN();
  });

  test("shows no function under two names", () => {
    const all = names.flatMap((name) => [name, ...functions[name].aliases]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("derivatives at kinks", () => {
  const slope = (text: string, z: number): number => evaluate(differentiate(parseFormula(text), "z"), { z, x: z });

  test.each(["relu(z)", "max(0, z)", "max(z, 0)", "-min(0, -z)", "-min(-z, 0)", "abs(z)", "sign(z)"])(
    "%s has slope 0 at 0",
    (text) => {
      expect(slope(text, 0) === 0).toBe(true);
      expect(slope(text, -0) === 0).toBe(true); // −0 may give −0
    },
  );

  test.each([0, 6])("a clamp to [0, 6] has slope 0 at its bound %d", (bound) => {
    expect(slope("min(max(0, z), 6)", bound)).toBe(0);
    expect(slope("max(min(6, z), 0)", bound)).toBe(0);
    expect(slope("min(max(0, z), 6)", 3)).toBe(1);
  });

  test("max and min of two variables share the slope where they tie", () => {
    expect(slope("max(z, x)", 1)).toBe(0.5);
    expect(slope("min(x, z)", 1)).toBe(0.5);
    expect(slope("max(z, z)", 1)).toBe(1);
  });
});

describe("functions JavaScript lacks", () => {
  /** From Python's math.erf (the C library's, below 1 unit in the last place). */
  const erfTable = [
    [1e-300, 1.1283791670955126e-300],
    [1e-8, 1.1283791670955126e-8],
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [1.5, 0.9661051464753108],
    [2, 0.9953222650189527],
    [2.9, 0.9999589021219005],
    [3, 0.9999779095030014],
    [3.1, 0.9999883513426328],
    [4, 0.9999999845827421],
    [5, 0.9999999999984626],
    [5.9, 0.9999999999999999],
    [6, 1],
    [Infinity, 1],
  ] as const;

  test.each(erfTable)("erf(%d) is %d to 1e-15", (u, expected) => {
    const erf = functions.erf.evaluate;
    // 1e-15: a handful of roundings at 1.1e-16 each.
    expect(Math.abs(erf(u, 0) - expected)).toBeLessThanOrEqual(1e-15 * expected);
    expect(erf(-u, 0)).toBe(-erf(u, 0));
  });

  test.each([
    ["sigmoid", -1000, 0],
    ["sigmoid", 1000, 1],
    ["sigmoid", -Infinity, 0],
    ["sigmoid", Infinity, 1],
    ["sigmoid", -700, Math.exp(-700)],
    ["softplus", -1000, 0],
    ["softplus", 1000, 1000],
    ["softplus", Infinity, Infinity],
    ["softplus", -Infinity, 0],
    ["softplus", -40, Math.exp(-40)],
    ["logcosh", -1000, 1000 - Math.LN2],
    ["logcosh", 1000, 1000 - Math.LN2],
    ["logcosh", Infinity, Infinity],
    ["logcosh", 1e-9, 5e-19],
    ["logcosh", 0, 0],
    ["relu", -Infinity, 0],
    ["relu", -0, 0],
  ] as const)("%s(%d) is %d", (name, u, expected) => {
    const value = functions[name].evaluate(u, 0);
    if (expected === 0 || !Number.isFinite(expected)) expect(value === expected).toBe(true);
    else expect(Math.abs(value / expected - 1)).toBeLessThan(1e-15 * 4); // four roundings
  });

  test("logcosh is smooth where its two forms meet", () => {
    const logcosh = functions.logcosh.evaluate;
    const below = logcosh(1 - 2 ** -53, 0);
    // The slope there is tanh(1) < 1, so neighbors differ by less than their distance, beside a few roundings.
    expect(Math.abs(logcosh(1, 0) - below)).toBeLessThan(4e-16);
  });

  test("number(…) of the tie rule does not count as a variable", () => {
    expect(evaluate(differentiate(call("max", number(-1), symbol("z")), "z"), { z: -1 })).toBe(0);
  });
});
