import { internalError, ShapeError } from "../../errors.ts";
import { map, rename } from "../../graph/index.ts";
import type { Activation } from "../activations.ts";
import type { Layer, LayerKind, NetworkLayer } from "./layer-kind.ts";

/** What adds up the outputs of two layers, as it is written down: `residual` makes one. */
export interface SumLayer<Units extends number = number> extends Layer<Units> {
  readonly kind: "sum";
  readonly activation: Activation;
}

/**
 * `z_j^l = a_j^m + a_j^k`, the outputs of two layers; no parameters. The end of a residual block: what it has made of its
 * input, plus the input.
 * Source: He et al., "Deep residual learning for image recognition" (2015), equation 1.
 */
export const sumKind: LayerKind<SumLayer, NetworkLayer> = {
  name: "sum",

  place({ activation }, { number, receives, parametersOf, received }) {
    const [own = [], skipped = []] = received;
    if (own.length !== skipped.length || own.some((size, i) => size !== skipped[i])) {
      throw new ShapeError({
        where: `network: layer ${number}, the end of a residual block`,
        expected: `as many numbers from its layers as it receives, ${skipped.join(" × ")}`,
        got: own.join(" × "),
        advice: `End the block with ${skipped.join(" × ")} units.`,
      });
    }
    const units = own.reduce((product, size) => product * size, 1);
    return {
      layer: {
        kind: "sum",
        number,
        receives,
        parametersOf,
        inputs: units,
        units,
        shape: own,
        activation,
        dropout: 0,
        own: null,
      },
      given: {},
    };
  },

  parameters: () => [],

  equations(_, { inputs: [a, r] }) {
    if (a === undefined || r === undefined) throw internalError("a sum of fewer than two layers.");
    return { weightedInput: map("a + r", { a, r: rename(r, a.axes) }, { axes: a.axes }) };
  },

  // In a file it is the residual block that it ends: see `json/layer-json.ts`.
  toJson: () => ({}),
  readJson: () => {
    throw internalError("a sum has no form of its own in a file.");
  },
};
