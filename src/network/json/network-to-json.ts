import type { NetworkLayer } from "../layers/layer-kind.ts";
import type { Network, Regularization } from "../network.ts";
import { type LayerJson, layersJson } from "./layer-json.ts";
import { costJson, type NamedFormulaJson } from "./named-formula.ts";

/** A network in a file, ready for `JSON.stringify`. */
export interface NetworkJson {
  readonly inputs: number;
  readonly cost: NamedFormulaJson;
  readonly seed: number;
  readonly regularization?: Regularization;
  readonly layers: readonly LayerJson[];
}

/**
 * A network with its present weights as plain data; `networkFromJson` gives the same network back, every number exact
 * (JavaScript prints a float64 so that it reads back as itself). What is at its default is left out.
 */
export function networkToJson(net: Network): NetworkJson {
  return networkJson(net, (layer) => parametersJson(net, layer));
}

/** The same without its numbers: what `loadModel` makes the network from. */
export function definitionToJson(net: Network): NetworkJson {
  return networkJson(net, () => ({}));
}

function networkJson(net: Network, parametersOf: (layer: NetworkLayer) => object): NetworkJson {
  const { l1, l2 } = net.regularization;
  return {
    inputs: net.inputs,
    cost: costJson(net.cost),
    seed: net.seed,
    ...(l1 > 0 || l2 > 0 ? { regularization: { l1, l2 } } : {}),
    layers: layersJson(net.layers, parametersOf),
  };
}

function parametersJson(net: Network, { number }: NetworkLayer): object {
  const own = net.parameters.filter(({ layer }) => layer === number);
  return Object.fromEntries(own.map(({ name, shape, values }) => [name, nested(Array.from(values), shape)]));
}

/** Row-major numbers as lists of lists, one level for each axis. */
function nested(values: readonly number[], shape: readonly number[]): unknown {
  const [first = 1, ...rest] = shape;
  if (rest.length === 0) return values;
  const size = values.length / first;
  return Array.from({ length: first }, (_, i) => nested(values.slice(i * size, (i + 1) * size), rest));
}
