import { type Activation, activation, isActivationName, type Parameters } from "./activations.ts";
import { type Cost, cost, isCostName } from "./costs.ts";
import { defaultInitializer, type Initializer } from "./initializers.ts";
import type { Network, NetworkLayer, Regularization } from "./network.ts";
import { rowsOf } from "./rows.ts";

/** An activation or a cost in a file: its name, or an object with name, parameters and, when it is your own, formula. */
export type NamedFormulaJson = string | { readonly name: string; readonly [key: string]: unknown };

/** A layer in a file. */
export interface LayerJson {
  readonly units: number;
  readonly activation: NamedFormulaJson;
  readonly bias?: false;
  readonly dropout?: number;
  readonly initializer?: Initializer;
  /** Row j, column k, as in `w_jk`. */
  readonly weights: number[][];
  readonly biases?: number[];
}

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
  const { l1, l2 } = net.regularization;
  return {
    inputs: net.inputs,
    cost: costJson(net.cost),
    seed: net.seed,
    ...(l1 > 0 || l2 > 0 ? { regularization: { l1, l2 } } : {}),
    layers: net.layers.map((layer, i) => ({
      ...definitionJson(layer),
      weights: rowsOf(net.parameters[i]?.weights ?? [], layer.inputs),
      ...(layer.hasBias ? { biases: Array.from(net.parameters[i]?.biases ?? []) } : {}),
    })),
  };
}

function definitionJson(layer: NetworkLayer): Omit<LayerJson, "weights" | "biases"> {
  const { units, hasBias, dropout, initializer } = layer;
  const isDefault = initializer.name === defaultInitializer(layer.activation).name;
  return {
    units,
    activation: activationJson(layer.activation),
    ...(hasBias ? {} : { bias: false }),
    ...(dropout > 0 ? { dropout } : {}),
    ...(isDefault ? {} : { initializer }),
  };
}

function activationJson(given: Activation): NamedFormulaJson {
  const { name } = given;
  if (given.kind === "softmax") return name;
  if (!isActivationName(name)) return { name, formula: given.text, ...parametersJson(given.parameters) };
  const standard = activation(name);
  return standard.kind === "elementwise" && isSame(standard.parameters, given.parameters)
    ? name
    : { name, ...given.parameters };
}

function costJson(given: Cost): NamedFormulaJson {
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
