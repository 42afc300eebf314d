import { evaluate, float64Arithmetic } from "../../formula/index.ts";
import { tensorsOf } from "../../graph/tensor-arithmetic.ts";
import { generalNetwork } from "../../network/general-network.ts";
import { realArithmetic } from "./arithmetic.ts";
import { drawnNumber } from "./drawn-values.ts";
import { networkGraph } from "./network-graph.ts";
import type { NetworkModel } from "./network-model.ts";
import type { NetworkPoint } from "./network-point.ts";
import { pointOnGraph } from "./point-on-graph.ts";

/**
 * A network in float64 whose f, f′ and ∂C/∂a are functions of no kind in particular: their values are drawn, from −size to size, as
 * those of a `FieldPoint` are. The functions that are in use all have slopes between −1 and 2, so only here it shows that |f′| is
 * not f′. For questions in which activation and cost are general.
 */
export function freePoint(
  functions: NetworkModel["functions"],
  widths: readonly number[],
  { seed, size }: { readonly seed: string; readonly size: number },
): NetworkPoint<number> {
  const draw = (name: string, most = size): number => drawnNumber(`${seed} ${name}`, -most, most);
  // Sums in another order differ in their last digits, and are the same argument.
  const drawnFunction = (name: string, primes: number, argument: number): number =>
    draw(`${name} ${primes} ${argument.toPrecision(9)}`);
  const numbers = (length: number, drawn: (i: number) => number): number[] =>
    Array.from({ length }, (_, i) => drawn(i));
  const layers = widths.slice(1).map((units, i) => ({ units, columns: widths[i] ?? 1, l: i + 1 }));
  return pointOnGraph(networkGraph(generalNetwork(widths), "textbook"), {
    arithmetic: realArithmetic,
    tensors: tensorsOf({ ...float64Arithmetic, apply: drawnFunction }),
    own: {
      weights: layers.map(({ units, columns, l }) =>
        numbers(units * columns, (i) => draw(`w ${l} ${Math.floor(i / columns)} ${i % columns}`, Math.min(size, 4))),
      ),
      biases: layers.map(({ units, l }) => numbers(units, (j) => draw(`b ${l} ${j}`))),
      inputs: numbers(widths[0] ?? 1, (k) => draw(`x ${k}`)),
      targets: numbers(widths.at(-1) ?? 1, (j) => draw(`t ${j}`)),
    },
    cost: () => draw("C"),
    scalar: (name) => draw(`scalar ${name}`),
    apply: (name, primes, argument) => {
      if (name === "f") return drawnFunction("f", primes, argument);
      const formula = functions.formula(name, primes);
      if (formula === null) return drawnFunction(`function ${name}`, primes, argument);
      return evaluate(formula, { z: argument });
    },
  });
}

/** Whether nothing is known of f and C. */
export function isFree({ activation, outputActivation, cost, net }: NetworkModel): boolean {
  return net === null && activation === "general" && outputActivation === "general" && cost === "general";
}
