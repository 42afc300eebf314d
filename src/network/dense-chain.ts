import { internalError, OptionError } from "../errors.ts";
import type { Node, VariableNode } from "../graph/index.ts";
import type { LayerEquations } from "./equations.ts";
import { type DenseNetworkLayer, isDense } from "./layers/dense.ts";
import type { Network } from "./network.ts";

/** A dense layer with its numbers. */
export interface DenseLayerValues extends DenseNetworkLayer {
  /** `w_jk` at `j * inputs + k`. */
  readonly weights: Float64Array;
  /** `b_j`, or null for a layer without bias. */
  readonly biases: Float64Array | null;
}

/**
 * The layers of a network in which all are dense and each receives the one before: for readers that follow
 * `z^l = w^l a^(l−1) + b^l` from layer to layer, and would be wrong about any other network.
 *
 * @param where what the message blames: "drawNetwork".
 * @throws OptionError for any other network, which says what takes it.
 */
export function denseChain(where: string, net: Network): readonly DenseLayerValues[] {
  return net.layers.map((layer, i) => {
    const [before] = layer.receives;
    const isChained = layer.receives.length === 1 && before === i && layer.parametersOf === layer.number;
    if (isDense(layer) && isChained) return withValues(net, layer);
    const got = !isDense(layer)
      ? `layer ${layer.number} of kind "${layer.kind}"`
      : layer.parametersOf === layer.number
        ? `layer ${layer.number}, which receives layer ${layer.receives.join(" and ")}`
        : `layer ${layer.number}, which shares the parameters of layer ${layer.parametersOf}`;
    throw new OptionError({
      where,
      expected: "dense layers alone, each of which receives the one before",
      got,
      advice: "It follows z = w a + b from layer to layer. gradient, gradientCheck and trace take any network.",
    });
  });
}

function withValues(net: Network, layer: DenseNetworkLayer): DenseLayerValues {
  const valuesOf = (name: string): Float64Array | null =>
    net.parameters.find((each) => each.layer === layer.number && each.name === name)?.values ?? null;
  const weights = valuesOf("weights");
  if (weights === null) throw internalError(`layer ${layer.number} has no weights.`);
  return { ...layer, weights, biases: valuesOf("biases") };
}

/** A dense layer's own equations under the textbook's names. */
export interface DenseNodes extends LayerEquations {
  /** `w_jk^l`, `[n_l, n_(l−1)]` */
  readonly weights: VariableNode;
  /** `b_j^l`, `[n_l]`; null without bias. */
  readonly biases: VariableNode | null;
  /** `∂C/∂w_jk^l`, `[n_l, n_(l−1)]` */
  readonly weightGradient: Node;
  /** `∂C/∂b_j^l`, `[n_l]`; null without bias. */
  readonly biasGradient: Node | null;
}

/** The equations of a dense layer that has parameters of its own. */
export function denseNodes(layer: LayerEquations): DenseNodes {
  const { weights, biases = null } = layer.parameters;
  const { weights: weightGradient, biases: biasGradient = null } = layer.gradients;
  if (weights === undefined || weightGradient === undefined) throw internalError("a layer without weights of its own.");
  return { ...layer, weights, biases, weightGradient, biasGradient };
}
