import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { engineFrom } from "../../engine/index.ts";
import { FormulaError, OptionError } from "../../errors.ts";
import { parseFormula, toText } from "../../formula/index.ts";
import { axis, input, variable } from "../../graph/index.ts";
import { firstScalars, updateEquations } from "./update-equations.ts";
import { type UpdateRule, updateRule, type UpdateRuleName, updateRuleNames } from "./update-rules.ts";

interface Fixture {
  readonly initial: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly cases: readonly {
    readonly name: string;
    readonly rule: UpdateRuleName;
    readonly hyperparameters: Readonly<Record<string, number>>;
    readonly parameters: readonly (readonly number[])[];
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL("../../../test/pytorch/update-rules.json", import.meta.url), "utf8"),
) as Fixture;

/** The parameter after every step, under gradients given step by step. */
function follow(
  rule: UpdateRule,
  given: { initial: readonly number[]; gradients: readonly (readonly number[])[]; rates: readonly number[] },
  engineName: "reference" | "wasm" = "reference",
): number[][] {
  const along = axis("position", given.initial.length);
  const parameter = variable("w", [along]);
  const gradient = input("g", [along]);
  const equations = updateEquations(rule, [{ parameter, gradient }]);
  const session = engineFrom(engineName).open();
  const executable = session.prepare({ outputs: {}, updates: equations.updates });
  session.write(parameter, given.initial);
  const scalars = equations.scalarsAt(firstScalars, Float64Array.from(given.rates)).values;
  return given.gradients.map((gradients, step) => {
    const inputs = new Map<typeof gradient, ArrayLike<number>>([[gradient, gradients]]);
    for (const [node, values] of scalars) inputs.set(node, values.subarray(step, step + 1));
    executable.run({ inputs });
    return [...session.read(parameter)];
  });
}

/**
 * The rule a fixture speaks of. PyTorch 1.13, which made the fixtures, multiplies this step's momentum twice into NAdam's
 * second denominator (2.0 and later do not, nor does the paper); that one factor is put in here, nothing else.
 */
function asPyTorch13(rule: UpdateRuleName, settings: Readonly<Record<string, number>>): UpdateRule {
  const ours = updateRule(rule, settings);
  if (rule !== "nadam") return ours;
  const symbols = ["w", "eta", "mu", "next", "product", "g", "m", "r"];
  const text = toText(ours.update).replace("product*next", "product*mu*next");
  return { ...ours, update: parseFormula(text, { symbols }) };
}

const largestDifference = (actual: number[][], expected: readonly (readonly number[])[]): number =>
  Math.max(...expected.flatMap((row, i) => row.map((value, j) => Math.abs(value - actual[i]![j]!))));

describe("20 steps of PyTorch's", () => {
  test("optimizers cover every rule", () => {
    expect(new Set(fixture.cases.map(({ rule }) => rule))).toEqual(new Set(updateRuleNames));
  });

  test.each(fixture.cases)("$name: the same numbers in float64", ({ rule, hyperparameters, parameters }) => {
    const { learningRate = Number.NaN, ...settings } = hyperparameters;
    const rates = fixture.gradients.map(() => learningRate);
    const actual = follow(asPyTorch13(rule, settings), { ...fixture, rates });
    // Both compute in float64 on numbers near 1, but not always in the same order: a few units in the last place.
    expect(largestDifference(actual, parameters)).toBeLessThan(1e-13);
  });

  test.each(fixture.cases)(
    "$name: the same to float32 on the default engine",
    ({ rule, hyperparameters, parameters }) => {
      const { learningRate = Number.NaN, ...settings } = hyperparameters;
      const rates = fixture.gradients.map(() => learningRate);
      const actual = follow(asPyTorch13(rule, settings), { ...fixture, rates }, "wasm");
      // 20 steps of rounding parameters up to 4 to 24 bits: 20 · 2⁻²³, and as much again from the states.
      expect(largestDifference(actual, parameters)).toBeLessThan(1e-5);
    },
  );
});

describe("nadam", () => {
  test("follows Dozat's equations, computed by hand for one parameter", () => {
    const gradients = fixture.gradients.map(([, g = 0]) => [g]);
    const [eta, beta1, beta2, epsilon, decay] = [0.002, 0.9, 0.999, 1e-8, 0.004];
    let [w, m, v, product] = [1, 0, 0, 1];
    const expected = gradients.map(([g = 0], step) => {
      const t = step + 1;
      const mu = beta1 * (1 - 0.5 * 0.96 ** (t * decay));
      const next = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * decay));
      product *= mu;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g ** 2;
      const root = Math.sqrt(v / (1 - beta2 ** t)) + epsilon;
      w -= (eta * (1 - mu) * g) / (1 - product) / root + (eta * next * m) / (1 - product * next) / root;
      return [w];
    });
    const actual = follow(updateRule("nadam"), { initial: [1], gradients, rates: gradients.map(() => eta) });
    // Float64 in another order: a few units in the last place of numbers near 1.
    expect(largestDifference(actual, expected)).toBeLessThan(1e-13);
  });
});

describe("update rules", () => {
  test("use the learning rate of each step", () => {
    const gradients = [[1], [1], [1]];
    expect(follow(updateRule("sgd"), { initial: [1], gradients, rates: [0.5, 0.25, 0] })).toEqual([
      [0.5],
      [0.25],
      [0.25],
    ]);
  });

  test("have as defaults what the equations' papers and PyTorch have", () => {
    expect(updateRule("adam").settings).toEqual({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 });
    expect(updateRule("adam").learningRate).toBe(0.001);
    expect(updateRule("adamw").settings["weightDecay"]).toBe(0.01);
  });

  test("keep no more state than the equations read", () => {
    const parameter = variable("w", [axis("position", 3)]);
    const gradient = input("g", parameter.axes);
    const kept = (rule: UpdateRule): string[] =>
      updateEquations(rule, [{ parameter, gradient }]).states.map(({ name }) => name);
    expect(kept(updateRule("sgd", { weightDecay: 0.1 }))).toEqual([]);
    expect(kept(updateRule("momentum"))).toEqual(["w.v"]);
    expect(kept(updateRule("rmsprop"))).toEqual(["w.s"]);
    expect(kept(updateRule("rmsprop", { momentum: 0.9 }))).toEqual(["w.s", "w.v"]);
    expect(kept(updateRule("adadelta"))).toEqual(["w.s", "w.u"]);
    expect(kept(updateRule("lion"))).toEqual(["w.m"]);
    expect(kept(updateRule("amsgrad"))).toEqual(["w.m", "w.v", "w.h"]);
  });

  test("compute what depends on the step alone once a step, shared by all parameters", () => {
    const position = axis("position", 3);
    const pairs = [0, 1].map((i) => ({
      parameter: variable(`w${i}`, [position]),
      gradient: input(`g${i}`, [position]),
    }));
    const { scalarInputs } = updateEquations(updateRule("adam"), pairs);
    expect(scalarInputs.map(({ name }) => name)).toEqual(["eta/(1 - 0.9^t)", "sqrt(1 - 0.999^t)"]);
    expect(updateEquations(updateRule("sgd"), pairs).scalarInputs.map(({ name }) => name)).toEqual(["eta"]);
  });

  test("continue their scalars from one call to the next", () => {
    const pair = { parameter: variable("w", []), gradient: input("g", []) };
    const whole = updateEquations(updateRule("nadam"), [pair]);
    const parts = updateEquations(updateRule("nadam"), [pair]);
    const rates = new Float64Array(9).fill(0.1);
    const [all] = [...whole.scalarsAt(firstScalars, rates).values.values()].slice(1);
    const begun = parts.scalarsAt(firstScalars, rates.subarray(0, 4));
    const [first] = [...begun.values.values()].slice(1);
    const [second] = [...parts.scalarsAt(begun.after, rates.subarray(4)).values.values()].slice(1);
    expect([...first!, ...second!]).toEqual([...all!]);
  });
});

describe("a rule of one's own", () => {
  const heavyBall = updateRule("heavyBall", {
    settings: { mu: 0.9, lambda: 0.05 },
    state: { g: "g + lambda*w", v: "mu*v + g" },
    update: "w - eta*v",
  });

  test("gives the numbers of the built-in one it equals", () => {
    const rates = fixture.gradients.map(() => 0.1);
    const expected = follow(updateRule("momentum", { weightDecay: 0.05 }), { ...fixture, rates });
    expect(follow(heavyBall, { ...fixture, rates })).toEqual(expected);
  });

  test("may keep a scalar from step to step", () => {
    const counted = updateRule("counted", { scalars: { n: "n + 1" }, update: "w - n*g" });
    expect(follow(counted, { initial: [0], gradients: [[1], [1], [1]], rates: [0, 0, 0] })).toEqual([[-1], [-3], [-6]]);
  });

  test("sees the old value of a state in the equations before its own, the new one after", () => {
    const rule = updateRule("order", { state: { before: "s", s: "s + 1", after: "s" }, update: "10*before + after" });
    expect(follow(rule, { initial: [0], gradients: [[0], [0]], rates: [0, 0] })).toEqual([[1], [12]]);
  });
});

describe("updateRule refuses", () => {
  test.each([
    [() => updateRule("adem" as UpdateRuleName), 'Did you mean "adam"?'],
    [() => updateRule("sgd", { beta1: 0.5 }), 'got "beta1"'],
    [() => updateRule("adam", { beta1: 1 }), "from 0 up to but not including 1, got 1"],
    [() => updateRule("adam", { epsilon: -1 }), "of 0 or more, got -1"],
    [() => updateRule("adam", { epsilon: Number.NaN }), "got NaN"],
    [() => updateRule("adam", { update: "w" }), 'not taken, got "adam"'],
    [() => updateRule("x", { settings: { eta: 1 }, update: "w" }), 'got "eta"'],
    [() => updateRule("x", { settings: { v: 1 }, state: { v: "v" }, update: "w" }), 'got "v"'],
    [() => updateRule("x", { settings: { g: 1 }, update: "w" }), 'got "g"'],
    [() => updateRule("x", { settings: { mu: Infinity }, update: "w" }), "finite mu, got Infinity"],
  ])("%s", (make, message) => {
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });

  test.each(["w - eta*q", "w -", "w - eta*v"])("the formula %s", (update) => {
    expect(() => updateRule("x", { update })).toThrow(FormulaError);
  });

  test("a scalar that depends on a tensor", () => {
    expect(() => updateRule("x", { scalars: { n: "w" }, update: "n*g" })).toThrow(FormulaError);
  });
});
