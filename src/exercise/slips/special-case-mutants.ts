import {
  application,
  call,
  compare,
  type Derivative,
  type Formula,
  multiply,
  number,
  power,
  rewriteFormula,
  scripted,
  subtract,
} from "../../formula/index.ts";
import { changedOnce, isQuantity, type Mutant } from "./mutant.ts";

/**
 * What is right for one cost or one activation only, where the key is general: `a_j^L - t_j` for `∂C/∂a_j^L`, `a(1 - a)`
 * for `f'(z)`, and both at once, as textbooks give them for their examples.
 */
export function* rightInSpecialCase(formula: Formula): Iterable<Mutant> {
  const quadratic = withQuadraticCost(formula);
  yield {
    slip: "only-quadratic-cost",
    formula: quadratic,
    message: "That holds for the quadratic cost only; C is any cost here.",
  };
  yield* changedOnce(formula, (part) => {
    if (part.kind !== "operation" || part.operator !== "*") return [];
    const gradient = [part.left, part.right].find((factor) => factor.kind === "derivative");
    const hasSlope = [part.left, part.right].some((factor) => factor.kind === "application" && factor.primes === 1);
    if (gradient === undefined || !hasSlope || !isByActivation(gradient)) return [];
    const message = "That holds for cross-entropy with softmax or the sigmoid only; C and f are general here.";
    return [{ slip: "only-cross-entropy", formula: outputMinusTarget(gradient), message }];
  });
  for (const { name, derivative } of activations) {
    const special = rewriteFormula(formula, (part) =>
      part.kind === "application" && part.primes === 1 && part.name === "f" ? derivative(part.argument) : part,
    );
    yield {
      slip: `only-${name}`,
      formula: special,
      message: `That holds for ${spoken[name]} only; f is any activation here.`,
    };
    yield {
      slip: `only-quadratic-cost-and-${name}`,
      formula: withQuadraticCost(special),
      message: `That holds for the quadratic cost with ${spoken[name]} only; C and f are general here.`,
    };
  }
}

const spoken = { sigmoid: "the sigmoid", tanh: "tanh", relu: "ReLU" };
const one = number(1);
const sigmoidSlope = (value: Formula): Formula => multiply(value, subtract(one, value));
const tanhSlope = (value: Formula): Formula => subtract(one, power(value, number(2)));

/** f′ of the activations that are taken for any, with a = f(z), and with the function by its name. */
const activations: readonly { readonly name: keyof typeof spoken; readonly derivative: (z: Formula) => Formula }[] = [
  { name: "sigmoid", derivative: (z) => sigmoidSlope(application("f", z)) },
  { name: "sigmoid", derivative: (z) => sigmoidSlope(call("sigmoid", z)) },
  { name: "tanh", derivative: (z) => tanhSlope(application("f", z)) },
  { name: "tanh", derivative: (z) => tanhSlope(call("tanh", z)) },
  { name: "relu", derivative: (z) => compare(">", z, number(0)) },
];

function withQuadraticCost(formula: Formula): Formula {
  return rewriteFormula(formula, (part) => (isByActivation(part) ? outputMinusTarget(part) : part));
}

function isByActivation(formula: Formula): formula is Derivative {
  return formula.kind === "derivative" && isQuantity(formula.by) && formula.by.name === "a";
}

/** `a_j^L - t_j` for `∂C/∂a_j^L`. */
function outputMinusTarget({ by }: Derivative): Formula {
  return subtract(by, scripted("t", by.indices, null));
}
