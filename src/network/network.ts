import { OptionError } from "../errors.ts";
import { checkedSeed } from "../random/index.ts";
import { type Cost, cost as builtInCost, type CostName } from "./costs.ts";
import { initialValues, type Initializer } from "./initializers.ts";
import { checkLastLayer } from "./last-layer.ts";
import { isObject, shown } from "../tree/reader.ts";
import { checkOptions, type OptionNames } from "./known-options.ts";
import { kindNamed } from "./layers/kinds.ts";
import type { Layer, NetworkLayer, OutputsOf } from "./layers/layer-kind.ts";
import { Placement, type PlacedParameter } from "./layers/placement.ts";

/** Penalty on the weights (not the biases), added to the cost: `l1·Σ|w| + l2/2·Σw²`. */
export interface Regularization {
  readonly l1: number;
  readonly l2: number;
}

/** Settings of a network beyond its layers. */
export interface NetworkOptions {
  /** Default "quadratic". */
  readonly cost?: CostName | Cost;
  /** Decides the first weights: a whole number from 0 up. Default 0. */
  readonly seed?: number;
  readonly regularization?: Partial<Regularization>;
}

/** One of a network's parameters. The array stays the same; training writes into it. */
export interface Parameter {
  /** The layer it belongs to, 1 … L. */
  readonly layer: number;
  /** What its layer calls it: "weights", "biases". */
  readonly name: string;
  /** Its name in equations: "w", "b". */
  readonly symbol: string;
  /** Sizes along its axes: `[n_l, n_(l−1)]` for the weights of a dense layer, whose row j, column k is `w_jk`. */
  readonly shape: readonly number[];
  /** How its first values were drawn, had they not been given. */
  readonly initializer: Initializer;
  /** Whether the regularization applies to it. */
  readonly isPenalized: boolean;
  /** Row-major: `w_jk` at `j * n_(l−1) + k`. */
  readonly values: Float64Array;
}

/** A multi-layer network: what its equations are, and the present values of its parameters. */
export interface Network<In extends number = number, Out extends number = number> {
  /** Width of an example, `n_0`. */
  readonly inputs: In;
  /** Width of the last layer, `n_L`. */
  readonly outputs: Out;
  /** Layers 1 … L, at index l − 1, each after those it receives. */
  readonly layers: readonly NetworkLayer[];
  readonly cost: Cost;
  readonly regularization: Regularization;
  readonly seed: number;
  /** Every parameter once, layer by layer; `parameter` finds one by layer and name. */
  readonly parameters: readonly Parameter[];
}

/**
 * A network of dense layers over examples of `inputs` numbers:
 * `network(64, [dense(32, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 })`.
 * Weights that are not given are drawn from the seed, layer by layer.
 *
 * @throws OptionError when there is no layer, the last one has dropout or gives answers that the cost cannot judge (see
 *   `checkLastLayer`), or a setting is unknown or out of range.
 * @throws ShapeError when given weights or biases do not fit the widths.
 * @throws DataError when one of them is not finite.
 */
export function network<In extends number, const Layers extends readonly Layer[]>(
  inputs: In,
  layers: Layers,
  options: NetworkOptions = {},
): Network<In, OutputsOf<Layers>> {
  const net = networkOfEquations(inputs, layers, options);
  const last = net.layers.at(-1);
  if (last !== undefined) checkLastLayer("network", last, net.cost);
  return net;
}

/**
 * The same, of any last layer and cost: for those who ask what the equations say, and train nothing.
 *
 * @throws what `network` throws, but for last layers that the cost cannot judge.
 */
export function networkOfEquations<In extends number, const Layers extends readonly Layer[]>(
  inputs: In,
  layers: Layers,
  options: NetworkOptions = {},
): Network<In, OutputsOf<Layers>> {
  if (!Number.isSafeInteger(inputs) || inputs < 1) {
    const advice =
      typeof inputs === "number"
        ? "Give a whole number."
        : 'Write network(4, [dense(16, "relu"), dense(1)]): how many inputs, then the layers.';
    throw new OptionError({ where: "network", expected: "1 or more inputs", got: shown(inputs), advice });
  }
  checkOptions("network", options, known);
  checkLayers(layers);
  const placement = new Placement([inputs]);
  for (const layer of layers) placement.add(layer);
  // The width of the last layer is what `OutputsOf` says; the compiler does not follow `at`.
  return networkOfPlaced(inputs, placement, options) as Network<In, OutputsOf<Layers>>;
}

/**
 * A network of layers that have their places.
 *
 * @param inputs the width of an example.
 * @throws OptionError when there is no layer, the last one has dropout, or a setting is unknown or out of range.
 */
export function networkOfPlaced(
  inputs: number,
  { layers, parameters }: Pick<Placement, "layers" | "parameters">,
  options: NetworkOptions,
): Network {
  const { cost = "quadratic", seed = 0, regularization } = options;
  checkOptions("network: regularization", regularization, knownPenalties);
  if (typeof cost !== "string" && !isObject(cost)) {
    throw new OptionError({
      where: "network",
      expected: "cost as a name or what cost() makes",
      got: shown(cost),
      advice: 'Write cost: "crossEntropy".',
    });
  }
  checkedSeed(seed, "network");
  const last = layers.at(-1);
  if (last === undefined)
    throw new OptionError({ where: "network", expected: "1 or more layers", got: "none", advice: "Add dense(1)." });
  if (last.dropout > 0) {
    throw new OptionError({
      where: "network",
      expected: "no dropout in the last layer",
      got: `${last.dropout}`,
      advice: "Its neurons are the answer; use it before.",
    });
  }
  if (last.shape.length !== 1) {
    throw new OptionError({
      where: "network",
      expected: "a row of answers from the last layer",
      got: `shape [${last.shape.join(", ")}]`,
      advice: "End with a layer that gives one, such as dense(1).",
    });
  }
  return {
    inputs,
    outputs: last.units,
    layers,
    cost: typeof cost === "string" ? builtInCost(cost) : cost,
    regularization: {
      l1: penalty("l1", regularization?.l1 ?? 0),
      l2: penalty("l2", regularization?.l2 ?? 0),
    },
    seed,
    parameters: parameters.map((each) => firstParameter(each, seed)),
  };
}

/** Every option there is. */
const known: OptionNames<NetworkOptions> = { cost: true, seed: true, regularization: true };
const knownPenalties: OptionNames<Regularization> = { l1: true, l2: true };

/** Callers without types give widths, or a layer alone. */
function checkLayers(layers: unknown): void {
  const isList = Array.isArray(layers);
  const bad = isList ? layers.findIndex((layer) => !isLayer(layer)) : -1;
  if (isList && bad < 0) return;
  throw new OptionError({
    where: isList ? ["network", `layers[${bad}]`] : "network",
    expected: isList ? "a layer" : "a list of layers",
    got: shown(isList ? layers[bad] : layers),
    advice: 'Write network(4, [dense(16, "relu"), dense(1)]).',
  });
}

function isLayer(layer: unknown): layer is Layer {
  if (!isObject(layer)) return false;
  const { kind, own } = layer;
  return (
    typeof kind === "string" && (["residual", "shared"].includes(kind) || kindNamed(kind) !== null || isObject(own))
  );
}

function firstParameter({ layer, position, given, ...declared }: PlacedParameter, seed: number): Parameter {
  const { name, symbol, shape, initializer, isPenalized } = declared;
  const values = given ?? initialValues(declared, { seed, layer, position });
  return { layer, name, symbol, shape, initializer, isPenalized, values };
}

function penalty(name: "l1" | "l2", value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new OptionError({
    where: "network",
    expected: `${name} of 0 or more`,
    got: String(value),
    advice: "Give a number such as 0.001.",
  });
}
