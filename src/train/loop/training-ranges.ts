import type { NumberRange } from "../../tree/number-range.ts";

/** Which numbers the options of a training take, in the library as on the command line. */
export const trainingRanges: Readonly<
  Record<"epochs" | "batchSize" | "patience" | "learningRate" | "threads", NumberRange>
> = {
  epochs: { least: 0, isWhole: true },
  batchSize: { least: 1, isWhole: true },
  patience: { least: 1, isWhole: true },
  learningRate: { least: 0 },
  threads: { least: 1, isWhole: true },
};
