import { type Arithmetic, NoValue, type SymbolFormula } from "../../formula/index.ts";
import { namesOfLayers } from "../vocabulary/textbook-vocabulary.ts";

/** Row-major numbers, by position. */
export type Numbers<Value> = ArrayLike<Value>;

/** The numbers of one layer l ≥ 1; neuron j at index j − 1. */
export interface LayerNumbers<Value> {
  /** `w_jk` at `(j − 1) n_(l−1) + k − 1` */
  readonly w: Numbers<Value>;
  readonly b: Numbers<Value>;
  readonly z: Numbers<Value>;
  readonly a: Numbers<Value>;
}

/** The derivatives of one number with respect to those of layer l ≥ 1, laid out as these are. */
export type LayerDerivatives<Value> = LayerNumbers<Value>;

/** The derivatives of one number with respect to everything before it. */
export interface Derivatives<Value> {
  /** From layer 1 on; later layers than those here have no part in it. */
  readonly layers: readonly LayerDerivatives<Value>[];
  readonly inputs: Numbers<Value>;
}

/** A network with an example, and every quantity of the forward and backward pass, in some arithmetic. */
export interface NetworkPoint<Value> {
  readonly arithmetic: Arithmetic<Value>;
  /** n_0 … n_L */
  readonly widths: readonly number[];
  readonly inputs: Numbers<Value>;
  readonly targets: Numbers<Value>;
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly LayerNumbers<Value>[];
  readonly cost: Value;
  /** `∂C`; with respect to z it is δ. */
  readonly costDerivatives: Derivatives<Value>;
  /** `∂z_j^m` or `∂a_j^m`; j from 1. */
  readonly derivativesOf: (name: "z" | "a", layer: number, neuron: number) => Derivatives<Value>;
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
  const [j = 1] = indices;
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
      return weight(point, numbers.w, quantity);
    case "b":
    case "z":
    case "a":
      return element(numbers[name], j, quantity);
    case "delta":
      return element(point.costDerivatives.layers[(layer ?? 0) - 1]?.z ?? [], j, quantity);
    default:
      throw new NoValue(`${textOf(quantity)} is no quantity of a network`);
  }
}

function element<Value>(items: Numbers<Value>, position: number, quantity: Quantity): Value {
  const item = items[position - 1];
  if (item === undefined) throw new NoValue(`there is no ${textOf(quantity)} in this network`);
  return item;
}

/** `w_jk^l`, or what is laid out as they are. */
function weight<Value>({ widths }: NetworkPoint<Value>, items: Numbers<Value>, quantity: Quantity): Value {
  const [j = 1, k = 1] = quantity.indices;
  const columns = widths[(quantity.layer ?? 0) - 1] ?? 0;
  if (k < 1 || k > columns) throw new NoValue(`there is no ${textOf(quantity)} in this network`);
  return element(items, (j - 1) * columns + k, quantity);
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
  const target = neuron(point, of);
  const isKnown = ["C", "z", "a"].includes(target.name) && ["w", "b", "z", "a"].includes(neuron(point, by).name);
  if (!isKnown) throw new NoValue(`∂${textOf(of)}/∂${textOf(by)} is not among a network's derivatives`);
  if (target.name === "C") return derivativeBy(point, point.costDerivatives, by);
  // The inputs depend on nothing but themselves.
  if (target.layer === 0) return point.arithmetic.number(isSame(target, neuron(point, by)) ? 1 : 0);
  const name = target.name === "z" ? "z" : "a";
  return derivativeBy(point, point.derivativesOf(name, target.layer ?? 0, target.indices[0] ?? 1), by);
}

/** x_k is a_k^0, y_j is a_j^L. */
function neuron<Value>(point: NetworkPoint<Value>, quantity: Quantity): Quantity {
  if (quantity.name === "x") return { ...quantity, name: "a", layer: 0 };
  return quantity.name === "y" ? { ...quantity, name: "a", layer: point.layers.length } : quantity;
}

function isSame(left: Quantity, right: Quantity): boolean {
  return left.name === right.name && left.layer === right.layer && (left.indices[0] ?? 1) === (right.indices[0] ?? 1);
}

/** Looks a derivative up; 0 with respect to what is computed later. */
function derivativeBy<Value>(point: NetworkPoint<Value>, found: Derivatives<Value>, given: Quantity): Value {
  const by = neuron(point, given);
  const [j = 1] = by.indices;
  if (by.name === "a" && by.layer === 0) return element(found.inputs, j, given);
  const numbers = found.layers[(by.layer ?? 0) - 1];
  if (numbers === undefined) return point.arithmetic.number(0);
  if (by.name === "w") return weight(point, numbers.w, by);
  return element(by.name === "b" ? numbers.b : by.name === "z" ? numbers.z : numbers.a, j, given);
}
