import { evaluate } from "../../formula/index.ts";
import { realArithmetic } from "./arithmetic.ts";
import { drawnNumber } from "./drawn-values.ts";
import type { NetworkModel } from "./network-model.ts";
import type { NetworkPoint } from "./network-point.ts";
import { backward, diagonal, type ForwardLayer, weightedInputs } from "./point-parts.ts";

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
  const f = (primes: number, z: number): number => draw(`f ${primes} ${z.toPrecision(9)}`);
  const inputs = Array.from({ length: widths[0] ?? 1 }, (_, k) => draw(`x ${k}`));
  const layers: ForwardLayer<number>[] = [];
  for (let l = 1; l < widths.length; l += 1) {
    const before = layers.at(-1)?.a ?? inputs;
    const neurons = Array.from({ length: widths[l] ?? 1 }, (_, j) => j);
    const parameters = {
      w: neurons.map((j) => before.map((_, k) => draw(`w ${l} ${j} ${k}`, Math.min(size, 4)))),
      b: neurons.map((j) => draw(`b ${l} ${j}`)),
    };
    const z = weightedInputs(realArithmetic, parameters, before);
    const slopes = diagonal(
      z.map((each) => f(1, each)),
      0,
    );
    layers.push({ ...parameters, z, a: z.map((each) => f(0, each)), slopes });
  }
  const outputs = layers.at(-1)?.a ?? [];
  const costSlopes = outputs.map((_, j) => draw(`slope ${j}`));
  return {
    arithmetic: realArithmetic,
    widths,
    inputs,
    targets: outputs.map((_, j) => draw(`t ${j}`)),
    layers: backward(realArithmetic, inputs, layers, costSlopes),
    cost: draw("C"),
    scalar: (name) => draw(`scalar ${name}`),
    apply: (name, primes, argument) => {
      if (name === "f") return f(primes, argument);
      const formula = functions.formula(name, primes);
      if (formula === null) return draw(`function ${name} ${primes} ${argument.toPrecision(9)}`);
      return evaluate(formula, { z: argument });
    },
  };
}

/** Whether nothing is known of f and C. */
export function isFree({ activation, outputActivation, cost, net }: NetworkModel): boolean {
  return net === null && activation === "general" && outputActivation === "general" && cost === "general";
}
