import { denseChain } from "../../network/dense-chain.ts";
import { checkOptions } from "../../network/known-options.ts";
import type { EngineName, SynchronousEngine } from "../../engine/index.ts";
import { OptionError } from "../../errors.ts";
import { gradient, type Network, type Rows, type Targets } from "../../network/index.ts";
import { shown } from "./finding.ts";
import { quantityName, slopeText, valuesOf } from "./gradient-quantities.ts";
import { type Factor, type OriginStep, type ParameterName, tracer, type Verdict } from "./gradient-tracer.ts";

/** Why a derivative is what it is: the way back along its factors, to the first that kills or blows it. */
export interface GradientOrigin {
  /** `w_21^3` */
  readonly name: string;
  /** `∂C/∂w`, or `∂C/∂b`: the mean over the examples, without the regularization. */
  readonly value: number;
  readonly verdict: Verdict | "cancels";
  /** The example that was followed, from 1: the one with the largest share. */
  readonly example: number;
  readonly examples: number;
  /** The equations on the way, each with its factors; the last one has the culprit. */
  readonly steps: readonly OriginStep[];
  /** Null where no single factor is to blame. */
  readonly culprit: Factor | null;
  /** In how many of the examples it is as bad. */
  readonly culpritExamples: number;
  /** The outcome, a sentence or two. */
  readonly text: string;
}

/** Below this a gradient counts as small: at a learning rate of 0.1, a weight of 1 takes a billion steps to change. */
const SMALL = 1e-8;
/** Beyond this as huge: at a learning rate of 0.001, a weight of 1 changes by more than itself in one step. */
const HUGE = 1e3;

/**
 * Reads `w_3_2_1` (layer 3, neuron 2, from neuron 1) or `b_3_2`.
 *
 * @throws OptionError when it is neither, or the network has no such parameter.
 */
export function parameterNamed(net: Network, text: string): ParameterName {
  const [, kind, ...indices] = /^([wb])_(\d+)_(\d+)(?:_(\d+))?$/.exec(text) ?? [];
  const [layer, neuron, from] = indices.map((each) => (each === undefined ? undefined : Number(each)));
  const isWhole =
    kind !== undefined && layer !== undefined && neuron !== undefined && (kind === "w") === (from !== undefined);
  if (!isWhole) {
    throw new OptionError({
      where: "why",
      expected: "w_LAYER_NEURON_FROM or b_LAYER_NEURON",
      got: `"${text}"`,
      advice: "Write w_3_2_1 for layer 3, neuron 2, from neuron 1.",
    });
  }
  const of = denseChain("followGradient", net)[layer - 1];
  const fail = (what: string, most: number, got: number): OptionError =>
    new OptionError({
      where: ["why", text],
      expected: `a ${what} from 1 to ${most}`,
      got: `${got}`,
      advice: "Indices count from 1.",
    });
  if (of === undefined) throw fail("layer", net.layers.length, layer);
  if (neuron < 1 || neuron > of.units) throw fail(`neuron of layer ${layer}`, of.units, neuron);
  if (from !== undefined && (from < 1 || from > of.inputs)) throw fail(`neuron of layer ${layer - 1}`, of.inputs, from);
  if (kind === "b" && !of.hasBias) {
    throw new OptionError({
      where: ["why", text],
      expected: "a layer with biases",
      got: `layer ${layer}, which has none`,
      advice: "Ask for a weight.",
    });
  }
  return { kind: kind === "w" ? "w" : "b", layer, neuron, from: from ?? null };
}

/**
 * Follows the factors of `∂C/∂w_jk^l = a_k^(l−1) δ_j^l` backwards, through `δ_j^l = f′(z_j^l) Σ_i w_ij^(l+1) δ_i^(l+1)`
 * (BP2) to `δ^L` (BP1), and names the first factor that makes the product 0, tiny, huge or not finite.
 *
 * @param inputs `[examples, n_0]`
 * @param targets `[examples, n_L]` values, or `[examples]` class labels
 * @throws OptionError when the network has no such parameter.
 * @throws ShapeError, DataError for examples that do not fit.
 */
export function followGradient(
  net: Network,
  examples: { readonly inputs: Rows; readonly targets: Targets },
  name: string,
  options: { readonly engine?: EngineName | SynchronousEngine } = {},
): GradientOrigin {
  const parameter = parameterNamed(net, name);
  const { kind, layer, neuron, from } = parameter;
  checkOptions("followGradient", options, { engine: true });
  const computed = gradient(net, examples.inputs, examples.targets, { engine: options.engine ?? "reference" });
  const values = valuesOf(net, computed, examples);
  const count = values.examples;
  const terms = Array.from({ length: count }, (_, x) => {
    const received = from === null ? 1 : values.a(layer - 1, from, x);
    return received * values.delta(layer, neuron, x);
  });
  const value = terms.reduce((sum, term) => sum + term / count, 0);
  const verdict = verdictOf(value, terms);
  const x = followed(terms);
  const symbol = quantityName(kind, from === null ? [neuron] : [neuron, from], layer);
  const error = quantityName("δ", [neuron], layer);
  const first: OriginStep = {
    left: `∂C/∂${symbol}`,
    value,
    right: from === null ? `1/n Σ_x ${error}` : `1/n Σ_x ${quantityName("a", [from], layer - 1)} ${error}`,
    factors: [],
  };
  const head = { name: symbol, value, verdict, example: x + 1, examples: count };
  if (verdict === "ordinary" || verdict === "cancels") {
    return {
      ...head,
      steps: [withFactors(first, parameter, values, x)],
      culprit: null,
      culpritExamples: 0,
      text: plainText(head, terms),
    };
  }
  const trace = tracer(net, values, verdict);
  const { steps, culprit } = trace(parameter, x);
  const culpritExamples =
    culprit === null ? 0 : values.count((each) => trace(parameter, each).culprit?.name === culprit.name);
  return {
    ...head,
    steps: [first, ...steps],
    culprit,
    culpritExamples,
    text: outcome(net, { ...head, culprit, culpritExamples }),
  };
}

function verdictOf(value: number, terms: readonly number[]): GradientOrigin["verdict"] {
  if (!Number.isFinite(value)) return "notFinite";
  const largest = Math.max(...terms.map(Math.abs));
  if (largest === 0) return "zero";
  if (Math.abs(value) > HUGE) return "huge";
  if (largest < SMALL) return "small";
  // What is left of numbers so much larger is rounding.
  return Math.abs(value) < SMALL * Math.max(1, largest) ? "cancels" : "ordinary";
}

/** The example with the largest share; one whose share is no number before all. */
function followed(terms: readonly number[]): number {
  const broken = terms.findIndex((term) => !Number.isFinite(term));
  if (broken >= 0) return broken;
  return terms.reduce((best, term, x) => (Math.abs(term) > Math.abs(terms[best] ?? 0) ? x : best), 0);
}

function withFactors(
  step: OriginStep,
  { layer, neuron, from }: ParameterName,
  values: ReturnType<typeof valuesOf>,
  x: number,
): OriginStep {
  const received =
    from === null
      ? []
      : [{ name: quantityName("a", [from], layer - 1), value: values.a(layer - 1, from, x), formula: "" }];
  const error = { name: quantityName("δ", [neuron], layer), value: values.delta(layer, neuron, x), formula: "" };
  return { ...step, factors: [...received, error] };
}

function plainText(
  { name, value, verdict, examples }: Pick<GradientOrigin, "name" | "value" | "verdict" | "examples">,
  terms: readonly number[],
): string {
  if (verdict === "ordinary")
    return `∂C/∂${name} = ${shown(value)} is neither small nor large: there is nothing to explain.`;
  return (
    `The ${examples} examples cancel: each has a share other than 0, from ${shown(Math.min(...terms))} to ` +
    `${shown(Math.max(...terms))}, and their mean is ${shown(value)}.`
  );
}

const outcomes: Readonly<Record<Exclude<Verdict, "ordinary">, string>> = {
  zero: "is 0",
  small: "is next to 0",
  huge: "is huge",
  notFinite: "is not finite",
};

function outcome(
  net: Network,
  {
    name,
    verdict,
    culprit,
    culpritExamples,
    examples,
  }: Pick<GradientOrigin, "name" | "verdict" | "culprit" | "culpritExamples" | "examples">,
): string {
  const is = verdict === "cancels" || verdict === "ordinary" ? "" : outcomes[verdict];
  if (culprit === null) {
    const slopes = [...new Set(net.layers.map((layer) => slopeText(layer.activation)))].join("; ");
    return `∂C/∂${name} ${is} without a single factor to blame: many that are a little too ${verdict === "huge" ? "large" : "small"} multiply (${slopes}).`;
  }
  const among =
    examples === 1
      ? ""
      : culpritExamples === examples
        ? `, in all ${examples} examples`
        : `, in ${culpritExamples} of ${examples} examples`;
  return `∂C/∂${name} ${is} because ${culprit.name} is ${shown(culprit.value)}${among}.`;
}
