import { describe, expect, test } from "vitest";
import { OverBudget, withBudget } from "../../formula/budget.ts";
import { NoValue, parseTextbook } from "../../formula/index.ts";
import { activationNames, costNames, gradient } from "../../network/index.ts";
import { differenceOfCost } from "./difference-of-cost.ts";
import { evaluateOnNetwork } from "./evaluate-on-network.ts";
import { fieldPoint } from "./field-point.ts";
import { indexKinds } from "../indices/index-kinds.ts";
import type { NetworkModel } from "./network-model.ts";
import { derivativeValue, type Quantity } from "./network-point.ts";
import { scopeOf } from "./network-question.ts";
import { generalChoices, realPoint } from "./real-point.ts";
import { functionTable } from "../vocabulary/function-table.ts";
import { textbookVocabulary } from "../vocabulary/textbook-vocabulary.ts";

const general: NetworkModel = {
  activation: "general",
  outputActivation: "general",
  cost: "general",
  functions: functionTable(new Map()),
  net: null,
};
const widths = [3, 2, 4];
const read = (text: string) => parseTextbook(text, textbookVocabulary);

/** Every weight, bias, weighted input and activation of a network with these widths. */
function quantitiesOf(sizes: readonly number[]): readonly Quantity[] {
  return sizes.slice(1).flatMap((width, before) =>
    Array.from({ length: width }, (_, j) => j + 1).flatMap((j): readonly Quantity[] => [
      ...["b", "z", "a"].map((name) => ({ name, indices: [j], layer: before + 1 })),
      ...Array.from({ length: sizes[before]! }, (_each, k) => ({
        name: "w",
        indices: [j, k + 1],
        layer: before + 1,
      })),
    ]),
  );
}

describe("a real network", () => {
  const choices = [
    ...activationNames.map((activation) => ({ activation, cost: "quadratic" as const })),
    ...costNames.map((cost) => ({ activation: "sigmoid" as const, cost })),
  ];
  test.each(choices)("with $activation and $cost has the derivatives that differences of its cost give", (choice) => {
    const model: NetworkModel = { ...general, ...choice, outputActivation: choice.activation };
    // Softmax is an activation of the last layer only.
    const sizes = choice.activation === "softmax" ? [3, 4] : widths;
    const point = realPoint(model, choice, sizes, "test")!;
    for (const by of quantitiesOf(sizes)) {
      const exact = derivativeValue(point, { name: "C", indices: [], layer: null }, by);
      // A difference errs by h² of the third derivative and by rounding over h, both below 1e-8 here.
      expect(Math.abs(exact - differenceOfCost(point, by)!)).toBeLessThan(1e-8 * Math.max(1, Math.abs(exact)));
    }
  });

  test("has the numbers that gradient gives", () => {
    const point = realPoint(general, generalChoices[0]!, widths, "test")!;
    const found = gradient(point.net, [Array.from(point.inputs)], [Array.from(point.targets)], { engine: "reference" });
    for (const [i, { z, a, delta, dw, db }] of found.layers.entries()) {
      const own = point.costDerivatives.layers[i]!;
      expect(Array.from(point.layers[i]!.z)).toEqual(z[0]);
      expect(Array.from(point.layers[i]!.a)).toEqual(a[0]);
      expect(Array.from(own.z)).toEqual(delta[0]);
      expect(Array.from(own.w)).toEqual(dw.flat());
      expect(Array.from(own.b)).toEqual(db);
    }
    expect(point.cost).toBe(found.cost);
  });

  test("has derivatives of its own quantities by earlier ones", () => {
    const point = realPoint(general, generalChoices[1]!, widths, "test")!;
    const a: Quantity = { name: "a", indices: [2], layer: 2 };
    const slope = (layer: number, neuron: number): number => 1 - point.layers[layer - 1]!.a[neuron - 1]! ** 2; // tanh′
    const through = slope(2, 2) * point.layers[1]!.w[2]!; // w_21^2
    expect(derivativeValue(point, a, { name: "z", indices: [2], layer: 2 })).toBeCloseTo(slope(2, 2), 14);
    expect(derivativeValue(point, a, { name: "z", indices: [1], layer: 2 })).toBe(0);
    expect(derivativeValue(point, a, { name: "a", indices: [1], layer: 1 })).toBeCloseTo(through, 14);
    expect(derivativeValue(point, a, { name: "w", indices: [1, 3], layer: 1 })).toBeCloseTo(
      through * slope(1, 1) * point.inputs[2]!,
      14,
    );
    expect(derivativeValue(point, { name: "z", indices: [1], layer: 1 }, a)).toBe(0);
    expect(derivativeValue(point, a, a)).toBe(1);
  });

  test("says what it has not", () => {
    const point = realPoint(general, generalChoices[1]!, widths, "test")!;
    const cost: Quantity = { name: "C", indices: [], layer: null };
    expect(() => derivativeValue(point, cost, { name: "w", indices: [3, 1], layer: 1 })).toThrow("there is no w_31^1");
    expect(() => derivativeValue(point, cost, { name: "z", indices: [1], layer: 3 })).toThrow("there is no z_1^3");
    expect(() => derivativeValue(point, cost, { name: "t", indices: [1], layer: null })).toThrow(NoValue);
  });
});

describe("a network over the field", () => {
  test.each([
    ["delta_j^L", "(partialC)/(partiala_j^L)*f'(z_j^L)"],
    ["delta_j^l", "sum_k w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)"],
    ["(partialC)/(partialw_jk^l)", "a_k^(l-1)*delta_j^l"],
    ["(partialC)/(partialb_j^l)", "delta_j^l"],
    ["(partialC)/(partiala_j^l)", "sum_k w_kj^(l+1)*delta_k^(l+1)"],
    ["z_j^l", "sum_k w_jk^l*a_k^(l-1) + b_j^l"],
    ["a_j^l", "f(z_j^l)"],
    ["a_j^l", "f(sum_k w_jk^l*a_k^(l-1) + b_j^l)"],
    ["(partialz_j^l)/(partialw_jk^l)", "a_k^(l-1)"],
    ["(partiala_j^l)/(partialz_j^l)", "f'(z_j^l)"],
  ])("knows that %s is %s, exactly", (left, right) => {
    const point = fieldPoint(general, [3, 2, 4, 5], "test");
    const scope = scopeOf(read(left));
    const value = (text: string): bigint => {
      const formula = read(text);
      return evaluateOnNetwork(formula, indexKinds(formula, scope), point, { j: 2, k: 1, l: 2 });
    };
    expect(value(left)).toBe(value(right));
    expect(value(left)).not.toBe(value(`2*${right}`));
  });

  test("knows σ′ = σ(1 − σ), and the slope of a named cost", () => {
    const model: NetworkModel = { ...general, activation: "sigmoid", outputActivation: "sigmoid", cost: "quadratic" };
    const point = fieldPoint(model, widths, "test");
    const scope = scopeOf(read("delta_j^L"));
    const value = (text: string): bigint =>
      evaluateOnNetwork(read(text), indexKinds(read(text), scope), point, { j: 3 });
    expect(value("delta_j^L")).toBe(value("(a_j^L-t_j)*a_j^L*(1-a_j^L)"));
  });

  test("knows that the error of softmax with cross-entropy is a - t", () => {
    const model: NetworkModel = { ...general, outputActivation: "softmax", cost: "crossEntropy" };
    const point = fieldPoint(model, widths, "test");
    const { operation } = point.arithmetic;
    const error = point.costDerivatives.layers.at(-1)!.z;
    expect(error[1]).toBe(operation("-", point.layers.at(-1)!.a[1]!, point.targets[1]!));
  });
});

test("a formula whose sums multiply beyond measure is given up", () => {
  const wide = fieldPoint(general, [40, 40, 40], "test");
  const formula = read("sum_i sum_k sum_m a_i^1*a_k^1*a_m^1");
  const kinds = indexKinds(formula, scopeOf(read("0")));
  expect(() => withBudget(100_000, () => evaluateOnNetwork(formula, kinds, wide, {}))).toThrow(OverBudget);
});
