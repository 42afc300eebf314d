import {
  type Fields,
  isObject,
  located,
  type Place,
  placeOf,
  readFields,
  readNumber,
  readText,
} from "../../tree/reader.ts";
import { type Activation, activation, type ActivationName, isActivationName, type Parameters } from "../activations.ts";
import { type Cost, cost, type CostName, isCostName } from "../costs.ts";

/** An activation or a cost in a file: its name, or an object with name, parameters and, when it is your own, formula. */
export type NamedFormulaJson = string | { readonly name: string; readonly [key: string]: unknown };

/** An activation for a file: its name alone, where it is one of this package with its defaults. */
export function activationJson(given: Activation): NamedFormulaJson {
  const { name } = given;
  if (given.kind === "softmax") return name;
  if (!isActivationName(name)) return { name, formula: given.text, ...parametersJson(given.parameters) };
  const standard = activation(name);
  return standard.kind === "elementwise" && isSame(standard.parameters, given.parameters)
    ? name
    : { name, ...given.parameters };
}

/** The same for a cost. */
export function costJson(given: Cost): NamedFormulaJson {
  const { name, parameters } = given;
  if (!isCostName(name)) return { name, formula: given.text, over: given.over, ...parametersJson(parameters) };
  return isSame(cost(name).parameters, parameters) ? name : { name, ...parameters };
}

function parametersJson(parameters: Parameters): { readonly parameters?: Parameters } {
  return Object.keys(parameters).length === 0 ? {} : { parameters };
}

function isSame(left: Parameters, right: Parameters): boolean {
  return Object.entries(left).every(([name, value]) => right[name] === value);
}

/** An activation in a file. @throws NetworkError that names the place. */
export function readActivation(place: Place): Activation {
  const { name, formula, parameters } = readNamedFormula(place, []);
  return located(place, () =>
    // `activation` refuses every other text.
    formula === null ? activation(name as ActivationName, parameters) : activation(name, formula, parameters),
  );
}

/** A cost in a file. @throws NetworkError that names the place. */
export function readCost(place: Place): Cost {
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
