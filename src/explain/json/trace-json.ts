import type { OpenedDerivative, OpenedEquation, OpenedNeuron, Trace } from "../index.ts";
import { notationToText } from "../../formula/index.ts";

/** A trace for programs: every number of the layers asked for, with every digit. */
export function traceJson(trace: Trace, layers: readonly number[] | null): object {
  const { engine, of, examples, cost, inputs, targets } = trace;
  return {
    engine,
    of,
    examples,
    cost,
    inputs,
    targets,
    layers: trace.layers.filter(({ layer }) => layers === null || layers.includes(layer)),
  };
}

/** An opened neuron for programs: formulas as text, the terms of each sum, and what is left of it. */
export function neuronJson(opened: OpenedNeuron): object {
  const { layer, neuron, slope, weightGradients, biasGradient, weights, check } = opened;
  return {
    layer,
    neuron,
    z: equationJson(opened.weightedInput),
    a: equationJson(opened.activation),
    slope: slope === null ? null : equationJson(slope),
    delta: { ...equationJson(opened.error), ...opened.errorDifference },
    dw: { weights, largest: weightGradients.map(derivativeJson) },
    db: biasGradient === null ? null : derivativeJson(biasGradient),
    check,
  };
}

function equationJson({ left, general, concrete, numbers, computed, value, sums }: OpenedEquation): object {
  return {
    quantity: notationToText(left),
    formula: notationToText(general),
    written: concrete === null ? null : notationToText(concrete),
    numbers: notationToText(numbers),
    value: computed,
    fromTerms: value,
    sums: sums.map(({ terms, rest, total }) => ({
      terms: terms.map((term) => ({
        neuron: term.neuron,
        term: notationToText(term.notation),
        numbers: notationToText(term.numbers),
        value: term.value,
      })),
      rest,
      total,
    })),
  };
}

function derivativeJson(derivative: OpenedDerivative): object {
  const { from, difference, isKink } = derivative;
  return { from, ...equationJson(derivative), difference, isKink };
}
