import type { Task } from "../../../data/index.ts";
import type { EngineName, Threads } from "../../../engine/index.ts";
import { OptionError } from "../../../errors.ts";
import {
  type ActivationName,
  activationNames,
  type CostName,
  costNames,
  dense,
  type InitializerName,
  initializerNames,
  type Network,
  network,
} from "../../../network/index.ts";
import {
  type ClassWeights,
  type Monitor,
  monitorNames,
  type ScheduleName,
  scheduleNames,
  type UpdateRuleName,
  updateRuleNames,
} from "../../../train/index.ts";
import { type Arguments, readNumber } from "../../framework/arguments.ts";
import { engineOf } from "../models/engine-option.ts";
import { type DataSize, defaultRates, defaultsFor } from "./training-defaults.ts";

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

/** Reads the options about network and training, before any data. @throws OptionError when one is out of its range. */
export function readRequestedSettings(args: Arguments): RequestedSettings {
  const orNull = <Value>(name: string, read: () => Value): Value | null => (args.given(name) === null ? null : read());
  const penalty = (name: string): number => args.number(name, "a number from 0 up", (value) => value >= 0);
  const above0 = (name: string): number => args.number(name, "a number above 0", (value) => value > 0);
  const isFraction = (value: number): boolean => value >= 0 && value < 1;
  return {
    hidden: orNull("hidden", () => hiddenWidths(args.where("hidden"), args.text("hidden"))),
    activation: args.choice("activation", activationNames),
    initializer: orNull("init", () => args.choice("init", namedInitializers)),
    cost: orNull("cost", () => args.choice("cost", costNames)),
    dropout: orNull("dropout", () => args.number("dropout", "a fraction from 0 up, below 1", isFraction)),
    l1: penalty("l1"),
    l2: orNull("l2", () => penalty("l2")),
    optimizer: args.choice("optimizer", updateRuleNames),
    learningRate: orNull("learning-rate", () => above0("learning-rate")),
    schedule: args.choice("schedule", scheduleNames),
    batchSize: orNull("batch-size", () => args.wholeNumber("batch-size", 1)),
    epochs: orNull("epochs", () => args.wholeNumber("epochs", 1)),
    patience: orNull("patience", () => (args.text("patience") === "none" ? "none" : args.wholeNumber("patience", 1))),
    monitor: args.choice("monitor", monitorNames),
    isRefit: orNull("refit", () => args.choice("refit", ["on", "off"]) === "on"),
    classWeights: orNull("class-weights", () =>
      readClassWeights(args.where("class-weights"), args.text("class-weights")),
    ),
    clipNorm: orNull("clip-norm", () => above0("clip-norm")),
    seed: args.wholeNumber("seed", 0),
    engine: engineOf(args),
    threads: args.text("threads") === "auto" ? "auto" : args.wholeNumber("threads", 1),
  };
}

/** Initializers that need no number of their own. */
export const namedInitializers: readonly InitializerName[] = initializerNames.filter(
  (name) => name !== "uniform" && name !== "normal",
);

/** `balanced`, `1,2,5` in the order of the classes, or `yes=5,no=1` by their names. */
function readClassWeights(where: string, text: string): ClassWeights {
  if (text === "balanced") return text;
  const rule = {
    expected: "balanced, or weights such as yes=5,no=1 from 0 up",
    isAllowed: (value: number) => value >= 0,
  };
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => !part.includes("="))) return parts.map((part) => readNumber(where, part, rule));
  return Object.fromEntries(
    parts.map((part) => {
      // A name may have the sign, a number has none.
      const at = part.lastIndexOf("=");
      return [part.slice(0, at), readNumber(where, part.slice(at + 1), rule)];
    }),
  );
}

/** The widths in "64,32"; none in "none". */
function hiddenWidths(where: string, text: string): number[] {
  if (text === "none") return [];
  const expected = 'widths such as 64 or 64,32 or "none"';
  const isAllowed = (width: number): boolean => Number.isSafeInteger(width) && width > 0;
  return text.split(",").map((width) => readNumber(where, width.trim(), { expected, isAllowed }));
}

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
