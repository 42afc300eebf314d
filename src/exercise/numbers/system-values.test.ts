import { describe, expect, test } from "vitest";
import { deriveSystem } from "../../explain/index.ts";
import {
  derivative,
  divide,
  type Formula,
  multiply,
  number,
  parseFormula,
  scripted,
  symbol,
  type SymbolFormula,
} from "../../formula/index.ts";
import { dense, gradient, network, networkToJson } from "../../network/index.ts";
import { givenNetwork } from "../reading/given.ts";
import { quantity } from "../reading/network-system.ts";
import { termOf } from "./system-names.ts";
import { type Override, systemValue } from "./system-values.ts";
import { twoNeurons as simple } from "../../../test/two-neuron-system.ts";

function named(name: string): SymbolFormula {
  return scripted(name, [], null);
}

function slope(of: string, by: string): Formula {
  return derivative(named(of), named(by));
}

/** A wrong number of someone's own. */
function own(asks: Formula, value: number): Override {
  const term = termOf(simple, asks);
  if (term === null) throw new Error("expected a quantity or a derivative");
  return { term, value };
}

describe("a value of a system", () => {
  const { values, slopes } = deriveSystem(simple.system);

  test("is that of a quantity, of a derivative by any other, or of a formula in these", () => {
    expect(systemValue(simple, named("z2"))).toBe(values["z2"]);
    expect(systemValue(simple, slope("C", "w1"))).toBe(slopes.get("w1"));
    expect(systemValue(simple, slope("C", "z2"))).toBe(slopes.get("z2"));
    const y = values["y"] ?? Number.NaN;
    expect(systemValue(simple, slope("y", "z2"))).toBeCloseTo(y * (1 - y), 15);
    expect(systemValue(simple, slope("y", "w1"))).toBeCloseTo(y * (1 - y) * -5 * 3, 14);
    expect(systemValue(simple, parseFormula("w1 - 0.5*z2"))).toBeCloseTo(0.01 + 0.575, 15);
    expect(systemValue(simple, multiply(number(2), slope("C", "b")))).toBe(2 * (slopes.get("b") ?? Number.NaN));
  });

  test("is 0 for a derivative by what is not used, and 1 by itself", () => {
    expect(systemValue(simple, slope("z1", "b"))).toBe(0);
    expect(systemValue(simple, slope("z1", "y"))).toBe(0);
    expect(systemValue(simple, slope("z1", "z1"))).toBe(1);
  });

  test("is found under names that are written another way", () => {
    for (const w1 of [named("w_1"), scripted("w", [number(1)], null)]) {
      expect(systemValue(simple, w1)).toBe(0.01);
      expect(systemValue(simple, derivative(named("C"), w1))).toBe(slopes.get("w1"));
    }
    expect(systemValue(simple, scripted("delta", [number(2)], null))).toBe(slopes.get("z2"));
    expect(systemValue(simple, named("delta_2"))).toBe(slopes.get("z2"));
  });

  test("takes functions of the formula language, with primes", () => {
    const prime = (primes: number): Formula => ({ kind: "application", name: "sigma", primes, argument: named("z2") });
    expect(systemValue(simple, prime(0))).toBe(values["y"]);
    expect(systemValue(simple, prime(1))).toBeCloseTo(systemValue(simple, slope("y", "z2")), 15);
    expect(() => systemValue(simple, prime(9))).toThrow("Write it out");
  });

  test("is refused for a name that the system has not", () => {
    expect(() => systemValue(simple, named("weight"))).toThrow(
      'expected a quantity of "simple" (x, t, w_1, w_2, b, z_1, a_1, z_2, y, C, delta with the scripts of z), got weight.',
    );
    expect(() => systemValue(simple, slope("C", "z3"))).toThrow("got z3");
    expect(() => systemValue(simple, named("c"))).toThrow("got c");
  });

  test("may be none, where the formula has none", () => {
    expect(systemValue(simple, divide(number(1), number(0)))).toBe(Infinity);
    expect(systemValue(simple, parseFormula("log(z2)"))).toBeNaN();
  });
});

describe("own numbers in place of a system's", () => {
  test("change what is computed from a quantity, forward and back", () => {
    const overrides = [own(named("z2"), 2)];
    const y = 1 / (1 + Math.exp(-2));
    expect(systemValue(simple, named("y"), overrides)).toBeCloseTo(y, 15);
    expect(systemValue(simple, named("a1"), overrides)).toBe(0.03);
    expect(systemValue(simple, slope("C", "w2"), overrides)).toBeCloseTo((y - 1) * y * (1 - y) * 0.03, 16);
  });

  test("change what is computed from a derivative on the way back", () => {
    const overrides = [own(slope("C", "z2"), 0.5)];
    expect(systemValue(simple, slope("C", "b"), overrides)).toBe(0.5);
    expect(systemValue(simple, slope("C", "w2"), overrides)).toBe(0.5 * 0.03);
    expect(systemValue(simple, slope("C", "w1"), overrides)).toBe(0.5 * -5 * 3);
    expect(systemValue(simple, named("C"), overrides)).toBe(systemValue(simple, named("C")));
  });

  test("change what is computed from a derivative of another quantity than the cost", () => {
    const overrides = [own(slope("y", "z2"), 0.5)];
    const y = systemValue(simple, named("y"));
    expect(systemValue(simple, slope("C", "b"), overrides)).toBeCloseTo((y - 1) * 0.5, 15);
    expect(systemValue(simple, slope("y", "z2"), overrides)).toBe(0.5);
  });

  test("change what is given, and the value that is asked itself", () => {
    expect(systemValue(simple, named("z1"), [own(named("x"), 4)])).toBe(0.04);
    expect(systemValue(simple, slope("C", "w1"), [own(slope("C", "w1"), 7)])).toBe(7);
  });
});

describe("a value of a network", () => {
  const net = network(2, [dense(3, "tanh"), dense(2, "sigmoid")], { seed: 3 });
  const text = JSON.stringify({ ...networkToJson(net), examples: { inputs: [[0.5, -1]], targets: [[1, 0]] } });
  const given = givenNetwork("net", text, 1, 0);
  const exact = gradient(net, [[0.5, -1]], [[1, 0]], { engine: "reference" });

  test("is found by neuron and layer, and the error is the derivative by z", () => {
    // Two float64 computations of a few dozen roundings each.
    expect(systemValue(given, quantity("a", [2], 1))).toBeCloseTo(exact.layers[0]?.a[0]?.[1] ?? Number.NaN, 14);
    expect(systemValue(given, quantity("delta", [3], 1))).toBeCloseTo(exact.layers[0]?.delta[0]?.[2] ?? Number.NaN, 14);
    expect(systemValue(given, derivative(named("C"), quantity("w", [2, 3], 2)))).toBeCloseTo(
      exact.layers[1]?.dw[1]?.[2] ?? Number.NaN,
      14,
    );
  });

  test("may count layers from L, and call the input a^0", () => {
    const last = scripted("a", [number(1)], symbol("L"));
    const before = scripted("a", [number(1)], parseFormula("L-1"));
    expect(systemValue(given, last)).toBe(systemValue(given, quantity("a", [1], 2)));
    expect(systemValue(given, before)).toBe(systemValue(given, quantity("a", [1], 1)));
    expect(systemValue(given, quantity("a", [2], 0))).toBe(-1);
    expect(() => systemValue(given, quantity("a", [4], 1))).toThrow("got a_4^1. Use one of these.");
  });
});
