import { checkNetwork } from "./check-network.ts";
import { checkOptions } from "./known-options.ts";
import {
  answerOf,
  type Engine,
  engineFrom,
  type EngineName,
  finish,
  finishNow,
  inSession,
  synchronousEngine,
  type Values,
  type Work,
} from "../engine/index.ts";
import { DataError } from "../errors.ts";
import type { InputNode, Node } from "../graph/index.ts";
import { networkEquations } from "./equations.ts";
import { type ExampleWeights, meanOneWeights } from "./example-weights.ts";
import type { Network } from "./network.ts";
import { parameterWriting } from "./parameters.ts";
import { denseRows, type MatrixLike, type OfWidth, rowsOf } from "./rows.ts";
import { denseTargets, type Targets } from "./targets.ts";

/** Every quantity of layer l, under the names of the textbook. */
export interface LayerGradient {
  /** `z_j^l`, a row per example. */
  readonly z: number[][];
  /** `a_j^l`, a row per example. */
  readonly a: number[][];
  /** `δ_j^l = ∂C_x/∂z_j^l`, of each example's own cost, a row per example. */
  readonly delta: number[][];
  /** `∂C/∂w_jk^l` of the cost C, row j, column k; no rows for a layer that has no weights of its own. */
  readonly dw: number[][];
  /** `∂C/∂b_j^l` of the cost C; null for a layer without biases of its own. */
  readonly db: number[] | null;
}

/** `∂C/∂w` of the cost C for one parameter of the network. */
export interface ParameterGradient {
  /** 1 … L */
  readonly layer: number;
  /** "weights", "biases". */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major, as the parameter's own values. */
  readonly values: Float64Array;
}

/** The cost of some examples and every derivative on the way back from it. */
export interface Gradient {
  /** C: the mean of the examples' costs, plus the regularization. */
  readonly cost: number;
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly LayerGradient[];
  /** Every parameter's, in the order of `net.parameters`; of one that several layers share, summed over them. */
  readonly parameters: readonly ParameterGradient[];
}

/** Where to compute. */
export interface ComputeOptions {
  /**
   * A name, or an engine of your own. Default "auto": "wasm", in float32, unless a BLAS was asked for; "reference" is float64
   * and slow.
   */
  readonly engine?: EngineName | Engine;
}

/** How a gradient is computed. */
export interface GradientOptions extends ComputeOptions {
  /** `u_x`, how much each example counts: `C = Σ_x u_x C_x / Σ_x u_x`. δ stays that of the example's own cost. Default: alike. */
  readonly weights?: ExampleWeights;
}

/**
 * Backpropagation, laid open: cost, z, a and δ of every layer, ∂C/∂w of every parameter, for these examples. Dropout does not apply.
 *
 * @param inputs `[examples, n_0]`
 * @param targets `[examples, n_L]` values, or `[examples]` class labels
 * @throws ShapeError when a row's width or the number of targets or weights does not fit.
 * @throws DataError when there is no example, a number is not finite, or a label is out of range.
 * @throws OptionError for an engine that answers with promises: see `gradientAsync`.
 */
export function gradient<
  In extends number,
  Out extends number,
  const Inputs extends MatrixLike,
  const Wanted extends Targets,
>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  targets: Wanted & OfWidth<Wanted, Out>,
  options: GradientOptions = {},
): Gradient {
  return finishNow(gradientWork(net, inputs, targets, options, engineNow));
}

/** @throws OptionError for an engine that answers with promises. */
function engineNow(asked: EngineName | Engine): Engine {
  return synchronousEngine("gradient", asked, "Use gradientAsync.");
}

/** `gradient` on any engine, those that answer with promises too. */
export async function gradientAsync<
  In extends number,
  Out extends number,
  const Inputs extends MatrixLike,
  const Wanted extends Targets,
>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  targets: Wanted & OfWidth<Wanted, Out>,
  options: GradientOptions = {},
): Promise<Gradient> {
  return finish(gradientWork(net, inputs, targets, options, engineFrom));
}

/** Both as work. @param engineOf the engine that is asked for, or an error */
export function* gradientWork(
  net: Network,
  inputs: MatrixLike,
  targets: Targets,
  options: GradientOptions,
  engineOf: (asked: EngineName | Engine) => Engine,
): Work<Gradient> {
  checkNetwork("gradient", net);
  checkOptions("gradient", options, { engine: true, weights: true });
  const x = denseRows("gradient: inputs", inputs, net.inputs);
  if (x.rows === 0)
    throw new DataError({
      where: "gradient",
      expected: "1 or more examples",
      got: "none",
      advice: "Pass at least one row.",
    });
  const t = denseTargets("gradient: targets", targets, net.outputs, x.rows);
  const u = options.weights === undefined ? null : meanOneWeights("gradient: weights", options.weights, x.rows);
  const equations = networkEquations(net, { capacity: x.rows, targets: t.kind, isWeighted: u !== null });

  const outputs: Record<string, Node> = { cost: equations.cost };
  for (const [i, layer] of equations.layers.entries()) {
    outputs[`z${i}`] = layer.weightedInput;
    outputs[`a${i}`] = layer.activation;
    outputs[`delta${i}`] = layer.error;
  }
  for (const [i, { gradient: each }] of equations.parameters.entries()) outputs[`gradient${i}`] = each;
  const given = new Map<InputNode, ArrayLike<number>>([
    [equations.inputs, x.values],
    [equations.targets, t.values],
    ...(u === null || equations.exampleWeights === null ? [] : [[equations.exampleWeights, u] as const]),
  ]);
  return yield* inSession(engineOf(options.engine ?? "auto"), function* (session) {
    yield* parameterWriting(session, equations.parameters, net);
    const executable = yield* answerOf(session.prepare({ outputs, updates: [] }));
    yield* answerOf(executable.run({ inputs: given }));
    const output = (name: string): Work<Values> => answerOf(executable.output(name));
    const parameters: ParameterGradient[] = [];
    for (const [i, { layer, name, shape }] of net.parameters.entries())
      parameters.push({ layer, name, shape, values: Float64Array.from(yield* output(`gradient${i}`)) });
    const own = (layer: number, name: string): ParameterGradient | null =>
      parameters.find((each) => each.layer === layer && each.name === name) ?? null;
    const layers: LayerGradient[] = [];
    for (const [i, { number: l, units, inputs: columns }] of net.layers.entries()) {
      const ofBiases = own(l, "biases");
      layers.push({
        z: rowsOf(yield* output(`z${i}`), units),
        a: rowsOf(yield* output(`a${i}`), units),
        delta: rowsOf(yield* output(`delta${i}`), units),
        dw: rowsOf(own(l, "weights")?.values ?? [], columns),
        db: ofBiases === null ? null : Array.from(ofBiases.values),
      });
    }
    const [cost = Number.NaN] = yield* output("cost");
    return { cost, layers, parameters };
  });
}
