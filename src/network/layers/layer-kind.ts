import type { Axis, Node, VariableNode } from "../../graph/index.ts";
import type { Place } from "../../tree/reader.ts";
import type { Activation } from "../activations.ts";
import type { Initializer } from "../initializers.ts";

/** A layer as it is written down, before it has a place in a network: what `dense(16, "relu")` makes. */
export interface Layer<Units extends number = number> {
  /** Name of its kind. */
  readonly kind: string;
  /** Numbers that come out for each example. */
  readonly units: Units;
}

/** Width of the last of some layers. */
export type OutputsOf<Layers extends readonly Layer[]> = Layers extends readonly [
  ...(readonly Layer[]),
  Layer<infer Units>,
]
  ? Units
  : number;

/**
 * Layer l of a network, at its place. What is common to all kinds stands here, and each kind adds its own settings.
 * Every layer is `z^l`, which its kind has an equation for, and `a^l = f(z^l)`, less the neurons that dropout leaves out.
 * Plain data, but for `own`.
 */
export interface NetworkLayer {
  /** Name of its kind: "dense". */
  readonly kind: string;
  /** l, from 1. */
  readonly number: number;
  /** The earlier layers whose outputs it receives, in order; 0 is the network's input. */
  readonly receives: readonly number[];
  /** The layer whose parameters it computes with: `number`, or an earlier one that shares its own. */
  readonly parametersOf: number;
  /** Numbers received for each example: `n_(l−1)` in a network where each layer receives the one before. */
  readonly inputs: number;
  /** `n_l`: numbers that come out. */
  readonly units: number;
  /** The axes along which they lie, as sizes: `[n_l]`, or rows, columns and channels of an image. */
  readonly shape: readonly number[];
  /** f; the identity for a layer without activation. */
  readonly activation: Activation;
  /** Probability that a neuron is left out of a training step. */
  readonly dropout: number;
  /** Its kind, where that is one of your own; null for those of this package, which are known by name. */
  readonly own: LayerKind | null;
}

/** One of a layer's parameters, before it has values. */
export interface ParameterDeclaration {
  /** Its name in the list of a network's parameters, in model files and in `parameter`: "weights". */
  readonly name: string;
  /** Its name in equations: "w". */
  readonly symbol: string;
  /** Outermost first; of the layer's own and of what it receives. */
  readonly axes: readonly Axis[];
  /** How its first values are drawn, with the first axis for the units and the others for the inputs. */
  readonly initializer: Initializer;
  /** Whether the network's regularization applies to it. */
  readonly isPenalized: boolean;
}

/** What a layer's equations are written in. */
export interface Received {
  /** Outputs of the layers it receives, each `[examples, …]`. */
  readonly inputs: readonly Node[];
  /** The layer's parameters by name. */
  readonly parameters: Readonly<Record<string, VariableNode>>;
}

/** A layer's own equations. */
export interface KindEquations {
  /** `z^l`, `[examples, …]`: what the activation is applied to and the error belongs to. */
  readonly weightedInput: Node;
  /** Other quantities worth a name, such as the scores of an attention. */
  readonly quantities?: Readonly<Record<string, Node>>;
}

/** Where a layer stands in a network. */
export type Position = Pick<NetworkLayer, "number" | "receives" | "parametersOf"> & {
  /** Shapes of what it receives, without the examples. */
  readonly received: readonly (readonly number[])[];
};

/**
 * A kind of layer: its settings, parameters, equations and JSON. Everything else (backpropagation, training, gradient
 * check, derivation, model files) follows from these.
 *
 * `Written` is the layer as it is written down, `Placed` the same at its place.
 */
export interface LayerKind<Written extends Layer = Layer, Placed extends NetworkLayer = NetworkLayer> {
  readonly name: string;
  /**
   * The layer at its place, and first values that were given, by parameter.
   *
   * @throws ShapeError, OptionError when the layer does not fit what it receives.
   */
  place(written: Written, position: Position): PlacedLayer<Placed>;
  /**
   * Its parameters. Called with new axes wherever the layer's equations are made, so that they share what they receive.
   *
   * @param received axes of what is received, without the examples.
   */
  parameters(placed: Placed, received: readonly (readonly Axis[])[]): readonly ParameterDeclaration[];
  /** Its equations, whose parameters have the axes that were declared. */
  equations(placed: Placed, received: Received): KindEquations;
  /** Its settings for a file, without what is at its default; `readJson` gives them back. */
  toJson(placed: Placed): Readonly<Record<string, unknown>>;
  /**
   * The layer in a file.
   *
   * @param received shapes of what it will receive, without the examples.
   * @throws NetworkError that names the place.
   */
  readJson(place: Place, received: readonly (readonly number[])[]): Written;
}

/** What `place` gives. */
export interface PlacedLayer<Placed extends NetworkLayer = NetworkLayer> {
  readonly layer: Placed;
  /** First values that are not to be drawn, row-major, by the parameter's name. */
  readonly given: Readonly<Record<string, Float64Array>>;
}
