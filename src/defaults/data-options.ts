import type { Task } from "../data/index.ts";
import { OptionError } from "../errors.ts";
import { oneOf, readNumberIn } from "../tree/typed-value.ts";
import { AUTO, type OptionTable, readSwitch } from "./option.ts";
import type { DataRequest } from "./training-data.ts";

const asTyped = (_: string, text: string): string => text;
const tasks: readonly Task[] = ["classification", "multilabel", "regression"];

/** Every option about what is learned from which rows. The seed is one of the settings. */
export const dataOptions: OptionTable<Omit<DataRequest, "seed">> = {
  target: {
    name: "target",
    value: "COLUMN",
    description: "Predict this column, by its name or number (-1 is the last); several with commas between",
    default: "-1",
    isLibraryDefault: true,
    label: "target",
    read: asTyped,
  },
  task: {
    name: "task",
    value: "NAME",
    description: "Learn classification, regression, or multilabel, which is several targets of two values each",
    default: AUTO,
    label: "task",
    read: (where, text) => oneOf(where, text, tasks),
  },
  weights: {
    name: "weights",
    value: "COLUMN",
    description: "Let this column say how much each row counts in the cost",
    default: null,
    label: "weights of the rows",
    read: asTyped,
  },
  maxCategories: {
    name: "max-categories",
    value: "COUNT",
    description: "Leave out columns with more different words than this",
    default: "100",
    isLibraryDefault: true,
    label: "most categories",
    read: (where, text) => readNumberIn(where, text, { least: 1, isWhole: true }),
  },
  standardize: {
    name: "standardize",
    value: "on|off",
    description: "Scale every number column to mean 0 and standard deviation 1",
    default: "on",
    label: "standardized",
    read: readSwitch,
  },
  validation: {
    name: "validation",
    value: "FRACTION",
    description: "Hold back this part of the rows to judge by, such as 0.2; 0 holds back none",
    default: AUTO,
    label: "part held back",
    read: (where, text) => readNumberIn(where, text, { least: 0, below: 1 }),
  },
  split: {
    name: "split",
    value: "HOW",
    description: "Hold back random rows, the last ones, or with group:COLUMN whole groups of rows",
    default: "random",
    label: "rows held back",
    read: readSplit,
  },
  testPath: {
    name: "test",
    value: "FILE",
    description: "Measure the trained network on these rows, too, at the end",
    default: null,
    label: "test",
    read: asTyped,
  },
};

/** `random`, `last` or `group:COLUMN`. */
function readSplit(where: string, text: string): DataRequest["split"] {
  const group = /^group:(.+)$/s.exec(text)?.[1];
  if (group !== undefined) return { group };
  if (text === "random" || text === "last") return text;
  throw new OptionError({
    where,
    expected: "random, last or group:COLUMN",
    got: `"${text}"`,
    advice: "Write group:patient to hold back whole groups of the column patient.",
  });
}
