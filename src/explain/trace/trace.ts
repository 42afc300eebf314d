import { checkNetwork } from "../../network/check-network.ts";
import { checkOptions } from "../../network/known-options.ts";
import {
  type EngineName,
  type Executable,
  resolvedName,
  type Session,
  type SynchronousEngine,
  synchronousEngine,
} from "../../engine/index.ts";
import { DataError, OptionError } from "../../errors.ts";
import { type Axis, type Node, reduce } from "../../graph/index.ts";
import {
  type ComputeOptions,
  denseRows,
  denseTargets,
  type MatrixLike,
  type Network,
  networkEquations,
  type NetworkEquations,
  type OfWidth,
  type Targets,
  writeParameters,
} from "../../network/index.ts";
import { rowsOf } from "../../network/rows.ts";

/** What a trace holds of a layer: `z`, `a`, `δ`, `∂C/∂w`, `∂C/∂b`. */
export type TracedQuantity = "z" | "a" | "delta" | "dw" | "db";

/** Every quantity that can be asked for. */
export const tracedQuantities: readonly TracedQuantity[] = ["z", "a", "delta", "dw", "db"];

/** What is to be traced. */
export interface TraceOptions extends ComputeOptions {
  /** Numbers of the examples, from 1. Default: all that are given. */
  readonly examples?: readonly number[];
  /** "means": z, a and δ as means over the examples, in one row. Default "examples": a row for each. */
  readonly of?: "examples" | "means";
  /** Numbers of the layers, from 1. Default: all. */
  readonly layers?: readonly number[];
  /** Default: all. What is left out is not computed. */
  readonly quantities?: readonly TracedQuantity[];
}

/** The quantities of layer l; null for those that were not asked for. */
export interface LayerTrace {
  /** 1 … L */
  readonly layer: number;
  /** `z_j^l`, a row per example, or the one row of means. */
  readonly z: readonly (readonly number[])[] | null;
  /** `a_j^l`, likewise. */
  readonly a: readonly (readonly number[])[] | null;
  /** `δ_j^l = ∂C_x/∂z_j^l`, likewise. */
  readonly delta: readonly (readonly number[])[] | null;
  /** `∂C/∂w_jk^l` of the cost C of these examples, row j, column k. */
  readonly dw: readonly (readonly number[])[] | null;
  /** `∂C/∂b_j^l` of the cost C of these examples; null also for a layer without bias. */
  readonly db: readonly number[] | null;
}

/** A forward and a backward pass, laid open. */
export interface Trace {
  /** The network with a copy of its parameters, as the engine has them: rounded to float32 on most. */
  readonly net: Network;
  /** What computed it: a name, and never "auto", or an engine of one's own. */
  readonly engine: EngineName | SynchronousEngine;
  readonly of: "examples" | "means";
  /** Numbers of the examples, from 1. */
  readonly examples: readonly number[];
  /** `a^0 = x`, a row per example, or the one row of means. */
  readonly inputs: readonly (readonly number[])[];
  /** `t`, likewise; class labels as values, 1 for the output of the class. */
  readonly targets: readonly (readonly number[])[];
  /** C: the mean of the examples' costs, plus the regularization. */
  readonly cost: number;
  /** Layers 1 … L, at index l − 1. */
  readonly layers: readonly LayerTrace[];
}

/**
 * A forward and a backward pass as an engine computes them: of chosen examples, or their means, every z, a, δ, ∂C/∂w and
 * ∂C/∂b, or those that are asked for. They are outputs of the graph that trains; a quantity that no one asks for is not
 * computed. Dropout does not apply.
 *
 * @param inputs `[examples, n_0]`
 * @param targets `[examples, n_L]` values, or `[examples]` class labels
 * @throws ShapeError when a row's width or the number of targets does not fit.
 * @throws DataError when there is no example, a number is not finite, or a label is out of range.
 * @throws OptionError when there is no such example, layer or quantity.
 */
export function trace<
  In extends number,
  Out extends number,
  const Inputs extends MatrixLike,
  const Wanted extends Targets,
>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  targets: Wanted & OfWidth<Wanted, Out>,
  options: TraceOptions = {},
): Trace {
  checkNetwork("trace", net);
  checkOptions("trace", options, { engine: true, examples: true, of: true, layers: true, quantities: true });
  const { of = "examples", quantities = tracedQuantities } = options;
  const x = denseRows("trace: inputs", inputs, net.inputs);
  if (x.rows === 0)
    throw new DataError({
      where: "trace",
      expected: "1 or more examples",
      got: "none",
      advice: "Pass at least one row.",
    });
  const t = denseTargets("trace: targets", targets, net.outputs, x.rows);
  const all = Array.from({ length: x.rows }, (_, i) => i + 1);
  const examples = options.examples ?? all;
  if (examples.length === 0)
    throw new OptionError({ where: "trace", expected: "1 or more examples", got: "[]", advice: "Name one from 1 up." });
  for (const each of examples) checkNumber("trace: example", each, x.rows);
  for (const each of options.layers ?? []) checkNumber("trace: layer", each, net.layers.length);
  checkChoices(of, quantities);

  const chosen = (values: ArrayLike<number>, columns: number): Float64Array =>
    Float64Array.from(
      examples.flatMap((each) => Array.from({ length: columns }, (_, k) => values[(each - 1) * columns + k] ?? 0)),
    );
  const targetWidth = t.kind === "labels" ? 1 : net.outputs;
  const chosenInputs = chosen(x.values, net.inputs);
  const chosenTargets = chosen(t.values, targetWidth);

  const equations = networkEquations(net, { capacity: examples.length, targets: t.kind });
  const { engine: asked = "auto" } = options;
  const engine = synchronousEngine("trace", asked, 'Trace on one of this package\'s, such as "reference".');
  const session = engine.open();
  writeParameters(session, equations.parameters, net);
  const wanted = (layer: number, quantity: TracedQuantity): boolean =>
    quantities.includes(quantity) && (options.layers?.includes(layer) ?? true);
  const executable = session.prepare({ outputs: outputsOf(equations, of, wanted), updates: [] });
  executable.run({
    inputs: new Map([
      [equations.inputs, chosenInputs],
      [equations.targets, chosenTargets],
    ]),
  });
  const asRows = (values: ArrayLike<number>, columns: number): number[][] => {
    const rows = rowsOf(values, columns);
    return of === "means" ? [meanOf(rows)] : rows;
  };
  return {
    net: withParameters(net, equations, session),
    engine: typeof asked === "string" ? resolvedName(asked) : engine,
    of,
    examples,
    inputs: asRows(rounded(chosenInputs, engine), net.inputs),
    targets: asRows(t.kind === "labels" ? valuesOfLabels(chosenTargets, net) : chosenTargets, net.outputs),
    cost: executable.output("cost")[0] ?? Number.NaN,
    layers: net.layers.map((_, i) => layerOf(net, executable, i + 1, wanted)),
  };
}

/**
 * @param where what the message blames, such as `trace: layer`.
 * @throws OptionError unless `given` is a whole number from 1 to `most`.
 */
export function checkNumber(where: string, given: number, most: number): void {
  if (Number.isInteger(given) && given >= 1 && given <= most) return;
  const range = most === 1 ? "1, the only one" : `a whole number from 1 to ${most}`;
  throw new OptionError({ where, expected: range, got: String(given), advice: "Choose another." });
}

function checkChoices(of: string, quantities: readonly string[]): void {
  if (of !== "examples" && of !== "means") {
    throw new OptionError({
      where: ["trace", "of"],
      expected: '"examples" or "means"',
      got: JSON.stringify(of),
      advice: "Choose one.",
    });
  }
  const unknown = quantities.find((each) => !(tracedQuantities as readonly string[]).includes(each));
  if (unknown === undefined) return;
  throw new OptionError({
    where: ["trace", "quantities"],
    expected: `some of ${tracedQuantities.join(", ")}`,
    got: JSON.stringify(unknown),
    advice: "Leave it out.",
  });
}

type Wanted = (layer: number, quantity: TracedQuantity) => boolean;

function outputsOf(equations: NetworkEquations, of: Trace["of"], wanted: Wanted): Record<string, Node> {
  const outputs: Record<string, Node> = { cost: equations.cost };
  for (const [i, layer] of equations.layers.entries()) {
    const { weightedInput, activation, error, gradients } = layer;
    const [, neurons] = weightedInput.axes as readonly [Axis, Axis]; // as: examples and neurons
    const perExample = (node: Node): Node => (of === "means" ? reduce("mean", node, [neurons]) : node);
    const nodes = {
      z: perExample(weightedInput),
      a: perExample(activation),
      delta: perExample(error),
      dw: gradients["weights"],
      db: gradients["biases"],
    };
    for (const quantity of tracedQuantities) {
      const node = nodes[quantity];
      if (node !== undefined && wanted(i + 1, quantity)) outputs[`${quantity}${i + 1}`] = node;
    }
  }
  return outputs;
}

function layerOf(net: Network, executable: Executable, layer: number, wanted: Wanted): LayerTrace {
  const { inputs = 1, units = 1 } = net.layers[layer - 1] ?? {};
  const own = net.parameters.filter((each) => each.layer === layer).map(({ symbol }) => `d${symbol}`);
  const values = (quantity: TracedQuantity): ArrayLike<number> | null =>
    wanted(layer, quantity) && (!quantity.startsWith("d") || quantity === "delta" || own.includes(quantity))
      ? executable.output(`${quantity}${layer}`)
      : null;
  const rows = (quantity: TracedQuantity, columns: number): number[][] | null => {
    const given = values(quantity);
    return given === null ? null : rowsOf(given, columns);
  };
  const db = values("db");
  return {
    layer,
    z: rows("z", units),
    a: rows("a", units),
    delta: rows("delta", units),
    dw: rows("dw", inputs),
    db: db === null ? null : Array.from(db),
  };
}

/** A copy of the network with what the session has of its parameters. */
function withParameters(net: Network, { parameters }: NetworkEquations, session: Session): Network {
  const read = (i: number, before: Float64Array): Float64Array => {
    const variable = parameters[i]?.variable;
    return variable === undefined ? before : Float64Array.from(session.read(variable));
  };
  return { ...net, parameters: net.parameters.map((each, i) => ({ ...each, values: read(i, each.values) })) };
}

function rounded(values: Float64Array, { precision }: SynchronousEngine): ArrayLike<number> {
  return precision === "float32" ? Float32Array.from(values) : values;
}

function valuesOfLabels(labels: ArrayLike<number>, { outputs, cost }: Network): number[] {
  return Array.from(labels).flatMap((label) =>
    Array.from({ length: outputs }, (_, j) => (j === label ? 1 : cost.otherClasses)),
  );
}

function meanOf(rows: readonly (readonly number[])[]): number[] {
  const sums = new Array<number>(rows[0]?.length ?? 0).fill(0);
  for (const row of rows) for (const [k, value] of row.entries()) sums[k] = (sums[k] ?? 0) + value;
  return sums.map((sum) => sum / rows.length);
}
