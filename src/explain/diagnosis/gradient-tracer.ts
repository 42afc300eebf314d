import { compileFormula, differentiate, simplify, toReadableText } from "../../formula/index.ts";
import type { Network } from "../../network/index.ts";
import { shown } from "./finding.ts";
import { activationText, type GradientQuantities, quantityName, slopeText } from "./gradient-quantities.ts";

/** A weight or bias by its indices: layer l, neuron j, and of a weight the neuron k of the layer before; all from 1. */
export interface ParameterName {
  readonly kind: "w" | "b";
  readonly layer: number;
  readonly neuron: number;
  /** Null for a bias. */
  readonly from: number | null;
}

/** What is wrong with a derivative. */
export type Verdict = "zero" | "small" | "huge" | "notFinite" | "ordinary";

/** A factor of a product, with its number. */
export interface Factor {
  readonly name: string;
  readonly value: number;
  /** Where its number comes from, with the numbers it is computed from; empty for one that the next step explains. */
  readonly formula: string;
}

/** An equation on the way back. */
export interface OriginStep {
  readonly left: string;
  readonly value: number;
  /** Its right side, as text. */
  readonly right: string;
  readonly factors: readonly Factor[];
}

/** The way to a culprit. */
export interface Origin {
  readonly steps: readonly OriginStep[];
  readonly culprit: Factor | null;
}

/** A factor below this kills, one above its inverse blows: three of the first make a billionth. */
const KILLING = 1e-3;

/** Follows the factors of a parameter's derivative for one example. */
export function tracer(
  net: Network,
  values: GradientQuantities,
  verdict: Verdict,
): (of: ParameterName, x: number) => Origin {
  const isBad = badness(verdict);

  const follow = ({ layer, neuron, from }: ParameterName, x: number): Origin => {
    if (from !== null && isBad(values.a(layer - 1, from, x))) return activation(layer - 1, from, x);
    return error(layer, neuron, x);
  };

  /** `a_k^l = f(z_k^l)`, or the input. */
  const activation = (layer: number, neuron: number, x: number): Origin => {
    const name = quantityName("a", [neuron], layer);
    const a = values.a(layer, neuron, x);
    if (layer === 0) return ended([], { name, value: a, formula: `input ${neuron} of example ${x + 1}` });
    const z = values.z(layer, neuron, x);
    const f = net.layers[layer - 1]?.activation;
    const formula = f === undefined ? "" : `${activationText(f)}, ${quantityName("z", [neuron], layer)} = ${shown(z)}`;
    const step: OriginStep = {
      left: name,
      value: a,
      right: `f(${quantityName("z", [neuron], layer)})`,
      factors: [{ name: quantityName("z", [neuron], layer), value: z, formula }],
    };
    // What is 0 or tiny was made so by f; what is too large came in by z.
    const isMadeHere = verdict === "zero" || verdict === "small" || !isBad(z);
    return isMadeHere ? ended([], { name, value: a, formula }) : before(step, weightedInput(layer, neuron, x));
  };

  /** `z_j^l = Σ_k w_jk^l a_k^(l−1) + b_j^l`, of numbers too large. */
  const weightedInput = (layer: number, neuron: number, x: number): Origin => {
    const width = net.layers[layer - 1]?.inputs ?? 0;
    const k = largestOf(width, (each) => values.w(layer, neuron, each) * values.a(layer - 1, each, x));
    const weight: Factor = {
      name: quantityName("w", [neuron, k], layer),
      value: values.w(layer, neuron, k),
      formula: "a weight",
    };
    const received: Factor = { name: quantityName("a", [k], layer - 1), value: values.a(layer - 1, k, x), formula: "" };
    const z = quantityName("z", [neuron], layer);
    const bias = values.b(layer, neuron);
    const isBias = Math.abs(bias) > Math.abs(weight.value * received.value);
    const step: OriginStep = {
      left: z,
      value: values.z(layer, neuron, x),
      right: `Σ_k ${quantityName("w", [neuron], layer).replace("^", "k^")} a_k^${layer - 1} + ${quantityName("b", [neuron], layer)}`,
      factors: isBias ? [] : [weight, received],
    };
    if (isBias) return ended([step], { name: quantityName("b", [neuron], layer), value: bias, formula: "a bias" });
    if (Math.abs(weight.value) >= Math.abs(received.value) || !Number.isFinite(weight.value))
      return ended([step], weight);
    return before(step, activation(layer - 1, k, x));
  };

  /** BP2, and BP1 in the last layer. */
  const error = (layer: number, neuron: number, x: number): Origin =>
    layer === net.layers.length ? outputError(neuron, x) : hiddenError(layer, neuron, x);

  const slopeFactor = (layer: number, neuron: number, x: number): Factor => {
    const f = net.layers[layer - 1]?.activation;
    const z = quantityName("z", [neuron], layer);
    const [a, value] = [values.a(layer, neuron, x), values.slope(layer, neuron, x)];
    return {
      name: `f′(${z})`,
      value,
      formula: f === undefined ? "" : `${slopeText(f)}, ${z} = ${shown(values.z(layer, neuron, x))}, a = ${shown(a)}`,
    };
  };

  const hiddenError = (layer: number, neuron: number, x: number): Origin => {
    const units = net.layers[layer]?.units ?? 0;
    const product = (i: number): number => values.w(layer + 1, i, neuron) * values.delta(layer + 1, i, x);
    const arriving = Array.from({ length: units }, (_, i) => product(i + 1)).reduce((sum, term) => sum + term, 0);
    const isSoftmax = net.layers[layer - 1]?.activation.kind === "softmax";
    const slope = slopeFactor(layer, neuron, x);
    const sum: Factor = { name: `Σ_k w_k${neuron}^${layer + 1} δ_k^${layer + 1}`, value: arriving, formula: "" };
    const step: OriginStep = {
      left: quantityName("δ", [neuron], layer),
      value: values.delta(layer, neuron, x),
      right: isSoftmax ? `Σ_i ∂a_i/∂z_${neuron} ${sum.name}` : `${slope.name} ${sum.name}`,
      factors: isSoftmax ? [sum] : [slope, sum],
    };
    if (!isSoftmax && isBad(slope.value)) {
      const isInput = !isBad(values.z(layer, neuron, x)) || verdict !== "notFinite";
      return isInput ? ended([step], slope) : before(step, weightedInput(layer, neuron, x));
    }
    const i = largestOf(units, product);
    const isCancelled = product(i) !== 0 && arriving === 0;
    if (isCancelled) return ended([step], { ...sum, formula: "its terms cancel" });
    return throughWeight(step, { layer: layer + 1, neuron: i, from: neuron, units }, x);
  };

  /** On through the term `w_ij δ_i` that counts most. */
  const throughWeight = (
    step: OriginStep,
    { layer, neuron, from, units }: { layer: number; neuron: number; from: number; units: number },
    x: number,
  ): Origin => {
    // Of terms that are all 0, one whose weight is not: its error is then 0.
    const weights = Array.from({ length: units }, (_, i) => values.w(layer, i + 1, from));
    const isEveryZero = verdict === "zero" && weights.every((w) => w === 0);
    const chosen = verdict === "zero" ? largestOf(units, (i) => weights[i - 1] ?? 0) : neuron;
    const w = weights[chosen - 1] ?? Number.NaN;
    const name = quantityName("w", [chosen, from], layer);
    const weight: Factor = {
      name,
      value: w,
      formula: isEveryZero ? "a weight; so are all others from this neuron" : "a weight",
    };
    const delta: Factor = {
      name: quantityName("δ", [chosen], layer),
      value: values.delta(layer, chosen, x),
      formula: "",
    };
    const inner: OriginStep = {
      left: `Σ_k w_k${from}^${layer} δ_k^${layer}`,
      value: step.factors.at(-1)?.value ?? Number.NaN,
      right: `${name} ${delta.name}${units > 1 ? " + …" : ""}`,
      factors: [weight, delta],
    };
    if (isBad(w)) return ended([step, inner], weight);
    if (verdict === "notFinite" && Number.isFinite(delta.value)) {
      return ended([step, inner], Math.abs(w) > Math.abs(delta.value) ? weight : delta);
    }
    const rest = error(layer, chosen, x);
    return { steps: [step, inner, ...rest.steps], culprit: rest.culprit };
  };

  const outputError = (neuron: number, x: number): Origin => {
    const L = net.layers.length;
    const f = net.layers.at(-1)?.activation;
    const [a, t, delta] = [values.a(L, neuron, x), values.target(neuron, x), values.delta(L, neuron, x)];
    const left = quantityName("δ", [neuron], L);
    const slope = slopeFactor(L, neuron, x);
    const byAnswer = slopeOfCost(net, a, t);
    const cost: Factor = {
      name: `∂C_x/∂${quantityName("a", [neuron], L)}`,
      value: byAnswer.value,
      formula: `${byAnswer.text}, a = ${shown(a)}, t = ${shown(t)}`,
    };
    const isProduct = f?.kind === "elementwise" && isClose(cost.value * slope.value, delta);
    if (isProduct) {
      const step: OriginStep = { left, value: delta, right: `${cost.name} ${slope.name}`, factors: [cost, slope] };
      if (isBad(slope.value) && !isBad(cost.value)) return endedAtSlope(step, slope, L, neuron, x);
      if (isBad(cost.value))
        return verdict === "notFinite" && isBad(a) ? before(step, activation(L, neuron, x)) : ended([step], cost);
      return isBad(slope.value) ? endedAtSlope(step, slope, L, neuron, x) : { steps: [step], culprit: null };
    }
    const difference: Factor = {
      name: `${quantityName("a", [neuron], L)} - t_${neuron}`,
      value: a - t,
      formula: `a = ${shown(a)}, t = ${shown(t)}`,
    };
    const isDifference = isClose(a - t, delta) || !Number.isFinite(a);
    const step: OriginStep = {
      left,
      value: delta,
      right: isDifference ? difference.name : `∂C_x/∂${quantityName("z", [neuron], L)}`,
      factors: isDifference ? [difference] : [],
    };
    if (!Number.isFinite(a)) return before(step, weightedInput(L, neuron, x));
    if (!isDifference)
      return ended([], {
        name: left,
        value: delta,
        formula: `${activationText(f ?? { kind: "softmax", name: "softmax" })}, a = ${shown(a)}, t = ${shown(t)}`,
      });
    return isBad(difference.value) ? ended([step], difference) : { steps: [step], culprit: null };
  };

  const endedAtSlope = (step: OriginStep, slope: Factor, layer: number, neuron: number, x: number): Origin =>
    verdict === "notFinite" && !Number.isFinite(values.z(layer, neuron, x))
      ? before(step, weightedInput(layer, neuron, x))
      : ended([step], slope);

  return follow;
}

function badness(verdict: Verdict): (value: number) => boolean {
  switch (verdict) {
    case "zero":
      return (value) => value === 0;
    case "small":
      return (value) => Math.abs(value) < KILLING;
    case "huge":
      return (value) => Math.abs(value) > 1 / KILLING;
    case "notFinite":
      return (value) => !Number.isFinite(value);
    case "ordinary":
      return () => false;
  }
}

/** `∂C_x/∂a_j` by the cost's formula. */
function slopeOfCost(
  { cost, outputs }: Network,
  a: number,
  t: number,
): { readonly value: number; readonly text: string } {
  const derivative = simplify(differentiate(cost.formula, "a"));
  const share = cost.over === "mean" ? 1 / outputs : 1;
  const text = share === 1 ? toReadableText(derivative) : `1/${outputs} (${toReadableText(derivative)})`;
  return { value: share * compileFormula(derivative, ["a", "t"])([a, t]), text: `${cost.name}: ${text}` };
}

function isClose(left: number, right: number): boolean {
  if (left === right || (Number.isNaN(left) && Number.isNaN(right))) return true;
  // What float32 makes of a few operations.
  return Math.abs(left - right) <= 1e-5 * Math.max(Math.abs(left), Math.abs(right));
}

/** The number, from 1, of the term that is largest in size; one that is not finite before all. */
function largestOf(count: number, term: (i: number) => number): number {
  let [best, size] = [1, -1];
  for (let i = 1; i <= count; i++) {
    const each = Math.abs(term(i));
    if (Number.isNaN(each)) return i;
    if (each > size) [best, size] = [i, each];
  }
  return best;
}

function ended(steps: readonly OriginStep[], culprit: Factor): Origin {
  return { steps, culprit };
}

function before(step: OriginStep, { steps, culprit }: Origin): Origin {
  return { steps: [step, ...steps], culprit };
}
