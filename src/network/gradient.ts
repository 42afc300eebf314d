import { checkNetwork } from "./check-network.ts";
import { checkOptions } from "./known-options.ts";
import { type EngineName, engineFrom } from "../engine/index.ts";
import { DataError } from "../errors.ts";
import type { InputNode, Node } from "../graph/index.ts";
import { networkEquations } from "./equations.ts";
import { type ExampleWeights, meanOneWeights } from "./example-weights.ts";
import type { Network } from "./network.ts";
import { writeParameters } from "./parameters.ts";
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
  /** Default "auto": "wasm", in float32, unless a BLAS was asked for; "reference" is float64 and slow. */
  readonly engine?: EngineName;
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
  checkNetwork("gradient", net);
  checkOptions("gradient", options, { engine: true, weights: true });
  const x = denseRows("gradient: inputs", inputs, net.inputs);
  if (x.rows === 0) throw new DataError("gradient: expected 1 or more examples, got none. Pass at least one row.");
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
  const session = engineFrom(options.engine ?? "auto").open();
  writeParameters(session, equations.parameters, net);
  const executable = session.prepare({ outputs, updates: [] });
  executable.run({
    inputs: new Map<InputNode, ArrayLike<number>>([
      [equations.inputs, x.values],
      [equations.targets, t.values],
      ...(u === null || equations.exampleWeights === null ? [] : [[equations.exampleWeights, u] as const]),
    ]),
  });
  const parameters = net.parameters.map(({ layer, name, shape }, i): ParameterGradient => ({
    layer,
    name,
    shape,
    values: Float64Array.from(executable.output(`gradient${i}`)),
  }));
  const own = (layer: number, name: string): ParameterGradient | null =>
    parameters.find((each) => each.layer === layer && each.name === name) ?? null;
  return {
    cost: executable.output("cost")[0] ?? Number.NaN,
    layers: net.layers.map(({ number: l, units, inputs: columns }, i): LayerGradient => {
      const ofBiases = own(l, "biases");
      return {
        z: rowsOf(executable.output(`z${i}`), units),
        a: rowsOf(executable.output(`a${i}`), units),
        delta: rowsOf(executable.output(`delta${i}`), units),
        dw: rowsOf(own(l, "weights")?.values ?? [], columns),
        db: ofBiases === null ? null : Array.from(ofBiases.values),
      };
    }),
    parameters,
  };
}
