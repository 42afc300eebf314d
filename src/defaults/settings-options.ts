import { engineNames } from "../engine/index.ts";
import { activationNames, costNames, type InitializerName, initializerNames } from "../network/index.ts";
import { type ClassWeights, monitorNames, scheduleNames, updateRuleNames, trainingRanges } from "../train/index.ts";
import type { NumberRange } from "../tree/number-range.ts";
import { oneOf, readNumber, readNumberIn } from "../tree/typed-value.ts";
import { AUTO, type OptionTable, readSwitch } from "./option.ts";
import type { Settings } from "./settings.ts";

/** Initializers that need no number of their own. */
export const namedInitializers: readonly InitializerName[] = initializerNames.filter(
  (name) => name !== "uniform" && name !== "normal",
);

const within =
  (range: NumberRange) =>
  (where: string, text: string): number =>
    readNumberIn(where, text, range);

const among =
  <Choice extends string>(choices: readonly Choice[]) =>
  (where: string, text: string): Choice =>
    oneOf(where, text, choices);

/** Every option about network and training: its name, range, description and default stand here and nowhere else. */
export const settingsOptions: OptionTable<Settings> = {
  hidden: {
    name: "hidden",
    value: "WIDTHS",
    description: "Give the hidden layers these widths, such as 64,32; or none",
    default: AUTO,
    label: "hidden layers",
    read: readWidths,
  },
  activation: {
    name: "activation",
    value: "NAME",
    description: `Use this activation in the hidden layers: ${activationNames.join(", ")}`,
    default: "relu",
    label: "activation",
    read: among(activationNames),
  },
  dropout: {
    name: "dropout",
    value: "FRACTION",
    description: "Leave out this part of the hidden neurons in each step, at random",
    default: AUTO,
    label: "dropout",
    read: within({ least: 0, below: 1 }),
  },
  initializer: {
    name: "init",
    value: "NAME",
    description: `Draw the first weights by this rule: ${namedInitializers.join(", ")}`,
    default: AUTO,
    label: "first weights",
    read: among(namedInitializers),
  },
  cost: {
    name: "cost",
    value: "NAME",
    description: `Minimize this cost: ${costNames.join(", ")}`,
    default: AUTO,
    label: "cost",
    read: among(costNames),
  },
  l1: {
    name: "l1",
    value: "NUMBER",
    description: "Add this times the sum of all |w| to the cost",
    default: "0",
    label: "L1 penalty",
    read: within({ least: 0 }),
  },
  l2: {
    name: "l2",
    value: "NUMBER",
    description: "Add half of this times the sum of all w² to the cost",
    default: AUTO,
    label: "L2 penalty",
    read: within({ least: 0 }),
  },
  optimizer: {
    name: "optimizer",
    value: "NAME",
    description: `Update the weights by this rule: ${updateRuleNames.join(", ")}`,
    default: "adam",
    label: "optimizer",
    read: among(updateRuleNames),
  },
  learningRate: {
    name: "learning-rate",
    value: "NUMBER",
    description: "Start with this learning rate η, the size of the steps",
    default: AUTO,
    label: "learning rate η",
    // The library takes 0, too, which trains nothing.
    read: within({ ...trainingRanges.learningRate, isAbove: true }),
  },
  schedule: {
    name: "schedule",
    value: "NAME",
    description: `Change the learning rate like this: ${scheduleNames.join(", ")}`,
    default: "cosine",
    label: "schedule",
    read: among(scheduleNames),
  },
  batchSize: {
    name: "batch-size",
    value: "COUNT",
    description: "Take this many examples for one step",
    default: AUTO,
    label: "batch size",
    read: within(trainingRanges.batchSize),
  },
  epochs: {
    name: "epochs",
    value: "COUNT",
    description: "Pass over the training examples this often, at most",
    default: AUTO,
    label: "epochs, at most",
    // The library takes 0, too, which trains nothing.
    read: within({ ...trainingRanges.epochs, least: 1 }),
  },
  patience: {
    name: "patience",
    value: "COUNT",
    description: "Stop after this many epochs without a new best, and keep the best; or none",
    default: AUTO,
    label: "epochs without a new best",
    read: (where, text) => (text === "none" ? "none" : readNumberIn(where, text, trainingRanges.patience)),
  },
  monitor: {
    name: "monitor",
    value: "NAME",
    description: "Choose the best epoch by cost (of validation, without the penalty), accuracy or r2",
    default: "cost",
    label: "the best epoch by",
    read: among(monitorNames),
  },
  isRefit: {
    name: "refit",
    value: "on|off",
    description: "Train again on all rows at the end, for the best number of epochs, and keep that network",
    default: AUTO,
    label: "trained again on all rows",
    read: readSwitch,
  },
  classWeights: {
    name: "class-weights",
    value: "WEIGHTS",
    description: "Let each class count this much in the cost: balanced, or weights such as yes=5,no=1",
    default: null,
    label: "weights of the classes",
    read: readClassWeights,
  },
  clipNorm: {
    name: "clip-norm",
    value: "NUMBER",
    description: "Scale the gradients down where their norm is larger than this",
    default: null,
    label: "largest norm of gradients",
    read: within({ least: 0, isAbove: true }),
  },
  seed: {
    name: "seed",
    value: "NUMBER",
    description: "Draw first weights, split and order from this seed",
    default: "1",
    label: "seed",
    read: within({ least: 0, isWhole: true }),
  },
  engine: {
    name: "engine",
    value: "NAME",
    description:
      "Compute with this engine: wasm (float32), fast, blas (native), reference (float64), or auto, which is wasm, or blas where BACKPASS_BLAS is set",
    default: AUTO,
    label: "engine",
    read: among(engineNames),
  },
  threads: {
    name: "threads",
    value: "COUNT",
    description: "Compute on at most this many threads, or auto; the weights are the same",
    default: "1",
    label: "threads",
    read: (where, text) => (text === AUTO ? AUTO : readNumberIn(where, text, trainingRanges.threads)),
  },
};

/** A setting as JSON and a report have it: a number, or a text as one would type it. Null for none. */
export function settingsJson(settings: Settings): Readonly<Record<keyof Settings, string | number | null>> {
  const written = Object.keys(settingsOptions).map((key) => {
    const value = settings[key as keyof Settings]; // as: the keys of the table are those of the settings
    if (value === null || typeof value === "number" || typeof value === "string") return [key, value];
    if (typeof value === "boolean") return [key, value ? "on" : "off"];
    if (Array.isArray(value)) return [key, value.length === 0 ? "none" : value.join(",")];
    return [
      key,
      Object.entries(value)
        .map(([name, weight]) => `${name}=${weight}`)
        .join(","),
    ];
  });
  return Object.fromEntries(written) as Readonly<Record<keyof Settings, string | number | null>>; // as: one for each key
}

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
function readWidths(where: string, text: string): readonly number[] {
  if (text === "none") return [];
  const expected = 'widths such as 64 or 64,32 or "none"';
  const isAllowed = (width: number): boolean => Number.isSafeInteger(width) && width > 0;
  return text.split(",").map((width) => readNumber(where, width.trim(), { expected, isAllowed }));
}
