import { denseChain } from "../../network/dense-chain.ts";
import { compileFormula, differentiate, type Formula, simplify, stabilize } from "../../formula/index.ts";
import {
  type Activation,
  type ActivationName,
  type Cost,
  type CostName,
  dense,
  gradient,
  type Network,
  networkOfEquations,
} from "../../network/index.ts";
import { NoValue, realArithmetic } from "./arithmetic.ts";
import { drawnNumber } from "./drawn-values.ts";
import { derivativeOfActivation } from "../vocabulary/function-table.ts";
import { givenActivation, type NetworkModel } from "./network-model.ts";
import type { LayerNumbers, NetworkPoint } from "./network-point.ts";
import { backward, diagonal, type ForwardLayer, softmaxSlopes, weightedInputs } from "./point-parts.ts";

/** A network with one example, as users have them, and its quantities by the reference engine. */
export interface RealPoint extends NetworkPoint<number> {
  readonly net: Network;
}

/** What stands for "general" in one network. */
export interface Choice {
  readonly activation: ActivationName;
  readonly cost: CostName;
}

/**
 * Choices whose functions have no relation that a formula could use by chance, and whose costs are defined for all their
 * outputs: every answer to a general question is tried on all of them.
 */
export const generalChoices: readonly Choice[] = [
  { activation: "sigmoid", cost: "binaryCrossEntropy" },
  { activation: "tanh", cost: "logCosh" },
  { activation: "softplus", cost: "quadratic" },
];

/** The activations and cost of a network that is made for a question. */
export interface ChosenModel {
  /** Of layer l ≥ 1 of a network with so many layers. */
  readonly activationOf: (layer: number, depth: number) => ActivationName | Activation;
  readonly cost: CostName | Cost;
  /** A text that equal choices share. */
  readonly key: string;
  /** Whether its outputs are shares of 1. */
  readonly isSoftmax: boolean;
}

/** The activations and cost of a question's network, with a choice where they are general. */
export function chosenModel(model: NetworkModel, choice: Choice): ChosenModel {
  const { net } = model;
  if (net !== null) {
    return {
      activationOf: (layer, depth) => givenActivation(model, layer, depth) ?? choice.activation,
      cost: net.cost,
      key: "given",
      isSoftmax: net.layers.at(-1)?.activation.kind === "softmax",
    };
  }
  // The logarithms of some costs need outputs between 0 and 1.
  const needsShare = model.cost === "binaryCrossEntropy" || model.cost === "crossEntropy" || model.cost === "poisson";
  const general = needsShare ? "sigmoid" : choice.activation;
  const output = model.outputActivation === "general" ? general : model.outputActivation;
  const isShare = output === "sigmoid" || output === "softmax";
  const generalCost = choice.cost === "binaryCrossEntropy" && !isShare ? "quadratic" : choice.cost;
  const hidden = model.activation === "general" ? general : model.activation;
  const cost = model.cost === "general" ? generalCost : model.cost;
  return {
    activationOf: (layer, depth) => (layer === depth ? output : hidden),
    cost,
    key: [hidden, output, cost].join(" "),
    isSoftmax: output === "softmax",
  };
}

/** A network of these widths with drawn numbers; null where its cost or a gradient is no finite number. */
export function realPoint(
  model: NetworkModel,
  choice: Choice,
  widths: readonly number[],
  seed: string,
  by: "engine" | "formulas" = "engine",
): RealPoint | null {
  const { activationOf, cost, isSoftmax } = chosenModel(model, choice);
  const draw = (name: string, low: number, high: number): number => drawnNumber(`${seed} ${name}`, low, high);
  const layers = widths.slice(1).map((units, i) => {
    const neurons = Array.from({ length: units }, (_, j) => j);
    const columns = Array.from({ length: widths[i] ?? 1 }, (_, k) => k);
    return dense(units, activationOf(i + 1, widths.length - 1), {
      weights: neurons.map((j) => columns.map((k) => draw(`w ${i} ${j} ${k}`, -1, 1))),
      biases: neurons.map((j) => draw(`b ${i} ${j}`, -1, 1)),
    });
  });
  const regularization = model.net === null ? {} : { regularization: model.net.regularization };
  const net = networkOfEquations(widths[0] ?? 1, layers, { cost, ...regularization });
  const inputs = Array.from({ length: net.inputs }, (_, k) => draw(`x ${k}`, -1, 1));
  const shares = Array.from({ length: net.outputs }, (_, j) => draw(`t ${j}`, 0.125, 0.875) / net.outputs);
  const anywhere = Array.from({ length: net.outputs }, (_, j) => draw(`t ${j}`, 1 / 32, 31 / 32));
  const targets = isSoftmax
    ? shares.map((t, j) => (j === 0 ? 1 - shares.slice(1).reduce((a, b) => a + b, 0) : t))
    : anywhere;
  const point = pointOf(net, { inputs, targets }, model, by);
  const numbers = point.layers.flatMap(({ delta, da }) => [...delta, ...da]);
  return [point.cost, ...numbers].every(Number.isFinite) ? point : null;
}

/** The numbers of a pass forward and back. */
interface Pass {
  readonly layers: readonly LayerNumbers<number>[];
  readonly cost: number;
}

/**
 * The quantities of a network for one example. `by`: "engine", as the reference engine's backpropagation gives them, some
 * milliseconds; or "formulas", from the formulas of activations and cost right here, for looking through many networks.
 */
export function pointOf(
  net: Network,
  example: { readonly inputs: readonly number[]; readonly targets: readonly number[] },
  model: NetworkModel,
  by: "engine" | "formulas",
): RealPoint {
  const { inputs, targets } = example;
  const { layers, cost } = by === "engine" ? passOfEngine(net, inputs, targets) : passOfFormulas(net, inputs, targets);
  const widths = [net.inputs, ...net.layers.map(({ units }) => units)];
  const seed = widths.join("-");
  return {
    net,
    arithmetic: realArithmetic,
    widths,
    inputs,
    targets,
    layers,
    cost,
    scalar: (name) => drawnNumber(`${seed} scalar ${name}`, 0.25, 1.75),
    apply: (name, primes, argument) => realFunction(net, name, primes, model)(argument),
  };
}

function passOfEngine(net: Network, inputs: readonly number[], targets: readonly number[]): Pass {
  const found = gradient(net, [inputs], [targets], { engine: "reference" });
  const outputs = found.layers.at(-1)?.a[0] ?? [];
  const slopes = costOf(net.cost, outputs, targets).slopes;
  const layers = found.layers.map(({ z: [z = []], a: [a = []], delta: [delta = []], dw }, i): LayerNumbers<number> => {
    const next = found.layers[i + 1];
    const after = parametersOf(net, i + 1).w;
    const throughNext = (j: number): number | undefined =>
      next?.delta[0]?.reduce((sum, error, n) => sum + error * (after[n]?.[j] ?? 0), 0);
    const da = a.map((_, j) => throughNext(j) ?? slopes[j] ?? 0);
    return { ...parametersOf(net, i), z, a, delta, dw, da, slopes: slopesOf(net, i, z, a) };
  });
  return { layers, cost: found.cost };
}

function passOfFormulas(net: Network, inputs: readonly number[], targets: readonly number[]): Pass {
  const layers: ForwardLayer<number>[] = [];
  for (const [i, { activation }] of net.layers.entries()) {
    const parameters = parametersOf(net, i);
    const z = weightedInputs(realArithmetic, parameters, layers.at(-1)?.a ?? inputs);
    const a = activation.kind === "softmax" ? softmax(z) : z.map(compiledFunction(activation.formula));
    layers.push({ ...parameters, z, a, slopes: slopesOf(net, i, z, a) });
  }
  const { slopes, cost } = costOf(net.cost, layers.at(-1)?.a ?? [], targets);
  return { layers: backward(realArithmetic, inputs, layers, slopes), cost };
}

function parametersOf(
  net: Network,
  i: number,
): { readonly w: readonly (readonly number[])[]; readonly b: readonly number[] } {
  const { inputs = 1, units = 0, weights = [], biases = null } = denseChain("exercise", net)[i] ?? {};
  const neurons = Array.from({ length: units }, (_, j) => j);
  return {
    w: neurons.map((j) => Array.from({ length: inputs }, (_, k) => weights[j * inputs + k] ?? 0)),
    b: biases === null ? neurons.map(() => 0) : Array.from(biases),
  };
}

function slopesOf(net: Network, i: number, z: readonly number[], a: readonly number[]): readonly (readonly number[])[] {
  const f = net.layers[i]?.activation;
  return f === undefined || f.kind === "softmax" ? softmaxSlopes(realArithmetic, a) : diagonal(z.map(slopeOf(f)), 0);
}

/** Softmax of weighted inputs, less their largest, so that nothing overflows. */
export function softmax(z: readonly number[]): number[] {
  const largest = Math.max(...z);
  const exponentials = z.map((each) => Math.exp(each - largest));
  const total = exponentials.reduce((sum, each) => sum + each, 0);
  return exponentials.map((each) => each / total);
}

type OfOutput = (values: ArrayLike<number>) => number;

const costFunctions = new WeakMap<Formula, { readonly cost: OfOutput; readonly slope: OfOutput }>();

/** C and `∂C/∂a_j` of one example. */
function costOf(
  { formula, over }: Cost,
  outputs: readonly number[],
  targets: readonly number[],
): { readonly slopes: readonly number[]; readonly cost: number } {
  const stable = costFunctions.has(formula) ? formula : simplify(stabilize(formula));
  const functions = costFunctions.get(formula) ?? {
    cost: compileFormula(stable, ["a", "t"]),
    slope: compileFormula(simplify(differentiate(stable, "a")), ["a", "t"]),
  };
  costFunctions.set(formula, functions);
  const share = over === "mean" ? outputs.length : 1;
  return {
    slopes: outputs.map((a, j) => functions.slope([a, targets[j] ?? 0]) / share),
    cost: outputs.reduce((sum, a, j) => sum + functions.cost([a, targets[j] ?? 0]), 0) / share,
  };
}

const compiled = new WeakMap<Formula, (values: ArrayLike<number>) => number>();

function compiledFunction(formula: Formula): (z: number) => number {
  const before = compiled.get(formula);
  const evaluator = before ?? compileFormula(formula, ["z"]);
  if (before === undefined) compiled.set(formula, evaluator);
  return (z) => evaluator([z]);
}

function slopeOf(f: Activation): (z: number) => number {
  return f.kind === "softmax" ? () => Number.NaN : compiledFunction(derivativeOfActivation(f, 1));
}

function realFunction(net: Network, name: string, primes: number, model: NetworkModel): (z: number) => number {
  const f = net.layers[0]?.activation;
  if (name === "f" && net.layers.length === 1 && f?.kind === "softmax") {
    throw new NoValue("softmax takes the whole layer: it is no f of one neuron");
  }
  if (name === "f" && f !== undefined && f.kind !== "softmax")
    return compiledFunction(derivativeOfActivation(f, primes));
  const formula = name === "f" ? null : model.functions.formula(name, primes);
  // A function of which nothing is known has any value, the same for the same argument up to rounding.
  if (formula === null) return (z) => drawnNumber(`function ${name} ${primes} ${z.toPrecision(9)}`, -2, 2);
  return compiledFunction(formula);
}
