import { NetworkError } from "../errors.ts";
import { type Activation, activation, type ActivationName, type Parameters } from "./activations.ts";
import { type Cost, cost, type CostName } from "./costs.ts";
import { type Initializer, initializerFrom } from "./initializers.ts";
import {
  type Fields,
  isObject,
  located,
  type Place,
  placeOf,
  readBoolean,
  readFields,
  readList,
  readNumber,
  readText,
  type TreeSource,
  unexpected,
  wholeOf,
} from "../tree/reader.ts";
import { type DenseLayer, dense } from "./layer.ts";
import { type Network, networkOfEquations, type Regularization } from "./network.ts";
import { denseTargets } from "./targets.ts";

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
 * Only `inputs`, `layers` and the `units` of each are needed; weights that are not given are drawn from the seed. A last
 * layer that its cost cannot judge is no error here, as an example of it can be computed: `train` refuses it, and
 * `diagnose` finds it.
 *
 * @throws NetworkError that names the place in the file: an unknown key, a wrong kind or shape, NaN.
 */
export function networkFromJson(value: unknown): NetworkFile {
  const whole = wholeOf(value, source);
  const file = readFields(whole, ["inputs", "layers", "cost", "seed", "regularization", "examples"]);
  const inputs = readWidth(placeOf(file, "inputs", '"inputs": 1', whole));
  const layers: DenseLayer[] = [];
  for (const place of readList(placeOf(file, "layers", '"layers": [ { "units": 1 } ]', whole))) {
    layers.push(readLayer(place, layers.at(-1)?.units ?? inputs));
  }
  const options = {
    ...(file.cost === undefined ? {} : { cost: readCost(file.cost) }),
    ...(file.seed === undefined ? {} : { seed: readNumber(file.seed) }),
    ...(file.regularization === undefined ? {} : { regularization: readRegularization(file.regularization) }),
  };
  const net: Network = located(whole, () => networkOfEquations(inputs, layers, options));
  return { net, examples: file.examples === undefined ? null : readExamples(file.examples, net) };
}

/** Errors of a network's file: they name the path alone. */
const source: TreeSource = { name: "network", fault: (fault) => new NetworkError(fault) };

function readWidth(place: Place): number {
  const width = readNumber(place);
  if (Number.isSafeInteger(width) && width >= 1) return width;
  throw unexpected(place, "a whole number from 1 up", "Write how many there are.");
}

function readLayer(place: Place, inputs: number): DenseLayer {
  const fields = readFields(place, ["units", "activation", "bias", "weights", "biases", "initializer", "dropout"]);
  const units = readWidth(placeOf(fields, "units", '"units": 1', place));
  const { activation: function_, bias, weights, biases, initializer, dropout } = fields;
  const options = {
    ...(bias === undefined ? {} : { bias: readBoolean(bias) }),
    ...(weights === undefined ? {} : { weights: readMatrix(weights, units, inputs) }),
    ...(biases === undefined ? {} : { biases: readNumbers(biases, units, "one per neuron of the layer") }),
    ...(initializer === undefined ? {} : { initializer: readInitializer(initializer) }),
    ...(dropout === undefined ? {} : { dropout: readNumber(dropout) }),
  };
  return located(place, () => dense(units, function_ === undefined ? "identity" : readActivation(function_), options));
}

function readMatrix(place: Place, rows: number, columns: number): number[][] {
  const list = readList(place);
  if (list.length !== rows) {
    throw new NetworkError(
      `${place.path}: expected ${rows} rows, one per neuron of the layer, got ${list.length}. ` +
        "Row j, column k is w_jk: from neuron k of the layer before to neuron j.",
    );
  }
  return list.map((row) => readNumbers(row, columns, "one per neuron of the layer before"));
}

function readNumbers(place: Place, count: number, which: string): number[] {
  const list = readList(place);
  if (list.length === count) return list.map(readNumber);
  throw new NetworkError(
    `${place.path}: expected ${count} ${count === 1 ? "number" : "numbers"}, ${which}, got ${list.length}. ` +
      "Correct the list, or the width.",
  );
}

function readInitializer(place: Place): Initializer {
  const { value } = place;
  if (!isObject(value)) {
    // `initializerFrom` refuses every text that is no initializer's name.
    const name = readText(place) as Initializer["name"];
    return located(place, () => initializerFrom("initializer", name));
  }
  const fields = readFields(place, ["name", "range", "deviation"]);
  const name = readText(placeOf(fields, "name", '"name": "uniform"', place)) as Initializer["name"]; // as above
  const { range, deviation } = fields;
  const scale = {
    ...(range === undefined ? {} : { range: readNumber(range) }),
    ...(deviation === undefined ? {} : { deviation: readNumber(deviation) }),
  };
  // As above: it also refuses a name without the scale that it needs.
  return located(place, () => initializerFrom("initializer", { name, ...scale } as Initializer));
}

function readActivation(place: Place): Activation {
  const { name, formula, parameters } = readNamedFormula(place, []);
  return located(place, () =>
    // `activation` refuses every other text.
    formula === null ? activation(name as ActivationName, parameters) : activation(name, formula, parameters),
  );
}

function readCost(place: Place): Cost {
  const { name, formula, parameters, over } = readNamedFormula(place, ["over"]);
  return located(place, () =>
    formula === null
      ? cost(name as CostName, parameters) // `cost` refuses every other text, and every other `over`.
      : cost(name, formula, { parameters, ...(over === undefined ? {} : { over: readText(over) as Cost["over"] }) }),
  );
}

/** `"relu"`, `{ "name": "leakyRelu", "slope": 0.2 }` or `{ "name", "formula", "parameters" }`. */
function readNamedFormula(
  place: Place,
  ownKeys: readonly "over"[],
): { name: string; formula: string | null; parameters: Parameters; over?: Place } {
  const { value } = place;
  if (!isObject(value)) return { name: readText(place), formula: null, parameters: {} };
  if (!Object.hasOwn(value, "formula")) {
    const fields = readFields(place, Object.keys(value));
    const name = readText(placeOf(fields, "name", '"name": "leakyRelu"', place));
    const { name: _, ...parameters } = fields;
    return { name, formula: null, parameters: readParameters(parameters) };
  }
  const fields = readFields(place, ["name", "formula", "parameters", ...ownKeys]);
  return {
    name: readText(placeOf(fields, "name", '"name": "swish2"', place)),
    formula: readText(placeOf(fields, "formula", '"formula": "max(0, z)"', place)),
    parameters:
      fields.parameters === undefined
        ? {}
        : readParameters(readFields(fields.parameters, Object.keys(fields.parameters.value ?? {}))),
    ...(fields.over === undefined ? {} : { over: fields.over }),
  };
}

function readParameters(fields: Fields<string>): Parameters {
  const parameters: Record<string, number> = {};
  for (const [name, place] of Object.entries(fields)) if (place !== undefined) parameters[name] = readNumber(place);
  return parameters;
}

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
    throw new NetworkError(
      `${path}: expected ${inputs.length}, one per example, got ${targets.length}. Write as many as inputs.`,
    );
  }
  if (targets.every(({ value }) => Array.isArray(value))) {
    return { inputs, targets: targets.map((row) => readNumbers(row, net.outputs, "one per output of the network")) };
  }
  const labels = targets.map(readNumber);
  located(given, () => denseTargets(path, labels, net.outputs, inputs.length));
  return { inputs, targets: labels };
}
