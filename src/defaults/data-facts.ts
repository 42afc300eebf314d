import { inputWidth, outputWidth, type Prepared, type Preprocessing, type Task } from "../data/index.ts";
import type { Dataset } from "../train/index.ts";

/** What settings follow from. */
export interface DataFacts {
  readonly task: Task;
  /** Why it is that task, in words. */
  readonly taskReason: string;
  /** Rows to train on. */
  readonly rows: number;
  /** n_0 */
  readonly inputs: number;
  /** What becomes of the columns, in words. */
  readonly inputsReason: string;
  /** n_L */
  readonly outputs: number;
  /** Whether targets that are amounts have mean 0, so that some are below it. */
  readonly isStandardized: boolean;
}

/** The facts of a table that was prepared, or of a data set, which is taken as it is. */
export function factsOf(data: Prepared | Dataset): DataFacts {
  if ("preprocessing" in data) {
    const { preprocessing, training } = data;
    return { ...factsOfPreprocessing(preprocessing), rows: training.examples };
  }
  return {
    task: data.hasLabels ? "classification" : "regression",
    taskReason: data.hasLabels ? "labels are classes" : "targets are amounts",
    rows: data.examples,
    inputs: data.inputWidth,
    inputsReason: `${counted(data.inputWidth, "number")}, as they are`,
    outputs: data.outputWidth,
    isStandardized: false,
  };
}

/** The same, without the rows. */
export function factsOfPreprocessing(preprocessing: Preprocessing): Omit<DataFacts, "rows"> {
  return {
    task: preprocessing.task,
    taskReason: preprocessing.taskReason,
    inputs: inputWidth(preprocessing),
    inputsReason: inputsInWords(preprocessing),
    outputs: outputWidth(preprocessing),
    isStandardized: preprocessing.isStandardized,
  };
}

/** What becomes of the columns: `4 numbers, standardized; 1 category column of 3 values in all, an input each`. */
function inputsInWords({ inputs, isStandardized }: Preprocessing): string {
  const categories = inputs.flatMap((input) => (input.kind === "category" ? [input.categories.length] : []));
  const dates = inputs.filter(({ kind }) => kind === "date").length;
  const numbers = inputs.length - categories.length - dates;
  const parts: string[] = [];
  if (numbers > 0) parts.push(`${counted(numbers, "number")}${isStandardized ? ", standardized" : ""}`);
  if (dates > 0) parts.push(`${counted(dates, "date")}, as day, month and weekday where they vary`);
  if (categories.length > 0) {
    const values = categories.reduce((sum, count) => sum + count, 0);
    parts.push(`${counted(categories.length, "category column")} of ${values} values in all, an input each`);
  }
  return parts.join("; ");
}

/** `1 row`, `1,200 rows`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
