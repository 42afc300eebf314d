import { OptionError } from "../errors.ts";
import type { Formula } from "../formula/index.ts";
import { checkedParameters, formulaWithParameters, type Parameters } from "./activations.ts";
import { checkOptions } from "./known-options.ts";
import { nearest } from "./nearest.ts";

/** Names of the costs of this package. */
export type CostName =
  | "quadratic"
  | "meanSquaredError"
  | "meanAbsoluteError"
  | "huber"
  | "logCosh"
  | "crossEntropy"
  | "binaryCrossEntropy"
  | "poisson"
  | "hinge";

/** How one example's cost comes from its outputs: `C_x = Σ_j c(a_j, t_j)`, or the mean of it over the outputs j. */
export interface Cost {
  readonly name: string;
  /** c as a formula in `a` and `t` and the parameters, as written. */
  readonly text: string;
  readonly parameters: Parameters;
  /** c as a formula in `a` and `t` alone. */
  readonly formula: Formula;
  readonly over: "sum" | "mean";
  /** Target of the outputs of other classes when a target is a class label; that of its own class is 1. */
  readonly otherClasses: 0 | -1;
}

interface Definition {
  readonly text: string;
  readonly over: "sum" | "mean";
  readonly parameters?: Parameters;
  readonly otherClasses?: -1;
}

/** Every cost. The cost C of a batch is the mean of the examples' costs. */
const definitions: Readonly<Record<CostName, Definition>> = {
  // Nielsen, "Neural networks and deep learning", chapter 1, equation 6.
  quadratic: { text: "1/2 (a - t)^2", over: "sum" },
  meanSquaredError: { text: "(a - t)^2", over: "mean" },
  meanAbsoluteError: { text: "abs(a - t)", over: "mean" },
  huber: {
    text: "abs(a - t) <= delta ? 1/2 (a - t)^2 : delta*(abs(a - t) - delta/2)",
    over: "mean",
    parameters: { delta: 1 },
  },
  logCosh: { text: "log(cosh(a - t))", over: "mean" },
  crossEntropy: { text: "-t*log(a)", over: "sum" },
  // Nielsen, chapter 3, equation 57.
  binaryCrossEntropy: { text: "-(t*log(a) + (1 - t)*log(1 - a))", over: "sum" },
  poisson: { text: "a - t*log(a)", over: "mean" },
  hinge: { text: "max(0, 1 - t*a)", over: "mean", otherClasses: -1 },
};

/** Every cost's name. */
// The keys of a record over a union are that union; `Object.keys` cannot know.
export const costNames: readonly CostName[] = Object.keys(definitions) as CostName[];

const builtIn = new Map<CostName, Cost>();

/** What a cost of your own is, beside its formula. */
export interface CostOptions {
  /** Default "sum". */
  readonly over?: "sum" | "mean";
  readonly parameters?: Parameters;
}

/**
 * A cost of this package, with other parameters if you like: `cost("huber", { delta: 0.5 })`.
 *
 * @throws OptionError when name or parameter is unknown, or a parameter is not finite.
 */
export function cost(name: CostName, parameters?: Parameters): Cost;
/**
 * A cost of your own: c as a formula in the activation `a` and the target `t` of one output, added up over the outputs
 * or averaged: `cost("quartic", "(a - t)^4", { over: "mean" })`.
 *
 * @throws FormulaError when the formula cannot be read or has a symbol other than `a`, `t` and the parameters.
 * @throws OptionError when the name is one of this package's, `over` is neither "sum" nor "mean", or a parameter's name
 * means something else in formulas.
 */
export function cost(name: string, formula: string, options?: CostOptions): Cost;
export function cost(name: string, formula?: string | Parameters, options: CostOptions = {}): Cost {
  if (typeof formula === "function") {
    throw new OptionError({
      where: `cost "${name}"`,
      expected: "its formula as a text",
      got: "a function",
      advice: `Write cost("${name}", "(a - t)^2"): its derivative is found from the text.`,
    });
  }
  if (typeof formula !== "string") return builtInCost(name, formula ?? {});
  if (isCostName(name)) {
    throw new OptionError({
      where: "cost",
      expected: "a name that is not taken",
      got: `"${name}"`,
      advice: "Choose another for your formula.",
    });
  }
  checkOptions(`cost "${name}"`, options, { over: true, parameters: true });
  const { over = "sum", parameters = {} } = options;
  if (over !== "sum" && over !== "mean") {
    throw new OptionError({
      where: `cost "${name}"`,
      expected: 'over "sum" or "mean"',
      got: JSON.stringify(over),
      advice: "Choose one.",
    });
  }
  return made(name, { text: formula, over, parameters: checkedParameters(`cost "${name}"`, parameters, null) });
}

/** True for the names in `costNames`. */
export function isCostName(name: string): name is CostName {
  return Object.hasOwn(definitions, name);
}

function builtInCost(name: string, parameters: Parameters): Cost {
  if (!isCostName(name)) {
    throw new OptionError({
      where: "cost",
      expected: `one of ${costNames.join(", ")}`,
      got: `"${name}"`,
      advice: `${nearest(name, costNames)} For a new one, give its formula: cost("${name}", "(a - t)^2").`,
    });
  }
  const definition = definitions[name];
  const settled = checkedParameters(`cost "${name}"`, parameters, Object.keys(definition.parameters ?? {}));
  const isDefault = Object.keys(parameters).length === 0;
  const known = isDefault ? builtIn.get(name) : undefined;
  if (known !== undefined) return known;
  const result = made(name, { ...definition, parameters: { ...definition.parameters, ...settled } });
  if (isDefault) builtIn.set(name, result);
  return result;
}

function made(name: string, definition: Definition): Cost {
  const { text, over, parameters = {}, otherClasses = 0 } = definition;
  return { name, text, parameters, formula: formulaWithParameters(text, ["a", "t"], parameters), over, otherClasses };
}
