import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { randomEquationFile } from "../../../test/random-equations.ts";
import {
  differentiate,
  equalFormulas,
  evaluate,
  type Formula,
  functions,
  substitute,
  symbol,
  toText,
} from "../../formula/index.ts";
import { deriveSystem, type SystemDerivation } from "./derive-system.ts";
import { parseEquations } from "./equation-file.ts";
import { withValues } from "./equation-system.ts";
import { pageToText } from "../page/page-text.ts";
import { systemPage } from "./system-page.ts";

const twoNeurons = parseEquations(readFileSync(new URL("../../../examples/two-neurons.txt", import.meta.url), "utf8"));

/** A formula in given quantities and parameters alone: the equations put into one another. */
function expanded(formula: Formula, { system }: SystemDerivation): Formula {
  const known = new Map<string, Formula>();
  for (const equation of system.equations) known.set(equation.name, substitute(equation.formula, known));
  return substitute(formula, known);
}

describe("the worked example of two neurons", () => {
  const derivation = deriveSystem(twoNeurons);

  test("has the textbook's figures to 11 decimals", () => {
    expect(derivation.values["C"]).toBeCloseTo(0.28842841648, 11);
    expect(derivation.derivatives.map(({ by, value }) => [by, value])).toEqual([
      ["w1", expect.closeTo(2.08091656217, 11)],
      ["w2", expect.closeTo(-0.00416183312, 11)],
      ["b", expect.closeTo(-0.13872777081, 11)],
    ]);
  });

  test("has derivatives in its own quantities that equal, exactly, those of the cost as one formula", () => {
    const cost = expanded(symbol("C"), derivation);
    expect(derivation.derivatives.map(({ symbolic }) => toText(symbolic))).toEqual([
      "(y - t)*y*(1 - y)*w2*(z1 > 0)*x",
      "(y - t)*y*(1 - y)*a1",
      "(y - t)*y*(1 - y)",
    ]);
    for (const { by, symbolic } of derivation.derivatives) {
      expect(equalFormulas(expanded(symbolic, derivation), differentiate(cost, by)).equal).toBe(true);
    }
  });

  test("shows the chain, primes, values of functions, numbers and the update", () => {
    const text = pageToText(systemPage(derivation, { learningRate: 0.1 }));
    expect(text).toContain(`  ∂C/∂w1 = ∂C/∂y · ∂y/∂z2 · ∂z2/∂a1 · ∂a1/∂z1 · ∂z1/∂w1
         = (y - t) σ′(z2) w2 ReLU′(z1) x
         = (y - t) y (1 - y) w2 [z1 > 0] x
         = (0.240489 - 1) · 0.240489 · (1 - 0.240489) · (-5) · [0.03 > 0] · 3
         = 2.08092   differences give 2.08092
`);
    expect(text).toContain("C = 1/2 (y - t)^2 = 0.288428");
    expect(text).toContain(`  w1 ← w1 - η ∂C/∂w1
     = 0.01 - 0.1 · 2.08092 = -0.198092
`);
  });
});

describe("the derivative of a system", () => {
  test("adds up the ways where a quantity is used more than once", () => {
    const system = parseEquations("u = w^2\nv = sin(w)\nC = u*v + w\nparameters w = 0.7\ncost C");
    const [derivative] = deriveSystem(system).derivatives;
    const paths = derivative?.paths?.map((path) => path.map(({ of, by }) => `∂${of}/∂${by}`).join(" "));
    expect(paths).toEqual(["∂C/∂w", "∂C/∂v ∂v/∂w", "∂C/∂u ∂u/∂w"]);
    expect(derivative?.value).toBeCloseTo(2 * 0.7 * Math.sin(0.7) + 0.49 * Math.cos(0.7) + 1, 14);
  });

  test("may be taken by what is given, and by quantities in between, whose own equations are then held", () => {
    const { derivatives } = deriveSystem(twoNeurons, ["x", "z2", "C"]);
    expect(derivatives.map(({ by, symbolic }) => [by, toText(symbolic)])).toEqual([
      ["x", "(y - t)*y*(1 - y)*w2*(z1 > 0)*w1"],
      ["z2", "(y - t)*y*(1 - y)"],
      ["C", "1"],
    ]);
    for (const { relativeError } of derivatives) expect(relativeError).toBeLessThan(1e-8);
  });

  test("is 0 by a parameter the cost does not depend on", () => {
    const system = parseEquations("C = w\nparameters w = 1, unused = 2\ncost C");
    expect(deriveSystem(system, ["unused"]).derivatives).toMatchObject([{ value: 0, numeric: 0, paths: [] }]);
  });

  test("says at a kink that there is one", () => {
    const system = parseEquations("C = relu(w)\nparameters w = 0\ncost C");
    expect(deriveSystem(system).derivatives).toMatchObject([{ value: 0, isKink: true }]);
    expect(pageToText(systemPage(deriveSystem(system)))).toContain("at a kink");
  });

  test("takes other values", () => {
    const { values } = deriveSystem(withValues(twoNeurons, { x: 0, t: 0.5 }));
    expect(values).toMatchObject({ x: 0, t: 0.5, z1: 0 });
    expect(() => withValues(twoNeurons, { q: 1 })).toThrow(/expected a value of the file .*, got "q"/);
    expect(() => withValues(twoNeurons, { x: Number.NaN })).toThrow(/x: expected a finite value, got NaN/);
    expect(() => deriveSystem(twoNeurons, ["w3"])).toThrow(/expected a quantity of the file .*got "w3"/);
  });

  test("needs finite values, and names the line where they end", () => {
    const system = parseEquations("z = log(w)\nC = z\nparameters w = 0\ncost C");
    expect(() => deriveSystem(system)).toThrow(/^line 1: expected a finite value of z, got -Infinity\./);
  });

  test("does not write out a billion ways through 30 squares", () => {
    const lines = Array.from({ length: 30 }, (_, i) => `q${i + 1} = q${i}*q${i} - 0.1 q${i}`);
    const system = parseEquations(`q0 = 0.9w\n${lines.join("\n")}\nC = q30\nparameters w = 1\ncost C`);
    const derivation = deriveSystem(system);
    expect(derivation.derivatives[0]?.relativeError).toBeLessThan(1e-8);
    expect(pageToText(systemPage(derivation)).length).toBeLessThan(10_000);
  });
});

describe("200 random files of equations", () => {
  const seeds = Array.from({ length: 200 }, (_, i) => i + 1);
  test("use every function", () => {
    const all = seeds.map(randomEquationFile).join("\n");
    for (const name of Object.keys(functions)) expect(all).toContain(`${name}(`);
  });

  test("have the same derivatives in numbers, in symbols and by differences", () => {
    let [compared, kinks] = [0, 0];
    for (const seed of seeds) {
      const derivation = deriveSystem(parseEquations(randomEquationFile(seed)));
      for (const { by, value, symbolic, relativeError, isKink } of derivation.derivatives) {
        const context = `seed ${seed}, ∂C/∂${by}: ${value}`;
        // Both go the same way in float64, through up to 40 equations: some hundred roundings of 1e-16.
        const ofSymbols = evaluate(symbolic, derivation.values);
        expect(Math.abs(ofSymbols - value), context).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
        // What differences with h near 1e-5 leave of functions of this steepness.
        if (!isKink) expect(relativeError, context).toBeLessThan(1e-5);
        compared += 1;
        kinks += isKink ? 1 : 0;
      }
    }
    expect(compared).toBeGreaterThan(400);
    expect(kinks).toBeLessThan(compared / 50);
  });
});
