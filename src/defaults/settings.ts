import type { EngineName, Threads } from "../engine/index.ts";
import {
  type ActivationName,
  type CostName,
  dense,
  type InitializerName,
  type Network,
  network,
} from "../network/index.ts";
import type { ClassWeights, Monitor, ScheduleName, TrainingOptions, UpdateRuleName } from "../train/index.ts";
import type { DataFacts } from "./data-facts.ts";
import { lastActivation } from "./fitting-cost.ts";

/** All that decides how a network is made and trained. `settingsOptions` says of each what it does. */
export interface Settings {
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  /** Null: the one that suits the activation. */
  readonly initializer: InitializerName | null;
  readonly cost: CostName;
  readonly dropout: number;
  readonly l1: number;
  readonly l2: number;
  readonly optimizer: UpdateRuleName;
  readonly learningRate: number;
  readonly schedule: ScheduleName;
  readonly batchSize: number;
  readonly epochs: number;
  readonly patience: number | "none";
  readonly monitor: Monitor;
  /** Whether a network is trained again on all rows at the end. */
  readonly isRefit: boolean;
  readonly classWeights: ClassWeights | null;
  readonly clipNorm: number | null;
  readonly seed: number;
  readonly engine: EngineName;
  readonly threads: Threads;
}

/** The network that is to be trained. @throws OptionError when it would be too wide. */
export function networkFor(settings: Settings, { task, inputs, outputs }: DataFacts): Network {
  const { hidden, activation, initializer, dropout, cost, seed, l1, l2 } = settings;
  const drawn = initializer === null ? {} : { initializer };
  const layers = hidden.map((units) => dense(units, activation, { dropout, ...drawn }));
  const last = dense(outputs, lastActivation(cost, task) ?? "identity", drawn);
  return network(inputs, [...layers, last], { cost, seed, regularization: { l1, l2 } });
}

/** The settings as `train` takes them. */
export function trainingOptionsFor(settings: Settings): TrainingOptions {
  const { epochs, batchSize, optimizer, learningRate, schedule, patience, monitor, seed, engine, threads } = settings;
  return {
    epochs,
    batchSize,
    optimizer,
    learningRate,
    schedule,
    monitor,
    seed,
    engine,
    threads,
    ...(patience === "none" ? {} : { patience }),
    ...(settings.classWeights === null ? {} : { classWeights: settings.classWeights }),
    ...(settings.clipNorm === null ? {} : { clip: { norm: settings.clipNorm } }),
  };
}
