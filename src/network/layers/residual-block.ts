import { OptionError } from "../../errors.ts";
import { shown } from "../../tree/reader.ts";
import { type Activation, activation as activationNamed, type ActivationName } from "../activations.ts";
import type { Layer, OutputsOf } from "./layer-kind.ts";

/** Layers whose output is added to what the first of them receives, as they are written down. */
export interface ResidualLayer<Units extends number = number> extends Layer<Units> {
  readonly kind: "residual";
  readonly layers: readonly Layer[];
  /** Applied to the sum. */
  readonly activation: Activation;
}

/**
 * A residual block: `a = f(received + what the layers make of it)`. In the network its layers stand one after the other,
 * and the sum is a layer of its own after them. The last has as many units as the first receives.
 * Source: He et al., "Deep residual learning for image recognition" (2015), section 3.
 *
 * @param activation f. Default "identity".
 * @throws OptionError when there is no layer.
 */
export function residual<const Layers extends readonly Layer[]>(
  layers: Layers,
  activation: ActivationName | Activation = "identity",
): ResidualLayer<OutputsOf<Layers>> {
  const last = Array.isArray(layers) ? (layers as readonly Layer[]).at(-1) : undefined;
  if (last === undefined) {
    throw new OptionError({
      where: "residual",
      expected: "a list of 1 or more layers",
      got: shown(layers),
      advice: 'Write residual([dense(8, "relu"), dense(8)]).',
    });
  }
  return {
    kind: "residual",
    // The width of the last layer is what `OutputsOf` says; the compiler does not follow `at`.
    units: last.units as OutputsOf<Layers>,
    layers,
    activation: typeof activation === "string" ? activationNamed(activation) : activation,
  };
}

/** True for a residual block. */
export function isResidual(layer: Layer): layer is ResidualLayer {
  return layer.kind === "residual";
}
