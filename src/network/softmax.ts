import { hold, type Label, map, type Node, reduce } from "../graph/index.ts";

/** The softmax of a layer's weighted input, and its logarithm computed without it. */
export interface Softmax {
  /** `a_j = e^(z_j − m) / Σ_k e^(z_k − m)`, axes of z. */
  readonly probabilities: Node;
  /** `log a_j = z_j − m − log Σ_k e^(z_k − m)`, axes of z: finite also where a_j is too small for a float. */
  readonly logProbabilities: Node;
}

/**
 * Softmax over the neurons of each example. `m = max_k z_k` keeps every exponent at or below 0, so that nothing
 * overflows. It cancels in numerator and denominator: softmax does not change when the same number is added to every z,
 * so m may be held constant and no derivative goes through it.
 *
 * @param z axes `[examples, neurons]`
 * @param label of the probabilities
 */
export function softmax(z: Node, label: Label | null = null): Softmax {
  const { axes } = z;
  const ofExample = axes.slice(0, 1);
  const m = hold(reduce("max", z, ofExample));
  const exponentials = map("exp(z - m)", { z, m }, { axes });
  const total = reduce("sum", exponentials, ofExample);
  return {
    probabilities: map("p / s", { p: exponentials, s: total }, { axes, label }),
    logProbabilities: map("z - m - l", { z, m, l: map("log(s)", { s: total }) }, { axes }),
  };
}
