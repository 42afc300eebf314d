import { OptionError } from "../errors.ts";
import { compileFormula, postorder } from "../formula/index.ts";
import type { Activation } from "./activations.ts";
import { type Cost, isCostName } from "./costs.ts";

/** What the cost judges: the answers of the last layer. */
export interface JudgedLayer {
  readonly units: number;
  readonly activation: Activation;
}

/**
 * True when `c(a, t)` takes the logarithm of the answers: then these must stay above 0, with `binaryCrossEntropy` also
 * below 1. The logarithm of a hyperbolic cosine is finite everywhere, and is none.
 */
export function takesLogarithm(cost: Cost): boolean {
  return postorder(cost.formula).some(
    (part) => part.kind === "call" && (part.name === "log" || part.name === "log1p") && !isOfCosh(part),
  );
}

function isOfCosh(part: { readonly arguments: readonly { readonly kind: string; readonly name?: string }[] }): boolean {
  const [inner] = part.arguments;
  return inner?.kind === "call" && inner.name === "cosh";
}

/** Beyond, a sigmoid is 1 in float64 without ever being it. */
const NEAR = 20;
const TARGETS = [0, 0.5, 1];

/**
 * Why the cost of some answers of a last layer is no finite number whatever the target is, as a logarithm of 0 or less
 * makes it: the end of a sentence that begins with the activation. Null where every answer has a cost; answers that only
 * approach an end of the logarithm's range have one.
 */
export function answersWithoutCost({ activation }: JudgedLayer, cost: Cost): string | null {
  if (activation.kind === "softmax") return null;
  const f = compileFormula(activation.stable, ["z"]);
  const c = compileFormula(cost.formula, ["a", "t"]);
  for (let z = -NEAR; z <= NEAR; z++) {
    const a = f([z]);
    if (TARGETS.some((t) => Number.isFinite(c([a, t])))) continue;
    return `answers ${a === 0 || a === 1 ? `${a} itself` : a < 0 ? "below 0" : a > 1 ? "above 1" : shortNumber(a)}`;
  }
  return null;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/**
 * Refuses a last layer and a cost that no data could be learned with: a softmax of one unit, which always answers 1;
 * cross-entropy over one output, `-t log a`, which an answer of 1 makes 0 whatever the target is; a logarithm of answers
 * that have none. Costs of your own are not judged here, as their targets are not known: `diagnose` looks at them.
 *
 * @param where what the message blames: `network` or `train`.
 * @throws OptionError that names what to use instead.
 */
export function checkLastLayer(where: string, layer: JudgedLayer, cost: Cost): void {
  const { units, activation } = layer;
  if (activation.kind === "softmax" && units === 1) {
    throw new OptionError({
      where,
      expected: "softmax over 2 or more units",
      got: "1, whose answer is always 1",
      advice: 'Use dense(1, "sigmoid") with cost "binaryCrossEntropy" for two classes, or one unit for each class.',
    });
  }
  if (!isCostName(cost.name)) return;
  if (cost.name === "crossEntropy" && units === 1) {
    throw new OptionError({
      where,
      expected: 'cost "crossEntropy" over 2 or more outputs',
      got: `1 of ${activation.name}: -t log a costs nothing where a is 1, whatever t is`,
      advice: 'Use dense(1, "sigmoid") with cost "binaryCrossEntropy", or a softmax with one unit for each class.',
    });
  }
  const fault = answersWithoutCost(layer, cost);
  if (fault === null) return;
  throw new OptionError({
    where,
    expected: `answers that cost "${cost.name}" can take the logarithm of`,
    got: `${activation.name}, which ${fault}`,
    advice: `${adviceFor(cost)}, or cost "meanSquaredError".`,
  });
}

/** The activation that each of these costs is made for. */
export function adviceFor({ name }: Cost): string {
  if (name === "binaryCrossEntropy") return 'Use "sigmoid" in the last layer';
  return name === "poisson" ? 'Use "softplus" in the last layer' : 'Use "softmax" in the last layer';
}
