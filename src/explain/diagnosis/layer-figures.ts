import { type EngineName, type SynchronousEngine, synchronousEngine } from "../../engine/index.ts";
import { type DenseLayerValues, denseChain, denseNodes } from "../../network/dense-chain.ts";
import type { Values } from "../../engine/engine.ts";
import { internalError } from "../../errors.ts";
import { backpropagate, map, type Node } from "../../graph/index.ts";
import { type Network, networkEquations, writeParameters } from "../../network/index.ts";
import type { LayerEquations } from "../../network/equations.ts";
import { type FittedData, targetsKind } from "../../train/examples/fitted-data.ts";
import { activationShape, DEAD_SLOPE, FLAT_SLOPE } from "../../network/activation-shape.ts";

/** How a layer stands, over some examples. */
export interface LayerFigures {
  /** 1 … L. */
  readonly layer: number;
  readonly units: number;
  readonly activation: string;
  /** Root of the mean square of `δ_j^l` over examples and neurons. */
  readonly error: number;
  /** Root of the mean square of `f′(z_j^l)`; of softmax, of `a_j (1 − a_j)`. */
  readonly slope: number;
  /** Root of the mean square of `∂C/∂w_jk^l`. */
  readonly weightGradient: number;
  /** The same of `∂C/∂b_j^l`; null without biases. */
  readonly biasGradient: number | null;
  /** Root of the mean square of `w_jk^l`. */
  readonly weights: number;
  /** `η·‖∂C/∂w‖/‖w‖`, the part of the weights that one step of gradient descent changes; null without a learning rate. */
  readonly updateRatio: number | null;
  /** Part of the pairs of example and neuron with |f′| below 0.01; null for activations that are not flat on both sides. */
  readonly saturated: number | null;
  /** Neurons, from 1, with |f′| below 0.01 on 95 % of the examples; none for activations that are not flat on both sides. */
  readonly saturatedNeurons: readonly number[];
  /** Neurons, from 1, whose f′ is 0 (below 10⁻⁶) on every example: ReLUs that are never active. */
  readonly deadNeurons: readonly number[];
  /** The quantities that have NaN or an infinity among them: `w`, `b`, `z`, `a`, `delta`, `dw`, `db`. */
  readonly notFinite: readonly string[];
}

/** The figures of all layers, with the answers they belong to. */
export interface NetworkFigures {
  readonly examples: number;
  /** C over these examples. */
  readonly cost: number;
  readonly layers: readonly LayerFigures[];
  /** `a^L`, `δ^L` and `f′(z^L)`, row-major, `examples × n_L`. */
  readonly answers: Float64Array;
  readonly errors: Float64Array;
  readonly slopes: Float64Array;
}

/** Examples of one run. */
const CHUNK = 256;

/** A neuron that is flat for all but one in 20 examples says the same of nearly all. */
const MOSTLY = 0.95;

/** Where and with what to measure. */
export interface FiguresOptions {
  readonly engine: EngineName | SynchronousEngine;
  readonly learningRate: number | null;
}

/**
 * Compiles a network for measuring on a data set that fits it; each call of the result measures its present parameters on
 * all the examples, forward and backward, without dropout.
 */
export function figuresOf(net: Network, data: FittedData, options: FiguresOptions): () => NetworkFigures {
  const capacity = Math.min(CHUNK, data.examples);
  const equations = networkEquations(net, { capacity, targets: targetsKind(data) });
  const outputs: Record<string, Node> = { cost: equations.cost };
  const chain = denseChain("diagnose", net);
  for (const [i, layer] of equations.layers.map(denseNodes).entries()) {
    outputs[`z${i}`] = layer.weightedInput;
    outputs[`a${i}`] = layer.activation;
    outputs[`delta${i}`] = layer.error;
    outputs[`slope${i}`] = slopeOf(net, layer, i);
    outputs[`dw${i}`] = layer.weightGradient;
    if (layer.biasGradient !== null) outputs[`db${i}`] = layer.biasGradient;
  }
  const session = synchronousEngine(
    "diagnose",
    options.engine,
    'Measure on one of this package\'s, such as "reference".',
  ).open();
  const executable = session.prepare({ outputs, updates: [] });
  const targetWidth = data.targets.length / data.examples;

  return () => {
    writeParameters(session, equations.parameters, net);
    const tallies = net.layers.map(({ units }) => newTally(units));
    const [answers, errors, slopes] = [0, 1, 2].map(() => new Float64Array(data.examples * net.outputs)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    let cost = 0;
    for (let start = 0; start < data.examples; start += capacity) {
      const end = Math.min(data.examples, start + capacity);
      const share = (end - start) / data.examples;
      executable.run({
        inputs: new Map([
          [equations.inputs, data.inputs.subarray(start * net.inputs, end * net.inputs)],
          [equations.targets, data.targets.subarray(start * targetWidth, end * targetWidth)],
        ]),
        extents: new Map([[equations.examples, end - start]]),
      });
      cost += share * (executable.output("cost")[0] ?? Number.NaN);
      for (const [i, tally] of tallies.entries()) {
        addTo(tally, (name) => executable.output(`${name}${i}`), share, chain[i]?.hasBias ?? false);
      }
      const lastOne = net.layers.length - 1;
      answers.set(executable.output(`a${lastOne}`), start * net.outputs);
      errors.set(executable.output(`delta${lastOne}`), start * net.outputs);
      slopes.set(executable.output(`slope${lastOne}`), start * net.outputs);
    }
    const layers = tallies.map((tally, i) => settled(chain[i] ?? null, tally, data.examples, options.learningRate));
    return { examples: data.examples, cost, layers, answers, errors, slopes };
  };
}

/** `f′(z)`, by backpropagation through the activation alone; of softmax, whose neurons depend on each other, `a(1 − a)`. */
function slopeOf(net: Network, { activation, weightedInput }: LayerEquations, i: number): Node {
  if (net.layers[i]?.activation.kind === "softmax") return map("a*(1 - a)", { a: activation });
  const slope = backpropagate(activation, [weightedInput]).get(weightedInput);
  if (slope === undefined) throw internalError("backpropagation left out a quantity it was asked for.");
  return slope;
}

interface Tally {
  readonly units: number;
  errorSquares: number;
  errorCount: number;
  slopeSquares: number;
  readonly flatExamples: Uint32Array;
  readonly largestSlope: Float64Array;
  /** Those of the chunks so far, each by its share of the examples; null before the first. */
  weightGradient: Values | null;
  biasGradient: Values | null;
  readonly notFinite: Set<string>;
}

function newTally(units: number): Tally {
  return {
    units,
    errorSquares: 0,
    errorCount: 0,
    slopeSquares: 0,
    flatExamples: new Uint32Array(units),
    largestSlope: new Float64Array(units),
    weightGradient: null,
    biasGradient: null,
    notFinite: new Set(),
  };
}

/** This runs once an epoch during training, so arrays are passed over once, and looked at closely only in need. */
function addTo(tally: Tally, output: (name: string) => Values, share: number, hasBias: boolean): void {
  const { notFinite } = tally;
  const [delta, slope, dw] = [output("delta"), output("slope"), output("dw")];
  const errorSquares = sumOfSquares(delta);
  const slopeSquares = tallySlopes(tally, slope);
  tally.weightGradient = withShare(tally.weightGradient, dw, share);
  if (hasBias) tally.biasGradient = withShare(tally.biasGradient, output("db"), share);
  tally.errorSquares += errorSquares;
  tally.slopeSquares += slopeSquares;
  tally.errorCount += delta.length;
  // A number that is not finite makes one of these sums so; of float64, squares may also overflow.
  if (Number.isFinite(errorSquares + slopeSquares + sumOfSquares(dw))) return;
  const names = ["z", "a", "delta", "dw", ...(hasBias ? ["db"] : [])];
  for (const name of names) if (!allFinite(output(name))) notFinite.add(name);
}

/** Neuron by neuron, how often it is flat and how steep it ever is. @returns the sum of the squares. */
function tallySlopes({ units, flatExamples, largestSlope }: Tally, slope: Values): number {
  let squares = 0;
  for (let start = 0; start < slope.length; start += units) {
    for (let j = 0; j < units; j++) {
      const steepness = Math.abs(slope[start + j] ?? 0);
      squares += steepness * steepness;
      if (steepness < FLAT_SLOPE) flatExamples[j] = (flatExamples[j] ?? 0) + 1;
      if (steepness > (largestSlope[j] ?? 0)) largestSlope[j] = steepness;
    }
  }
  return squares;
}

/** A single chunk's numbers are the mean already; of several, they are added up in float64. */
function withShare(sum: Values | null, values: Values, share: number): Values {
  if (share === 1) return values;
  const total = sum ?? new Float64Array(values.length);
  for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + share * (values[i] ?? 0);
  return total;
}

function settled(layer: DenseLayerValues | null, tally: Tally, examples: number, rate: number | null): LayerFigures {
  if (layer === null) throw internalError("a layer is missing.");
  const { flatSides } = activationShape(layer.activation);
  const { errorSquares, errorCount, slopeSquares, flatExamples, largestSlope, biasGradient } = tally;
  const numbered = (isSuch: (j: number) => boolean): number[] =>
    Array.from({ length: layer.units }, (_, j) => j + 1).filter((j) => isSuch(j - 1));
  const weightGradient = rootMeanSquare(tally.weightGradient ?? new Float64Array(0));
  const weights = rootMeanSquare(layer.weights);
  const notFinite = [
    ...(allFinite(layer.weights) ? [] : ["w"]),
    ...(layer.biases === null || allFinite(layer.biases) ? [] : ["b"]),
    ...tally.notFinite,
  ];
  return {
    layer: layer.number,
    units: layer.units,
    activation: layer.activation.name,
    error: Math.sqrt(errorSquares / errorCount),
    slope: Math.sqrt(slopeSquares / errorCount),
    weightGradient,
    biasGradient: biasGradient === null ? null : rootMeanSquare(biasGradient),
    weights,
    updateRatio: rate === null ? null : (rate * weightGradient) / weights,
    saturated: flatSides === 2 ? sumOf(flatExamples) / errorCount : null,
    saturatedNeurons: flatSides === 2 ? numbered((j) => (flatExamples[j] ?? 0) >= MOSTLY * examples) : [],
    deadNeurons: flatSides === 1 ? numbered((j) => !((largestSlope[j] ?? 0) >= DEAD_SLOPE)) : [],
    notFinite,
  };
}

/** `√(Σ v²/count)` */
export function rootMeanSquare(values: Values): number {
  return Math.sqrt(sumOfSquares(values) / values.length);
}

function sumOfSquares(values: Values): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    squares += value * value;
  }
  return squares;
}

function sumOf(values: Uint32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function allFinite(values: Values): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
