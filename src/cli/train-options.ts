import { activationNames, costNames } from "../network/index.ts";
import { scheduleNames, updateRuleNames } from "../train/index.ts";
import { AUTO, csvOptions, engineOption, fastOption, type OptionDefinition } from "./definition.ts";
import { namedInitializers } from "./training-settings.ts";

/** The options of `train`, in the order of its help. */
export const trainOptions: readonly OptionDefinition[] = [
  {
    name: "target",
    value: "COLUMN",
    description: "What to predict: name or number, -1 the last; several with commas between",
    default: "-1",
  },
  {
    name: "task",
    value: "NAME",
    description: "classification, regression, or multilabel: several targets of two values each",
    default: AUTO,
  },
  { name: "weights", value: "COLUMN", description: "How much each row counts in the cost", default: null },
  ...csvOptions,
  { name: "max-categories", value: "COUNT", description: "Columns with more are left out", default: "100" },
  { name: "standardize", value: "on|off", description: "Numbers to mean 0 and deviation 1", default: "on" },
  { name: "validation", value: "FRACTION", description: "Part of the rows held back, or 0", default: AUTO },
  {
    name: "split",
    value: "HOW",
    description: "Which rows are held back: random, last, or group:COLUMN (whole groups of rows)",
    default: "random",
  },
  { name: "test", value: "FILE", description: "More rows to measure on, at the end", default: null },
  { name: "hidden", value: "WIDTHS", description: "Of the hidden layers, as 64,32, or none", default: AUTO },
  {
    name: "activation",
    value: "NAME",
    description: `Of these layers: ${activationNames.join(", ")}`,
    default: "relu",
  },
  { name: "dropout", value: "FRACTION", description: "Of these layers' neurons, left out of a step", default: AUTO },
  { name: "init", value: "NAME", description: `First weights: ${namedInitializers.join(", ")}`, default: AUTO },
  { name: "cost", value: "NAME", description: costNames.join(", "), default: AUTO },
  { name: "l1", value: "NUMBER", description: "Penalty on the weights' sizes", default: "0" },
  { name: "l2", value: "NUMBER", description: "Penalty on the weights' squares", default: AUTO },
  { name: "optimizer", value: "NAME", description: updateRuleNames.join(", "), default: "adam" },
  { name: "learning-rate", value: "NUMBER", description: "Size of the steps", default: AUTO },
  { name: "schedule", value: "NAME", description: scheduleNames.join(", "), default: "cosine" },
  { name: "batch-size", value: "COUNT", description: "Examples for one step", default: AUTO },
  { name: "epochs", value: "COUNT", description: "Passes over the training examples, at most", default: AUTO },
  {
    name: "patience",
    value: "COUNT",
    description: "Epochs without a new best until the end, or none",
    default: AUTO,
  },
  {
    name: "monitor",
    value: "NAME",
    description: "What tells the best epoch: cost (of validation, without the penalty), accuracy or r2",
    default: "cost",
  },
  {
    name: "class-weights",
    value: "WEIGHTS",
    description: "How much each class counts in the cost: balanced, or yes=5,no=1",
    default: null,
  },
  { name: "clip-norm", value: "NUMBER", description: "Largest norm of the gradients", default: null },
  { name: "seed", value: "NUMBER", description: "Decides first weights, split and order", default: "1" },
  engineOption,
  fastOption,
  { name: "threads", value: "COUNT", description: "To compute on at most, or auto: same weights", default: "1" },
  { name: "out", value: "DIR", description: "Folder for the run's files, instead of runs/NAME", default: null },
  { name: "overwrite", value: null, description: "Write over a run that is in the folder of --out", default: null },
  { name: "config", value: "FILE", description: "JSON with these options; those typed come first", default: null },
  { name: "no-report", value: null, description: "Write no report.html", default: null },
  { name: "json", value: null, description: "Print the figures as one JSON object", default: null },
  { name: "quiet", value: null, description: "Show the figures only", default: null },
];
