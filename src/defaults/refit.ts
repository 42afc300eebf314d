import { NumericError } from "../errors.ts";
import type { Model } from "../model/index.ts";
import { type Dataset, type EpochReport, train, type TrainingResult } from "../train/index.ts";
import type { SplitPart, TrainingData } from "./training-data.ts";
import { networkFor, type Settings, trainingOptionsFor } from "./settings.ts";

/** A network that was trained once more, on the rows held back, too. */
export interface Refit {
  readonly model: Omit<Model, "summary">;
  /** All rows, as this model's preprocessing has them. */
  readonly training: Dataset;
  /** The rows of `--test`, as this model's preprocessing has them. */
  readonly test: SplitPart | null;
  /** Epochs that it was trained for. */
  readonly epochs: number;
  readonly weightsHash: string;
  readonly seconds: number;
}

/** Epochs before and after one, whose costs are averaged with its own. */
const NEIGHBORS = 3;

/**
 * How many epochs to train for when nothing is held back to tell: the epoch around which the numbers that `judge` gives
 * were the lowest in the mean of seven. The best single epoch is one of luck in part, most of all with few rows held back.
 */
export function epochsToRefit(history: readonly EpochReport[], judge: (report: EpochReport) => number): number {
  const judged = history.map(judge);
  const means = judged.map((_, at) => {
    const around = judged.slice(Math.max(0, at - NEIGHBORS), at + NEIGHBORS + 1);
    return around.reduce((sum, each) => sum + each, 0) / around.length;
  });
  return 1 + means.reduce((best, mean, at) => (mean < (means[best] ?? Infinity) ? at : best), 0);
}

/**
 * Trains a new network on all rows, for as many epochs as those held back have shown to be good (see `epochsToRefit`), with
 * the schedule of the learning rate over these epochs. Null where nothing was held back, where the settings ask for none, or
 * when it was interrupted or diverged: the first network is there in any case.
 */
export async function refitted(
  data: TrainingData,
  settings: Settings,
  result: Pick<TrainingResult, "history"> & { readonly stopped: string },
  { judge, signal }: { readonly judge: (report: EpochReport) => number; readonly signal: AbortSignal },
): Promise<Refit | null> {
  const isEnded = result.stopped === "finished" || result.stopped === "early";
  if (!settings.isRefit || data.whole === null || !isEnded || result.history.length === 0) return null;
  const { training, preprocessing, test, inputs } = await data.whole();
  const { task, classes } = data;
  const epochs = epochsToRefit(result.history, judge);
  const net = networkFor(settings, { ...data.facts, inputs });
  const { patience: _, monitor: __, ...plain } = trainingOptionsFor(settings);
  const options = { ...plain, epochs, signal };
  try {
    const { weightsHash, seconds, stopped } = await train(net, training, options);
    if (stopped !== "finished") return null;
    return { model: { network: net, task, preprocessing, classes }, training, test, epochs, weightsHash, seconds };
  } catch (error) {
    if (error instanceof NumericError) return null;
    throw error;
  }
}
