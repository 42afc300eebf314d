import { denseChain } from "../../network/dense-chain.ts";
import { describe, expect, test } from "vitest";
import { evaluate, type Formula, symbolsOf } from "../../formula/index.ts";
import type { Axis } from "../../graph/index.ts";
import {
  activation,
  activationNames,
  costNames,
  dense,
  gradient,
  type Network,
  network,
  networkOfEquations,
} from "../../network/index.ts";
import { deriveNetwork, type NetworkEquation } from "./derive-network.ts";
import type { IndexName } from "./graph-formula.ts";
import { networkPage } from "./network-page.ts";
import { pageToHtml } from "../page/page-html.ts";
import { pageToLatex } from "../page/page-latex.ts";
import { pageToText } from "../page/page-text.ts";

/** A value of a quantity at indices, one for each of its axes. */
type Values = (symbol: string, layer: number | null, indices: readonly number[]) => number;

/** The value of an equation's right side, with the quantities in it as the library computes them. */
function valueOf(equation: NetworkEquation, free: ReadonlyMap<Axis, number>, values: Values, examples: number): number {
  const { reader, view } = equation;
  const at = (formula: Formula, positions: ReadonlyMap<string, number>): number => {
    const numbers = symbolsOf(formula).map((name): [string, number] => {
      const term = reader.terms.get(name);
      if (term === undefined) throw new Error(`no term for ${name}`);
      if (term.kind === "count") return [name, examples];
      if (term.kind === "named") {
        const { symbol = "?", layer = null } = term.node.label ?? {};
        return [
          name,
          values(
            symbol,
            layer,
            term.indices.map((index) => positions.get(keyOf(index)) ?? Number.NaN),
          ),
        ];
      }
      const size = term.index.axis === view.examples ? examples : term.index.axis.size;
      const terms = Array.from({ length: size }, (_, i) =>
        at(term.body, new Map([...positions, [keyOf(term.index), i]])),
      );
      return [name, terms.reduce((sum, each) => sum + each, 0)];
    });
    return evaluate(formula, Object.fromEntries(numbers));
  };
  return at(equation.formula, new Map([...free].map(([axis, position]) => [keyOf({ axis, run: 0 }), position])));
}

const axes: Axis[] = [];
function keyOf({ axis, run }: IndexName): string {
  if (!axes.includes(axis)) axes.push(axis);
  return `${axes.indexOf(axis)}.${run}`;
}

/** Checks every equation of a network against the numbers of `gradient`, at every index. */
function expectRightEquations(net: Network): void {
  const inputs = [0.3, -0.8].map((each) => Array.from({ length: net.inputs }, (_, k) => each + 0.37 * k));
  const targets = inputs.map((_, x) => Array.from({ length: net.outputs }, (_, j) => (j === x % net.outputs ? 1 : 0)));
  const { layers } = gradient(net, inputs, targets, { engine: "reference" });
  const chain = denseChain("test", net);
  const values: Values = (symbol, l, indices) => {
    const [first = 0, second = 0] = indices;
    if (symbol === "t") return targets[first]![second]!;
    if (symbol === "a" && l === 0) return inputs[first]![second]!;
    const layer = layers[l! - 1]!;
    const { weights, biases } = chain[l! - 1]!;
    if (symbol === "w") return weights[first * net.layers[l! - 1]!.inputs + second]!;
    if (symbol === "b") return biases![first]!;
    const of = { z: layer.z, a: layer.a, delta: layer.delta }[symbol];
    if (of === undefined) throw new Error(`an unknown quantity ${symbol}`);
    return of[first]![second]!;
  };
  for (const group of deriveNetwork(net).groups) {
    const l = group.layers.at(-1)!;
    const { z, a, delta, dw, db } = layers[l - 1]!;
    const check = (
      equation: NetworkEquation | null,
      expected: readonly (readonly number[])[],
      isPerExample: boolean,
    ): void => {
      if (equation === null) return;
      for (const [i, row] of expected.entries()) {
        for (const [j, wanted] of row.entries()) {
          const { examples } = equation.view;
          const [rows, columns] = equation.axes;
          const free = new Map<Axis, number>(
            isPerExample
              ? [
                  [examples, i],
                  [rows!, j],
                ]
              : columns === undefined
                ? [[rows!, j]]
                : [
                    [rows!, i],
                    [columns, j],
                  ],
          );
          // The same numbers in another order, in float64; costs with logarithms lose some digits to cancellation.
          const got = valueOf(equation, free, values, inputs.length);
          expect(Math.abs(got - wanted), `layer ${l}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(wanted)));
        }
      }
    };
    check(group.weightedInput, z, true);
    check(group.activation, a, true);
    check(group.error, delta, true);
    check(group.meanWeightGradient, dw, false);
    check(group.meanBiasGradient, [db ?? []], false);
  }
}

describe("the equations of a network have the values that the library computes", () => {
  const pairs = activationNames.flatMap((f) => costNames.map((c) => [f, c] as const));
  test.each(pairs)("%s with %s", (f, c) => {
    // Poisson and cross-entropy take the logarithm of the output a, binary cross-entropy also that of 1 - a.
    const takesLogarithm = ["crossEntropy", "binaryCrossEntropy", "poisson"].includes(c);
    const isPositive = ["sigmoid", "softmax", "softplus"].includes(f);
    const last = takesLogarithm && !isPositive ? "sigmoid" : f;
    // As sheets and files make networks: `network` refuses a last layer that its cost cannot be trained with, which has its equations.
    const drawn = network(2, [dense(3, f), dense(3, last)], { cost: "quadratic", seed: 5 });
    const layers = denseChain("test", drawn).map(({ units, activation: own, inputs, weights, biases }) => {
      const rows = Array.from({ length: units }, (_, j) => Array.from(weights.slice(j * inputs, (j + 1) * inputs)));
      return dense(units, own, { weights: rows, biases: Array.from(biases!) });
    });
    expectRightEquations(networkOfEquations(2, layers, { cost: c }));
  });

  test("also of deep networks, without bias, with penalties and own formulas", () => {
    const own = activation("own", "z/(1 + e^(-k*z))", { k: 2 });
    const layers = [dense(3, "relu", { bias: false }), dense(3, "softmax"), dense(2, own), dense(2, "softmax")];
    expectRightEquations(network(2, layers, { cost: "quadratic", seed: 2, regularization: { l1: 0.1, l2: 0.2 } }));
  });
});

const golden: readonly (readonly [string, Network | undefined])[] = [
  ["general", undefined],
  ["sigmoid-quadratic", network(2, [dense(3, "sigmoid"), dense(2, "sigmoid")], { cost: "quadratic" })],
  [
    "softmax-cross-entropy",
    network(2, [dense(3, "relu"), dense(3, "relu"), dense(4, "softmax")], { cost: "crossEntropy" }),
  ],
  ["sigmoid-binary-cross-entropy", network(2, [dense(3, "silu"), dense(1, "sigmoid")], { cost: "binaryCrossEntropy" })],
  ["softmax-quadratic", network(2, [dense(3, "softmax"), dense(4, "softmax")], { cost: "quadratic" })],
  [
    "relu-hidden",
    network(2, [dense(5, "relu"), dense(5, "relu"), dense(1)], {
      cost: "meanSquaredError",
      regularization: { l2: 0.01 },
    }),
  ],
  ["tanh-huber", network(2, [dense(3, "tanh"), dense(3, "tanh")], { cost: "huber" })],
];

describe("a network's page", () => {
  test.each(golden)("of %s reads as a textbook's", async (name, net) => {
    const page = networkPage(deriveNetwork(net));
    await expect(pageToText(page)).toMatchFileSnapshot(`../../../test/golden/derive/${name}.txt`);
    await expect(pageToLatex(page)).toMatchFileSnapshot(`../../../test/golden/derive/${name}.tex`);
  });

  test("has the textbook's four equations, whatever f and C are", () => {
    const text = pageToText(networkPage(deriveNetwork()));
    expect(text).toContain("= ∂C_x/∂a_j^L f′(z_j^L)");
    expect(text).toContain("= f′(z_j^l) Σ_k w_kj^(l+1) δ_k^(l+1)");
    expect(text).toContain("∂C_x/∂w_jk^l = a_k^(l-1) δ_j^l");
    expect(text).toContain("∂C_x/∂b_j^l = δ_j^l");
    expect(text).toContain("δ^l = f′(z^l) ⊙ ((w^(l+1))ᵀ δ^(l+1))");
    expect(text).toContain("∂C_x/∂w^l = δ^l (a^(l-1))ᵀ");
  });

  test.each([
    ["softmax", "crossEntropy", "a_j^L - t_j"],
    ["sigmoid", "binaryCrossEntropy", "a_j^L - t_j"],
    ["softmax", "quadratic", "a_j^L (a_j^L - t_j - Σ_i (a_i^L - t_i) a_i^L)"],
    ["sigmoid", "quadratic", "(a_j^L - t_j) a_j^L (1 - a_j^L)"],
    ["tanh", "quadratic", "(a_j^L - t_j) (1 - (a_j^L)^2)"],
    ["relu", "quadratic", "(a_j^L - t_j) [z_j^L > 0]"],
    ["identity", "quadratic", "a_j^L - t_j"],
  ] as const)("of %s with %s has the error %s", (f, c, error) => {
    expect(pageToText(networkPage(deriveNetwork(network(2, [dense(3, f)], { cost: c }))))).toContain(`= ${error} `);
  });

  test("in HTML has every id once, every section in its contents, and nothing from outside", () => {
    for (const [, net] of golden) {
      const html = pageToHtml(networkPage(deriveNetwork(net)));
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
      expect(html.replaceAll("http://www.w3.org/1998/Math/MathML", "")).not.toMatch(/https?:|src=/);
    }
  });

  test("groups layers with the same equations", () => {
    const layers = [dense(3, "relu"), dense(4, "tanh"), dense(5, "relu"), dense(2, "relu", { bias: false }), dense(2)];
    expect(deriveNetwork(network(2, layers)).groups.map((group) => group.layers)).toEqual([[1, 3], [2], [4], [5]]);
  });
});
