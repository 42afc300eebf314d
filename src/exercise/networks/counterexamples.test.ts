import { describe, expect, test } from "vitest";
import { gradient, networkFromJson } from "../../network/index.ts";
import { bundledSheets, checkAnswer, parseSheet } from "../index.ts";

const sheet = parseSheet(bundledSheets.find(({ name }) => name === "backpropagation")!.text);

describe("a counterexample of a formula about networks", () => {
  test("is the smallest network that shows it, with the numbers of backpropagation", () => {
    const { counterexample } = checkAnswer(sheet, "delta-hidden", "sum_k w_jk^(l+1)*delta_k^(l+1)*f'(z_j^l)");
    const { network, at, exact, typed, difference } = counterexample!;
    // Swapped indices cannot be seen where there is one neuron in a layer.
    expect([network!.inputs, ...network!.layers.map(({ units }) => units)]).toEqual([2, 2, 2]);
    const { net, examples } = networkFromJson(JSON.parse(JSON.stringify(network)));
    const { layers } = gradient(net, examples!.inputs, examples!.targets, { engine: "reference" });
    expect(layers[at["l"]! - 1]!.delta[0]![at["j"]! - 1]).toBe(exact);
    expect(Math.abs(difference! - exact)).toBeLessThan(1e-8);
    expect(Math.abs(typed! - exact)).toBeGreaterThan(1e-3 * Math.abs(exact));
  });

  test("has one layer of one neuron where that is enough", () => {
    const { counterexample } = checkAnswer(sheet, "delta-output", "-(partialC)/(partiala_j^L)*f'(z_j^L)");
    expect(counterexample!.network!.layers).toHaveLength(1);
    expect(counterexample!.typed).toBe(-counterexample!.exact);
    expect(counterexample!.text).toMatch(
      /^In a 1-1 network .* with j = 1 your formula gives .*; backpropagation gives/,
    );
  });

  test("is found for a formula that is off by a ten-billionth", () => {
    const answer = "(partialC)/(partiala_j^L)*(f'(z_j^L)+1/10000000000)";
    const { verdict, counterexample } = checkAnswer(sheet, "delta-output", answer);
    expect(verdict).toBe("wrong");
    expect(counterexample!.typed).not.toBe(counterexample!.exact);
  });

  test("is left out where an index stands for nothing", () => {
    expect(checkAnswer(sheet, "gradient-bias", "delta_k^l").counterexample).toBeNull();
  });
});

describe("a counterexample of a function's derivative", () => {
  test("is a neuron whose error is the derivative", () => {
    const { counterexample } = checkAnswer(sheet, "sigmoid-derivative", "1-1/(1+e^(-z))");
    const { network, at, exact, typed } = counterexample!;
    const { net, examples } = networkFromJson(JSON.parse(JSON.stringify(network)));
    const { layers } = gradient(net, examples!.inputs, examples!.targets, { engine: "reference" });
    expect(at).toEqual({ z: 1 });
    expect(layers[0]!.delta[0]![0]).toBeCloseTo(exact, 12);
    expect(typed).toBeCloseTo(1 - 1 / (1 + Math.exp(-1)), 12);
  });

  test("lies where the question is asked", () => {
    const { counterexample } = checkAnswer(sheet, "relu-derivative-negative", "z");
    expect(counterexample!.at["z"]).toBeLessThan(0);
  });
});
