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
import type { EpochReport } from "./epoch-report.ts";
import { checkSame, checkState } from "./state-checks.ts";
import type { TrainingState } from "./training-state.ts";
import { type Monitor, monitorOf } from "../scores/monitor.ts";
import { type Schedule, scheduleFrom, type ScheduleName } from "../rules/schedules.ts";
import { type UpdateRule, updateRuleFrom, type UpdateRuleName } from "../rules/update-rules.ts";

/** How a network is trained. */
export interface TrainingOptions {
  /** Passes over the training examples, those of the state `from` included. Default 10. */
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
  readonly onEpoch?: (report: EpochReport, moment: EpochMoment) => EpochAnswer | Promise<EpochAnswer>;
  /**
   * Where to go on: the state of an earlier training of a network with the same layers. Its parameters are put into the
   * network first. The same options, data and `epochs` then give the bits of a training that was never interrupted.
   * Default: from the network's present parameters, at epoch 0, with an update rule that remembers nothing.
   */
  readonly from?: TrainingState;
}

/** What a callback may answer. */
export type EpochAnswer = void | undefined | "stop";

/** Where a training stands, for `onEpoch`. */
export interface EpochMoment {
  /**
   * The state at the end of this epoch, copied when it is asked for; it costs nothing until then. To be asked for before
   * the callback has answered. @throws OptionError afterwards.
   */
  readonly state: () => Promise<TrainingState>;
}

/** How training went. */
export interface TrainingResult {
  /** Epochs done, those of the state it went on from included. */
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
  /** Where to go on: after the last step done, also where `patience` has put the best epoch's parameters into the network. */
  readonly state: TrainingState;
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
  from: true,
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
  readonly judgedBy: (report: EpochReport) => number;
  readonly from: TrainingState | null;
}

/** @throws OptionError when an option is unknown or out of its range, or the cost cannot judge the last layer. */
export function checkedOptions(net: Network, options: TrainingOptions): Settings {
  checkOptions("train", options, known);
  const last = net.layers.at(-1);
  if (last !== undefined) checkLastLayer("train", last, net.cost);
  const rule = updateRuleFrom(options.optimizer ?? "sgd");
  const from = options.from ?? null;
  if (from !== null) checkState("train", net, from);
  const learningRate = checkedLearningRate(
    "train",
    options.learningRate ?? from?.settings.learningRate ?? rule.learningRate,
  );
  const where = options.where ?? "auto";
  const { onEpoch, validation } = options;
  if (onEpoch !== undefined && typeof onEpoch !== "function") {
    throw new OptionError(
      `train: expected onEpoch as a function, got ${shown(onEpoch)}. Write onEpoch: ({ epoch, cost }) => { … }.`,
    );
  }
  if (isObject(validation) || Array.isArray(validation)) checkDataset("train: validation", validation);
  if (!["auto", "here", "worker"].includes(where)) {
    throw new OptionError(
      `train: expected where "auto", "here" or "worker", got ${JSON.stringify(where)}. Leave it out for "auto".`,
    );
  }
  const settings: Settings = {
    where,
    from,
    epochs: checkedNumber("train", "epochs", options.epochs ?? 10, trainingRanges.epochs),
    batchSize: checkedNumber("train", "batchSize", options.batchSize ?? 32, trainingRanges.batchSize),
    seed: checkedSeed(options.seed ?? net.seed, "train"),
    engine: options.engine ?? "auto",
    rule,
    learningRate,
    schedule: scheduleFrom(options.schedule ?? "constant"),
    judgedBy: monitorOf(options),
    patience:
      options.patience === undefined
        ? null
        : checkedNumber("train", "patience", options.patience, trainingRanges.patience),
  };
  if (from !== null) checkFrom(settings, options, from);
  return settings;
}

/** @throws OptionError when a state cannot go on with such settings. */
function checkFrom(settings: Settings, options: TrainingOptions, from: TrainingState): void {
  const isMidEpoch = from.epochRows > 0;
  checkSame("train", from, {
    optimizer: settings.rule.name,
    seed: settings.seed,
    ...(from.best.epoch > 0 ? { monitor: options.monitor ?? "cost" } : {}),
    ...(isMidEpoch ? { batchSize: settings.batchSize, shuffle: options.shuffle !== false } : {}),
    ...(from.schedule === null ? {} : { learningRate: settings.learningRate }),
  });
  if (settings.epochs < from.epoch + Number(isMidEpoch)) {
    throw new OptionError({
      where: ["train", "epochs"],
      expected: `${from.epoch + Number(isMidEpoch)} or more, as the state has come so far`,
      got: `${settings.epochs}`,
      advice: "The epochs of the state are counted too.",
    });
  }
  if (settings.patience !== null && from.best.epoch > 0 && from.best.parameters === null) {
    throw new OptionError({
      where: ["train", "patience"],
      expected: "a state that was made with patience, which keeps the parameters of the best epoch",
      got: "one that was made without",
      advice: "Leave patience out, or train with it from the start.",
    });
  }
}

/** η, when it is a finite number from 0 up. @throws OptionError */
export function checkedLearningRate(where: string, value: number): number {
  return checkedNumber(where, "learningRate", value, trainingRanges.learningRate);
}
