import { denseChain } from "../../network/dense-chain.ts";
import {
  add,
  call,
  divide,
  type Formula,
  multiply,
  number,
  power,
  scripted,
  stabilize,
  substitute,
  subtract,
  type SymbolFormula,
  symbolText,
} from "../../formula/index.ts";
import type { Equation, EquationSystem } from "../../explain/index.ts";
import type { Network } from "../../network/index.ts";

/** A quantity of one neuron, or of a pair: `w_12^1` is `quantity("w", [1, 2], 1)`. Neurons and layers count from 1. */
export function quantity(name: string, neurons: readonly number[], layer: number | null): SymbolFormula {
  const scripts = neurons.map((neuron) => number(neuron));
  return scripted(name, scripts, layer === null ? null : number(layer));
}

/**
 * A network written out for one example, as scalar equations: `z_1^1 = w_11^1*x_1 + w_12^1*x_2 + b_1^1`,
 * `a_1^1 = f(z_1^1)`, and `C` of the last layer, with regularization. Quantities have the names that `symbolText` gives
 * them, `w_12^1`; the weights and biases are the parameters, `x_k` and `t_j` are given.
 *
 * Softmax is `1/(1 + Σ_(k≠j) e^(z_k - z_j))`, which is the textbook's quotient and cannot overflow to ∞/∞. The cost is written in
 * the activations, as the textbook has it; so it is not finite where a float64 activation is 0 or 1 under a logarithm.
 *
 * @param input `[n_0]`
 * @param target `[n_L]`
 */
export function networkSystem(net: Network, input: readonly number[], target: readonly number[]): EquationSystem {
  const equations: Equation[] = [];
  const parameters: Record<string, number> = {};
  const given: Record<string, number> = {};
  const define = (of: SymbolFormula, formula: Formula): void => {
    equations.push({ name: symbolText(of), formula, line: equations.length + 1 });
  };
  let before = neuronsOf("x", net.inputs, null);
  for (const [k, each] of before.entries()) given[symbolText(each)] = input[k] ?? 0;
  for (const [i, layer] of denseChain("exercise", net).entries()) {
    const l = i + 1;
    const inputs = neuronsOf("z", layer.units, l);
    const outputs = neuronsOf("a", layer.units, l);
    for (const [j, z] of inputs.entries()) {
      const terms = before.map((a, k) => {
        const w = quantity("w", [j + 1, k + 1], l);
        parameters[symbolText(w)] = layer.weights[j * layer.inputs + k] ?? 0;
        return multiply(w, a);
      });
      const { biases } = layer;
      if (biases === null) {
        define(z, sum(terms));
        continue;
      }
      const b = quantity("b", [j + 1], l);
      parameters[symbolText(b)] = biases[j] ?? 0;
      define(z, sum([...terms, b]));
    }
    for (const [j, a] of outputs.entries()) {
      const { activation } = layer;
      const f = activation.kind === "softmax" ? softmax(inputs, j) : ofInput(activation.stable, inputs[j]);
      define(a, f);
    }
    before = outputs;
  }
  for (const [j, value] of target.entries()) given[symbolText(quantity("t", [j + 1], null))] = value;
  define(quantity("C", [], null), costFormula(net, before));
  return { equations, given, parameters, cost: "C" };
}

function neuronsOf(name: string, width: number, layer: number | null): readonly SymbolFormula[] {
  return Array.from({ length: width }, (_, j) => quantity(name, [j + 1], layer));
}

function sum(terms: readonly Formula[]): Formula {
  return terms.length === 0 ? number(0) : terms.reduce(add);
}

function ofInput(formula: Formula, z: Formula | undefined): Formula {
  return z === undefined ? formula : substitute(formula, new Map([["z", z]]));
}

function softmax(inputs: readonly Formula[], j: number): Formula {
  const own = inputs[j];
  if (own === undefined) return number(1);
  const others = inputs.filter((_, k) => k !== j).map((z) => call("exp", subtract(z, own)));
  return divide(number(1), sum([number(1), ...others]));
}

/** `C = Σ_j c(a_j, t_j)` or the mean of it over j, plus `l1 Σ|w| + l2/2 Σ w²` over every weight. */
function costFormula(net: Network, outputs: readonly Formula[]): Formula {
  const { over, formula } = net.cost;
  const own = stabilize(formula);
  const terms = outputs.map((a, j) =>
    substitute(
      own,
      new Map<string, Formula>([
        ["a", a],
        ["t", quantity("t", [j + 1], null)],
      ]),
    ),
  );
  const cost = over === "mean" && terms.length > 1 ? divide(sum(terms), number(terms.length)) : sum(terms);
  const { l1, l2 } = net.regularization;
  if (l1 === 0 && l2 === 0) return cost;
  const weights = net.layers.flatMap((layer, i) =>
    Array.from({ length: layer.units * layer.inputs }, (_, position) => {
      const neurons = [Math.floor(position / layer.inputs) + 1, (position % layer.inputs) + 1];
      return quantity("w", neurons, i + 1);
    }),
  );
  const absolute = multiply(number(l1), sum(weights.map((w) => call("abs", w))));
  const squared = multiply(divide(number(l2), number(2)), sum(weights.map((w) => power(w, number(2)))));
  return sum([cost, ...(l1 > 0 ? [absolute] : []), ...(l2 > 0 ? [squared] : [])]);
}
