import { describe, expect, test } from "vitest";
import { notationToText } from "../../formula/index.ts";
import { activationNames, costNames, dense, network } from "../../network/index.ts";
import { type OpenedEquation, type OpenedNeuron, openNeuron } from "./open-neuron.ts";
import { trace } from "./trace.ts";

/** Every equation of an opened neuron. */
function equationsOf({ weightedInput, activation, slope, error, weightGradients, biasGradient }: OpenedNeuron) {
  return [weightedInput, activation, slope, error, ...weightGradients, biasGradient].filter((each) => each !== null);
}

/** Terms and total, as they are printed, in six digits. */
function shownDeviation(equation: OpenedEquation): number {
  const shown = (value: number): number => Number(value.toPrecision(6));
  return Math.max(
    0,
    ...equation.sums.map(({ terms, rest, total }) => {
      const parts = [...terms.map(({ value }) => value), rest.total];
      const largest = Math.max(...parts.map(Math.abs), Math.abs(total));
      const sum = parts.reduce((sofar, part) => sofar + shown(part), 0);
      // Half a unit of the sixth digit for each number, of the largest at most.
      return largest === 0 ? 0 : Math.abs(sum - shown(total)) / (5e-6 * largest * (parts.length + 1));
    }),
  );
}

function inputsOf(width: number): number[] {
  return Array.from({ length: width }, (_, k) => Math.sin(3 * k + 1));
}

describe("an opened neuron", () => {
  test("shows the textbook's figures: formula, formula with numbers, number", () => {
    const layers = [
      dense(1, "relu", { bias: false, weights: [[0.01]] }),
      dense(1, "sigmoid", { weights: [[-5]], biases: [-1] }),
    ] as const;
    const traced = trace(network(1, layers, { cost: "quadratic" }), [[3]], [[1]], { engine: "reference" });
    const first = openNeuron(traced, { layer: 1, neuron: 1 });
    const text = (equation: OpenedEquation): string[] =>
      [equation.left, equation.general, equation.concrete, equation.numbers].map((each) =>
        each === null ? "" : notationToText(each),
      );
    expect(text(first.weightedInput)).toEqual(["z_1^1", "Σ_k w_jk^l a_k^(l-1)", "w_11^1 a_1^0", "0.01 · 3"]);
    expect(text(first.error)).toEqual([
      "δ_1^1",
      "[z_j^l > 0] Σ_k w_kj^(l+1) δ_k^(l+1)",
      "[z_1^1 > 0] w_11^2 δ_1^2",
      "[0.03 > 0] · (-5) · (-0.138728)",
    ]);
    expect(first.error.computed).toBeCloseTo(0.69363885406, 10);
    expect(text(first.weightGradients[0]!)).toEqual(["∂C/∂w_11^1", "a_k^(l-1) δ_j^l", "a_1^0 δ_1^1", "3 · 0.693639"]);
    expect(first.biasGradient).toBeNull();
    const second = openNeuron(traced, { layer: 2, neuron: 1 });
    expect(text(second.activation)[3]).toBe("1/(1 + e^(-(-1.15)))");
    expect(text(second.slope!)).toEqual([
      "f′(z_1^2)",
      "a_j^L (1 - a_j^L)",
      "a_1^2 (1 - a_1^2)",
      "0.240489 · (1 - 0.240489)",
    ]);
    expect(second.biasGradient!.computed).toBeCloseTo(-0.13872777081, 10);
  });

  test("of a softmax with cross-entropy has the error a - t", () => {
    const net = network(4, [dense(5, "tanh"), dense(3, "softmax")], { cost: "crossEntropy", seed: 2 });
    const { error, slope } = openNeuron(trace(net, [inputsOf(4)], [1]), { layer: 2, neuron: 2 });
    expect(notationToText(error.general)).toBe("a_j^L - t_j");
    expect(slope).toBeNull();
  });

  describe.each(["reference", "wasm"] as const)("on the engine %s", (engine) => {
    // float32 has 24 bits; sums of some 30 products near 1 lose a few units of 6e-8.
    const tolerance = engine === "wasm" ? 2e-6 : 1e-13;

    test.each(activationNames)("with %s adds up to what the trace has, and agrees with differences", (name) => {
      const net = network(12, [dense(11, name), dense(9, name), dense(3, "sigmoid")], {
        cost: "quadratic",
        regularization: { l2: 0.05 },
        seed: 5,
      });
      const traced = trace(net, [inputsOf(12)], [[0, 1, 0.5]], { engine });
      for (const [layer, neuron] of [
        [1, 11],
        [2, 4],
        [3, 2],
      ] as const) {
        const opened = openNeuron(traced, { layer, neuron, most: 3 });
        const { z, a, delta, dw, db } = traced.layers[layer - 1]!;
        expect(opened.weightedInput.computed).toBe(z![0]![neuron - 1]);
        expect(opened.activation.computed).toBe(a![0]![neuron - 1]);
        expect(opened.error.computed).toBe(delta![0]![neuron - 1]);
        expect(opened.biasGradient!.computed).toBe(db![neuron - 1]);
        for (const each of opened.weightGradients) expect(each.computed).toBe(dw![neuron - 1]![each.from! - 1]);
        for (const equation of equationsOf(opened)) {
          const { computed, value, sums } = equation;
          expect(Math.abs(value - computed)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(computed)));
          expect(shownDeviation(equation)).toBeLessThanOrEqual(1);
          for (const { terms, rest, total } of sums) {
            const together = terms.reduce((sum, term) => sum + term.value, rest.total);
            expect(Math.abs(together - total)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(total)));
            const magnitudes = terms.map((term) => Math.abs(term.value));
            expect(magnitudes).toEqual([...magnitudes].sort((one, other) => other - one));
          }
        }
        expect(opened.check).toMatchObject({ passed: true });
        expect(opened.weightGradients).toHaveLength(3);
        expect(opened.weights).toBe(net.layers[layer - 1]!.inputs);
      }
    });

    test.each(costNames)("with %s as the cost agrees with differences", (name) => {
      const last = name === "crossEntropy" ? "softmax" : "sigmoid";
      const net = network(6, [dense(5, "tanh"), dense(3, last)], { cost: name, seed: 7 });
      const opened = openNeuron(trace(net, [inputsOf(6)], [2], { engine }), { layer: 2, neuron: 3 });
      expect(opened.check).toMatchObject({ passed: true });
      expect(Math.abs(opened.error.value - opened.error.computed)).toBeLessThanOrEqual(tolerance);
    });
  });

  test("counts at a kink any slope between the two as right", () => {
    const net = network(1, [dense(1, "relu", { weights: [[1]], biases: [0] })]);
    const opened = openNeuron(trace(net, [[0]], [[1]]), { layer: 1, neuron: 1 });
    expect(opened).toMatchObject({ check: { passed: true }, errorDifference: { isKink: true } });
  });

  test("is refused where there is none, and of several examples", () => {
    const net = network(2, [dense(2), dense(1)]);
    const of = (options: Parameters<typeof trace>[3]) =>
      trace(
        net,
        [
          [1, 2],
          [3, 4],
        ] as never,
        [[1], [0]] as never,
        options,
      );
    const one = of({ examples: [1] });
    expect(() => openNeuron(one, { layer: 3, neuron: 1 })).toThrow(
      /openNeuron: layer: expected a whole number from 1 to 2, got 3/,
    );
    expect(() => openNeuron(one, { layer: 2, neuron: 2 })).toThrow(
      /openNeuron: neuron: expected 1, the only one, got 2/,
    );
    expect(() => openNeuron(of({}), { layer: 1, neuron: 1 })).toThrow(/expected a trace of one example, got 2/);
    expect(() => openNeuron(of({ of: "means" }), { layer: 1, neuron: 1 })).toThrow(/got means over several/);
  });
});
