import type { Engine, EngineName, Threads } from "../../engine/index.ts";
import { OptionError } from "../../errors.ts";
import { checkLastLayer } from "../../network/last-layer.ts";
import { checkOptions, type OptionNames } from "../../network/known-options.ts";
import type { Network } from "../../network/index.ts";
import { checkedSeed } from "../../random/index.ts";
import { checkedNumber } from "../../tree/number-range.ts";
import { isObject, shown } from "../../tree/reader.ts";
import { trainingRanges } from "./training-ranges.ts";
import { checkDataset } from "../examples/check-subject.ts";
import type { ClassWeights } from "../scores/class-weights.ts";
import type { Clipping } from "../rules/clipping.ts";
import type { Dataset } from "../examples/dataset.ts";
import type { Score } from "../scores/evaluate.ts";
import { type Monitor, monitorOf } from "../scores/monitor.ts";
import { type Schedule, scheduleFrom, type ScheduleName } from "../rules/schedules.ts";
import { type UpdateRule, updateRuleFrom, type UpdateRuleName } from "../rules/update-rules.ts";

/** How a network is trained. */
export interface TrainingOptions {
  /** Passes over the training examples. Default 10. */
  readonly epochs?: number;
  /** Examples of one step; the last step of an epoch takes what is left. Default 32. */
  readonly batchSize?: number;
  /** Default "sgd". */
  readonly optimizer?: UpdateRuleName | UpdateRule;
  /** η. Default: the update rule's. */
  readonly learningRate?: number;
  /** Default "constant". */
  readonly schedule?: ScheduleName | Schedule;
  /** Default: gradients are taken as they are. */
  readonly clip?: Clipping;
  /**
   * Examples to judge by after every epoch: a data set, or a part of the training data (0.2), not trained on. Null, which
   * `prepare` gives when it holds nothing back, is as good as none.
   */
  readonly validation?: number | Dataset | null;
  /** How much the examples of each class count in the cost. Default: as they are; see `ClassWeights`. */
  readonly classWeights?: ClassWeights;
  /** What tells the best epoch: see `Monitor`. Default "cost". */
  readonly monitor?: Monitor;
  /**
   * Stops after this many epochs in a row that are no new best by `monitor`, and restores the parameters of the best; not
   * when aborted. Default: goes on to the end, and keeps the last.
   */
  readonly patience?: number;
  /** False to take the examples in their own order in every epoch. Default true. */
  readonly shuffle?: boolean;
  /** Decides the order of the examples, the split and dropout. Default: the network's. */
  readonly seed?: number;
  /**
   * A name, or an engine of your own, which may answer with promises. Default "auto": "wasm", unless a BLAS was asked for.
   */
  readonly engine?: EngineName | Engine;
  /**
   * Threads that the "wasm" engine computes on, at most: fewer, where a step has too little work to divide, and one in a
   * page that is not cross-origin isolated; "auto": as many as the machine has cores, up to 8. The trained parameters
   * are the same, bit for bit. Default 1: threads are new, and have not run on enough machines yet.
   */
  readonly threads?: Threads;
  /**
   * Ends the training soon after it is aborted; the network keeps what it has learned: the parameters after the last step
   * done, with `patience` too, when an earlier epoch may have had a lower cost.
   */
  readonly signal?: AbortSignal;
  /**
   * The thread that does the work. "here": the one that calls, in slices of about 8 ms. "worker": a web worker, so that
   * nothing keeps a page from drawing; the data is copied there. Default "auto": a worker, where a page calls and can
   * have one, else here; it makes no difference to a single bit.
   */
  readonly where?: "auto" | "here" | "worker";
  /**
   * Called after every epoch, with the network up to date; training goes on when it is done. "stop" ends it. Without it,
   * a network that is trained in a worker is up to date at the end.
   */
  readonly onEpoch?: (report: EpochReport) => EpochAnswer | Promise<EpochAnswer>;
}

/** What a callback may answer. */
export type EpochAnswer = void | undefined | "stop";

/** How training stands after an epoch. */
export interface EpochReport {
  /** This epoch, from 1. */
  readonly epoch: number;
  /** How many there are to be. */
  readonly epochs: number;
  /** Steps done in all. */
  readonly steps: number;
  /** Mean cost of the epoch's examples, each as its step found it, before the update. */
  readonly cost: number;
  /** η of the epoch's last step. */
  readonly learningRate: number;
  /** Of this epoch, validation included. */
  readonly seconds: number;
  /** Training examples per second, validation not included. */
  readonly examplesPerSecond: number;
  readonly validation?: Score;
}

/** How training went. */
export interface TrainingResult {
  /** Epochs done. */
  readonly epochs: number;
  /** The best epoch by `monitor`, from 1; 0 when none was done. */
  readonly bestEpoch: number;
  /** One report an epoch. */
  readonly history: readonly EpochReport[];
  /** The trained network on the training examples. */
  readonly train: Score;
  /** The trained network on the validation examples. */
  readonly validation?: Score;
  /** Fingerprint of the parameters: see `weightsHash`. */
  readonly weightsHash: string;
  readonly seconds: number;
  /** "early": by `patience` or a callback; "aborted": by the signal. */
  readonly stopped: "finished" | "early" | "aborted";
}

/** Every option there is. */
const known: OptionNames<TrainingOptions> = {
  epochs: true,
  batchSize: true,
  optimizer: true,
  learningRate: true,
  schedule: true,
  clip: true,
  validation: true,
  classWeights: true,
  monitor: true,
  patience: true,
  shuffle: true,
  seed: true,
  engine: true,
  threads: true,
  signal: true,
  where: true,
  onEpoch: true,
};

/** Options, checked, with their defaults. */
export interface Settings {
  readonly where: "auto" | "here" | "worker";
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly engine: EngineName | Engine;
  readonly rule: UpdateRule;
  readonly learningRate: number;
  readonly schedule: Schedule;
  readonly patience: number | null;
  /** What is to be lowest in the best epoch. */
  readonly monitor: (report: EpochReport) => number;
}

/** @throws OptionError when an option is unknown or out of its range, or the cost cannot judge the last layer. */
export function checkedOptions(net: Network, options: TrainingOptions): Settings {
  checkOptions("train", options, known);
  const last = net.layers.at(-1);
  if (last !== undefined) checkLastLayer("train", last, net.cost);
  const rule = updateRuleFrom(options.optimizer ?? "sgd");
  const learningRate = checkedLearningRate("train", options.learningRate ?? rule.learningRate);
  const where = options.where ?? "auto";
  const { onEpoch, validation } = options;
  if (onEpoch !== undefined && typeof onEpoch !== "function") {
    throw new OptionError({
      where: "train",
      expected: "onEpoch as a function",
      got: shown(onEpoch),
      advice: "Write onEpoch: ({ epoch, cost }) => { … }.",
    });
  }
  if (isObject(validation) || Array.isArray(validation)) checkDataset("train: validation", validation);
  if (!["auto", "here", "worker"].includes(where)) {
    throw new OptionError({
      where: "train",
      expected: 'where "auto", "here" or "worker"',
      got: JSON.stringify(where),
      advice: 'Leave it out for "auto".',
    });
  }
  return {
    where,
    epochs: checkedNumber("train", "epochs", options.epochs ?? 10, trainingRanges.epochs),
    batchSize: checkedNumber("train", "batchSize", options.batchSize ?? 32, trainingRanges.batchSize),
    seed: checkedSeed(options.seed ?? net.seed, "train"),
    engine: options.engine ?? "auto",
    rule,
    learningRate,
    schedule: scheduleFrom(options.schedule ?? "constant"),
    monitor: monitorOf(options),
    patience:
      options.patience === undefined
        ? null
        : checkedNumber("train", "patience", options.patience, trainingRanges.patience),
  };
}

/** η, when it is a finite number from 0 up. @throws OptionError */
export function checkedLearningRate(where: string, value: number): number {
  return checkedNumber(where, "learningRate", value, trainingRanges.learningRate);
}
