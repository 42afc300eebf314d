import { OptionError } from "../../errors.ts";
import { isObject, shown } from "../../tree/reader.ts";
import { nearest } from "../../network/nearest.ts";
import { parseFormula } from "../../formula/index.ts";
import type { Formula } from "../../formula/tree.ts";

/** Names of the update rules of this package. */
export type UpdateRuleName =
  | "sgd"
  | "momentum"
  | "nesterov"
  | "rmsprop"
  | "adagrad"
  | "adadelta"
  | "adam"
  | "adamw"
  | "nadam"
  | "amsgrad"
  | "lion";

/**
 * How a rule is written: formulas in
 * - `w`, the parameter; `g`, its gradient `∂C/∂w`; `eta`, the learning rate η; `t`, the number of the step, from 1;
 * - the settings, fixed numbers such as `beta1`;
 * - the scalars and the state, under their own names.
 *
 * The equations apply in the order they are written, like assignments: a name on the right stands for its newest value,
 * so its own equation, and those before it, see the value of the step before. `g` may be assigned too. Everything starts
 * at 0. A state whose old value no equation reads is only a name for a formula, and is not kept.
 */
export interface UpdateRuleDefinition {
  /** Settings and their defaults. */
  readonly settings?: Readonly<Record<string, number>>;
  /** Numbers kept from step to step and computed once a step, in float64: formulas in `t`, `eta`, settings, scalars. */
  readonly scalars?: Readonly<Record<string, string>>;
  /** Tensors kept from step to step, of the parameter's shape. */
  readonly state?: Readonly<Record<string, string>>;
  /** The new value of `w`. */
  readonly update: string;
  /** η when the training options give none. Default 0.01. */
  readonly learningRate?: number;
}

/** A name and the formula of its new value. */
export interface Equation {
  readonly name: string;
  readonly formula: Formula;
}

/** An update rule: how a parameter's new value follows from its old one and the gradient. */
export interface UpdateRule {
  readonly name: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly learningRate: number;
  /** In the order they apply. */
  readonly scalars: readonly Equation[];
  /** In the order they apply. */
  readonly state: readonly Equation[];
  readonly update: Formula;
}

/** What the gradient becomes where `weightDecay` (λ) is an L2 penalty: that of `C + λ/2 Σw²`. */
const DECAYED = "g + weightDecay*w";
const MOMENTS = { m: "beta1*m + (1 - beta1)*g", v: "beta2*v + (1 - beta2)*g^2" } as const;
const ADAM_SETTINGS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
/** Adam's step: η, bias corrected, along m/√v, v bias corrected. */
const ADAM_STEP = "eta/(1 - beta1^t)*m/(sqrt(v)/sqrt(1 - beta2^t) + epsilon)";

/** Every update rule, with PyTorch's equations and defaults. */
const definitions: Readonly<Record<UpdateRuleName, UpdateRuleDefinition>> = {
  // Robbins and Monro, "A stochastic approximation method" (1951); Nielsen, chapter 1, equation 16: w ← w − η ∂C/∂w.
  sgd: { settings: { weightDecay: 0 }, state: { g: DECAYED }, update: "w - eta*g" },
  // Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
  momentum: {
    settings: { momentum: 0.9, weightDecay: 0 },
    state: { g: DECAYED, v: "momentum*v + g" },
    update: "w - eta*v",
  },
  // Nesterov (1983), as Sutskever et al., "On the importance of initialization and momentum" (2013), write it.
  nesterov: {
    settings: { momentum: 0.9, weightDecay: 0 },
    state: { g: DECAYED, v: "momentum*v + g" },
    update: "w - eta*(g + momentum*v)",
  },
  // Tieleman and Hinton, "Neural networks for machine learning", lecture 6e (2012).
  rmsprop: {
    settings: { decay: 0.99, epsilon: 1e-8, momentum: 0, weightDecay: 0 },
    state: { g: DECAYED, s: "decay*s + (1 - decay)*g^2", v: "momentum*v + g/(sqrt(s) + epsilon)" },
    update: "w - eta*v",
  },
  // Duchi, Hazan, Singer, "Adaptive subgradient methods" (2011).
  adagrad: {
    settings: { epsilon: 1e-10, weightDecay: 0 },
    state: { g: DECAYED, s: "s + g^2" },
    update: "w - eta*g/(sqrt(s) + epsilon)",
  },
  // Zeiler, "Adadelta: an adaptive learning rate method" (2012), algorithm 1: d is the step, u its mean square.
  adadelta: {
    settings: { decay: 0.9, epsilon: 1e-6, weightDecay: 0 },
    state: {
      g: DECAYED,
      s: "decay*s + (1 - decay)*g^2",
      d: "sqrt(u + epsilon)/sqrt(s + epsilon)*g",
      u: "decay*u + (1 - decay)*d^2",
    },
    update: "w - eta*d",
    learningRate: 1,
  },
  // Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.
  adam: {
    settings: { ...ADAM_SETTINGS, weightDecay: 0 },
    state: { g: DECAYED, ...MOMENTS },
    update: `w - ${ADAM_STEP}`,
    learningRate: 0.001,
  },
  // Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), algorithm 2.
  adamw: {
    settings: { ...ADAM_SETTINGS, weightDecay: 0.01 },
    state: MOMENTS,
    update: `(1 - eta*weightDecay)*w - ${ADAM_STEP}`,
    learningRate: 0.001,
  },
  // Dozat, "Incorporating Nesterov momentum into Adam" (2016): mu is this step's momentum, product that of all so far.
  nadam: {
    settings: { ...ADAM_SETTINGS, momentumDecay: 0.004, weightDecay: 0 },
    scalars: {
      mu: "beta1*(1 - 0.5*0.96^(t*momentumDecay))",
      next: "beta1*(1 - 0.5*0.96^((t + 1)*momentumDecay))",
      product: "t == 1 ? mu : product*mu",
    },
    state: { g: DECAYED, ...MOMENTS, r: "sqrt(v)/sqrt(1 - beta2^t) + epsilon" },
    update: "w - eta*(1 - mu)/(1 - product)*g/r - eta*next/(1 - product*next)*m/r",
    learningRate: 0.002,
  },
  // Reddi, Kale, Kumar, "On the convergence of Adam and beyond" (2018): h is the largest v so far.
  amsgrad: {
    settings: { ...ADAM_SETTINGS, weightDecay: 0 },
    state: { g: DECAYED, ...MOMENTS, h: "max(h, v)" },
    update: "w - eta/(1 - beta1^t)*m/(sqrt(h)/sqrt(1 - beta2^t) + epsilon)",
    learningRate: 0.001,
  },
  // Chen et al., "Symbolic discovery of optimization algorithms" (2023), algorithm 2.
  lion: {
    settings: { beta1: 0.9, beta2: 0.99, weightDecay: 0 },
    state: { c: "beta1*m + (1 - beta1)*g", m: "beta2*m + (1 - beta2)*g" },
    update: "w - eta*(sign(c) + weightDecay*w)",
    learningRate: 0.0001,
  },
};

/** Every update rule's name. */
// The keys of a record over a union are that union; `Object.keys` cannot know.
export const updateRuleNames: readonly UpdateRuleName[] = Object.keys(definitions) as UpdateRuleName[];

/** True for the names in `updateRuleNames`. */
export function isUpdateRuleName(name: string): name is UpdateRuleName {
  return Object.hasOwn(definitions, name);
}

/**
 * An update rule of this package, with other settings if you like: `updateRule("adam", { beta1: 0.8 })`.
 *
 * @throws OptionError when name or setting is unknown, or a setting is out of its range.
 */
export function updateRule(name: UpdateRuleName, settings?: Readonly<Record<string, number>>): UpdateRule;
/**
 * A rule of your own, from its formulas: `updateRule("heavyBall", { settings: { mu: 0.9 }, state: { v: "mu*v + g" },
 * update: "w - eta*v" })`.
 *
 * @throws FormulaError when a formula cannot be read or uses a name that the rule does not define.
 * @throws OptionError when a name is taken.
 */
export function updateRule(name: string, definition: UpdateRuleDefinition): UpdateRule;
export function updateRule(
  name: string,
  given: UpdateRuleDefinition | Readonly<Record<string, number>> = {},
): UpdateRule {
  // A definition is told from settings by its `update`, which is a text and no number.
  if (typeof given["update"] !== "string") return builtInRule(name, given as Readonly<Record<string, number>>);
  if (isUpdateRuleName(name)) {
    throw new OptionError(
      `updateRule: expected a name that is not taken, got "${name}". Choose another for your formulas.`,
    );
  }
  return readRule(name, given as UpdateRuleDefinition);
}

function builtInRule(name: string, settings: Readonly<Record<string, number>>): UpdateRule {
  if (!isUpdateRuleName(name)) {
    throw new OptionError(
      `updateRule: expected one of ${updateRuleNames.join(", ")}, got ${shown(name)}.` +
        `${nearest(name, updateRuleNames)} For a new one, give its formulas.`,
    );
  }
  const definition = definitions[name];
  const known = definition.settings ?? {};
  for (const [key, value] of Object.entries(settings)) {
    const where = `updateRule "${name}"`;
    if (!Object.hasOwn(known, key)) {
      throw new OptionError(
        `${where}: expected settings among ${Object.keys(known).join(", ")}, got "${key}". ` +
          "The learning rate is an option of the training.",
      );
    }
    const isShare = key.startsWith("beta") || key === "decay";
    if (typeof value !== "number" || !(value >= 0 && value < (isShare ? 1 : Infinity))) {
      const range = isShare ? "from 0 up to but not including 1" : "of 0 or more";
      throw new OptionError(`${where}: expected ${key} ${range}, got ${String(value)}. Its default is ${known[key]}.`);
    }
  }
  return readRule(name, { ...definition, settings: { ...known, ...settings } });
}

/** Names with a meaning of their own. Of these, only the gradient may be assigned. */
const RESERVED: readonly string[] = ["w", "eta", "t", "e", "pi"];

function readRule(name: string, definition: UpdateRuleDefinition): UpdateRule {
  const { settings = {}, scalars = {}, state = {}, update, learningRate = 0.01 } = definition;
  const where = `updateRule "${name}"`;
  const named = [...Object.keys(settings), ...Object.keys(scalars), ...Object.keys(state)];
  for (const [i, each] of named.entries()) {
    const isTaken =
      RESERVED.includes(each) || named.indexOf(each) !== i || (each === "g" && !Object.hasOwn(state, "g"));
    if (!isTaken) continue;
    throw new OptionError(`${where}: expected a name that is not taken, got "${each}" twice. Rename one of the two.`);
  }
  for (const [key, value] of [...Object.entries(settings), ["learningRate", learningRate] as const]) {
    if (Number.isFinite(value)) continue;
    throw new OptionError(`${where}: expected a finite ${key}, got ${String(value)}. Give a number.`);
  }
  const scalarSymbols = ["t", "eta", ...Object.keys(settings), ...Object.keys(scalars)];
  const symbols = [...new Set(["w", "g", ...scalarSymbols, ...Object.keys(state)])];
  const read = (texts: Readonly<Record<string, string>>, allowed: readonly string[]): Equation[] =>
    Object.entries(texts).map(([key, text]) => ({ name: key, formula: parseFormula(text, { symbols: allowed }) }));
  return {
    name,
    settings,
    learningRate,
    scalars: read(scalars, scalarSymbols),
    state: read(state, symbols),
    update: parseFormula(update, { symbols }),
  };
}

/** A rule from its name, or as it is when already one. @throws OptionError when the name is unknown. */
export function updateRuleFrom(given: UpdateRuleName | UpdateRule): UpdateRule {
  if (typeof given === "string") return builtInRule(given, {});
  if (isObject(given) && typeof given["learningRate"] === "number" && isObject(given["settings"])) return given;
  throw new OptionError(
    `optimizer: expected a name, or what updateRule() makes, got ${shown(given)}. ` +
      'Write optimizer: "adam", with learningRate beside it; other settings are in updateRule("adam", { beta1: 0.8 }).',
  );
}
