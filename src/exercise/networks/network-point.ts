import type { SymbolFormula } from "../../formula/index.ts";
import { namesOfLayers } from "../vocabulary/textbook-vocabulary.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";

/** The numbers of one layer l ≥ 1; neuron j at index j − 1. */
export interface LayerNumbers<Value> {
  /** `w_jk`, row j, column k. */
  readonly w: readonly (readonly Value[])[];
  readonly b: readonly Value[];
  readonly z: readonly Value[];
  readonly a: readonly Value[];
  /** `δ_j = ∂C/∂z_j` */
  readonly delta: readonly Value[];
  /** `∂C/∂w_jk` */
  readonly dw: readonly (readonly Value[])[];
  /** `∂C/∂a_j` */
  readonly da: readonly Value[];
  /** `∂a_i/∂z_j`, row i: diagonal for all but softmax. */
  readonly slopes: readonly (readonly Value[])[];
}

/** A network with an example, and every quantity of the forward and backward pass, in some arithmetic. */
export interface NetworkPoint<Value> {
  readonly arithmetic: Arithmetic<Value>;
  /** n_0 … n_L */
  readonly widths: readonly number[];
  readonly inputs: readonly Value[];
  readonly targets: readonly Value[];
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly LayerNumbers<Value>[];
  readonly cost: Value;
  /** A quantity that is no network's: η, or one that a sheet declares. */
  readonly scalar: (name: string) => Value;
  /** f and the like, and their derivatives. @throws NoValue, NotRational */
  readonly apply: (name: string, primes: number, argument: Value) => Value;
}

/** A quantity with its indices (from 1) and layer as numbers. */
export interface Quantity {
  readonly name: string;
  readonly indices: readonly number[];
  readonly layer: number | null;
}

/** Whether a name with these scripts is a quantity of a network, not a symbol of the sheet's own. */
export function isOfNetwork({ name, indices, layer }: SymbolFormula): boolean {
  if (name === "C") return true;
  return (indices.length > 0 && isOfExample(name)) || (layer !== null && namesOfLayers.includes(name));
}

/** Whether a name is that of an input, an output or a target. */
export function isOfExample(name: string): boolean {
  return ["t", "y", "x"].includes(name);
}

/** The value of a quantity. @throws NoValue when the network has no such. */
export function quantityValue<Value>(point: NetworkPoint<Value>, quantity: Quantity): Value {
  const { name, indices, layer } = quantity;
  const [j = 1, k = 1] = indices;
  const last = point.layers.length;
  if (name === "C") return point.cost;
  if (indices.length === 0 && point.widths.some((width) => width > 1)) {
    throw new NoValue(`${textOf(quantity)} does not say its neuron`);
  }
  switch (name) {
    case "t":
      return element(point.targets, j, quantity);
    case "x":
      return element(point.inputs, j, quantity);
    case "y":
      return element(point.layers[last - 1]?.a ?? [], j, quantity);
    case "a":
      if (layer === 0) return element(point.inputs, j, quantity);
  }
  const numbers = layer === null ? undefined : point.layers[layer - 1];
  if (numbers === undefined) throw new NoValue(`there is no ${textOf(quantity)} in a network of ${last} layers`);
  switch (name) {
    case "w":
      return element(element(numbers.w, j, quantity), k, quantity);
    case "b":
    case "z":
    case "a":
    case "delta":
      return element(numbers[name], j, quantity);
    default:
      throw new NoValue(`${textOf(quantity)} is no quantity of a network`);
  }
}

function element<Item>(items: readonly Item[], position: number, quantity: Quantity): Item {
  const item = items[position - 1];
  if (item === undefined) throw new NoValue(`there is no ${textOf(quantity)} in this network`);
  return item;
}

/** `w_12^1`; `w_12,3^1` where an index has two digits. */
export function textOf({ name, indices, layer }: Quantity): string {
  const separator = indices.every((index) => index < 10) ? "" : ",";
  return `${name}${indices.length === 0 ? "" : `_${indices.join(separator)}`}${layer === null ? "" : `^${layer}`}`;
}

/** `∂of/∂by` by the chain rule. @throws NoValue when it is not one of a network's. */
export function derivativeValue<Value>(point: NetworkPoint<Value>, of: Quantity, by: Quantity): Value {
  // Says what is missing, where one of them is; C never is, but not every arithmetic has its value.
  if (of.name !== "C") quantityValue(point, of);
  quantityValue(point, by);
  if (of.name === "C") return derivativeOfCost(point, by);
  const target = neuron(point, of);
  if (target.name !== "z" && target.name !== "a")
    throw new NoValue(`∂${textOf(of)} is not among a network's derivatives`);
  return forwardDerivative(point, target, neuron(point, by));
}

/** x_k is a_k^0, y_j is a_j^L. */
function neuron<Value>(point: NetworkPoint<Value>, quantity: Quantity): Quantity {
  if (quantity.name === "x") return { ...quantity, name: "a", layer: 0 };
  return quantity.name === "y" ? { ...quantity, name: "a", layer: point.layers.length } : quantity;
}

function derivativeOfCost<Value>(point: NetworkPoint<Value>, given: Quantity): Value {
  const by = neuron(point, given);
  const [j = 1, k = 1] = by.indices;
  const numbers = point.layers[(by.layer ?? 0) - 1];
  const { zero, add, multiply } = point.arithmetic;
  if (by.name === "a" && by.layer === 0) {
    const first = point.layers[0];
    const terms = first?.w.map((row, i) => multiply(row[j - 1] ?? zero, first.delta[i] ?? zero)) ?? [];
    return terms.reduce(add, zero);
  }
  switch (by.name) {
    case "w":
      return numbers?.dw[j - 1]?.[k - 1] ?? zero;
    case "b":
    case "z":
    case "delta":
      if (by.name !== "delta") return numbers?.delta[j - 1] ?? zero;
      break;
    case "a":
      return numbers?.da[j - 1] ?? zero;
  }
  throw new NoValue(`∂C/∂${textOf(given)} is not among a network's derivatives`);
}

/** ∂of/∂by of z or a of a layer by something of the same or an earlier one: a tangent carried forward. */
function forwardDerivative<Value>(point: NetworkPoint<Value>, of: Quantity, by: Quantity): Value {
  const { zero, one, add, multiply } = point.arithmetic;
  const from = by.layer ?? 0;
  const to = of.layer ?? 0;
  const [j = 1, k = 1] = by.indices;
  const unit = (width: number, at: number, value: Value): Value[] =>
    Array.from({ length: width }, (_, i) => (i === at - 1 ? value : zero));
  const through = (matrix: readonly (readonly Value[])[], vector: readonly Value[]): Value[] =>
    matrix.map((row) => row.map((value, i) => multiply(value, vector[i] ?? zero)).reduce(add, zero));
  if (!["w", "b", "z", "a"].includes(by.name))
    throw new NoValue(`∂/∂${textOf(by)} is not among a network's derivatives`);
  let tangent: Value[] | null = null;
  for (let layer = 0; layer <= to; layer += 1) {
    const numbers = point.layers[layer - 1];
    const width = point.widths[layer] ?? 0;
    let z: Value[] | null = tangent === null || numbers === undefined ? null : through(numbers.w, tangent);
    if (layer === from && by.name !== "a" && numbers !== undefined) {
      const before = layer === 1 ? point.inputs : (point.layers[layer - 2]?.a ?? []);
      z = unit(width, j, by.name === "w" ? (before[k - 1] ?? zero) : one);
    }
    if (layer === to && of.name === "z") return z?.[(of.indices[0] ?? 1) - 1] ?? zero;
    tangent = z === null || numbers === undefined ? null : through(numbers.slopes, z);
    if (layer === from && by.name === "a") tangent = unit(width, j, one);
  }
  return tangent?.[(of.indices[0] ?? 1) - 1] ?? zero;
}
