import type { UpdateRuleName } from "../train/index.ts";

/** What the defaults follow from. */
export interface DataSize {
  /** Rows to train on. */
  readonly rows: number;
  /** n_0 */
  readonly inputs: number;
}

/** Settings that suit data of a size. */
export interface TrainingDefaults {
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly dropout: number;
  readonly l2: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Epochs without a new best after which training ends. */
  readonly patience: number;
  /** Whether a network is trained again on all rows, those held back among them, for the epochs found to be best. */
  readonly isRefit: boolean;
}

/** Steps that few rows are trained for: with a step or two an epoch, epochs alone say little of how long that is. */
const STEPS_FOR_FEW = 3000;
const BATCH_FOR_FEW = 16;
/** Least and most epochs of few rows. */
const EPOCHS_FOR_FEW = [150, 600] as const;

/**
 * Defaults by size. They were chosen by the mean validation accuracy, or R², over 5 seeds on 15 sets of 100 to 20,000
 * measured rows, four of them bundled; `node bench/defaults.mjs` prints those of the bundled ones.
 *
 * The penalty l2 of fewer than 4000 rows, and the training again on all of them, were chosen on 70 targets of real files
 * (`bench/files/sets.tsv`), on splits other than those that `bench/files/RESULTS.md` shows. Against a penalty of 0.0003 (none
 * from 1000 rows on) and no second training, they were better on 45 targets and worse on 16; the second training alone on 74
 * and 47 of two splits; without the mean over neighboring epochs it was no better than none.
 *
 * Below 1000 rows it is the steps that count, 3000 of them: 80 rows of a sine (R² 0.93 after 150 epochs, 750 steps) need
 * them, and noisy ones end early by the patience. With few rows the network can learn them by heart, so more is left out by dropout and a penalty on the weights keeps
 * them small; more rows need fewer passes, and larger batches for the same number of steps. Two hidden layers were better
 * than one wherever there was a difference, and wider ones only from some thousand rows on.
 */
export function defaultsFor({ rows, inputs }: DataSize): TrainingDefaults {
  if (rows < 1000) {
    const [least, most] = EPOCHS_FOR_FEW;
    const wanted = Math.ceil(STEPS_FOR_FEW / Math.ceil(rows / BATCH_FOR_FEW));
    const epochs = Math.min(most, Math.max(least, wanted));
    const patience = Math.round(epochs / 3);
    return { hidden: [128, 64], dropout: 0.2, l2: 3e-3, epochs, batchSize: BATCH_FOR_FEW, patience, isRefit: true };
  }
  if (rows < 4000)
    return { hidden: [128, 64], dropout: 0.2, l2: 1e-3, epochs: 50, batchSize: 32, patience: 15, isRefit: true };
  // Images and the like: the first layer is most of the work, and one epoch teaches more.
  const isWide = inputs > 256;
  if (rows < 30_000) {
    const epochs = isWide ? 30 : 60;
    return {
      hidden: [256, 128],
      dropout: 0.1,
      l2: 0,
      epochs,
      batchSize: 64,
      patience: isWide ? 8 : 15,
      isRefit: false,
    };
  }
  if (rows < 200_000)
    return {
      hidden: [128, 64],
      dropout: 0,
      l2: 0,
      epochs: isWide ? 12 : 20,
      batchSize: 128,
      patience: 5,
      isRefit: false,
    };
  return { hidden: [128, 64], dropout: 0, l2: 0, epochs: 10, batchSize: 256, patience: 3, isRefit: false };
}

/** Learning rates at which each rule trains well on standardized inputs; they differ by what a rule makes of a gradient. */
export const defaultRates: Readonly<Record<UpdateRuleName, number>> = {
  sgd: 0.1,
  momentum: 0.02,
  nesterov: 0.02,
  rmsprop: 0.001,
  adagrad: 0.02,
  adadelta: 1,
  adam: 0.003,
  adamw: 0.003,
  nadam: 0.003,
  amsgrad: 0.003,
  lion: 0.0003,
};
