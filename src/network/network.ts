import { OptionError, ShapeError } from "../errors.ts";
import { checkedSeed } from "../random/index.ts";
import type { Activation } from "./activations.ts";
import { type Cost, cost as builtInCost, type CostName } from "./costs.ts";
import { defaultInitializer, initialWeights, type Initializer } from "./initializers.ts";
import type { DenseLayer } from "./layer.ts";
import { checkLastLayer } from "./last-layer.ts";
import { isObject, shown } from "../tree/reader.ts";
import { checkOptions, type OptionNames } from "./known-options.ts";
import { denseRows } from "./rows.ts";

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

/** Layer l of a network, as its equations need it. */
export interface NetworkLayer {
  /** Width of the layer before, `n_(l−1)`. */
  readonly inputs: number;
  /** `n_l` */
  readonly units: number;
  readonly activation: Activation;
  readonly hasBias: boolean;
  /** How the first weights were drawn, had they not been given. */
  readonly initializer: Initializer;
  readonly dropout: number;
}

/** A layer's numbers. The arrays stay the same; training writes into them. */
export interface LayerParameters {
  /** `w_jk` at `j * inputs + k`. */
  readonly weights: Float64Array;
  /** `b_j`, or null for a layer without bias. */
  readonly biases: Float64Array | null;
}

/** A multi-layer network: what its equations are, and the present values of its parameters. */
export interface Network<In extends number = number, Out extends number = number> {
  /** Width of an example, `n_0`. */
  readonly inputs: In;
  /** Width of the last layer, `n_L`. */
  readonly outputs: Out;
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly NetworkLayer[];
  readonly cost: Cost;
  readonly regularization: Regularization;
  readonly seed: number;
  /** Of layers 1 … L, at index l − 1. */
  readonly parameters: readonly LayerParameters[];
}

/** Width of the last of some layers. */
export type OutputsOf<Layers extends readonly DenseLayer[]> = Layers extends readonly [
  ...(readonly DenseLayer[]),
  DenseLayer<infer Units>,
]
  ? Units
  : number;

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
export function network<In extends number, const Layers extends readonly DenseLayer[]>(
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
export function networkOfEquations<In extends number, const Layers extends readonly DenseLayer[]>(
  inputs: In,
  layers: Layers,
  options: NetworkOptions = {},
): Network<In, OutputsOf<Layers>> {
  if (!Number.isSafeInteger(inputs) || inputs < 1) {
    const advice =
      typeof inputs === "number"
        ? "Give a whole number."
        : 'Write network(4, [dense(16, "relu"), dense(1)]): how many inputs, then the layers.';
    throw new OptionError(`network: expected 1 or more inputs, got ${shown(inputs)}. ${advice}`);
  }
  checkOptions("network", options, known);
  checkLayers(layers);
  const last = layers.at(-1);
  if (last === undefined) throw new OptionError("network: expected 1 or more layers, got none. Add dense(1).");
  if (last.dropout > 0) {
    throw new OptionError(
      `network: expected no dropout in the last layer, got ${last.dropout}. Its neurons are the answer; use it before.`,
    );
  }
  const { cost = "quadratic", seed = 0, regularization } = options;
  checkOptions("network: regularization", regularization, knownPenalties);
  if (typeof cost !== "string" && !isObject(cost)) {
    throw new OptionError(
      `network: expected cost as a name or what cost() makes, got ${shown(cost)}. Write cost: "crossEntropy".`,
    );
  }
  checkedSeed(seed, "network");
  const definitions = layers.map((layer, i) => networkLayer(layer, layers[i - 1]?.units ?? inputs));
  return {
    inputs,
    // The width of the last layer is what `OutputsOf` says; the compiler does not follow `at`.
    outputs: last.units as OutputsOf<Layers>,
    layers: definitions,
    cost: typeof cost === "string" ? builtInCost(cost) : cost,
    regularization: {
      l1: penalty("l1", regularization?.l1 ?? 0),
      l2: penalty("l2", regularization?.l2 ?? 0),
    },
    seed,
    parameters: layers.map((layer, i) => firstParameters(layer, layers[i - 1]?.units ?? inputs, seed, i + 1)),
  };
}

/** Every option there is. */
const known: OptionNames<NetworkOptions> = { cost: true, seed: true, regularization: true };
const knownPenalties: OptionNames<Regularization> = { l1: true, l2: true };

/** Callers without types give widths, or a layer alone. */
function checkLayers(layers: unknown): void {
  const isList = Array.isArray(layers);
  const bad = isList ? layers.findIndex((layer) => !isObject(layer) || layer["kind"] !== "dense") : -1;
  if (isList && bad < 0) return;
  const where = isList ? `layers[${bad}]: expected a layer` : "expected a list of layers";
  throw new OptionError(
    `network: ${where}, got ${shown(isList ? layers[bad] : layers)}. Write network(4, [dense(16, "relu"), dense(1)]).`,
  );
}

/** 2 GiB of float64: what one typed array may hold in every engine of JavaScript. */
const MOST_WEIGHTS = 2 ** 28;

function networkLayer(layer: DenseLayer, inputs: number): NetworkLayer {
  const { units, activation, hasBias, initializer, dropout } = layer;
  if (units * inputs > MOST_WEIGHTS) {
    throw new OptionError(
      `network: expected at most ${MOST_WEIGHTS} weights in a layer, got ${units} × ${inputs}. Make it narrower.`,
    );
  }
  return { inputs, units, activation, hasBias, initializer: initializer ?? defaultInitializer(activation), dropout };
}

function firstParameters(layer: DenseLayer, inputs: number, seed: number, number: number): LayerParameters {
  const { units, hasBias, weights, biases, activation, initializer } = layer;
  if (weights !== null && weights.length !== units) {
    throw new ShapeError(
      `network: layer ${number} expects weights with ${units} rows, one per neuron, got ${weights.length}. ` +
        `Set its units to ${weights.length}, or give w_jk in row j, column k.`,
    );
  }
  if (biases !== null && biases.length !== units) {
    throw new ShapeError(
      `network: layer ${number} expects ${units} biases, one per neuron, got ${biases.length}. Give one for each.`,
    );
  }
  for (const [j, row] of Array.from(weights ?? []).entries()) {
    if (row.length === inputs) continue;
    throw new ShapeError(
      `network: layer ${number} expects ${inputs} weights per neuron, as many as its inputs, got ${row.length} for ` +
        `neuron ${j}. Set the width before it to ${row.length}, or drop the weights you passed.`,
    );
  }
  const drawn = initializer ?? defaultInitializer(activation);
  return {
    weights:
      weights === null
        ? initialWeights(drawn, { inputs, units }, seed, number)
        : Float64Array.from(denseRows(`network: layer ${number}: weights`, weights, inputs).values),
    biases: hasBias ? firstBiases(biases, units, number) : null,
  };
}

function firstBiases(biases: ArrayLike<number> | null, units: number, number: number): Float64Array {
  if (biases === null) return new Float64Array(units);
  return Float64Array.from(denseRows(`network: layer ${number}: biases`, [biases], units).values);
}

function penalty(name: "l1" | "l2", value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new OptionError(`network: expected ${name} of 0 or more, got ${String(value)}. Give a number such as 0.001.`);
}
