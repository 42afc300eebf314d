import { STEP } from "../../network/central-difference.ts";
import { compileFormula, evaluate } from "../../formula/index.ts";
import { realArithmetic } from "./arithmetic.ts";
import type { Quantity } from "./network-point.ts";
import { weightedInputs } from "./point-parts.ts";
import { type RealPoint, softmax } from "./real-point.ts";

/**
 * `∂C/∂u` by a central difference: the cost of the network's forward pass with u a little larger and a little smaller. It is
 * computed here and not by an engine, from the formulas of activations and cost alone. Null for what the forward pass does
 * not use (δ, t).
 *
 * @param by a weight, bias, weighted input or activation
 */
export function differenceOfCost(point: RealPoint, by: Quantity): number | null {
  if (!["w", "b", "z", "a", "x"].includes(by.name)) return null;
  return (costWith(point, by, STEP) - costWith(point, by, -STEP)) / (2 * STEP);
}

/** C with `change` added to one quantity wherever the forward pass uses it. */
function costWith(point: RealPoint, by: Quantity, change: number): number {
  const { net, inputs, targets, layers } = point;
  const [j = 1, k = 1] = by.indices;
  const moved = (values: readonly number[], isIt: boolean): readonly number[] =>
    isIt ? values.map((value, i) => (i === j - 1 ? value + change : value)) : values;
  const isOf = (name: string, layer: number): boolean => by.name === name && by.layer === layer;
  let a = moved(inputs, by.name === "x" || isOf("a", 0));
  for (const [i, { w, b }] of layers.entries()) {
    const layer = i + 1;
    const weights = isOf("w", layer)
      ? w.map((row, n) => (n === j - 1 ? row.map((value, m) => (m === k - 1 ? value + change : value)) : row))
      : w;
    const z = moved(weightedInputs(realArithmetic, { w: weights, b: moved(b, isOf("b", layer)) }, a), isOf("z", layer));
    const f = net.layers[i]?.activation;
    const values =
      f === undefined || f.kind === "softmax" ? softmax(z) : z.map((each) => evaluate(f.formula, { z: each }));
    a = moved(values, isOf("a", layer));
  }
  const { formula, over } = net.cost;
  const cost = compileFormula(formula, ["a", "t"]);
  const total = a.reduce((sum, value, n) => sum + cost([value, targets[n] ?? 0]), 0);
  return over === "mean" ? total / a.length : total;
}
