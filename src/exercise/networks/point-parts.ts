import type { Arithmetic } from "./arithmetic.ts";
import type { LayerNumbers } from "./network-point.ts";

/** A layer after the forward pass. */
export interface ForwardLayer<Value> {
  readonly w: readonly (readonly Value[])[];
  readonly b: readonly Value[];
  readonly z: readonly Value[];
  readonly a: readonly Value[];
  /** `∂a_i/∂z_j`, row i. */
  readonly slopes: readonly (readonly Value[])[];
}

/** `z_j = Σ_k w_jk a_k + b_j` */
export function weightedInputs<Value>(
  { zero, add, multiply }: Arithmetic<Value>,
  { w, b }: { readonly w: readonly (readonly Value[])[]; readonly b: readonly Value[] },
  before: readonly Value[],
): Value[] {
  return w.map((row, j) => row.reduce((sum, weight, k) => add(sum, multiply(weight, before[k] ?? zero)), b[j] ?? zero));
}

/** f′ of each neuron on the diagonal. */
export function diagonal<Value>(values: readonly Value[], zero: Value): Value[][] {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : zero)));
}

/** `∂a_i/∂z_j = a_i ([i = j] − a_j)` of softmax. */
export function softmaxSlopes<Value>(
  { one, zero, add, negate, multiply }: Arithmetic<Value>,
  a: readonly Value[],
): Value[][] {
  return a.map((ai, i) => a.map((aj, j) => multiply(ai, add(i === j ? one : zero, negate(aj)))));
}

/**
 * Backpropagation: `δ_j = Σ_i ∂C/∂a_i ∂a_i/∂z_j`, `∂C/∂a_k^(l−1) = Σ_j w_jk δ_j`, `∂C/∂w_jk = δ_j a_k^(l−1)`, from the last layer
 * to the first.
 */
export function backward<Value>(
  arithmetic: Arithmetic<Value>,
  inputs: readonly Value[],
  layers: readonly ForwardLayer<Value>[],
  costSlopes: readonly Value[],
): LayerNumbers<Value>[] {
  const { zero, add, multiply } = arithmetic;
  const result: LayerNumbers<Value>[] = [];
  let da: readonly Value[] = costSlopes;
  for (const [i, layer] of [...layers.entries()].toReversed()) {
    const before = layers[i - 1]?.a ?? inputs;
    const upstream = da;
    const delta = layer.z.map((_, j) =>
      upstream.reduce((sum, slope, n) => add(sum, multiply(slope, layer.slopes[n]?.[j] ?? zero)), zero),
    );
    const dw = delta.map((error) => before.map((a) => multiply(error, a)));
    result.unshift({ ...layer, delta, dw, da: upstream });
    da = before.map((_, k) =>
      delta.reduce((sum, error, j) => add(sum, multiply(layer.w[j]?.[k] ?? zero, error)), zero),
    );
  }
  return result;
}
