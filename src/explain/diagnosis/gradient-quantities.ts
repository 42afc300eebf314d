import { denseChain } from "../../network/dense-chain.ts";
import { compileFormula, differentiate, simplify, substitute, symbol, toReadableText } from "../../formula/index.ts";
import {
  type Activation,
  type Gradient,
  type Network,
  type Rows,
  type Targets,
  isMatrix,
} from "../../network/index.ts";
import { deriveFunction, OWN } from "../function/derive-function.ts";

/** Every number of a forward and a backward pass under the textbook's indices: layers and neurons from 1, examples from 0. */
export interface GradientQuantities {
  readonly examples: number;
  /** `a_k^l`; of layer 0 the inputs. */
  a(layer: number, neuron: number, x: number): number;
  z(layer: number, neuron: number, x: number): number;
  delta(layer: number, neuron: number, x: number): number;
  /** `w_jk^l` */
  w(layer: number, neuron: number, from: number): number;
  /** 0 without biases. */
  b(layer: number, neuron: number): number;
  /** `f′(z_j^l)`; NaN for softmax, which has no derivative by one neuron alone. */
  slope(layer: number, neuron: number, x: number): number;
  /** `t_j` */
  target(neuron: number, x: number): number;
  /** In how many examples something holds. */
  count(holds: (x: number) => boolean): number;
}

export function valuesOf(
  net: Network,
  { layers }: Gradient,
  { inputs, targets }: { readonly inputs: Rows; readonly targets: Targets },
): GradientQuantities {
  const chain = denseChain("followGradient", net);
  const slopes = chain.map(({ activation }) =>
    activation.kind === "softmax" ? null : compileFormula(simplify(differentiate(activation.stable, "z")), ["z"]),
  );
  const examples = inputs.length;
  const z = (layer: number, neuron: number, x: number): number => layers[layer - 1]?.z[x]?.[neuron - 1] ?? Number.NaN;
  const { outputs, cost } = net;
  return {
    examples,
    a: (layer, neuron, x) =>
      (layer === 0 ? inputs[x]?.[neuron - 1] : layers[layer - 1]?.a[x]?.[neuron - 1]) ?? Number.NaN,
    z,
    delta: (layer, neuron, x) => layers[layer - 1]?.delta[x]?.[neuron - 1] ?? Number.NaN,
    w: (layer, neuron, from) => {
      const width = chain[layer - 1]?.inputs ?? 0;
      return chain[layer - 1]?.weights[(neuron - 1) * width + from - 1] ?? Number.NaN;
    },
    b: (layer, neuron) => chain[layer - 1]?.biases?.[neuron - 1] ?? 0,
    slope: (layer, neuron, x) => slopes[layer - 1]?.([z(layer, neuron, x)]) ?? Number.NaN,
    target: (neuron, x) => {
      if (isMatrix(targets)) return targets.values[x * outputs + neuron - 1] ?? Number.NaN;
      const given = targets[x];
      if (typeof given !== "number") return given?.[neuron - 1] ?? Number.NaN;
      return outputs === 1 ? given : given === neuron - 1 ? 1 : cost.otherClasses;
    },
    count: (holds) => Array.from({ length: examples }, (_, x) => x).filter(holds).length,
  };
}

/** `w_21^3`, with a comma between indices that are not all of one digit. */
export function quantityName(letter: string, indices: readonly number[], layer: number): string {
  return `${letter}_${indices.join(indices.every((index) => index < 10) ? "" : ",")}^${layer}`;
}

/** `sigmoid′ = a (1 - a)`: f′ in terms of `a` where it can be, else of `z`. */
export function slopeText(activation: Activation): string {
  if (activation.kind === "softmax") return "softmax: ∂a_j/∂z_i = a_j ([i = j] - a_i)";
  const { derivative, inOwnTerms } = deriveFunction(activation.formula, { by: "z" });
  const formula = inOwnTerms === null ? derivative : substitute(inOwnTerms, new Map([[OWN, symbol("a")]]));
  return `${activation.name}′(z) = ${toReadableText(formula)}`;
}

/** `sigmoid(z) = 1/(1 + e^(-z))` */
export function activationText(activation: Activation): string {
  if (activation.kind === "softmax") return "softmax(z)_j = e^(z_j) / Σ_k e^(z_k)";
  return `${activation.name}(z) = ${toReadableText(activation.formula)}`;
}
