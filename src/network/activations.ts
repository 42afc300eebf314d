import { OptionError } from "../errors.ts";
import {
  type Formula,
  functions,
  number,
  parseFormula,
  simplify,
  spellGreek,
  stabilize,
  substitute,
} from "../formula/index.ts";
import { nearest } from "./nearest.ts";

/** Names of the activations of this package. */
export type ActivationName = ElementwiseName | "softmax";

/** Values for the named constants of a formula: `{ slope: 0.2 }`. */
export type Parameters = Readonly<Record<string, number>>;

/** `a_j = f(z_j)`: a formula in `z`, applied to each neuron alone. */
export interface ElementwiseActivation {
  readonly kind: "elementwise";
  readonly name: string;
  /** The formula in `z` and the parameters, as written. */
  readonly text: string;
  readonly parameters: Parameters;
  /** The formula in `z` alone, in textbook form. */
  readonly formula: Formula;
  /** An equal formula that neither overflows nor cancels and is as short as can be; this one runs. */
  readonly stable: Formula;
}

/**
 * `a_j = e^(z_j) / Σ_k e^(z_k)`: every neuron depends on the whole layer, so it is made of several equations
 * (`softmax.ts`). Meant for the last layer, allowed in any.
 */
export interface SoftmaxActivation {
  readonly kind: "softmax";
  readonly name: "softmax";
}

/** How a layer's activation follows from its weighted input. */
export type Activation = ElementwiseActivation | SoftmaxActivation;

/** An activation that is applied to each weighted input by itself. */
export type ElementwiseName =
  | "identity"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leakyRelu"
  | "elu"
  | "selu"
  | "celu"
  | "gelu"
  | "geluTanh"
  | "silu"
  | "mish"
  | "softplus"
  | "softsign"
  | "hardSigmoid"
  | "hardTanh"
  | "relu6";

interface Definition {
  readonly text: string;
  readonly parameters?: Parameters;
  /** Weights whose variance suits it: see `initializers.ts`. Default "glorot". */
  readonly initializer?: "he" | "lecun";
}

/**
 * Every activation that acts on each neuron alone, in textbook form; derivatives and stable forms follow from it.
 * Names, constants and defaults are PyTorch's, and so are the derivatives at kinks:
 * ReLU′(0) = 0; leakyRelu′(0) = slope; elu′(0) = alpha; selu′(0) = scale·alpha; the flat side's 0 at the corners of
 * hardSigmoid (±3), hardTanh (±1) and relu6 (0, 6).
 */
const definitions: Readonly<Record<ElementwiseName, Definition>> = {
  identity: { text: "z" },
  sigmoid: { text: "1/(1 + e^(-z))" },
  tanh: { text: "tanh(z)" },
  relu: { text: "max(0, z)", initializer: "he" },
  leakyRelu: { text: "z > 0 ? z : slope*z", parameters: { slope: 0.01 }, initializer: "he" },
  elu: { text: "z > 0 ? z : alpha*(e^z - 1)", parameters: { alpha: 1 }, initializer: "he" },
  // Klambauer et al., "Self-normalizing neural networks" (2017), section 2: the fixed point of mean 0, variance 1.
  selu: {
    text: "z > 0 ? scale*z : scale*alpha*(e^z - 1)",
    parameters: { scale: 1.0507009873554805, alpha: 1.6732632423543772 },
    initializer: "lecun",
  },
  celu: { text: "z > 0 ? z : alpha*(e^(z/alpha) - 1)", parameters: { alpha: 1 }, initializer: "he" },
  // Hendrycks and Gimpel, "Gaussian error linear units" (2016): z·Φ(z), and its approximation by tanh.
  gelu: { text: "z/2*(1 + erf(z/sqrt(2)))", initializer: "he" },
  geluTanh: { text: "z/2*(1 + tanh(sqrt(2/pi)*(z + 0.044715*z^3)))", initializer: "he" },
  silu: { text: "z/(1 + e^(-z))", initializer: "he" },
  mish: { text: "z*tanh(log(1 + e^z))", initializer: "he" },
  softplus: { text: "log(1 + e^z)", initializer: "he" },
  softsign: { text: "z/(1 + abs(z))" },
  hardSigmoid: { text: "z <= -3 ? 0 : (z >= 3 ? 1 : z/6 + 1/2)" },
  hardTanh: { text: "z <= -1 ? -1 : (z >= 1 ? 1 : z)" },
  relu6: { text: "z <= 0 ? 0 : (z >= 6 ? 6 : z)", initializer: "he" },
};

const SOFTMAX: SoftmaxActivation = { kind: "softmax", name: "softmax" };

/** Every activation's name, elementwise ones first. */
export const activationNames: readonly ActivationName[] = [
  // The keys of a record over a union are that union; `Object.keys` cannot know.
  ...(Object.keys(definitions) as ElementwiseName[]),
  "softmax",
];

// Formulas are shared, so that each is parsed and differentiated once however many layers use it.
const builtIn = new Map<string, Activation>([["softmax", SOFTMAX]]);

/**
 * An activation of this package, with other parameters if you like: `activation("leakyRelu", { slope: 0.2 })`.
 *
 * @throws OptionError when name or parameter is unknown, or a parameter is not finite.
 */
export function activation(name: ActivationName, parameters?: Parameters): Activation;
/**
 * An activation of your own from its formula in `z`: `activation("swish2", "z/(1+e^(-c*z))", { c: 2 })`. Its derivative,
 * stable form and code on every engine follow from the formula; at a kink the derivative is that of the branch chosen.
 *
 * @throws FormulaError when the formula cannot be read or has a symbol other than `z` and the parameters.
 * @throws OptionError when the name is one of this package's, or a parameter's name means something else in formulas.
 */
export function activation(name: string, formula: string, parameters?: Parameters): Activation;
export function activation(name: string, formula?: string | Parameters, parameters: Parameters = {}): Activation {
  if (typeof formula === "function") {
    throw new OptionError({
      where: `activation "${name}"`,
      expected: "its formula as a text",
      got: "a function",
      advice: `Write activation("${name}", "max(0, z)"): its derivative is found from the text.`,
    });
  }
  if (typeof formula !== "string") return builtInActivation(name, formula ?? {});
  if (isActivationName(name)) {
    throw new OptionError({
      where: "activation",
      expected: "a name that is not taken",
      got: `"${name}"`,
      advice: "Choose another for your formula.",
    });
  }
  return elementwise(name, formula, checkedParameters(`activation "${name}"`, parameters, null));
}

/** True for the names in `activationNames`. */
export function isActivationName(name: string): name is ActivationName {
  return name === "softmax" || Object.hasOwn(definitions, name);
}

/** The family of initial weights that keeps the variance of activations and errors about equal from layer to layer. */
export function initializerFamily(activation: Activation): "glorot" | "he" | "lecun" {
  const { name } = activation;
  // `isActivationName` has settled that the name is a key.
  return isActivationName(name) && name !== "softmax" ? (definitions[name].initializer ?? "glorot") : "glorot";
}

function builtInActivation(name: string, parameters: Parameters): Activation {
  if (!isActivationName(name)) {
    throw new OptionError({
      where: "activation",
      expected: `one of ${activationNames.join(", ")}`,
      got: `"${name}"`,
      advice: `${nearest(name, activationNames)} For a new one, give its formula: activation("${name}", "max(0, z)").`,
    });
  }
  const definition: Definition = name === "softmax" ? { text: "" } : definitions[name];
  const where = `activation "${name}"`;
  const settled = checkedParameters(where, parameters, Object.keys(definition.parameters ?? {}));
  const isDefault = Object.keys(parameters).length === 0;
  const known = isDefault ? builtIn.get(name) : undefined;
  if (known !== undefined) return known;
  const made = elementwise(name, definition.text, { ...definition.parameters, ...settled });
  if (isDefault) builtIn.set(name, made);
  return made;
}

function elementwise(name: string, text: string, parameters: Parameters): ElementwiseActivation {
  const formula = formulaWithParameters(text, ["z"], parameters);
  return { kind: "elementwise", name, text, parameters, formula, stable: simplify(stabilize(formula)) };
}

/**
 * Reads a formula in `symbols` and the names of `parameters`, and puts in the values of the latter. A parameter's Greek
 * letters are their names, as in the formula: `η` is `eta`.
 *
 * @throws FormulaError when it cannot be read or has another symbol.
 * @throws OptionError when a parameter's name is a symbol's, a constant's, a function's or another parameter's.
 */
export function formulaWithParameters(text: string, symbols: readonly string[], parameters: Parameters): Formula {
  // A function's other names may be taken: `sigma` is a common width.
  const reserved = [...symbols, "e", "pi"];
  const values = new Map<string, Formula>();
  for (const [written, value] of Object.entries(parameters)) {
    const name = spellGreek(written);
    if (reserved.includes(name) || Object.hasOwn(functions, name) || values.has(name)) {
      const taken = values.has(name) ? [...reserved, name] : reserved;
      throw new OptionError({
        where: `formula "${text}"`,
        expected: `parameters with names other than ${taken.join(", ")} and those of functions`,
        got: `"${written}"`,
        advice: "Rename it.",
      });
    }
    values.set(name, number(value));
  }
  return substitute(parseFormula(text, { symbols: [...symbols, ...values.keys()] }), values);
}

/**
 * The parameters, when each is finite and among `known` (null: any name).
 *
 * @throws OptionError otherwise.
 */
export function checkedParameters(where: string, parameters: Parameters, known: readonly string[] | null): Parameters {
  for (const [name, value] of Object.entries(parameters)) {
    if (known !== null && !known.includes(name)) {
      throw new OptionError(
        known.length === 0
          ? { where, expected: "no parameter", got: `"${name}"`, advice: "Leave it out." }
          : { where, expected: known.join(" or "), got: `"${name}"`, advice: nearest(name, known) },
      );
    }
    if (!Number.isFinite(value)) {
      throw new OptionError({
        where,
        expected: `a finite ${name}`,
        got: String(value),
        advice: "Give a number such as 0.1.",
      });
    }
  }
  return parameters;
}
