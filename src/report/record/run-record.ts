import type { Finding } from "../../explain/index.ts";
import type { MeasuredRecord } from "./measured-record.ts";
import type { RunFigures } from "./run-figures.ts";

/** The name of a run's record in its folder, beside the model. */
export const RECORD_NAME = "run.json";

/** An epoch as it is kept: one of up to 1000 of a run. */
export interface EpochRecord {
  readonly epoch: number;
  readonly cost: number;
  readonly learningRate: number;
  readonly validation: { readonly cost: number; readonly accuracy?: number; readonly r2?: number } | null;
}

/** How errors and gradients stood in a layer after an epoch, on one batch. Sizes are roots of mean squares. */
export interface LayerFlow {
  readonly layer: number;
  /** Of `δ_j^l`. */
  readonly error: number;
  /** Of `∂C/∂w_jk^l`. */
  readonly weightGradient: number;
  /** Of `w_jk^l`. */
  readonly weights: number;
  /** `‖w − w before‖/‖w before‖` over the epoch. */
  readonly change: number;
  /** Part of the pairs of example and neuron with |f′| below 0.01; null for activations that are not flat on both sides. */
  readonly saturated: number | null;
  /** Neurons whose f′ is 0 on every example. */
  readonly dead: number;
}

/** A layer's name: what a report says of it. */
export interface LayerRecord {
  readonly layer: number;
  readonly units: number;
  readonly activation: string;
}

/**
 * A run as `run.json` keeps it: all that a report shows beside the model itself, so that it can be written again without
 * the data. Numbers that JSON has no sign for (NaN, Infinity) are null.
 */
export interface RunRecord {
  /** Of this format. */
  readonly version: 1;
  /** What `train --json` prints. */
  readonly figures: RunFigures;
  /** How the data were read: DATA and the options for it. */
  readonly source: { readonly operand: string; readonly options: Readonly<Record<string, string>> };
  readonly settings: Readonly<Record<string, string | number | null>>;
  readonly inputs: number;
  /** Rows held back for validation; runs of before 0.1 lack it. */
  readonly heldBack?: number;
  readonly layers: readonly LayerRecord[];
  readonly history: readonly EpochRecord[];
  readonly flow: readonly { readonly epoch: number; readonly layers: readonly LayerFlow[] }[];
  readonly measured: MeasuredRecord;
  readonly findings: readonly Finding[];
}

/** More epochs than these show nothing more in a curve; of longer runs, so many evenly spaced ones are kept. */
const MOST_EPOCHS = 1000;

/** All of them, or as many as a record keeps: evenly spaced, with the first and the last. */
export function keptEpochs<Each>(epochs: readonly Each[]): readonly Each[] {
  if (epochs.length <= MOST_EPOCHS) return epochs;
  const step = (epochs.length - 1) / (MOST_EPOCHS - 1);
  return Array.from({ length: MOST_EPOCHS }, (_, i) => epochs[Math.round(i * step)]).filter(
    (each) => each !== undefined,
  );
}
