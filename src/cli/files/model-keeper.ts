import { rmdirSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, type Model, saveModel } from "../../model/index.ts";
import type { EpochReport } from "../../train/index.ts";
import { writeFileAtomically } from "./write-file.ts";

/** Saving more often costs time, and would save nobody more than this of work. */
const SAVE_SECONDS = 1;

/** Keeps the best parameters of a run, in memory and, now and then, on the disk. */
export interface ModelKeeper {
  readonly modelPath: string;
  /** To be called after every epoch, with the network up to date. */
  afterEpoch(report: EpochReport): void;
  /** The epoch whose parameters are kept, from 1; 0 when none was done. */
  bestEpoch(): number;
  /** Puts the best parameters back into the network; false when no epoch was done. */
  restore(): boolean;
  /** Writes the model as it is now, or another in its place. */
  save(summary: JsonObject, other?: Omit<Model, "summary">): void;
  /** For a run that failed: takes the folder away if nothing was written to it. */
  discard(): void;
}

/**
 * Keeps the parameters of the epoch that `judge` gives the lowest number (see `monitorOf`), or, with `keepsLast`, those of
 * the last. A run that is killed leaves those of at most some seconds before.
 */
export function modelKeeper(
  folder: string,
  model: Omit<Model, "summary">,
  { keepsLast, judge }: { readonly keepsLast: boolean; readonly judge: (report: EpochReport) => number },
): ModelKeeper {
  const modelPath = join(folder, "model.safetensors");
  const { network: net } = model;
  let lowest = Infinity;
  let bestEpoch = 0;
  let best: readonly Float64Array[] | null = null;
  let savedMs = -Infinity;
  const save: ModelKeeper["save"] = (summary, other = model) =>
    writeFileAtomically(modelPath, saveModel({ ...other, summary }));
  return {
    modelPath,
    afterEpoch: (report) => {
      const { epoch, epochs } = report;
      const judged = judge(report);
      if (best !== null && !keepsLast && !(judged < lowest)) return;
      lowest = judged;
      bestEpoch = epoch;
      best = net.parameters.map(({ values }) => values.slice());
      const nowMs = performance.now();
      if (nowMs - savedMs < 1000 * SAVE_SECONDS) return;
      save({ epoch, epochs, isFinished: false });
      savedMs = performance.now();
    },
    bestEpoch: () => bestEpoch,
    restore: () => {
      for (const [i, values] of (best ?? []).entries()) net.parameters[i]?.values.set(values);
      return best !== null;
    },
    save,
    discard: () => {
      try {
        // Only an empty folder can be removed this way.
        rmdirSync(folder);
      } catch {
        // There is something in it, which stays.
      }
    },
  };
}
