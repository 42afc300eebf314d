import { engineFrom } from "../../engine/index.ts";
import { checkOptions } from "../../network/known-options.ts";
import { type Notation, notationToText, row, sign } from "../../formula/index.ts";
import { networkSvg } from "./draw-network.ts";
import type { DrawingOptions } from "./drawing.ts";
import { isInLine, numeralNotation, type NumberedSum } from "../network/numbered-equation.ts";
import { type OpenedDerivative, type OpenedEquation, type OpenedNeuron, openNeuron } from "../trace/open-neuron.ts";
import { type Block, type Page, type Section, type Step, step, type TableBlock } from "../page/page.ts";
import type { LayerTrace, Trace } from "../trace/trace.ts";

/** Of a wider layer the neurons with the largest δ are listed. */
const MOST_ROWS = 10;
const ROWS_OF_FOLDED = 8;

/** In a network of layers no wider than this every neuron is written out. */
const MOST_WRITTEN_OUT = 4;

/** What a page about a trace shows beside its tables. */
export interface TracePageOptions {
  /** A neuron that is opened into its sums. */
  readonly opened?: OpenedNeuron | null;
  /** Drawings, forward and backward, with these options; null for none. Default null. */
  readonly drawing?: Omit<DrawingOptions, "view" | "opened"> | null;
  /** What the outputs are called: the classes. */
  readonly outputNames?: readonly string[];
  /** What the example is called. Default: by its number. */
  readonly name?: string;
}

/**
 * The page about a trace: drawings, every layer's z, a, δ and largest derivatives, and, of the opened neuron (in a small
 * network of every neuron), formula, formula with numbers, number, with central differences beside the derivatives.
 */
export function tracePage(trace: Trace, options: TracePageOptions = {}): Page {
  checkOptions("tracePage", options, { opened: true, drawing: true, outputNames: true, name: true });
  const { opened = null, drawing = null, outputNames = [] } = options;
  const name = options.name ?? nameOf(trace);
  const widths = [trace.net.inputs, ...trace.net.layers.map(({ units }) => units)];
  const isWrittenOut = opened === null && isOfOne(trace) && widths.every((width) => width <= MOST_WRITTEN_OUT);
  return {
    title: opened === null ? `Every derivative: ${name}` : `Neuron ${opened.neuron} of layer ${opened.layer}: ${name}`,
    summary: `Cost C = ${notationToText(numeralNotation(trace.cost))}, computed by the engine ${engineFrom(trace.engine).name}.`,
    sections: [
      ...(drawing === null ? [] : [pictures(trace, drawing, opened)]),
      ...(opened === null ? [] : neuronSections(opened)),
      ...(isWrittenOut ? writtenOut(trace) : []),
      tables(trace, outputNames),
    ],
  };
}

function isOfOne(trace: Trace): boolean {
  return trace.of === "examples" && trace.examples.length === 1;
}

function nameOf({ of, examples }: Trace): string {
  const [first = 1] = examples;
  if (of === "means") return `means over ${examples.length} examples`;
  return examples.length === 1 ? `example ${first}` : `${examples.length} examples`;
}

function pictures(
  trace: Trace,
  drawing: Omit<DrawingOptions, "view" | "opened">,
  opened: OpenedNeuron | null,
): Section {
  const which = opened === null ? {} : { opened: { layer: opened.layer, neuron: opened.neuron } };
  const picture = (view: "forward" | "backward", description: string): Block => ({
    kind: "picture",
    svg: networkSvg(trace, { ...drawing, ...which, view }),
    description,
  });
  return {
    title: "Drawing",
    text: null,
    blocks: [
      picture("forward", "Forward: weights on the lines, activations in the neurons."),
      picture("backward", "Backward: ∂C/∂w on the lines, errors δ in the neurons."),
    ],
  };
}

// Tables ------------------------------------------------------------------------------------------------------------

function tables(trace: Trace, outputNames: readonly string[]): Section {
  const last = trace.net.layers.length;
  const blocks = trace.layers.flatMap((layer) =>
    trace.inputs.flatMap((_, i) => layerTable(trace, layer, i, layer.layer === last ? outputNames : [])),
  );
  return { title: "Layers", text: "z: weighted input, a: activation, δ = ∂C_x/∂z: error.", blocks };
}

function layerTable(trace: Trace, layer: LayerTrace, example: number, names: readonly string[]): readonly Block[] {
  const { net, examples, targets } = trace;
  const [z, a, delta] = [layer.z?.[example], layer.a?.[example], layer.delta?.[example]];
  const { dw, db } = layer;
  const { units = 1, activation } = net.layers[layer.layer - 1] ?? {};
  const isLast = layer.layer === net.layers.length;
  const all = Array.from({ length: units }, (_, j) => j);
  const size = (j: number): number => Math.abs((delta ?? a ?? z)?.[j] ?? 0);
  const shown =
    units <= MOST_ROWS
      ? all
      : all
          .sort((i, j) => size(j) - size(i) || i - j)
          .slice(0, ROWS_OF_FOLDED)
          .sort((i, j) => i - j);
  const columns: readonly (readonly [string, (j: number) => string])[] = [
    ...(names.length > 0 ? [["output", (j: number) => names[j] ?? ""] as const] : []),
    ...[z, a, delta].flatMap((values, i) =>
      values === undefined ? [] : [[["z", "a", "δ"][i] ?? "", (j: number) => shownNumber(values[j])] as const],
    ),
    ...(isLast ? [["target", (j: number) => shownNumber(targets[example]?.[j])] as const] : []),
    ...(db === null ? [] : [["∂C/∂b", (j: number) => shownNumber(db[j])] as const]),
    ...(dw === null
      ? []
      : [
          ["largest ∂C/∂w", (j: number) => shownNumber(largestOf(dw[j]).value)] as const,
          ["from", (j: number) => String(largestOf(dw[j]).k + 1)] as const,
        ]),
  ];
  const suffix = trace.inputs.length > 1 ? `, example ${examples[example] ?? ""}` : "";
  const table: TableBlock = {
    kind: "table",
    caption: `layer ${layer.layer}: ${units} × ${activation?.name === "relu" ? "ReLU" : (activation?.name ?? "")}${suffix}`,
    heading: ["neuron", ...columns.map(([heading]) => heading)],
    rows: shown.map((j) => [String(j + 1), ...columns.map(([, cell]) => cell(j))]),
  };
  if (shown.length === units) return [table];
  const by = delta === undefined ? "values" : "δ";
  return [table, remark(`… ${units - shown.length} more neurons, whose ${by} are smaller.`)];
}

function largestOf(values: readonly number[] | undefined): { readonly k: number; readonly value: number } {
  const sizes = (values ?? []).map(Math.abs);
  const k = sizes.reduce((best, size, i) => (size > (sizes[best] ?? 0) ? i : best), 0);
  return { k, value: values?.[k] ?? Number.NaN };
}

function shownNumber(value: number | undefined): string {
  return notationToText(numeralNotation(value ?? Number.NaN)).replaceAll(" · ", "·");
}

// Neurons -----------------------------------------------------------------------------------------------------------

/** Of every neuron z and a, layer by layer, and back δ and the derivatives. */
function writtenOut(trace: Trace): readonly Section[] {
  const neurons = trace.layers.flatMap(({ layer }) =>
    Array.from({ length: trace.net.layers[layer - 1]?.units ?? 0 }, (_, j) =>
      openNeuron(trace, { layer, neuron: j + 1 }),
    ),
  );
  return [
    {
      title: "Forward",
      text: "Index j runs over the neurons of a layer, k over those of the layer beside it.",
      blocks: neurons.flatMap(({ weightedInput, activation }) => [
        equation(null, weightedInput),
        equation(null, activation),
      ]),
    },
    {
      title: "Backward",
      text: "Beside each derivative: what central differences give, in float64.",
      blocks: neurons
        .toReversed()
        .flatMap(({ error, errorDifference, weightGradients, biasGradient }) => [
          equation(null, error, beside(errorDifference)),
          ...weightGradients.map(derivativeLine),
          ...(biasGradient === null ? [] : [derivativeLine(biasGradient)]),
        ]),
    },
  ];
}

function neuronSections(opened: OpenedNeuron): readonly Section[] {
  const { weightedInput, activation, slope, error, errorDifference, weightGradients, biasGradient, weights } = opened;
  const left = weights - weightGradients.length;
  return [
    {
      title: "Forward",
      text: "The weighted input is a sum over the layer before; f makes the activation of it.",
      blocks: [
        equation("Weighted input", weightedInput),
        ...termBlocks(weightedInput),
        equation("Activation", activation),
        ...termBlocks(activation),
        ...(slope === null ? [] : [equation("Slope of f there", slope)]),
      ],
    },
    {
      title: "Backward",
      text: "What comes back from the layer after, or from the cost, times the slope.",
      blocks: [equation("Error", error, beside(errorDifference)), ...termBlocks(error)],
    },
    {
      title: "Derivatives",
      text: left > 0 ? `By the bias, and by weights, the largest first; ${left} more are left out.` : null,
      blocks: [
        ...(biasGradient === null ? [] : [derivativeLine(biasGradient)]),
        ...weightGradients.map(derivativeLine),
        remark(checkText(opened)),
      ],
    },
  ];
}

function checkText({ check: { worst, bound, passed } }: OpenedNeuron): string {
  const [error, most] = [worst.toExponential(1), bound.toExponential()];
  const verdict = passed ? "agree" : "do not agree";
  return `Central differences in float64 ${verdict}: the largest relative error is ${error}; ${most} is allowed.`;
}

function remark(text: string): Block {
  return { kind: "remark", text };
}

function beside({ difference, isKink }: { readonly difference: number; readonly isKink: boolean }): string {
  return `differences give ${notationToText(numeralNotation(difference))}${isKink ? ", at a kink" : ""}`;
}

/** Formula, formula with numbers, number. */
function equation(name: string | null, opened: OpenedEquation, why: string | null = null): Block {
  const { left, general, concrete, numbers, computed } = opened;
  const shown = [general, ...(concrete === null ? [] : [concrete]), numbers];
  const result = numeralNotation(computed);
  const steps: Step[] = withoutRepeats(shown, result).map((each) => step(each));
  return { kind: "equation", name, left, steps: [...steps, step(result, why)] };
}

/** The same on one line. */
function derivativeLine(opened: OpenedDerivative): Block {
  const { left, general, concrete, numbers, computed } = opened;
  const result = numeralNotation(computed);
  const shown = withoutRepeats([concrete ?? general, numbers], result);
  const line = row(...[...shown, result].flatMap((each, i) => (i === 0 ? [each] : [sign("equals"), each])));
  return { kind: "equation", name: null, left, steps: [step(line, beside(opened))] };
}

function withoutRepeats(notations: readonly Notation[], result: Notation): readonly Notation[] {
  const texts = [...notations, result].map(notationToText);
  return notations.filter((_, i) => texts[i] !== texts[i + 1]);
}

/** The terms of sums that are too long to stand in the equation, one a line, largest first. */
function termBlocks({ sums }: OpenedEquation): readonly Block[] {
  return sums
    .filter((sum) => !isInLine(sum))
    .flatMap((sum) => [remark("Its sum, the largest terms first:"), ...lines(sum)]);
}

function lines({ terms, rest, total }: NumberedSum): readonly Block[] {
  const line = (left: Notation, right: Notation): Block => ({
    kind: "equation",
    name: null,
    left,
    steps: [step(right)],
  });
  return [
    ...terms.map(({ notation, numbers, value }) =>
      line(notation, row(numbers, sign("equals"), numeralNotation(value))),
    ),
    ...(rest.count === 0 ? [] : [line({ kind: "words", text: `${rest.count} more` }, numeralNotation(rest.total))]),
    line({ kind: "words", text: "together" }, numeralNotation(total)),
  ];
}
