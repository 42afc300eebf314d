import { checkDataset } from "./check-subject.ts";
import { checkOptions } from "../network/known-options.ts";
import { DataError, OptionError } from "../errors.ts";
import { checkedSeed, shuffle, splitStream } from "../random/index.ts";
import { type Dataset, examplesOf } from "./dataset.ts";

/** How examples are divided. */
export interface SplitOptions {
  /** Part of the examples that is held back, above 0 and below 1. */
  readonly validation: number;
  /** A whole number from 0 up. Default 0. */
  readonly seed?: number;
  /** True to take the same part of every class. Default: true for class labels. */
  readonly isStratified?: boolean;
}

/** A data set in two parts that share no example. */
export interface Split<In extends number = number, Out extends number = number> {
  readonly training: Dataset<In, Out>;
  readonly validation: Dataset<In, Out>;
}

/**
 * Divides a data set at random. With class labels every class gives the same part, to within one example, and the parts
 * add up to `validation` of all: classes are cut where the running total says, not each rounded by itself.
 *
 * @throws OptionError when the fraction or the seed is out of range.
 * @throws DataError when a part would be empty.
 */
export function split<In extends number, Out extends number>(
  data: Dataset<In, Out>,
  options: SplitOptions,
): Split<In, Out> {
  checkDataset("split", data);
  checkOptions("split", options, { validation: true, seed: true, isStratified: true });
  const { validation, isStratified = data.hasLabels } = options;
  const seed = checkedSeed(options.seed ?? 0, "split");
  if (!(validation > 0 && validation < 1)) {
    throw new OptionError(
      `split: expected validation above 0 and below 1, got ${String(validation)}. Give the fraction to hold back, as 0.2.`,
    );
  }
  const shuffled = Uint32Array.from({ length: data.examples }, (_, i) => i);
  shuffle(shuffled, { seed, stream: splitStream });
  const order = Array.from(shuffled);
  // Sorting an array is stable: within a class the order stays random.
  if (isStratified) order.sort((a, b) => (data.targets[a] ?? 0) - (data.targets[b] ?? 0));
  const training: number[] = [];
  const held: number[] = [];
  order.forEach((example, i) => {
    // An example is held back each time the running total passes a whole number and a half.
    const isHeld = Math.floor((i + 1) * validation + 0.5) > Math.floor(i * validation + 0.5);
    (isHeld ? held : training).push(example);
  });
  if (training.length === 0 || held.length === 0) {
    throw new DataError(
      `split: expected examples for both parts, got ${training.length} and ${held.length} of ${data.examples}. ` +
        "Choose another fraction or take more data.",
    );
  }
  return { training: examplesOf(data, training), validation: examplesOf(data, held) };
}
