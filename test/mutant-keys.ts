import {
  add,
  application,
  derivative,
  divide,
  type Formula,
  multiply,
  number,
  parseFormula,
  scripted,
  subtract,
  summation,
  symbol,
  type SymbolFormula,
} from "../src/formula/index.ts";
import type { AboutKey } from "../src/exercise/slips/mutants.ts";

/** A key of a bundled sheet, for the tests of mutants. */
export interface KeyCase {
  readonly name: string;
  readonly key: Formula;
  readonly about: AboutKey;
}

const l = symbol("l");
const L = symbol("L");
const next = add(l, number(1));
const before = subtract(l, number(1));
const cost = scripted("C", [], null);

function quantity(name: string, indices: string, layer: Formula | null): SymbolFormula {
  return scripted(name, [...indices].map(symbol), layer);
}

const slope = (indices: string, layer: Formula): Formula => application("f", quantity("z", indices, layer), 1);
const weightGradient = derivative(cost, quantity("w", "jk", l));
const w1 = scripted("w_1", [], null);
const w = scripted("w", [], null);
const wGradient = derivative(cost, w);

const deltaOutput: KeyCase = {
  name: "delta-output",
  key: multiply(derivative(cost, quantity("a", "j", L)), slope("j", L)),
  about: { asked: quantity("delta", "j", L) },
};

const deltaHidden: KeyCase = {
  name: "delta-hidden",
  key: summation("k", multiply(multiply(quantity("w", "kj", next), quantity("delta", "k", next)), slope("j", l))),
  about: { asked: quantity("delta", "j", l) },
};

const gradientWeight: KeyCase = {
  name: "gradient-weight",
  key: multiply(quantity("a", "k", before), quantity("delta", "j", l)),
  about: { asked: weightGradient },
};

const gradientBias: KeyCase = {
  name: "gradient-bias",
  key: quantity("delta", "j", l),
  about: { asked: derivative(cost, quantity("b", "j", l)) },
};

const costSlope: KeyCase = {
  name: "cost-slope",
  key: subtract(quantity("a", "j", L), quantity("t", "j", null)),
  about: { asked: derivative(cost, quantity("a", "j", L)) },
};

const deltaQuadratic: KeyCase = {
  name: "delta-quadratic",
  key: multiply(costSlope.key, slope("j", L)),
  about: { asked: quantity("delta", "j", L) },
};

const sigmoidDerivative: KeyCase = {
  name: "sigmoid-derivative",
  key: parseFormula("e^(-z)/(1+e^(-z))^2"),
  about: {
    asked: application("sigma", symbol("z"), 1),
    forms: [parseFormula("sigma(z)*(1-sigma(z))"), parseFormula("1/(2+e^z+e^(-z))")],
  },
};

const tanhDerivative: KeyCase = {
  name: "tanh-derivative",
  key: parseFormula("1-tanh(z)^2"),
  about: { asked: application("tanh", symbol("z"), 1) },
};

const softplusDerivative: KeyCase = {
  name: "softplus-derivative",
  key: parseFormula("1/(1+e^(-z))"),
  about: { asked: application("softplus", symbol("z"), 1) },
};

const leakyDerivative: KeyCase = {
  name: "leaky-derivative",
  key: parseFormula("z > 0 ? 1 : slope"),
  about: { asked: null },
};

const chainRule: KeyCase = {
  name: "chain-rule",
  key: parseFormula("2*z*e^(z^2)"),
  about: { asked: application("g", symbol("z"), 1), forms: [] },
};

const reluPositive: KeyCase = {
  name: "relu-positive",
  key: number(1),
  about: { asked: application("relu", symbol("z"), 1) },
};

const reluNegative: KeyCase = {
  name: "relu-negative",
  key: number(0),
  about: { asked: application("relu", symbol("z"), 1) },
};

const sgdUpdate: KeyCase = {
  name: "sgd-update",
  key: subtract(w1, multiply(symbol("eta"), derivative(cost, w1))),
  about: { asked: null, symbols: ["w_1", "w_2", "b", "eta"] },
};

const momentumVelocity: KeyCase = {
  name: "momentum-velocity",
  key: subtract(multiply(symbol("mu"), symbol("v")), multiply(symbol("eta"), derivative(cost, w1))),
  about: { asked: null },
};

const weightDecay: KeyCase = {
  name: "weight-decay",
  key: parseFormula("w - eta*(g + lambda*w)"),
  about: { asked: null },
};

const decayedGradient: KeyCase = {
  name: "decayed-gradient",
  key: subtract(w, multiply(symbol("eta"), add(wGradient, multiply(symbol("lambda"), w)))),
  about: { asked: null },
};

const lookAhead: KeyCase = {
  name: "look-ahead",
  key: subtract(w, multiply(symbol("eta"), add(multiply(symbol("mu"), symbol("v")), wGradient))),
  about: { asked: null },
};

const adamFirstStep: KeyCase = {
  name: "adam-first-step",
  key: parseFormula("w - eta*g/(abs(g) + epsilon)"),
  about: { asked: null },
};

const contraction: KeyCase = { name: "contraction", key: parseFormula("1 - eta*c"), about: { asked: null } };

const bentDerivative: KeyCase = {
  name: "bent-derivative",
  key: parseFormula("1/(1+z)^2"),
  about: { asked: application("bent", symbol("z"), 1) },
};

const leakyNegative: KeyCase = {
  name: "leaky-negative",
  key: number(0.1),
  about: { asked: application("leaky", symbol("z"), 1) },
};

const output = quantity("a", "j", L);
const outputSlope = multiply(output, subtract(number(1), output));

const crossEntropySlope: KeyCase = {
  name: "cross-entropy-slope",
  key: divide(costSlope.key, outputSlope),
  about: { asked: derivative(cost, output) },
};

const deltaQuadraticSigmoid: KeyCase = {
  name: "delta-quadratic-sigmoid",
  key: multiply(multiply(costSlope.key, output), subtract(number(1), output)),
  about: { asked: quantity("delta", "j", L) },
};

export const keys: readonly KeyCase[] = [
  deltaOutput,
  deltaHidden,
  gradientWeight,
  gradientBias,
  costSlope,
  deltaQuadratic,
  sigmoidDerivative,
  tanhDerivative,
  softplusDerivative,
  leakyDerivative,
  chainRule,
  reluPositive,
  reluNegative,
  sgdUpdate,
  momentumVelocity,
  weightDecay,
  decayedGradient,
  lookAhead,
  adamFirstStep,
  contraction,
  bentDerivative,
  leakyNegative,
  crossEntropySlope,
  deltaQuadraticSigmoid,
];
