import { describe, expect, test } from "vitest";
import { differentiate, evaluate, functions, parseFormula, symbolsOf } from "../../formula/index.ts";
import { activation, activationNames, cost, costNames } from "../../network/index.ts";
import { localSlopes } from "./local-slopes.ts";

const texts = [
  "1/2*(y - t)^2",
  "u*v/w - w^u + e^(-u*v)",
  "u > v ? u*v : u/v",
  "u < v ? u*v : log(u - 1)",
  "max(0, u)*max(v, u) + min(u, u)",
  "u*u*u",
  "-(-u)",
  "3*4",
  ...Object.entries(functions).map(([name, { arity }]) => (arity === 1 ? `${name}(u)` : `${name}(u, v)`)),
  ...activationNames.flatMap((name) => {
    const f = activation(name);
    return f.kind === "softmax" ? [] : [f.text].filter((text) => !/alpha|slope|scale/.test(text));
  }),
];

describe("local slopes", () => {
  const values = { u: 0.7, v: 1.3, w: 0.4, y: 0.2, t: 1, z: -0.6, a: 0.3 };

  test.each(texts)("of %s are those of its derivative by each symbol", (text) => {
    const formula = parseFormula(text);
    const slopes = localSlopes(formula, values);
    expect([...slopes.keys()].toSorted()).toEqual([...symbolsOf(formula)].toSorted());
    for (const [name, slope] of slopes) {
      const expected = evaluate(differentiate(formula, name), values);
      // The same numbers in another order of operations.
      expect(Math.abs(slope - expected)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(expected)));
    }
  });

  test.each(costNames)("of the cost %s are those of its derivative", (name) => {
    const { formula } = cost(name);
    const exact = evaluate(differentiate(formula, "a"), values);
    expect(localSlopes(formula, values).get("a")).toBeCloseTo(exact, 14);
  });

  test.each([
    ["max(0, z)", 0],
    ["max(z, 0)", 0],
    ["max(z, z)", 1],
    ["relu(z)", 0],
    ["abs(z)", 0],
    ["min(max(0, z), 6)", 0],
    ["z^2", 0],
    ["z > 0 ? log(z) : z", 1],
  ])("of %s at 0 follow the conventions of kinks: %d", (text, slope) => {
    const found = localSlopes(parseFormula(text), { z: 0 }).get("z");
    // −0 is as good.
    expect((found ?? 1) + 0).toBe(slope);
  });
});
