import {
  appliedDataset,
  applyPreprocessing,
  type Baseline,
  baseline,
  inputWidth,
  prepare,
  type PrepareOptions,
  type Preprocessing,
  rowInFile,
  type Table,
  type Task,
} from "../data/index.ts";
import { DataError, OptionError } from "../errors.ts";
import { type Dataset, split } from "../train/index.ts";
import { classBaseline } from "../data/preprocessing/class-baseline.ts";
import { type DataFacts, factsOf, factsOfPreprocessing } from "./data-facts.ts";
import { type ColumnSuspects, columnSuspects, noSuspects } from "./column-suspects.ts";

/** With fewer rows, none is held back unless asked for: a few rows measure nothing, and training needs them. */
const ROWS_TO_HOLD_BACK = 20;

/** Examples to measure on, and what an answer is worth there that does not look at the inputs. */
export interface SplitPart {
  readonly data: Dataset;
  readonly baseline: Baseline;
  /** The row of its file that each example is, as editors count; null for images. */
  readonly rowNumbers: readonly number[] | null;
}

/** All that a run learns from and is measured by. */
export interface TrainingData {
  readonly name: string;
  readonly task: Task;
  readonly taskReason: string;
  /** What settings follow from. */
  readonly facts: DataFacts;
  readonly training: SplitPart;
  readonly validation: SplitPart | null;
  readonly test: SplitPart | null;
  /** Null for images, which are taken as they are. */
  readonly preprocessing: Preprocessing | null;
  readonly classes: readonly string[] | null;
  /** Missing cells of each input column that has any. */
  readonly missing: readonly { readonly name: string; readonly cells: number }[];
  /** Rows and columns as they were found. */
  readonly rows: number;
  readonly columns: number;
  /** What was found out or decided, a sentence each. */
  readonly notes: readonly string[];
  /** For the diagnosis. */
  readonly columnSuspects: ColumnSuspects;
  /** All rows together, prepared anew; null where none are held back. */
  readonly whole: (() => Promise<WholeData>) | null;
}

/** All rows to learn from, those held back among them. */
export interface WholeData {
  readonly training: Dataset;
  /** Fitted to all of them; null for images. */
  readonly preprocessing: Preprocessing | null;
  readonly test: SplitPart | null;
  /** n_0, which may be more: a word may be in rows held back alone. */
  readonly inputs: number;
}

/** Images of training, and perhaps of a test, with their labels. */
export interface NamedImages {
  readonly name: string;
  readonly folder: { readonly training: Dataset; readonly test: Dataset | null };
}

/** Options that decide what is learned from which rows. */
export interface DataRequest {
  readonly target: string | null;
  readonly task: Task | null;
  /** Null: 0.2, or nothing of very few rows. */
  readonly validation: number | null;
  readonly standardize: boolean;
  readonly maxCategories: number | null;
  readonly testPath: string | null;
  readonly seed: number;
  /** Which rows are held back. */
  readonly split: "random" | "last" | { readonly group: string };
  /** The column of the rows' weights. */
  readonly weights: string | null;
}

/** One column, or several with commas between: a column whose own name has commas comes first. */
function targetsAsked(table: Table, text: string): string | string[] {
  const isColumn = table.columns.some(({ name }) => name === text);
  return isColumn || !text.includes(",") ? text : text.split(",").map((name) => name.trim());
}

/**
 * The rows of a table, divided and prepared; `readTest` gives the rows of a test, or null.
 *
 * @throws DataError when there is nothing to learn from.
 */
export async function trainingDataOfTable(
  name: string,
  table: Table,
  requested: DataRequest,
  readTest: (like: Preprocessing) => Promise<Table | null>,
  onSize: (size: { readonly rows: number; readonly inputs: number }) => void = () => {},
): Promise<TrainingData> {
  const isTiny = table.rows < ROWS_TO_HOLD_BACK;
  const validation = requested.validation ?? (isTiny ? 0 : 0.2);
  const options: PrepareOptions = {
    seed: requested.seed,
    onSize,
    standardize: requested.standardize,
    split: requested.split,
    ...(requested.weights === null ? {} : { weights: requested.weights }),
    ...(requested.target === null ? {} : { target: targetsAsked(table, requested.target) }),
    ...(requested.task === null ? {} : { task: requested.task }),
    ...(requested.maxCategories === null ? {} : { maxCategories: requested.maxCategories }),
  };
  const prepared = prepare(table, { ...options, validation });
  const { preprocessing, training } = prepared;
  const partOf = (data: Dataset, from: Table, rows: Uint32Array, by = preprocessing): SplitPart => ({
    data,
    baseline: baseline(by, data.targets),
    rowNumbers: Array.from(rows, (row) => rowInFile(from, row)),
  });
  const testPart = (
    from: Table,
    by: Preprocessing,
  ): { readonly test: SplitPart; readonly notes: readonly string[] } => {
    const applied = applyPreprocessing(by, from, { targets: true });
    return { test: partOf(appliedDataset(by, applied), from, applied.rows, by), notes: applied.notes };
  };
  const testTable = await readTest(preprocessing);
  const test = testTable === null ? null : testPart(testTable, preprocessing);
  const whole = async (): Promise<WholeData> => {
    const all = prepare(table, { ...options, validation: 0 });
    // Standard input can be read once; a file again, as there may be inputs now that were none before.
    const again = requested.testPath === "-" ? testTable : await readTest(all.preprocessing);
    return {
      training: all.training,
      preprocessing: all.preprocessing,
      test: again === null ? null : testPart(again, all.preprocessing).test,
      inputs: inputWidth(all.preprocessing),
    };
  };
  const notes = [...prepared.notes, ...(test?.notes ?? []).map((note) => `Test: ${note}`)];
  if (isTiny && requested.validation === null) {
    notes.push(`Nothing is held back for validation: ${table.rows} rows are too few to measure on.`);
  }
  const missing = preprocessing.inputs
    .map(({ name: input, position }) => ({ name: input, cells: table.columns[position - 1]?.missing ?? 0 }))
    .filter(({ cells }) => cells > 0);
  return {
    name,
    task: preprocessing.task,
    taskReason: preprocessing.taskReason,
    facts: { ...factsOfPreprocessing(preprocessing), rows: training.examples },
    training: partOf(training, table, prepared.rows.training),
    validation: prepared.validation === null ? null : partOf(prepared.validation, table, prepared.rows.validation),
    test: test?.test ?? null,
    preprocessing,
    classes: classesIn(preprocessing),
    missing,
    rows: table.rows,
    columns: table.columns.length,
    notes,
    columnSuspects: columnSuspects(table, preprocessing),
    whole: prepared.validation === null ? null : whole,
  };
}

/** Images with their labels. @throws DataError when there is nothing to learn from; OptionError for options about columns. */
export function trainingDataOfImages({ name, folder }: NamedImages, requested: DataRequest): TrainingData {
  const forTables = [
    ["--target", requested.target],
    ["--test", requested.testPath],
    ["--task", requested.task === "classification" ? null : requested.task],
    ["--weights", requested.weights],
    ["--split", typeof requested.split === "object" ? `group:${requested.split.group}` : null],
  ] as const;
  for (const [option, value] of forTables) {
    if (value === null) continue;
    throw new OptionError({
      where: option,
      expected: "none for a folder of images",
      got: `"${value}"`,
      advice: "The folder has images, labels and perhaps a test.",
    });
  }
  const counts = new Array<number>(folder.training.outputWidth).fill(0);
  for (const label of folder.training.targets) counts[label] = (counts[label] ?? 0) + 1;
  const partOf = (data: Dataset): SplitPart => ({
    data,
    baseline: classBaseline(counts, folder.training.classes, data),
    rowNumbers: null,
  });
  if (counts.filter((count) => count > 0).length < 2) {
    throw new DataError({
      where: name,
      expected: "images of two classes or more",
      got: `${folder.training.examples} of one`,
      advice: "There is nothing to tell apart: every network would be right.",
    });
  }
  const by = requested.split === "last" ? "last" : "random";
  const validation = requested.validation ?? (folder.training.examples < ROWS_TO_HOLD_BACK ? 0 : 0.2);
  const parts = validation === 0 ? null : split(folder.training, { validation, seed: requested.seed, by });
  return {
    name,
    task: "classification",
    taskReason: "labels are classes",
    facts: {
      ...factsOf(parts?.training ?? folder.training),
      inputsReason: `${folder.training.inputWidth} pixels, 0 … 1`,
    },
    training: partOf(parts?.training ?? folder.training),
    validation: parts === null ? null : partOf(parts.validation),
    test: folder.test === null ? null : partOf(folder.test),
    preprocessing: null,
    classes: folder.training.classes,
    missing: [],
    rows: folder.training.examples,
    columns: folder.training.inputWidth,
    columnSuspects: noSuspects,
    whole:
      parts === null
        ? null
        : () =>
            Promise.resolve({
              training: folder.training,
              preprocessing: null,
              test: folder.test === null ? null : partOf(folder.test),
              inputs: folder.training.inputWidth,
            }),
    notes: folder.test === null ? [] : ["The folder has a test set, which is measured at the end."],
  };
}

/** Names of the outputs: classes, or labels; null for amounts. */
function classesIn({ task, target, moreTargets = [] }: Preprocessing): readonly string[] | null {
  if (task === "multilabel") return [target, ...moreTargets].map(({ name }) => name);
  return target.kind === "classes" ? target.classes : null;
}
