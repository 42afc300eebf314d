import { checkNetwork } from "./check-network.ts";
import { checkOptions } from "./known-options.ts";
import {
  type Engine,
  engineFrom,
  type EngineName,
  finish,
  finishNow,
  synchronousEngine,
  type Work,
} from "../engine/index.ts";
import { internalError, OptionError } from "../errors.ts";
import { shown } from "../tree/reader.ts";
import { checkedSeed, permutation } from "../random/index.ts";
import { type ComparedElement, compareWithDifferences, type LocalFunction } from "./central-difference.ts";
import { networkEquations } from "./equations.ts";
import type { InputNode } from "../graph/index.ts";
import { meanOneWeights } from "./example-weights.ts";
import { type GradientOptions, gradientWork } from "./gradient.ts";
import type { Network } from "./network.ts";
import { writeParameters } from "./parameters.ts";
import { denseRows, type Matrix, type MatrixLike, type OfWidth } from "./rows.ts";
import { type DenseTargets, denseTargets, type Targets } from "./targets.ts";

/** One parameter's gradient, by backpropagation and by differences. */
export interface ComparedGradient {
  /** Its place along each axis: `[j, k]` of `w_jk`, or `[j]` of `b_j`. */
  readonly index: readonly number[];
  /** By backpropagation, on the engine that was asked for. */
  readonly analytic: number;
  /**
   * By differences of the cost, in float64 on the reference engine. At a kink any slope between the left and the right
   * one is a derivative; then this is the one nearest to `analytic`.
   */
  readonly numeric: number;
  readonly relativeError: number;
}

/** The check of one parameter: a layer's weights, its biases. */
export interface CheckedParameters {
  /** 1 … L */
  readonly layer: number;
  /** "weights", "biases". */
  readonly name: string;
  /** The same as equations have it: "w", "b". */
  readonly symbol: string;
  /** The one with the largest relative error. */
  readonly worst: ComparedGradient;
  /** How many of its numbers are at a kink: the cost has a corner there, as ReLU has at z = 0. */
  readonly kinks: number;
  /** How many there are. */
  readonly count: number;
  /** How many of them were compared. */
  readonly checked: number;
}

/** Which parameters are checked, and on what. */
export interface GradientCheckOptions extends GradientOptions {
  /**
   * At most about so many numbers: of each parameter a part in proportion, at least one, drawn at random. Default: all.
   */
  readonly sample?: number;
  /** Decides which are drawn. Default 0. */
  readonly seed?: number;
  /** Called before each parameter that is checked, with how many were checked before, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What `gradientCheck` found. */
export interface GradientCheck {
  /** In the order of `net.parameters`. */
  readonly parameters: readonly CheckedParameters[];
  /** The largest relative error. */
  readonly worst: number;
  /** The largest relative error that passes. */
  readonly bound: number;
  readonly passed: boolean;
}

/**
 * Largest relative error that passes. Float64: a difference is good to about 1e-10 of the cost, and no gradient counts
 * as smaller than 1e-4 of it. Float32: sums over widths and examples, through several layers, lose some 100 units of 6e-8
 * of their largest terms, and no gradient counts as smaller than 1e-2 of the largest.
 */
export const BOUNDS: Readonly<Record<"float64" | "float32", number>> = { float64: 1e-6, float32: 1e-3 };

/**
 * Compares backpropagation's derivative of the cost by every parameter p with `(C(p + h) − C(p − h)) / 2h`, computed in
 * float64 on the reference engine. For a float32 engine both use parameters and examples rounded to float32, so that
 * they speak of the same point.
 *
 * How errors are measured, and what happens at a kink: `compareWithDifferences`.
 * Time: four costs per parameter, and up to eight more at a kink; meant for small networks and few examples.
 *
 * @throws ShapeError when a row's width or the number of targets does not fit.
 * @throws DataError when there is no example, a number is not finite, or a label is out of range.
 * @throws OptionError when `sample` or `seed` is no such number; for an engine that answers with promises: see
 *   `gradientCheckAsync`.
 */
export function gradientCheck<
  In extends number,
  Out extends number,
  const Inputs extends MatrixLike,
  const Wanted extends Targets,
>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  targets: Wanted & OfWidth<Wanted, Out>,
  options: GradientCheckOptions = {},
): GradientCheck {
  return finishNow(checkWork(net, inputs, targets, options, engineNow));
}

/** @throws OptionError for an engine that answers with promises. */
function engineNow(asked: EngineName | Engine): Engine {
  return synchronousEngine("gradientCheck", asked, "Use gradientCheckAsync.");
}

/** `gradientCheck` of any engine, those that answer with promises too. The differences are the reference engine's. */
export async function gradientCheckAsync<
  In extends number,
  Out extends number,
  const Inputs extends MatrixLike,
  const Wanted extends Targets,
>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  targets: Wanted & OfWidth<Wanted, Out>,
  options: GradientCheckOptions = {},
): Promise<GradientCheck> {
  return finish(checkWork(net, inputs, targets, options, engineFrom));
}

function* checkWork(
  net: Network,
  inputs: MatrixLike,
  targets: Targets,
  options: GradientCheckOptions,
  engineOf: (asked: EngineName | Engine) => Engine,
): Work<GradientCheck> {
  checkNetwork("gradientCheck", net);
  checkOptions("gradientCheck", options, { engine: true, weights: true, sample: true, seed: true, onProgress: true });
  const { engine: asked = "auto", sample = Infinity, seed = 0, onProgress, weights } = options;
  if (!(sample >= 1)) {
    throw new OptionError({
      where: "gradientCheck",
      expected: "a sample of 1 or more",
      got: shown(sample),
      advice: "Give a whole number.",
    });
  }
  checkedSeed(seed, "gradientCheck");
  const engine = engineOf(asked);
  const { precision } = engine;
  const rounded = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(precision === "float32" ? Float32Array.from(values) : values);

  const dense = denseRows("gradientCheck: inputs", inputs, net.inputs);
  const wanted = denseTargets("gradientCheck: targets", targets, net.outputs, dense.rows);
  const x: Matrix = { values: rounded(dense.values), columns: net.inputs };
  const t: DenseTargets = { ...wanted, values: rounded(wanted.values) };
  const point: Network = {
    ...net,
    parameters: net.parameters.map((each) => ({ ...each, values: rounded(each.values) })),
  };

  const u = weights === undefined ? null : rounded(meanOneWeights("gradientCheck: weights", weights, dense.rows));
  const weighted = u === null ? {} : { weights: u };
  const found = yield* gradientWork(point, x, targetsAsGiven(t, net.outputs), { engine, ...weighted }, engineFrom);
  const around = costAround(point, x, t, u);
  const bound = BOUNDS[precision];
  const positions = drawn(net, sample, seed);
  const total = positions.reduce((sum, chosen) => sum + chosen.length, 0);
  let done = 0;
  const onElement = (): void => onProgress?.(done++, total);
  const parameters = net.parameters.map(({ layer, name, symbol, shape }, i): CheckedParameters => {
    const analytic = Array.from(found.parameters[i]?.values ?? []);
    const compared = compareWithDifferences(analytic, around(i), bound, positions[i] ?? [], onElement);
    const counts = { count: analytic.length, checked: compared.length };
    return { layer, name, symbol, ...summary(compared, shape), ...counts };
  });
  const worst = parameters.reduce((most, each) => Math.max(most, each.worst.relativeError), 0);
  return { parameters, worst, bound, passed: worst <= bound };
}

/** Positions of the numbers to check, parameter by parameter, in order. */
function drawn({ parameters }: Network, sample: number, seed: number): readonly (readonly number[])[] {
  const share = Math.min(1, sample / parameters.reduce((sum, { values }) => sum + values.length, 0));
  return parameters.map(({ values: { length: count } }, group) =>
    share === 1
      ? Array.from({ length: count }, (_, position) => position)
      : Array.from(permutation(count, seed, group).subarray(0, Math.max(1, Math.round(share * count)))).sort(
          (left, right) => left - right,
        ),
  );
}

/** The cost in float64 around the present parameters: those at index `i` of the list. */
function costAround(net: Network, x: Matrix, t: DenseTargets, u: Float64Array | null): (i: number) => LocalFunction {
  const equations = networkEquations(net, { capacity: t.rows, targets: t.kind, isWeighted: u !== null });
  const session = engineFrom("reference").open();
  writeParameters(session, equations.parameters, net);
  const executable = session.prepare({ outputs: { cost: equations.cost }, updates: [] });
  const inputs = new Map<InputNode, ArrayLike<number>>([
    [equations.inputs, x.values],
    [equations.targets, t.values],
    ...(u === null || equations.exampleWeights === null ? [] : [[equations.exampleWeights, u] as const]),
  ]);
  const cost = (): number => {
    executable.run({ inputs });
    return executable.output("cost")[0] ?? Number.NaN;
  };
  const here = cost();
  return (i) => {
    const values = net.parameters[i]?.values;
    const variable = equations.parameters[i]?.variable;
    if (values === undefined || variable === undefined) throw internalError(`gradientCheck: no parameter ${i}.`);
    const valueWith = (position: number, replacement: number): number => {
      session.write(variable, values.with(position, replacement));
      const result = cost();
      session.write(variable, values);
      return result;
    };
    return { values, here, valueWith };
  };
}

/** The worst of some elements of a parameter of this shape. NaN is worse than any number. */
function summary(
  compared: readonly ComparedElement[],
  shape: readonly number[],
): Pick<CheckedParameters, "worst" | "kinks"> {
  const { position, analytic, numeric, relativeError } = compared.reduce((worst, each) =>
    each.relativeError > worst.relativeError || Number.isNaN(each.relativeError) ? each : worst,
  );
  const kinks = compared.filter(({ isKink }) => isKink).length;
  return { worst: { index: indexOf(position, shape), analytic, numeric, relativeError }, kinks };
}

/** Place along each axis of the element at a row-major position. */
function indexOf(position: number, shape: readonly number[]): readonly number[] {
  let rest = position;
  return shape
    .toReversed()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .toReversed();
}

function targetsAsGiven({ kind, values }: DenseTargets, columns: number): Targets {
  return kind === "labels" ? Array.from(values) : { values: Float64Array.from(values), columns };
}
