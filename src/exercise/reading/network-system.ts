import {
  add,
  type Arithmetic,
  call,
  divide,
  type Formula,
  formulaArithmetic,
  number,
  scripted,
  subtract,
  type SymbolFormula,
  symbolText,
} from "../../formula/index.ts";
import type { Node } from "../../graph/index.ts";
import { interpret } from "../../graph/interpret.ts";
import { tensorsOf } from "../../graph/tensor-arithmetic.ts";
import { denseChain } from "../../network/dense-chain.ts";
import type { Equation, EquationSystem } from "../../explain/index.ts";
import { forwardNetwork, type Network } from "../../network/index.ts";

/** A quantity of one neuron, or of a pair: `w_12^1` is `quantity("w", [1, 2], 1)`. Neurons and layers count from 1. */
export function quantity(name: string, neurons: readonly number[], layer: number | null): SymbolFormula {
  const scripts = neurons.map((neuron) => number(neuron));
  return scripted(name, scripts, layer === null ? null : number(layer));
}

/**
 * A network written out for one example, as scalar equations: `z_1^1 = w_11^1*x_1 + w_12^1*x_2 + b_1^1`,
 * `a_1^1 = f(z_1^1)`, and `C` of the last layer, with regularization. They are the graph of the network's equations, computed
 * in formulas (`interpret`), in which a quantity that has a name stands for what it was computed from. Quantities have the
 * names that `symbolText` gives them, `w_12^1`; the weights and biases are the parameters, `x_k` and `t_j` are given.
 *
 * Softmax is `1/(1 + Σ_(k≠j) e^(z_k - z_j))`, which is the textbook's quotient and cannot overflow to ∞/∞. The cost is written in
 * the activations, as the textbook has it; so it is not finite where a float64 activation is 0 or 1 under a logarithm.
 *
 * @param input `[n_0]`
 * @param target `[n_L]`
 */
export function networkSystem(net: Network, input: readonly number[], target: readonly number[]): EquationSystem {
  const { given, parameters } = numbersOf(net, input, target);
  const graph = forwardNetwork(net, { capacity: 1, costForm: "textbook" });
  const names = new Map<Node, readonly SymbolFormula[]>([
    [graph.inputs, neuronsOf("x", net.inputs, null)],
    [graph.targets, neuronsOf("t", net.outputs, null)],
    [graph.cost, [quantity("C", [], null)]],
  ]);
  for (const [i, { weightedInput, activation, parameters: own }] of graph.layers.entries()) {
    const { units = 0, inputs = 0 } = net.layers[i] ?? {};
    names.set(weightedInput, neuronsOf("z", units, i + 1));
    names.set(activation, neuronsOf("a", units, i + 1));
    if (own["weights"] !== undefined) names.set(own["weights"], weightsOf(units, inputs, i + 1));
    if (own["biases"] !== undefined) names.set(own["biases"], neuronsOf("b", units, i + 1));
  }
  const equations: Equation[] = [];
  const { run } = interpret([graph.cost], tensorsOf(weightsFirst), {
    given: (node) => (node.kind === "input" || node.kind === "variable" ? names.get(node)?.slice() : undefined),
    computed: (node, values) => {
      // Held because nothing depends on it: softmax is the same whatever is subtracted from every z.
      if (node.kind === "hold") values.fill(number(0));
      for (const [position, of] of (names.get(node) ?? []).entries()) {
        const formula = withoutOverflow(values[position] ?? of);
        equations.push({ name: symbolText(of), formula, line: equations.length + 1 });
        values[position] = of;
      }
    },
  });
  run();
  return { equations, given, parameters, cost: "C" };
}

/** The numbers of a network and its example by their names; of dense layers, one after the other. */
function numbersOf(
  net: Network,
  input: readonly number[],
  target: readonly number[],
): Required<Pick<EquationSystem, "given" | "parameters">> {
  const given: Record<string, number> = {};
  for (const [k, each] of neuronsOf("x", net.inputs, null).entries()) given[symbolText(each)] = input[k] ?? 0;
  for (const [j, value] of target.entries()) given[symbolText(quantity("t", [j + 1], null))] = value;
  const parameters: Record<string, number> = {};
  for (const { units, inputs, weights, biases, number: l } of denseChain("exercise", net)) {
    const names = weightsOf(units, inputs, l);
    for (const [j, b] of neuronsOf("b", units, l).entries()) {
      for (let k = 0; k < inputs; k += 1) {
        const position = j * inputs + k;
        const w = names[position];
        if (w !== undefined) parameters[symbolText(w)] = weights[position] ?? 0;
      }
      if (biases !== null) parameters[symbolText(b)] = biases[j] ?? 0;
    }
  }
  return { given, parameters };
}

/** `w_jk^l`, row-major. */
function weightsOf(units: number, inputs: number, l: number): readonly SymbolFormula[] {
  return Array.from({ length: units * inputs }, (_, i) =>
    quantity("w", [Math.floor(i / inputs) + 1, (i % inputs) + 1], l),
  );
}

/** Formulas, in which a product with a weight begins with it: `w_12^1 x_2`. */
const weightsFirst: Arithmetic<Formula> = {
  ...formulaArithmetic,
  operation: (operator, u, v) => {
    const isTurned = operator === "*" && v.kind === "symbol" && v.name === "w";
    return isTurned ? formulaArithmetic.operation("*", v, u) : formulaArithmetic.operation(operator, u, v);
  },
};

/** `e^u/(e^u + e^v + …)` as `1/(1 + e^(v - u) + …)`; any other formula as it is. */
function withoutOverflow(formula: Formula): Formula {
  if (formula.kind !== "operation" || formula.operator !== "/") return formula;
  const own = exponentOf(formula.left);
  const all = termsOf(formula.right).map(exponentOf);
  if (own === null || !all.includes(own)) return formula;
  const others = all.filter((each) => each !== own);
  const terms = others.map((each) => (each === null ? null : call("exp", subtract(each, own))));
  return terms.includes(null)
    ? formula
    : divide(
        number(1),
        terms.reduce<Formula>((sum, term) => (term === null ? sum : add(sum, term)), number(1)),
      );
}

function exponentOf(formula: Formula): Formula | null {
  return formula.kind === "call" && formula.name === "exp" ? (formula.arguments[0] ?? null) : null;
}

function termsOf(formula: Formula): readonly Formula[] {
  if (formula.kind !== "operation" || formula.operator !== "+") return [formula];
  return [...termsOf(formula.left), ...termsOf(formula.right)];
}

function neuronsOf(name: string, width: number, layer: number | null): readonly SymbolFormula[] {
  return Array.from({ length: width }, (_, j) => quantity(name, [j + 1], layer));
}
