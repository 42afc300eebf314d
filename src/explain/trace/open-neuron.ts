import { checkOptions } from "../../network/known-options.ts";
import { engineFrom } from "../../engine/index.ts";
import { internalError, OptionError } from "../../errors.ts";
import {
  applied,
  evaluate,
  type Formula,
  fraction,
  identifier,
  type Notation,
  number,
  parenthesized,
  row,
  scripts,
  sign,
  simplify,
  substitute,
  symbolsOf,
  typeset,
} from "../../formula/index.ts";
import { type Axis, backpropagate, type Node } from "../../graph/index.ts";
import { type NetworkEquations, networkEquations, writeParameters } from "../../network/index.ts";
import { type GraphReader, graphReader } from "../network/graph-formula.ts";
import { inIndices, type Viewpoint } from "../network/index-notation.ts";
import { type CheckedNeuron, checkNeuron } from "./neuron-check.ts";
import { concreteQuantity, numberedEquation, type NumberedEquation, numeral } from "../network/numbered-equation.ts";
import { plainly } from "../network/plain-definition.ts";
import { withTargetsThatAddUpTo1 } from "../network/target-sum.ts";
import { denseChain, denseNodes } from "../../network/dense-chain.ts";
import { checkNumber, type Trace } from "./trace.ts";

/** One equation of an opened neuron: formula, formula with numbers, number. */
export interface OpenedEquation extends NumberedEquation {
  /** `z_2^1` */
  readonly left: Notation;
  /** The right side with indices, as for every neuron of the layer. */
  readonly general: Notation;
  /** What the engine computed; `value` is the same from the terms, in float64. */
  readonly computed: number;
}

/** A derivative of an opened neuron beside the one by differences. */
export interface OpenedDerivative extends OpenedEquation {
  /** Of `w_jk`: k, from 1. Null for the bias. */
  readonly from: number | null;
  /** By central differences in float64. */
  readonly difference: number;
  readonly isKink: boolean;
}

/** Every sum of one neuron, laid open. */
export interface OpenedNeuron {
  readonly layer: number;
  /** From 1. */
  readonly neuron: number;
  readonly weightedInput: OpenedEquation;
  readonly activation: OpenedEquation;
  /** f′ at z; null for a softmax, whose neurons depend on each other's weighted inputs. */
  readonly slope: OpenedEquation | null;
  /** δ, with each `w_kj δ_k` that comes back from the layer after. */
  readonly error: OpenedEquation;
  /** `∂C_x/∂z_j` by central differences. */
  readonly errorDifference: { readonly difference: number; readonly isKink: boolean };
  /** `∂C/∂w_jk`, the largest first; those that are not written out are left out. */
  readonly weightGradients: readonly OpenedDerivative[];
  /** How many derivatives by weights there are. */
  readonly weights: number;
  /** Null for a layer without bias. */
  readonly biasGradient: OpenedDerivative | null;
  /** The largest relative error of the differences, what it may be, and whether it is not more. */
  readonly check: CheckedNeuron["check"];
}

/** How much of a neuron is written out. */
export interface OpenOptions {
  /** Number of the layer, from 1. */
  readonly layer: number;
  /** Number of the neuron in it, from 1. */
  readonly neuron: number;
  /** Terms of a sum, and derivatives by weights, that are written out. Default 8. */
  readonly most?: number;
}

/**
 * One neuron of a traced example: the sum that is its z, f and f′ there, the sum that comes back as its δ, and its part
 * of the gradient, with central differences (float64) beside it. The equations are read off the graph that runs, the
 * numbers are those of the trace's engine.
 *
 * @throws OptionError when there is no such layer or neuron, or the trace is of more than one example.
 */
export function openNeuron(trace: Trace, options: OpenOptions): OpenedNeuron {
  checkOptions("openNeuron", options, { layer: true, neuron: true, most: true });
  const { layer, neuron, most = 8 } = options;
  const { net, inputs, targets } = trace;
  if (trace.of === "means" || inputs.length !== 1) {
    const got = trace.of === "means" ? "means over several" : `${inputs.length}`;
    throw new OptionError({
      where: "openNeuron",
      expected: "a trace of one example",
      got,
      advice: "Trace one: trace(net, inputs, targets, { examples: [1] }).",
    });
  }
  checkNumber("openNeuron: layer", layer, net.layers.length);
  const definition = denseChain("openNeuron", net)[layer - 1];
  if (definition === undefined) throw internalError(`openNeuron: no layer ${layer}.`);
  checkNumber("openNeuron: neuron", neuron, definition.units);
  const j = neuron - 1;

  // The equations do not depend on how many examples there are; two, so that the axis is not taken for a single one.
  const equations = networkEquations(net, { capacity: 2 });
  const { examples, layers } = equations;
  const ofLayer = layers[layer - 1];
  if (ofLayer === undefined) throw internalError(`openNeuron: no equations of layer ${layer}.`);
  const { weights, weightedInput, activation, error, weightGradient, biasGradient } = denseNodes(ofLayer);
  const [neurons, before] = weights.axes as readonly [Axis, Axis]; // as: weights have rows and columns
  const named = layers.flatMap((each) => [each.weightedInput, each.activation, each.error]);
  const reader = graphReader(named, { alone: examples });
  const slope = definition.activation.kind === "softmax" ? null : derivative(activation, weightedInput);
  const wanted = [weightedInput, activation, error, weightGradient, biasGradient, slope].filter(
    (each) => each !== null,
  );
  const isOfClass = targets.flat().reduce((sum, target) => sum + target, 0) === 1;
  const formulas = new Map(
    wanted.map((node) => {
      const formula = ofOneExample(reader.equationOf(node), reader, examples);
      return [node, (isOfClass ? withTargetsThatAddUpTo1(formula, reader) : null) ?? formula];
    }),
  );
  const used = [...formulas.values()].flatMap((each) => nodesIn(each, reader));
  const valueOf = valuesOf(trace, equations, [...wanted, ...used]);

  const name = layer === net.layers.length ? "L" : "l";
  const view: Viewpoint = { layer, name, neurons, examples, isSummedOverExamples: false };
  const opened = (node: Node, left: Notation, k: number | null = null): OpenedEquation => {
    const formula = formulas.get(node);
    if (formula === undefined) throw internalError("openNeuron: a quantity has no formula.");
    const positions = [
      { axis: neurons, run: 0, position: j },
      ...(k === null ? [] : [{ axis: before, run: 0, position: k }]),
    ];
    const place = node.axes.map((axis) => (axis === neurons ? j : axis === before ? (k ?? 0) : 0));
    return {
      left,
      general: inIndices(formula, reader, view),
      computed: valueOf(node, place),
      ...numberedEquation(formula, reader, { positions, valueOf, examples, most }),
    };
  };

  const where = { layer, widest: Math.max(definition.units, definition.inputs) };
  const z = concreteQuantity("z", [neuron], where);
  const byWeight = Array.from({ length: definition.inputs }, (_, k) => valueOf(weightGradient, [j, k]));
  const shown = [...byWeight.keys()]
    .sort((i, k) => Math.abs(byWeight[k] ?? 0) - Math.abs(byWeight[i] ?? 0) || i - k)
    .slice(0, most);
  const ofBias = biasGradient === null ? null : opened(biasGradient, byQuantity("b", [neuron], where));
  const ofWeights = shown.map((k) => opened(weightGradient, byQuantity("w", [neuron, k + 1], where), k));
  const itsError = opened(error, concreteQuantity("delta", [neuron], where));
  const checked = checkNeuron(trace, {
    layer,
    neuron,
    error: itsError.computed,
    weights: shown.map((k, i) => ({ from: k, computed: ofWeights[i]?.computed ?? Number.NaN })),
  });
  return {
    layer,
    neuron,
    weightedInput: opened(weightedInput, z),
    activation: activationOf(opened(activation, concreteQuantity("a", [neuron], where)), definition.activation, z, {
      z: valueOf(weightedInput, [0, j]),
    }),
    slope: slope === null ? null : opened(slope, slopeOf(z)),
    error: itsError,
    errorDifference: checked.error,
    weightGradients: ofWeights.map((each, i) => ({
      ...each,
      from: (shown[i] ?? 0) + 1,
      ...(checked.weights[i] ?? checked.error),
    })),
    weights: definition.inputs,
    // A bias adds to z as it is: the derivative by it is that by z.
    biasGradient: ofBias === null ? null : { ...ofBias, from: null, ...checked.error },
    check: checked.check,
  };
}

/** The values of nodes as the trace's engine has them, by their positions from 0. */
function valuesOf(
  { net, engine, inputs, targets }: Trace,
  equations: NetworkEquations,
  nodes: readonly Node[],
): (node: Node, positions: readonly number[]) => number {
  const session = engineFrom(engine).open();
  writeParameters(session, equations.parameters, net);
  const outputs = [...new Set(nodes)].filter(({ kind }) => kind !== "variable" && kind !== "input");
  const executable = session.prepare({
    outputs: Object.fromEntries(outputs.map((node, i) => [`n${i}`, node])),
    updates: [],
  });
  const given = new Map([
    [equations.inputs, inputs.flat()],
    [equations.targets, targets.flat()],
  ]);
  executable.run({ inputs: given, extents: new Map([[equations.examples, 1]]) });
  const values = new Map<Node, ArrayLike<number>>([
    ...given,
    ...outputs.map((node, i) => [node, executable.output(`n${i}`)] as const),
  ]);
  for (const { variable } of equations.parameters) values.set(variable, session.read(variable));
  return (node, positions) => {
    const at = node.axes.reduce((sum, axis, i) => sum * axis.size + (positions[i] ?? 0), 0);
    return values.get(node)?.[at] ?? Number.NaN;
  };
}

/** The textbook's formula of an elementwise activation instead of the one that runs; a softmax is read off the graph. */
function activationOf(
  read: OpenedEquation,
  activation: Parameters<typeof plainly>[0] | { readonly kind: "softmax" },
  z: Notation,
  at: { readonly z: number },
): OpenedEquation {
  if (activation.kind === "softmax") return read;
  const formula = plainly(activation);
  const withZ = (value: ReturnType<typeof typeset>, product: "times" | "dot"): Notation =>
    typeset(formula, { symbol: () => value, product: () => product }).notation;
  const letters = withZ({ notation: z, level: typeset(number(1)).level }, "times");
  return {
    ...read,
    general: letters,
    concrete: null,
    numbers: withZ(numeral(at.z), "dot"),
    value: evaluate(formula, at),
  };
}

/** `f′(z)` */
function slopeOf(z: Notation): Notation {
  return applied(scripts(identifier("f"), null, sign("prime")), parenthesized(z));
}

/** `∂C/∂w_21^1` */
function byQuantity(...quantity: Parameters<typeof concreteQuantity>): Notation {
  return fraction(row(sign("partial"), identifier("C")), row(sign("partial"), concreteQuantity(...quantity)));
}

/** With n = 1, the mean over the examples is the one. */
function ofOneExample(formula: Formula, { terms }: GraphReader, examples: Axis): Formula {
  const counts = symbolsOf(formula).filter((name) => {
    const term = terms.get(name);
    return term?.kind === "count" && term.axis === examples;
  });
  return counts.length === 0
    ? formula
    : simplify(substitute(formula, new Map(counts.map((name) => [name, number(1)]))));
}

function nodesIn(formula: Formula, reader: GraphReader): readonly Node[] {
  return symbolsOf(formula).flatMap((name) => {
    const term = reader.terms.get(name);
    if (term?.kind === "named") return [term.node];
    return term?.kind === "sum" ? nodesIn(term.body, reader) : [];
  });
}

function derivative(output: Node, quantity: Node): Node {
  const found = backpropagate(output, [quantity]).get(quantity);
  if (found === undefined) throw internalError("backpropagation left out a quantity it was asked for.");
  return found;
}
