import type { Network } from "../../network/index.ts";
import type { FieldPoint } from "./field-point.ts";
import type { NetworkModel } from "./network-model.ts";
import type { NetworkPoint } from "./network-point.ts";
import type { RealPoint } from "./real-point.ts";

/** Networks by a text that says how they were made; null for one that has no finite numbers. */
export type Kept<Point> = Map<string, (Point | null)[]>;

/**
 * The networks on which answers to the questions of a sheet are tried. Each is made when it is first needed; questions about the same
 * model share theirs.
 */
export interface NetworkLibrary {
  readonly field: Kept<FieldPoint>;
  readonly further: Kept<FieldPoint>;
  readonly real: Kept<RealPoint>;
  readonly free: Kept<NetworkPoint<number>>;
  /** All layers as wide, to tell formulas apart. */
  readonly square: Kept<NetworkPoint<number>>;
  readonly squareField: Kept<FieldPoint>;
  /** With plain numbers, for counterexamples. */
  readonly plain: Kept<RealPoint>;
  /** A text that equal models of the sheet share. */
  readonly modelKey: (model: NetworkModel) => string;
}

/** A library without networks. */
export function networkLibrary(): NetworkLibrary {
  const nets = new Map<Network, number>();
  const numberOf = (net: Network): number => {
    const known = nets.get(net) ?? nets.size;
    nets.set(net, known);
    return known;
  };
  return {
    field: new Map(),
    further: new Map(),
    real: new Map(),
    free: new Map(),
    square: new Map(),
    squareField: new Map(),
    plain: new Map(),
    modelKey: ({ activation, outputActivation, cost, net }) =>
      net === null ? [activation, outputActivation, cost].join(" ") : `net ${numberOf(net)}`,
  };
}
