import { OptionError } from "../../errors.ts";
import { isObject, shown } from "../../tree/reader.ts";
import type { Layer } from "./layer-kind.ts";

/** A layer that may stand at several places of a network with the same parameters, as it is written down. */
export interface SharedLayer<Units extends number = number> extends Layer<Units> {
  readonly kind: "shared";
  readonly layer: Layer<Units>;
}

/**
 * A layer to be used at several places: `const twice = shared(dense(8, "tanh")); network(8, [twice, twice, dense(1)])`.
 * Its parameters are listed once, as those of the first place, and their gradient is the sum over all places. Every call
 * makes a layer of its own.
 *
 * @throws OptionError when it is given no layer, or one that is shared already.
 */
export function shared<Units extends number>(layer: Layer<Units>): SharedLayer<Units> {
  const given: unknown = layer;
  if (!isObject(given) || typeof given["kind"] !== "string" || given["kind"] === "shared") {
    throw new OptionError({
      where: "shared",
      expected: "a layer that is not shared yet",
      got: isObject(given) ? shown(given["kind"]) : shown(given),
      advice: 'Write shared(dense(8, "tanh")), and use what it gives at several places.',
    });
  }
  return { kind: "shared", units: layer.units, layer };
}

/** True for a shared layer. */
export function isShared(layer: Layer): layer is SharedLayer {
  return layer.kind === "shared";
}
