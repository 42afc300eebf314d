import { activationNames, costNames } from "../../../network/index.ts";
import { scheduleNames, updateRuleNames } from "../../../train/index.ts";
import { AUTO, csvOptions, engineOption, fastOption, type OptionDefinition } from "../../framework/definition.ts";
import { namedInitializers } from "../../../defaults/settings.ts";

/** The options of `train`, in the order of its help. */
export const trainOptions: readonly OptionDefinition[] = [
  {
    name: "target",
    value: "COLUMN",
    description: "Predict this column, by its name or number (-1 is the last); several with commas between",
    default: "-1",
  },
  {
    name: "task",
    value: "NAME",
    description: "Learn classification, regression, or multilabel, which is several targets of two values each",
    default: AUTO,
  },
  {
    name: "weights",
    value: "COLUMN",
    description: "Let this column say how much each row counts in the cost",
    default: null,
  },
  ...csvOptions,
  {
    name: "max-categories",
    value: "COUNT",
    description: "Leave out columns with more different words than this",
    default: "100",
  },
  {
    name: "standardize",
    value: "on|off",
    description: "Scale every number column to mean 0 and standard deviation 1",
    default: "on",
  },
  {
    name: "validation",
    value: "FRACTION",
    description: "Hold back this part of the rows to judge by, such as 0.2; 0 holds back none",
    default: AUTO,
  },
  {
    name: "split",
    value: "HOW",
    description: "Hold back random rows, the last ones, or with group:COLUMN whole groups of rows",
    default: "random",
  },
  {
    name: "test",
    value: "FILE",
    description: "Measure the trained network on these rows, too, at the end",
    default: null,
  },
  {
    name: "hidden",
    value: "WIDTHS",
    description: "Give the hidden layers these widths, such as 64,32; or none",
    default: AUTO,
  },
  {
    name: "activation",
    value: "NAME",
    description: `Use this activation in the hidden layers: ${activationNames.join(", ")}`,
    default: "relu",
  },
  {
    name: "dropout",
    value: "FRACTION",
    description: "Leave out this part of the hidden neurons in each step, at random",
    default: AUTO,
  },
  {
    name: "init",
    value: "NAME",
    description: `Draw the first weights by this rule: ${namedInitializers.join(", ")}`,
    default: AUTO,
  },
  { name: "cost", value: "NAME", description: `Minimize this cost: ${costNames.join(", ")}`, default: AUTO },
  { name: "l1", value: "NUMBER", description: "Add this times the sum of all |w| to the cost", default: "0" },
  { name: "l2", value: "NUMBER", description: "Add half of this times the sum of all w² to the cost", default: AUTO },
  {
    name: "optimizer",
    value: "NAME",
    description: `Update the weights by this rule: ${updateRuleNames.join(", ")}`,
    default: "adam",
  },
  {
    name: "learning-rate",
    value: "NUMBER",
    description: "Start with this learning rate η, the size of the steps",
    default: AUTO,
  },
  {
    name: "schedule",
    value: "NAME",
    description: `Change the learning rate like this: ${scheduleNames.join(", ")}`,
    default: "cosine",
  },
  { name: "batch-size", value: "COUNT", description: "Take this many examples for one step", default: AUTO },
  { name: "epochs", value: "COUNT", description: "Pass over the training examples this often, at most", default: AUTO },
  {
    name: "patience",
    value: "COUNT",
    description: "Stop after this many epochs without a new best, and keep the best; or none",
    default: AUTO,
  },
  {
    name: "monitor",
    value: "NAME",
    description: "Choose the best epoch by cost (of validation, without the penalty), accuracy or r2",
    default: "cost",
  },
  {
    name: "refit",
    value: "on|off",
    description: "Train again on all rows at the end, for the best number of epochs, and keep that network",
    default: AUTO,
  },
  {
    name: "class-weights",
    value: "WEIGHTS",
    description: "Let each class count this much in the cost: balanced, or weights such as yes=5,no=1",
    default: null,
  },
  {
    name: "clip-norm",
    value: "NUMBER",
    description: "Scale the gradients down where their norm is larger than this",
    default: null,
  },
  { name: "seed", value: "NUMBER", description: "Draw first weights, split and order from this seed", default: "1" },
  engineOption,
  fastOption,
  {
    name: "threads",
    value: "COUNT",
    description: "Compute on at most this many threads, or auto; the weights are the same",
    default: "1",
  },
  {
    name: "out",
    value: "DIR",
    description: "Write the run's files into this folder instead of runs/NAME",
    default: null,
  },
  { name: "overwrite", value: null, description: "Write over a run that is in the folder of --out", default: null },
  {
    name: "config",
    value: "FILE",
    description: "Read options from this JSON file; those that are typed win",
    default: null,
  },
  { name: "no-report", value: null, description: "Write no report.html", default: null },
  { name: "json", value: null, description: "Print the figures as one JSON object", default: null },
  { name: "quiet", value: null, description: "Print the figures only", default: null },
];
