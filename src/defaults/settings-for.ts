import type { Prepared } from "../data/index.ts";
import { OptionError } from "../errors.ts";
import type { Dataset } from "../train/index.ts";
import { counted, type DataFacts, factsOf } from "./data-facts.ts";
import { defaultRates, defaultsFor, type TrainingDefaults } from "./defaults-by-size.ts";
import { defaultCosts, fittingCosts } from "./fitting-cost.ts";
import type { Settings } from "./settings.ts";
import { settingsJson, settingsOptions } from "./settings-options.ts";

/** Settings that are asked for; null or left out where they are to be chosen. */
export type RequestedSettings = { readonly [Name in keyof Settings]?: Settings[Name] | null | undefined };

/** What was chosen for a setting, and why. */
export interface SettingChoice {
  readonly name: keyof Settings | "task" | "inputs";
  /** What it is called, for people. */
  readonly label: string;
  /** As one would write it; null for none. */
  readonly value: string | number | null;
  /** "given": as asked for. "data": it follows from the data. "usual": it suits most data. */
  readonly basis: "given" | "data" | "usual";
  readonly reason: string;
}

/** How to train on some data. */
export interface ChosenSettings {
  readonly facts: DataFacts;
  readonly settings: Settings;
  /** The columns, the task, then every setting in the order of `settingsOptions`. */
  readonly choices: readonly SettingChoice[];
}

/**
 * Settings that suit some data, each with its reason: from the kinds of the columns follow inputs and task, from task and
 * size network, cost and rule. `networkFor` and `trainingOptionsFor` make of them what `train` takes.
 *
 * @param data as `prepare` gives it, a data set, or its facts.
 * @param where what messages blame for a setting. Default: its name.
 * @throws OptionError when the cost or the weights of classes are for another task.
 */
export function settingsFor(
  data: Prepared | Dataset | DataFacts,
  requested: RequestedSettings = {},
  where: (setting: keyof Settings) => string = (setting) => `settingsFor: ${setting}`,
): ChosenSettings {
  const facts = "taskReason" in data ? data : factsOf(data);
  const settings = settled(facts, requested);
  checkSettings(facts, settings, where);
  const written = settingsJson(settings);
  const reasons = reasonsOf(facts, settings, requested);
  const choices = Object.entries(settingsOptions).map(([key, { label }]): SettingChoice => {
    const name = key as keyof Settings; // as: the keys of the table are those of the settings
    const isGiven = (requested[name] ?? null) !== null;
    const [basis, reason] = isGiven ? (["given", "as asked for"] as const) : reasons[name];
    return { name, label, value: written[name], basis, reason };
  });
  return {
    facts,
    settings,
    choices: [
      { name: "inputs", label: "inputs", value: facts.inputs, basis: "data", reason: facts.inputsReason },
      { name: "task", label: "task", value: facts.task, basis: "data", reason: facts.taskReason },
      ...choices,
    ],
  };
}

function settled(facts: DataFacts, requested: RequestedSettings): Settings {
  const defaults = defaultsFor(facts);
  const usual = <Name extends keyof Settings>(name: Name): NonNullable<Settings[Name]> =>
    requested[name] ?? settingsOptions[name].read(name, settingsOptions[name].default ?? "");
  const optimizer = usual("optimizer");
  const l1 = usual("l1");
  return {
    hidden: requested.hidden ?? defaults.hidden,
    activation: usual("activation"),
    initializer: requested.initializer ?? null,
    cost: requested.cost ?? defaultCosts[facts.task],
    dropout: requested.dropout ?? defaults.dropout,
    l1,
    l2: requested.l2 ?? (l1 > 0 ? 0 : defaults.l2),
    optimizer,
    learningRate: requested.learningRate ?? defaultRates[optimizer],
    schedule: usual("schedule"),
    batchSize: requested.batchSize ?? defaults.batchSize,
    epochs: requested.epochs ?? defaults.epochs,
    patience: requested.patience ?? defaults.patience,
    monitor: usual("monitor"),
    // Who wants the last epoch wants that very network.
    isRefit: requested.isRefit ?? (defaults.isRefit && requested.patience !== "none"),
    classWeights: requested.classWeights ?? null,
    clipNorm: requested.clipNorm ?? null,
    seed: usual("seed"),
    engine: usual("engine"),
    threads: usual("threads"),
  };
}

function checkSettings(
  { task, isStandardized }: DataFacts,
  { cost, classWeights }: Settings,
  where: (setting: keyof Settings) => string,
): void {
  if (classWeights !== null && task !== "classification") {
    throw new OptionError({
      where: where("classWeights"),
      expected: `none for a ${task}, which has no classes of one target`,
      got: "some",
      advice: "Leave it out, or weigh the rows (--weights COLUMN).",
    });
  }
  if (!fittingCosts(task).includes(cost)) {
    throw new OptionError({
      where: where("cost"),
      expected: `a cost for a ${task} (${fittingCosts(task).join(", ")})`,
      got: `"${cost}"`,
      advice: "Choose one.",
    });
  }
  if (cost === "poisson" && task === "regression" && isStandardized) {
    throw new OptionError({
      where: where("cost"),
      expected: "a cost that takes amounts below 0, as standardized targets have",
      got: '"poisson"',
      advice: "Add --standardize off.",
    });
  }
}

type Reason = readonly [basis: "data" | "usual", reason: string];

/** Why each setting is what it is, when nobody asked for another. */
function reasonsOf(
  facts: DataFacts,
  settings: Settings,
  requested: RequestedSettings,
): Readonly<Record<keyof Settings, Reason>> {
  const { task, rows } = facts;
  const size = `for ${counted(rows, "row")}`;
  const steps = Math.ceil(rows / settings.batchSize);
  const defaults: TrainingDefaults = defaultsFor(facts);
  return {
    hidden: ["data", `two hidden layers, these widths ${size}: wider ones were better only from some thousand rows on`],
    activation: ["usual", "the usual one: its derivative is 0 or 1, so errors do not shrink on their way back"],
    initializer: ["usual", `the one that suits ${settings.activation}`],
    cost: ["data", costReasons[task]],
    dropout: [
      "data",
      settings.dropout > 0
        ? `${size}: few rows can be learned by heart`
        : `none ${size}: many rows are not learned by heart`,
    ],
    l1: ["usual", "none"],
    l2: ["data", l2Reason(settings, size)],
    optimizer: ["usual", "the usual one: a step size of its own for each weight"],
    learningRate: ["usual", `the one at which ${settings.optimizer} trains well on standardized inputs`],
    schedule: ["usual", "large steps at first, small ones at the end"],
    batchSize: ["data", `${counted(steps, "step")} an epoch ${size}`],
    epochs: ["data", `at most ${(steps * settings.epochs).toLocaleString("en")} steps in all`],
    patience: ["data", `it ends when no epoch has been better for so long; the best is kept`],
    monitor: ["usual", "the cost is what training makes smaller"],
    isRefit: [
      "data",
      settings.isRefit
        ? `${size}, those held back are worth learning from, too`
        : defaults.isRefit && requested.patience === "none"
          ? "the network of the last epoch is kept"
          : `${size}, those held back would change little`,
    ],
    classWeights: ["usual", "each row counts alike"],
    clipNorm: ["usual", "gradients are taken as they are"],
    seed: ["usual", "any will do; the same seed gives the same weights"],
    engine: ["usual", "the fastest that gives the same bits on every machine"],
    threads: ["usual", "one thread"],
  };
}

const costReasons: Readonly<Record<DataFacts["task"], string>> = {
  classification: "the outputs are probabilities of the classes",
  multilabel: "each output is the probability of its own label",
  regression: "amounts that are twice as far off count four times",
};

function l2Reason({ l1, l2 }: Settings, size: string): string {
  if (l2 > 0) return `${size}: small weights, as few rows can be learned by heart`;
  return l1 > 0 ? "none beside an L1 penalty" : `none ${size}`;
}
