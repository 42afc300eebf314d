import type { Task } from "../data/index.ts";
import type { EngineName, Threads } from "../engine/index.ts";
import { OptionError } from "../errors.ts";
import {
  type ActivationName,
  type CostName,
  costNames,
  dense,
  type InitializerName,
  initializerNames,
  type Network,
  network,
} from "../network/index.ts";
import { type ClassWeights, type Monitor, type ScheduleName, type UpdateRuleName } from "../train/index.ts";
import { type DataSize, defaultRates, defaultsFor } from "./defaults-by-size.ts";

/** What the command line asks for; null where the data are to decide. */
export interface RequestedSettings {
  readonly hidden: readonly number[] | null;
  readonly activation: ActivationName;
  readonly initializer: InitializerName | null;
  readonly cost: CostName | null;
  readonly dropout: number | null;
  readonly l1: number;
  readonly l2: number | null;
  readonly optimizer: UpdateRuleName;
  readonly learningRate: number | null;
  readonly schedule: ScheduleName;
  readonly batchSize: number | null;
  readonly epochs: number | null;
  readonly patience: number | "none" | null;
  readonly monitor: Monitor;
  /** Whether a network is trained again on all rows at the end. */
  readonly isRefit: boolean | null;
  readonly classWeights: ClassWeights | null;
  readonly clipNorm: number | null;
  readonly seed: number;
  readonly engine: EngineName;
  readonly threads: Threads;
}

/** The same, decided. */
export interface Settings extends RequestedSettings {
  readonly hidden: readonly number[];
  readonly cost: CostName;
  readonly dropout: number;
  readonly l2: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly patience: number | "none";
  readonly isRefit: boolean;
}

/** Initializers that need no number of their own. */
export const namedInitializers: readonly InitializerName[] = initializerNames.filter(
  (name) => name !== "uniform" && name !== "normal",
);

/**
 * Fills in what the command line left to the data.
 *
 * @throws OptionError when the cost is for the other task.
 */
export function settled(
  requested: RequestedSettings,
  task: Task,
  size: DataSize & { readonly isStandardized: boolean },
): Settings {
  const defaults = defaultsFor(size);
  const cost = requested.cost ?? defaultCosts[task];
  if (requested.classWeights !== null && task !== "classification") {
    throw new OptionError(
      `--class-weights: expected none for a ${task}, which has no classes of one target, got some. Leave it out, or weigh ` +
        "the rows (--weights COLUMN).",
    );
  }
  if (lastActivation(cost, task) === null) {
    const fitting = costNames.filter((name) => lastActivation(name, task) !== null);
    throw new OptionError(`--cost: expected a cost for a ${task} (${fitting.join(", ")}), got "${cost}". Choose one.`);
  }
  if (cost === "poisson" && task === "regression" && size.isStandardized) {
    throw new OptionError(
      '--cost: expected a cost that takes amounts below 0, as standardized targets have, got "poisson". ' +
        "Add --standardize off.",
    );
  }
  return {
    ...requested,
    cost,
    hidden: requested.hidden ?? defaults.hidden,
    dropout: requested.dropout ?? defaults.dropout,
    l2: requested.l2 ?? (requested.l1 > 0 ? 0 : defaults.l2),
    learningRate: requested.learningRate ?? defaultRates[requested.optimizer],
    batchSize: requested.batchSize ?? defaults.batchSize,
    epochs: requested.epochs ?? defaults.epochs,
    patience: requested.patience ?? defaults.patience,
    // Who wants the last epoch wants that very network.
    isRefit: requested.isRefit ?? (defaults.isRefit && requested.patience !== "none"),
  };
}

const defaultCosts: Readonly<Record<Task, CostName>> = {
  classification: "crossEntropy",
  // Each label by itself.
  multilabel: "binaryCrossEntropy",
  regression: "meanSquaredError",
};

/** What the last layer needs, to give outputs that the cost is made for; null when the cost is for the other task. */
function lastActivation(cost: CostName, task: Task): ActivationName | null {
  if (task === "multilabel") return cost === "binaryCrossEntropy" ? "sigmoid" : null;
  switch (cost) {
    case "crossEntropy":
      return task === "classification" ? "softmax" : null;
    case "binaryCrossEntropy":
      return task === "classification" ? "sigmoid" : null;
    case "hinge":
      return task === "classification" ? "identity" : null;
    // Amounts above 0.
    case "poisson":
      return "softplus";
    // 1 for an example's own class and 0 for others, or any amount.
    case "quadratic":
    case "meanSquaredError":
    case "meanAbsoluteError":
    case "huber":
    case "logCosh":
      return task === "classification" ? "sigmoid" : "identity";
  }
}

/** The network that is to be trained. @throws OptionError when it would be too wide. */
export function networkFor(settings: Settings, task: Task, size: { inputs: number; outputs: number }): Network {
  const { hidden, activation, initializer, dropout, cost, seed, l1, l2 } = settings;
  const drawn = initializer === null ? {} : { initializer };
  const layers = hidden.map((units) => dense(units, activation, { dropout, ...drawn }));
  const last = dense(size.outputs, lastActivation(cost, task) ?? "identity", drawn);
  return network(size.inputs, [...layers, last], { cost, seed, regularization: { l1, l2 } });
}
