import { OptionError } from "../../errors.ts";
import { meanOneWeights, type Network } from "../../network/index.ts";
import { nearest } from "../../network/nearest.ts";
import { tellsByBoundary } from "./evaluate.ts";
import type { FittedData } from "../examples/fitted-data.ts";

/**
 * How much the examples of each class count in the cost: numbers from 0 up in the order of the classes, or by their names;
 * "balanced" for `n/(k n_c)` with n_c of the n training examples in class c of k, so that all classes count alike.
 */
export type ClassWeights = "balanced" | readonly number[] | Readonly<Record<string, number>>;

/** Training and validation data with the weights of their classes, each of mean 1, multiplied by what weights they had. */
export interface ClassWeighted {
  readonly training: FittedData;
  readonly validation: FittedData | null;
}

/**
 * Applies class weights: "balanced" counts the training examples alone, and the validation examples get the same weights
 * of their classes, so that both costs are of one kind.
 *
 * @throws OptionError when the targets are no classes, a class has no weight, or a weight is no number from 0 up.
 */
export function withClassWeights(
  net: Network,
  training: FittedData,
  validation: FittedData | null,
  given: ClassWeights,
): ClassWeighted {
  const classOf = classReader(net, training);
  if (classOf === null) {
    throw new OptionError({
      where: "train",
      expected: "no classWeights for targets that are no classes",
      got: "some",
      advice: "Give the examples weights of their own: dataset({ …, weights }).",
    });
  }
  const factors = classFactors(net, training, given, classOf);
  const weighted = (data: FittedData): FittedData => {
    const own = data.weights ?? null;
    const product = Float64Array.from(
      { length: data.examples },
      (_, i) => (factors[classOf(data, i)] ?? 0) * (own?.[i] ?? 1),
    );
    return { ...data, weights: meanOneWeights("train: classWeights", product, data.examples) };
  };
  return { training: weighted(training), validation: validation === null ? null : weighted(validation) };
}

type ClassReader = (data: FittedData, i: number) => number;

/** The class of an example, from 0; null where the targets are amounts, or several answers at once. */
function classReader(net: Network, training: FittedData): ClassReader | null {
  if (training.hasLabels) return (data, i) => data.targets[i] ?? 0;
  if (net.outputs !== 1 || !tellsByBoundary(net, training)) return null;
  const boundary = (1 + net.cost.otherClasses) / 2;
  return (data, i) => Number((data.targets[i] ?? 0) >= boundary);
}

function classFactors(net: Network, training: FittedData, given: ClassWeights, classOf: ClassReader): Float64Array {
  const classes = training.hasLabels ? net.outputs : 2;
  if (given === "balanced") {
    const counts = new Float64Array(classes);
    for (let i = 0; i < training.examples; i++) {
      const label = classOf(training, i);
      counts[label] = (counts[label] ?? 0) + 1;
    }
    // As scikit-learn's "balanced"; a class without examples has nothing to count.
    const present = counts.filter((count) => count > 0).length;
    return counts.map((count) => (count === 0 ? 0 : training.examples / (present * count)));
  }
  const list = isList(given) ? given : namedWeights(training.classes, given);
  if (list.length !== classes) {
    throw new OptionError({
      where: "train",
      expected: `a number in classWeights for each of the ${classes} classes`,
      got: `${list.length}`,
      advice: 'Give them in the order of the classes, or "balanced".',
    });
  }
  return Float64Array.from(list, (weight, label) => {
    if (typeof weight === "number" && weight >= 0 && weight < Infinity) return weight;
    throw new OptionError({
      where: "train",
      expected: "classWeights from 0 up",
      got: `${String(weight)} for class ${training.classes?.[label] ?? label}`,
      advice: "Give a number such as 2.",
    });
  });
}

function isList(given: Exclude<ClassWeights, "balanced">): given is readonly number[] {
  return Array.isArray(given) || ArrayBuffer.isView(given);
}

function namedWeights(classes: readonly string[] | null, given: Readonly<Record<string, number>>): number[] {
  if (typeof given !== "object" || given === null) {
    throw new OptionError({
      where: "train",
      expected: 'classWeights "balanced", a list or an object',
      got: JSON.stringify(given),
      advice: 'Use "balanced".',
    });
  }
  if (classes === null) {
    throw new OptionError({
      where: "train",
      expected: "classWeights as a list for classes without names",
      got: "an object",
      advice: "Give the data names: dataset({ …, classes }).",
    });
  }
  for (const name of Object.keys(given)) {
    if (classes.includes(name)) continue;
    const advice = nearest(name, classes) || ` The classes are ${classes.slice(0, 10).join(", ")}.`;
    throw new OptionError({ where: "train", expected: "classWeights of the classes", got: `one of "${name}"`, advice });
  }
  return classes.map((name) => {
    const weight = given[name];
    if (weight !== undefined) return weight;
    throw new OptionError({
      where: "train",
      expected: "a number in classWeights for each class",
      got: `none of "${name}"`,
      advice: "Give it one.",
    });
  });
}
