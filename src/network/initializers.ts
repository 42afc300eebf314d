import { OptionError } from "../errors.ts";
import { fillNormal, fillUniform, initialWeightsStream } from "../random/index.ts";
import { type Activation, initializerFamily } from "./activations.ts";
import { nearest } from "./nearest.ts";

/** How a layer's first weights are drawn. Biases start at 0. */
export type Initializer =
  | { readonly name: ScaledName | "zeros" }
  /** Uniform in [−range, range). */
  | { readonly name: "uniform"; readonly range: number }
  /** Normal with mean 0. */
  | { readonly name: "normal"; readonly deviation: number };

/** Initializers whose deviation follows from the widths. */
export type ScaledName = "glorotUniform" | "glorotNormal" | "heUniform" | "heNormal" | "lecunUniform" | "lecunNormal";

/** Names of the initializers. */
export type InitializerName = Initializer["name"];

/** Inputs and outputs of each neuron's layer: `n_(l−1)` and `n_l`. */
interface Widths {
  readonly inputs: number;
  readonly units: number;
}

/**
 * Standard deviation of the weights, by family, for which activations (and for Glorot, errors too) keep their variance
 * from layer to layer.
 */
const deviations: Readonly<Record<"glorot" | "he" | "lecun", (widths: Widths) => number>> = {
  // Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 12.
  glorot: ({ inputs, units }) => Math.sqrt(2 / (inputs + units)),
  // He et al., "Delving deep into rectifiers" (2015), equation 10.
  he: ({ inputs }) => Math.sqrt(2 / inputs),
  // LeCun et al., "Efficient backprop" (1998), section 4.6.
  lecun: ({ inputs }) => Math.sqrt(1 / inputs),
};

const scaled: Readonly<Record<ScaledName, readonly [family: keyof typeof deviations, shape: "uniform" | "normal"]>> = {
  glorotUniform: ["glorot", "uniform"],
  glorotNormal: ["glorot", "normal"],
  heUniform: ["he", "uniform"],
  heNormal: ["he", "normal"],
  lecunUniform: ["lecun", "uniform"],
  lecunNormal: ["lecun", "normal"],
};

/** Every initializer's name. */
export const initializerNames: readonly InitializerName[] = [
  // The keys of a record over a union are that union; `Object.keys` cannot know.
  ...(Object.keys(scaled) as ScaledName[]),
  "uniform",
  "normal",
  "zeros",
];

/** What a layer with this activation gets when nothing is asked for: He for ReLU and its kin, LeCun for SELU, else Glorot. */
export function defaultInitializer(activation: Activation): Initializer {
  switch (initializerFamily(activation)) {
    case "he":
      return { name: "heUniform" };
    case "lecun":
      // The derivation of SELU assumes normal weights.
      return { name: "lecunNormal" };
    case "glorot":
      return { name: "glorotUniform" };
  }
}

/**
 * An initializer from its name, or as it is when already one.
 *
 * @param where what the message blames.
 * @throws OptionError when the name is unknown, or `range` or `deviation` is not a positive number.
 */
export function initializerFrom(where: string, given: InitializerName | Initializer): Initializer {
  const initializer = typeof given === "string" ? { name: given } : given;
  const { name } = initializer;
  if (!initializerNames.includes(name)) {
    throw new OptionError({
      where,
      expected: `one of ${initializerNames.join(", ")}`,
      got: JSON.stringify(name),
      advice: `${nearest(name, initializerNames)} Choose one of them.`,
    });
  }
  if (name === "uniform") return { name, range: positive(where, "range", initializer) };
  if (name === "normal") return { name, deviation: positive(where, "deviation", initializer) };
  return { name };
}

/** Which numbers a parameter's first values are. */
export interface Drawing {
  readonly seed: number;
  /** 1 … L */
  readonly layer: number;
  /** Which of its layer's parameters it is, from 0. */
  readonly position: number;
}

/**
 * First values of a parameter, row-major, from its own random stream: they depend on the seed, the layer, the place among
 * the layer's parameters and the shape alone. Units count along the first axis, their inputs along the others. Rounded to
 * float32, so that every engine starts from the very same numbers.
 */
export function initialValues(
  { initializer, shape }: { readonly initializer: Initializer; readonly shape: readonly number[] },
  { seed, layer, position }: Drawing,
): Float64Array {
  const [units = 1, ...others] = shape;
  const inputs = others.reduce((product, size) => product * size, 1);
  return drawn(initializer, { inputs, units }, { seed, stream: initialWeightsStream(layer, position) });
}

function drawn(
  initializer: Initializer,
  widths: Widths,
  sequence: { readonly seed: number; readonly stream: number },
): Float64Array {
  const weights = new Float64Array(widths.units * widths.inputs);
  const { shape, scale } = distribution(initializer, widths);
  if (scale === 0) return weights;
  if (shape === "uniform") {
    fillUniform(weights, sequence);
    return weights.map((u) => Math.fround((2 * u - 1) * scale));
  }
  fillNormal(weights, sequence);
  return weights.map((x) => Math.fround(x * scale));
}

/** Uniform in [−scale, scale), or normal with deviation `scale`. */
function distribution(initializer: Initializer, widths: Widths): { shape: "uniform" | "normal"; scale: number } {
  switch (initializer.name) {
    case "zeros":
      return { shape: "uniform", scale: 0 };
    case "uniform":
      return { shape: "uniform", scale: initializer.range };
    case "normal":
      return { shape: "normal", scale: initializer.deviation };
    default: {
      const [family, shape] = scaled[initializer.name];
      const deviation = deviations[family](widths);
      // The variance of numbers uniform in [−r, r] is r²/3.
      return { shape, scale: shape === "uniform" ? Math.sqrt(3) * deviation : deviation };
    }
  }
}

function positive(where: string, key: "range" | "deviation", initializer: object): number {
  // The object may come from a file or from JavaScript, so its keys are looked up, not trusted.
  const value = (initializer as Readonly<Record<string, unknown>>)[key];
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  throw new OptionError({
    where,
    expected: `a ${key} above 0`,
    got: value === undefined ? "none" : JSON.stringify(value),
    advice: `Write { name: ..., ${key}: 0.05 }.`,
  });
}
