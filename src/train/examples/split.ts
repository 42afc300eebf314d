import { checkDataset } from "./check-subject.ts";
import { checkOptions } from "../../network/known-options.ts";
import { DataError, OptionError, ShapeError } from "../../errors.ts";
import { checkedSeed, shuffle, splitStream } from "../../random/index.ts";
import { type Dataset, examplesOf } from "./dataset.ts";

/** How examples are divided. */
export interface SplitOptions {
  /** Part of the examples that is held back, above 0 and below 1. */
  readonly validation: number;
  /** A whole number from 0 up. Default 0. */
  readonly seed?: number;
  /** True to take the same part of every class. Default: true for class labels. */
  readonly isStratified?: boolean;
  /**
   * "random", or "last": the last examples are held back, in the order they have. For series in time: a random part lies
   * between examples that were trained on, and is answered better than the future will be. Default "random".
   */
  readonly by?: "random" | "last";
  /**
   * For each example the group it belongs to: a patient, a machine, a day. All examples of a group go to the same part, as
   * they are more alike than new ones will be. Groups are drawn at random.
   */
  readonly groups?: ArrayLike<string | number>;
}

/** A data set in two parts that share no example. */
export interface Split<In extends number = number, Out extends number = number> {
  readonly training: Dataset<In, Out>;
  readonly validation: Dataset<In, Out>;
}

/**
 * Divides a data set: at random, by groups, or its last part from the rest. At random, with class labels every class gives the same part, to within one example, and the parts
 * add up to `validation` of all: classes are cut where the running total says, not each rounded by itself.
 *
 * @throws OptionError when an option is out of its range, or two exclude each other.
 * @throws ShapeError when there are not as many groups as examples.
 * @throws DataError when a part would be empty.
 */
export function split<In extends number, Out extends number>(
  data: Dataset<In, Out>,
  options: SplitOptions,
): Split<In, Out> {
  checkDataset("split", data);
  checkOptions("split", options, { validation: true, seed: true, isStratified: true, by: true, groups: true });
  const { validation, isStratified = data.hasLabels } = options;
  const seed = checkedSeed(options.seed ?? 0, "split");
  if (!(validation > 0 && validation < 1)) {
    throw new OptionError({
      where: "split",
      expected: "validation above 0 and below 1",
      got: String(validation),
      advice: "Give the fraction to hold back, as 0.2.",
    });
  }
  const { by = "random", groups } = options;
  if (by !== "random" && by !== "last") {
    throw new OptionError({
      where: "split",
      expected: 'by "random" or "last"',
      got: JSON.stringify(by),
      advice: 'Leave it out for "random".',
    });
  }
  if (groups !== undefined && by === "last") {
    throw new OptionError({ where: "split", expected: 'groups or by: "last"', got: "both", advice: "Choose one." });
  }
  const isHeld =
    groups !== undefined
      ? heldGroups(data.examples, groups, validation, seed)
      : by === "last"
        ? Uint8Array.from({ length: data.examples }, (_, i) =>
            Number(i >= Math.round(data.examples * (1 - validation))),
          )
        : null;
  const order = isHeld === null ? randomOrder(data, seed, isStratified) : Array.from(isHeld.keys());
  const training: number[] = [];
  const held: number[] = [];
  order.forEach((example, i) => {
    // At random, an example is held back each time the running total passes a whole number and a half.
    const goes = isHeld?.[example] ?? Math.floor((i + 1) * validation + 0.5) - Math.floor(i * validation + 0.5);
    (goes > 0 ? held : training).push(example);
  });
  if (training.length === 0 || held.length === 0) {
    throw new DataError({
      where: "split",
      expected: "examples for both parts",
      got: `${training.length} and ${held.length} of ${data.examples}`,
      advice: "Choose another fraction or take more data.",
    });
  }
  return { training: examplesOf(data, training), validation: examplesOf(data, held) };
}

function randomOrder(data: Dataset, seed: number, isStratified: boolean): number[] {
  const shuffled = Uint32Array.from({ length: data.examples }, (_, i) => i);
  shuffle(shuffled, { seed, stream: splitStream });
  const order = Array.from(shuffled);
  // Sorting an array is stable: within a class the order stays random.
  if (isStratified) order.sort((a, b) => (data.targets[a] ?? 0) - (data.targets[b] ?? 0));
  return order;
}

/** 1 for each example of a group that is held back: groups in random order, as long as each brings the part nearer. */
function heldGroups(
  examples: number,
  groups: ArrayLike<string | number>,
  validation: number,
  seed: number,
): Uint8Array {
  if (groups.length !== examples) {
    throw new ShapeError({
      where: "split",
      expected: `a group for each of the ${examples} examples`,
      got: `${groups.length}`,
      advice: "Pass as many as examples.",
    });
  }
  const members = new Map<string | number, number[]>();
  for (let i = 0; i < examples; i++) {
    const group = groups[i] ?? "";
    const own = members.get(group);
    if (own === undefined) members.set(group, [i]);
    else own.push(i);
  }
  const all = [...members.values()];
  if (all.length < 2) {
    throw new DataError({
      where: "split",
      expected: "examples of two groups or more",
      got: `${all.length} group, ${JSON.stringify(groups[0])}`,
      advice: "Divide at random, or by another column.",
    });
  }
  const order = Uint32Array.from({ length: all.length }, (_, i) => i);
  shuffle(order, { seed, stream: splitStream });
  const isHeld = new Uint8Array(examples);
  const wanted = validation * examples;
  let [held, taken] = [0, 0];
  for (const number of order) {
    const group = all[number] ?? [];
    // At least one group for each part.
    const isNearer = Math.abs(held + group.length - wanted) < Math.abs(held - wanted);
    const isNeeded = taken === 0 && number === order.at(-1);
    if (!(isNearer || isNeeded) || taken === all.length - 1) continue;
    for (const i of group) isHeld[i] = 1;
    held += group.length;
    taken += 1;
  }
  return isHeld;
}
