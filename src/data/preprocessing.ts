// Types, not interfaces: only those count as JSON objects to the compiler.

/** What is predicted: one of some classes, labels of which several may hold at once, or amounts. */
export type Task = "classification" | "multilabel" | "regression";

/** A column of numbers as the network sees it: `(x − mean)/deviation`, and perhaps one more input that says "missing". */
export type NumberInput = {
  readonly kind: "number";
  readonly name: string;
  readonly position: number;
  /** Of the training rows that have a value; it also stands in for a missing one. */
  readonly mean: number;
  /** Square root of the mean squared distance from the mean, over the same rows. */
  readonly deviation: number;
  /** True when training rows miss this value: a second input is then 1 where it is missing, else 0. */
  readonly hasMissingIndicator: boolean;
  /** True when the training file was long enough for float32 (see `growingNumbers`): values are rounded to it. */
  readonly isSingle: boolean;
  /** The least and the greatest value of the training rows; models of before 0.1 lack it. */
  readonly range?: readonly [least: number, greatest: number];
};

/**
 * A column of dates as the network sees it: the day as a number `(x − mean)/deviation`, one input for each month and for
 * each weekday that training rows have, and the hour where there is a time of day. What does not vary is left out.
 */
export type DateInput = {
  readonly kind: "date";
  readonly name: string;
  readonly position: number;
  /** Days since 1970-01-01; null where the day is no input: it only rises through the file, and tells the row. */
  readonly day: { readonly mean: number; readonly deviation: number; readonly range: readonly [number, number] } | null;
  /** 1 … 12, those of the training rows. */
  readonly months: readonly number[];
  /** 1 (Monday) … 7, those of the training rows. */
  readonly weekdays: readonly number[];
  /** Mean and deviation of the hour of the day, 0 … 24 with its fraction; null where all rows have the same. */
  readonly hour: { readonly mean: number; readonly deviation: number } | null;
  readonly hasMissingIndicator: boolean;
};

/**
 * A column of words as the network sees it: one input per category, 1 for the one that the row has, else 0. A missing or
 * unknown one, which training rows never had, makes all of them 0.
 */
export type CategoryInput = {
  readonly kind: "category";
  readonly name: string;
  readonly position: number;
  /** Those of the training rows, sorted: numbers by size, then words by character code. */
  readonly categories: readonly string[];
  /** True when training rows lack a category, too; absent when none does. */
  readonly hasMissing?: boolean;
};

/** A column as the network sees it. */
export type Input = NumberInput | CategoryInput | DateInput;

/** The classes to tell apart. */
export type ClassTarget = {
  readonly kind: "classes";
  readonly name: string;
  readonly position: number;
  /** Sorted: numbers by size, then words by character code. */
  readonly classes: readonly string[];
  /** Training rows of each. */
  readonly counts: readonly number[];
};

/** The amount to predict: the network learns `(t − mean)/deviation`. */
export type NumberTarget = {
  readonly kind: "number";
  readonly name: string;
  readonly position: number;
  /** Of the training rows. */
  readonly mean: number;
  readonly deviation: number;
};

/**
 * How a table becomes numbers for a network, and its outputs an answer. Fitted to the training rows alone, and kept with
 * the model, so that prediction does the same. Plain JSON.
 */
export type Preprocessing = {
  /** Of this format. */
  readonly version: 1;
  readonly task: Task;
  /** Why that task, in words. */
  readonly taskReason: string;
  /** False: numbers, of inputs and target, are taken as they are. */
  readonly isStandardized: boolean;
  /** True when columns are found by name in other files, not by position. */
  readonly hasHeader: boolean;
  /** Columns of the training file. */
  readonly columns: number;
  /** The target, or the first of several. */
  readonly target: ClassTarget | NumberTarget;
  /** The others, in the order of the outputs: of a multilabel task classes of two, of a regression numbers. */
  readonly moreTargets?: readonly (ClassTarget | NumberTarget)[];
  /** In the order of the file. */
  readonly inputs: readonly Input[];
  /** How the training file was read, where that is not the usual: prediction reads its file in the same way. */
  readonly reading?: {
    /** Texts for a missing value, in lower case, instead of the usual ones. */
    readonly missing?: readonly string[];
    /** The decimal sign of the training file, for a file in which nothing tells it. */
    readonly decimal?: "." | ",";
  };
  /** Columns that are no inputs, with the reason. */
  readonly dropped: readonly { readonly name: string; readonly position: number; readonly reason: string }[];
};

/** Inputs of the network that a column becomes. */
export function widthOf(input: Input): number {
  if (input.kind === "category") return input.categories.length;
  if (input.kind === "number") return input.hasMissingIndicator ? 2 : 1;
  const { day, months, weekdays, hour, hasMissingIndicator } = input;
  return months.length + weekdays.length + Number(day !== null) + Number(hour !== null) + Number(hasMissingIndicator);
}

/** Inputs of the network, `n_0`. */
export function inputWidth(preprocessing: Preprocessing): number {
  return preprocessing.inputs.reduce((sum, input) => sum + widthOf(input), 0);
}

/** Outputs of the network, `n_L`: one per class, or one for each of several targets or amounts. */
export function outputWidth(preprocessing: Preprocessing): number {
  if (preprocessing.moreTargets !== undefined) return 1 + preprocessing.moreTargets.length;
  return preprocessing.target.kind === "classes" ? preprocessing.target.classes.length : 1;
}

/** A name for each input of the network: `age`, `age is missing`, `color = red`. */
export function inputNames(preprocessing: Preprocessing): string[] {
  return preprocessing.inputs.flatMap((input) => {
    if (input.kind === "category") return input.categories.map((category) => `${input.name} = ${category}`);
    if (input.kind === "date") return dateInputNames(input);
    return input.hasMissingIndicator ? [input.name, `${input.name} is missing`] : [input.name];
  });
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function dateInputNames({ name, day, months, weekdays, hour, hasMissingIndicator }: DateInput): string[] {
  return [
    ...(day === null ? [] : [name]),
    ...months.map((month) => `${name} month = ${month}`),
    ...weekdays.map((weekday) => `${name} weekday = ${WEEKDAYS[weekday - 1] ?? weekday}`),
    ...(hour === null ? [] : [`${name} hour`]),
    ...(hasMissingIndicator ? [`${name} is missing`] : []),
  ];
}

/**
 * Outputs of a regression in the units of the targets, row after row where there are several; those of a classification
 * as they are.
 */
export function inUnitsOfTarget(preprocessing: Preprocessing, outputs: ArrayLike<number>): Float64Array {
  const { target, moreTargets = [], isStandardized } = preprocessing;
  const targets = [target, ...moreTargets];
  if (target.kind === "classes" || !isStandardized) return Float64Array.from(outputs);
  return Float64Array.from(outputs, (output, i) => {
    const own = targets[i % targets.length];
    return own?.kind === "number" ? own.mean + own.deviation * output : output;
  });
}

/** Order of categories that does not depend on the order of rows: numbers by size, then words by character code. */
export function sortedCategories(categories: Iterable<string>): string[] {
  const rank = (name: string): number => (name !== "" && Number.isFinite(Number(name)) ? Number(name) : Infinity);
  return [...categories].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    // Digits beyond those of a number, and zeros before them, still differ.
    if (x !== y) return x < y ? -1 : 1;
    return a < b ? -1 : a > b ? 1 : 0;
  });
}
