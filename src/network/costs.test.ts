import { describe, expect, test } from "vitest";
import { evaluate } from "../formula/index.ts";
import { type Cost, cost, type CostName, costNames } from "./costs.ts";

const at = (given: Cost, a: number, t: number): number => evaluate(given.formula, { a, t });

describe("Each cost of one output is what its name says:", () => {
  const examples: Readonly<Record<CostName, readonly [a: number, t: number, expected: number]>> = {
    quadratic: [3, 1, 2],
    meanSquaredError: [3, 1, 4],
    meanAbsoluteError: [1, 3, 2],
    huber: [3, 1, 1.5],
    logCosh: [2, 1, Math.log(Math.cosh(1))],
    crossEntropy: [0.25, 1, Math.log(4)],
    binaryCrossEntropy: [0.25, 0, -Math.log(0.75)],
    poisson: [2, 3, 2 - 3 * Math.log(2)],
    hinge: [0.25, -1, 1.25],
  };
  test.each(costNames)("%s", (name) => {
    const [a, t, expected] = examples[name];
    expect(at(cost(name), a, t)).toBeCloseTo(expected, 14);
  });
});

describe("A cost", () => {
  test("adds up over the outputs for quadratic and both cross-entropies, and averages for the others", () => {
    const sums = costNames.filter((name) => cost(name).over === "sum");
    expect(sums).toEqual(["quadratic", "crossEntropy", "binaryCrossEntropy"]);
  });

  test("takes other parameters than the default", () => {
    expect(at(cost("huber", { delta: 0.5 }), 3, 1)).toBe(0.5 * (2 - 0.25));
  });

  test("of one's own needs but a formula in a and t", () => {
    const quartic = cost("quartic", "c*(a - t)^4", { over: "mean", parameters: { c: 2 } });
    expect([at(quartic, 3, 1), quartic.over]).toEqual([32, "mean"]);
  });

  test("takes a parameter's Greek letter as the formula does", () => {
    expect(at(cost("own", "η*(a - t)", { parameters: { η: 2 } }), 3, 1)).toBe(4);
  });

  test.each([
    ["an unknown name", () => cost("crossEntrpy" as CostName), 'Did you mean "crossEntropy"?'],
    ["a parameter it lacks", () => cost("hinge", { delta: 1 }), 'expected no parameter, got "delta"'],
    ["a name that is taken", () => cost("hinge", "a - t"), "expected a name that is not taken"],
    ["a symbol it does not know", () => cost("own", "(y - t)^2"), "y"],
    ["a parameter called e", () => cost("own", "e*(a - t)", { parameters: { e: 2 } }), 'got "e"'],
    ["a parameter called t", () => cost("own", "a - t", { parameters: { t: 2 } }), 'got "t"'],
    ["another way over the outputs", () => cost("own", "a - t", { over: "max" as "sum" }), 'got "max"'],
  ])("is refused for %s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});
