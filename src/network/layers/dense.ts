import { internalError, OptionError, ShapeError } from "../../errors.ts";
import { axis, contract, map } from "../../graph/index.ts";
import { type Activation, activation as builtInActivation, type ActivationName } from "../activations.ts";
import { defaultInitializer, type Initializer, initializerFrom, type InitializerName } from "../initializers.ts";
import { activationJson, readActivation } from "../json/named-formula.ts";
import { readInitializer, readMatrix, readNumbers, readWidth } from "../json/values.ts";
import { isObject, located, placeOf, readBoolean, readFields, readNumber, shown } from "../../tree/reader.ts";
import { checkOptions, type OptionNames } from "../known-options.ts";
import { denseRows, type Rows } from "../rows.ts";
import type { Layer, LayerKind, NetworkLayer } from "./layer-kind.ts";
import { widthReceived } from "./width-received.ts";

/** Settings of a dense layer beyond its width and activation. */
export interface DenseOptions {
  /** False for a layer without `b`. Default true. */
  readonly bias?: boolean;
  /** First weights, row j, column k as in `w_jk`: `[units, width of the layer before]`. Default: drawn. */
  readonly weights?: Rows;
  /** First biases, `[units]`. Default 0. */
  readonly biases?: ArrayLike<number>;
  /** How weights that are not given are drawn. Default: what suits the activation, see `defaultInitializer`. */
  readonly initializer?: InitializerName | Initializer;
  /** Probability, from 0 up to but not including 1, that a neuron is left out of a training step. Default 0. */
  readonly dropout?: number;
}

/** Every option there is. */
const known: OptionNames<DenseOptions> = { bias: true, weights: true, biases: true, initializer: true, dropout: true };

/** A layer in which every neuron sees every neuron of the layer before: `z_j = Σ_k w_jk a_k + b_j`, `a = f(z)`. */
export interface DenseLayer<Units extends number = number> extends Layer<Units> {
  readonly kind: "dense";
  readonly activation: Activation;
  readonly hasBias: boolean;
  readonly weights: Rows | null;
  readonly biases: ArrayLike<number> | null;
  /** Null: what suits the activation. */
  readonly initializer: Initializer | null;
  readonly dropout: number;
}

/**
 * A layer of `units` neurons, each connected with all of the layer before.
 *
 * @throws OptionError when the width is no whole number from 1 up, a name is unknown, biases are given to a layer
 *   without them, or `dropout` is not in [0, 1).
 */
export function dense<Units extends number>(
  units: Units,
  activation: ActivationName | Activation = "identity",
  options: DenseOptions = {},
): DenseLayer<Units> {
  checkOptions("dense", options, known);
  if (typeof activation !== "string" && !isObject(activation)) {
    throw new OptionError({
      where: "dense",
      expected: "an activation's name second, or what activation() makes",
      got: shown(activation),
      advice: `Write dense(${String(units)}, "relu").`,
    });
  }
  if (isObject(activation) && activation["kind"] === undefined) {
    throw new OptionError({
      where: "dense",
      expected: "an activation second and options third",
      got: `${shown(activation)} second`,
      advice: `Write dense(${String(units)}, "identity", { … }).`,
    });
  }
  const { bias: hasBias = true, weights = null, biases = null, initializer, dropout = 0 } = options;
  if (!Number.isSafeInteger(units) || units < 1) {
    const advice = typeof units === "number" ? "Give a whole number." : 'Write dense(16, "relu").';
    throw new OptionError({ where: "dense", expected: "1 or more units", got: shown(units), advice });
  }
  if (biases !== null && !hasBias) {
    throw new OptionError({
      where: "dense",
      expected: "no biases with bias: false",
      got: "some",
      advice: "Drop one of the two.",
    });
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new OptionError({
      where: "dense",
      expected: "dropout from 0 up to but not including 1",
      got: shown(dropout),
      advice: "It is the part of the neurons left out, 0.5 for half of them.",
    });
  }
  return {
    kind: "dense",
    units,
    activation: typeof activation === "string" ? builtInActivation(activation) : activation,
    hasBias,
    weights,
    biases,
    initializer: initializer === undefined ? null : initializerFrom("dense: initializer", initializer),
    dropout,
  };
}

/** A dense layer at its place in a network. */
export interface DenseNetworkLayer extends NetworkLayer {
  readonly kind: "dense";
  readonly hasBias: boolean;
  /** How the first weights were drawn, had they not been given. */
  readonly initializer: Initializer;
}

/** True for a dense layer: then it has weights, and biases where it has `hasBias`. */
export function isDense(layer: NetworkLayer): layer is DenseNetworkLayer {
  return layer.kind === "dense";
}

/**
 * `z_j^l = Σ_k w_jk^l a_k^(l−1) + b_j^l`; `weights` `[n_l, n_(l−1)]`, `biases` `[n_l]`.
 * Source: Nielsen, "Neural networks and deep learning", chapter 2, equation 23.
 */
export const denseKind: LayerKind<DenseLayer, DenseNetworkLayer> = {
  name: "dense",

  place(written, position) {
    const { units, activation, hasBias, initializer, dropout } = written;
    const inputs = widthReceived("dense", position);
    return {
      layer: {
        kind: "dense",
        number: position.number,
        receives: position.receives,
        parametersOf: position.parametersOf,
        inputs,
        units,
        shape: [units],
        activation,
        hasBias,
        initializer: initializer ?? defaultInitializer(activation),
        dropout,
        own: null,
      },
      given: givenValues(written, inputs, position.number),
    };
  },

  parameters({ number, units, hasBias, initializer }, [received = []]) {
    const neurons = axis(`layer ${number}`, units);
    return [
      { name: "weights", symbol: "w", axes: [neurons, ...received], initializer, isPenalized: true },
      ...(hasBias
        ? [
            {
              name: "biases",
              symbol: "b",
              axes: [neurons],
              initializer: { name: "zeros" } as const,
              isPenalized: false,
            },
          ]
        : []),
    ];
  },

  equations(_, { inputs: [a], parameters }) {
    const { weights: w, biases: b } = parameters;
    if (a === undefined || w === undefined)
      throw internalError("a dense layer without weights, or that receives none.");
    const sum = contract(a, w, [...a.axes.slice(0, 1), ...w.axes.slice(0, 1)]);
    return { weightedInput: b === undefined ? sum : map("s + b", { s: sum, b }) };
  },

  toJson({ units, activation, hasBias, dropout, initializer }) {
    const isDefault = initializer.name === defaultInitializer(activation).name;
    return {
      units,
      activation: activationJson(activation),
      ...(hasBias ? {} : { bias: false }),
      ...(dropout > 0 ? { dropout } : {}),
      ...(isDefault ? {} : { initializer }),
    };
  },

  readJson(place, [received = []]) {
    const fields = readFields(place, ["units", "activation", "bias", "weights", "biases", "initializer", "dropout"]);
    const units = readWidth(placeOf(fields, "units", '"units": 1', place));
    const { activation: f, bias, weights, biases, initializer, dropout } = fields;
    const options = {
      ...(bias === undefined ? {} : { bias: readBoolean(bias) }),
      ...(weights === undefined ? {} : { weights: readMatrix(weights, units, received[0] ?? 1) }),
      ...(biases === undefined ? {} : { biases: readNumbers(biases, units, "one per neuron of the layer") }),
      ...(initializer === undefined ? {} : { initializer: readInitializer(initializer) }),
      ...(dropout === undefined ? {} : { dropout: readNumber(dropout) }),
    };
    return located(place, () => dense(units, f === undefined ? "identity" : readActivation(f), options));
  },
};

function givenValues(
  { units, weights, biases }: DenseLayer,
  inputs: number,
  number: number,
): Readonly<Record<string, Float64Array>> {
  const where = ["network", `layer ${number}`];
  if (weights !== null && weights.length !== units) {
    throw new ShapeError({
      where,
      expected: `weights with ${units} rows, one per neuron`,
      got: `${weights.length}`,
      advice: `Set its units to ${weights.length}, or give w_jk in row j, column k.`,
    });
  }
  if (biases !== null && biases.length !== units) {
    throw new ShapeError({
      where,
      expected: `${units} biases, one per neuron`,
      got: `${biases.length}`,
      advice: "Give one for each.",
    });
  }
  for (const [j, row] of Array.from(weights ?? []).entries()) {
    if (row.length === inputs) continue;
    throw new ShapeError({
      where,
      expected: `${inputs} weights per neuron, as many as its inputs`,
      got: `${row.length} for neuron ${j}`,
      advice: `Set the width before it to ${row.length}, or drop the weights you passed.`,
    });
  }
  const checked = (name: string, rows: Rows, columns: number): Float64Array =>
    Float64Array.from(denseRows(`network: layer ${number}: ${name}`, rows, columns).values);
  return {
    ...(weights === null ? {} : { weights: checked("weights", weights, inputs) }),
    ...(biases === null ? {} : { biases: checked("biases", [biases], units) }),
  };
}
