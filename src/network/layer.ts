import { OptionError } from "../errors.ts";
import { type Activation, activation as builtInActivation, type ActivationName } from "./activations.ts";
import { type Initializer, initializerFrom, type InitializerName } from "./initializers.ts";
import { isObject, shown } from "../tree/reader.ts";
import { checkOptions, type OptionNames } from "./known-options.ts";
import type { Rows } from "./rows.ts";

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
export interface DenseLayer<Units extends number = number> {
  readonly kind: "dense";
  readonly units: Units;
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
    throw new OptionError(
      `dense: expected an activation's name second, or what activation() makes, got ${shown(activation)}. ` +
        `Write dense(${String(units)}, "relu").`,
    );
  }
  if (isObject(activation) && activation["kind"] === undefined) {
    throw new OptionError(
      `dense: expected an activation second and options third, got ${shown(activation)} second. ` +
        `Write dense(${String(units)}, "identity", { … }).`,
    );
  }
  const { bias: hasBias = true, weights = null, biases = null, initializer, dropout = 0 } = options;
  if (!Number.isSafeInteger(units) || units < 1) {
    const advice = typeof units === "number" ? "Give a whole number." : 'Write dense(16, "relu").';
    throw new OptionError(`dense: expected 1 or more units, got ${shown(units)}. ${advice}`);
  }
  if (biases !== null && !hasBias) {
    throw new OptionError("dense: expected no biases with bias: false, got some. Drop one of the two.");
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new OptionError(
      `dense: expected dropout from 0 up to but not including 1, got ${shown(dropout)}. ` +
        "It is the part of the neurons left out, 0.5 for half of them.",
    );
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
