import { NetworkError } from "../../errors.ts";
import {
  located,
  type Place,
  placeOf,
  readFields,
  readList,
  readNumber,
  type TreeSource,
  wholeOf,
} from "../../tree/reader.ts";
import type { LayerKind } from "../layers/layer-kind.ts";
import { type PlacedParameter, Placement } from "../layers/placement.ts";
import { type Network, type NetworkOptions, networkOfPlaced, type Regularization } from "../network.ts";
import { denseTargets } from "../targets.ts";
import { layerReader } from "./layer-json.ts";
import { readCost } from "./named-formula.ts";
import { readNumbers, readWidth } from "./values.ts";

/** Examples from a network's file. */
export interface Examples {
  /** `[examples, n_0]` */
  readonly inputs: number[][];
  /** `[examples, n_L]` values, or `[examples]` class labels. */
  readonly targets: number[][] | number[];
}

/** What a network's file holds. */
export interface NetworkFile {
  readonly net: Network;
  /** Null when the file has none. */
  readonly examples: Examples | null;
}

/** How a network's file is read. */
export interface NetworkJsonOptions {
  /** Layer kinds of one's own that the file may name. */
  readonly kinds?: readonly { readonly kind: LayerKind }[];
}

/**
 * A network, and examples if there are any, from the parsed text of a file:
 *
 * ```json
 * { "inputs": 2, "cost": { "name": "huber", "delta": 0.5 }, "seed": 1, "regularization": { "l2": 0.001 },
 *   "layers": [ { "units": 3, "activation": { "name": "leakyRelu", "slope": 0.2 }, "dropout": 0.1 },
 *               { "units": 1, "activation": { "name": "swish2", "formula": "z/(1+e^(-2z))" },
 *                 "weights": [[0.5, -1, 2]], "biases": [0.1] } ],
 *   "examples": { "inputs": [[0, 1]], "targets": [[1]] } }
 * ```
 *
 * `{ "residual": [ … ] }` among the layers adds the output of some to what they receive; `{ "shared": "twice", "units": 8 }`
 * and then `{ "shared": "twice" }` is one layer at two places.
 *
 * Only `inputs`, `layers` and the `units` of each are needed; weights that are not given are drawn from the seed. A last
 * layer that its cost cannot judge is no error here, as an example of it can be computed: `train` refuses it, and
 * `diagnose` finds it.
 *
 * @throws NetworkError that names the place in the file: an unknown key, a wrong kind or shape, NaN.
 */
export function networkFromJson(value: unknown, options: NetworkJsonOptions = {}): NetworkFile {
  const whole = wholeOf(value, source);
  const { inputs, placement, settings, examples } = readDefinition(whole, options);
  const net = located(whole, () => networkOfPlaced(inputs, placement, settings));
  return { net, examples: examples === null ? null : readExamples(examples, net) };
}

/** A network's layers at their places, before its parameters have values. */
export interface NetworkDefinition {
  /** In the order of the network's own list. */
  readonly parameters: readonly PlacedParameter[];
  /** The network with these numbers, row-major, in the same order. @throws NetworkError when it is none. */
  readonly network: (values: readonly Float64Array[]) => Network;
}

/**
 * The same without numbers: what a model's file has beside its tensors.
 *
 * @throws NetworkError that names the place.
 */
export function definitionFromJson(value: unknown, options: NetworkJsonOptions = {}): NetworkDefinition {
  const whole = wholeOf(value, source);
  const { inputs, placement, settings } = readDefinition(whole, options);
  const { layers, parameters } = placement;
  return {
    parameters,
    network: (values) => {
      const given = parameters.map((each, i) => ({ ...each, given: values[i] ?? null }));
      return located(whole, () => networkOfPlaced(inputs, { layers, parameters: given }, settings));
    },
  };
}

interface ReadDefinition {
  readonly inputs: number;
  readonly placement: Placement;
  readonly settings: NetworkOptions;
  readonly examples: Place | null;
}

function readDefinition(whole: Place, { kinds = [] }: NetworkJsonOptions): ReadDefinition {
  const file = readFields(whole, ["inputs", "layers", "cost", "seed", "regularization", "examples"]);
  const inputs = readWidth(placeOf(file, "inputs", '"inputs": 1', whole));
  const placement = new Placement([inputs]);
  const layers = layerReader(kinds);
  for (const place of readList(placeOf(file, "layers", '"layers": [ { "units": 1 } ]', whole))) {
    const layer = layers.read(place, placement.shape);
    located(whole, () => placement.add(layer));
  }
  const settings = {
    ...(file.cost === undefined ? {} : { cost: readCost(file.cost) }),
    ...(file.seed === undefined ? {} : { seed: readNumber(file.seed) }),
    ...(file.regularization === undefined ? {} : { regularization: readRegularization(file.regularization) }),
  };
  return { inputs, placement, settings, examples: file.examples ?? null };
}

/** Errors of a network's file: they name the path alone. */
const source: TreeSource = { name: "network", fault: (fault) => new NetworkError(fault) };

function readRegularization(place: Place): Partial<Regularization> {
  const { l1, l2 } = readFields(place, ["l1", "l2"]);
  return {
    ...(l1 === undefined ? {} : { l1: readNumber(l1) }),
    ...(l2 === undefined ? {} : { l2: readNumber(l2) }),
  };
}

function readExamples(place: Place, net: Network): Examples {
  const fields = readFields(place, ["inputs", "targets"]);
  const inputs = readList(placeOf(fields, "inputs", '"inputs": [[0]]', place)).map((row) =>
    readNumbers(row, net.inputs, "one per input of the network"),
  );
  const given = placeOf(fields, "targets", '"targets": [[1]]', place);
  const { path } = given;
  const targets = readList(given);
  if (targets.length !== inputs.length) {
    throw new NetworkError({
      where: path,
      expected: `${inputs.length}, one per example`,
      got: `${targets.length}`,
      advice: "Write as many as inputs.",
    });
  }
  if (targets.every(({ value }) => Array.isArray(value))) {
    return { inputs, targets: targets.map((row) => readNumbers(row, net.outputs, "one per output of the network")) };
  }
  const labels = targets.map(readNumber);
  located(given, () => denseTargets(path, labels, net.outputs, inputs.length));
  return { inputs, targets: labels };
}
