import { DataError, ShapeError } from "../../errors.ts";
import { meanOneWeights, type Network } from "../../network/index.ts";
import { checkLabels, type Dataset, hasWeights } from "./dataset.ts";

/**
 * What a data set's width must be as well, for a network's: nothing where the compiler does not know one of the two, else
 * a type that data of another width is not. Use as `data: Dataset<I, O> & Fits<I, In> & Fits<O, Out>`.
 */
export type Fits<Given extends number, Expected extends number> = number extends Given
  ? unknown
  : number extends Expected
    ? unknown
    : Given extends Expected
      ? unknown
      : { readonly expectedWidth: Expected; readonly gotWidth: Given };

/** A data set as a network reads it. */
export interface FittedData extends Dataset {
  /** True when the targets are values of one output that stand for two classes. */
  readonly isOneOfTwo: boolean;
}

/**
 * A data set whose widths are the network's, read as the network reads it: a list of numbers is class labels when there
 * are two outputs or more, values when there is one. Labels of two classes become the values of one output: 1 for the
 * second class, and what the cost wants of other classes (0, or −1 for hinge) for the first. Weights get the mean 1.
 *
 * @param where what the message blames, such as `train`.
 * @throws ShapeError when a width is not the network's, or there are not as many classes as outputs (one output does for
 *   two classes).
 * @throws DataError when there is no example, or a label has no output.
 */
export function fittedData(where: string, net: Network, data: Dataset): FittedData {
  const fitted = withFittedTargets(where, net, data);
  // Those of a part of the data have another mean than those of all.
  if (!hasWeights(fitted)) return fitted;
  return { ...fitted, weights: meanOneWeights(`${where}: weights`, fitted.weights, fitted.examples) };
}

function withFittedTargets(where: string, net: Network, data: Dataset): FittedData {
  if (data.examples === 0)
    throw new DataError({ where, expected: "1 or more examples", got: "none", advice: "Check the data." });
  if (data.inputWidth !== net.inputs) {
    throw new ShapeError({
      where,
      expected: `${net.inputs} inputs per example`,
      got: `${data.inputWidth}`,
      advice: "Change the network's inputs, or the data.",
    });
  }
  const isList = data.targets.length === data.examples;
  // Named classes say how many outputs there must be; a list without names leaves it to the network.
  const isUnnamed = !data.hasLabels && data.classes === null;
  if (isList && net.outputs > 1 && (isUnnamed || data.outputWidth === net.outputs)) {
    checkLabels(`${where}: targets`, data.targets, net.outputs);
    return { ...data, hasLabels: true, outputWidth: net.outputs, isOneOfTwo: false };
  }
  // Two classes and one output: the output says how much it is the second.
  const isOneOfTwo = net.outputs === 1 && data.hasLabels && data.outputWidth <= 2;
  if (isOneOfTwo) {
    const { otherClasses } = net.cost;
    // A 0 stays as it is, and the array too: other costs learn from the very labels.
    const targets = otherClasses === 0 ? data.targets : data.targets.map((label) => (label === 0 ? otherClasses : 1));
    return { ...data, targets, hasLabels: false, outputWidth: 1, isOneOfTwo };
  }
  if (data.outputWidth !== net.outputs) {
    const what = data.hasLabels ? "classes" : "targets per example";
    throw new ShapeError({
      where,
      expected: `${net.outputs} ${what}, one per output`,
      got: `${data.outputWidth}`,
      advice: `Set the last layer's units to ${data.outputWidth}, or change the data.`,
    });
  }
  return { ...data, isOneOfTwo: false };
}

/** How a network's equations take these targets. */
export function targetsKind(data: Dataset): "labels" | "values" {
  return data.hasLabels ? "labels" : "values";
}
