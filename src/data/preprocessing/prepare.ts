import { checkTable } from "../columns/check-table.ts";
import { checkOptions, type OptionNames } from "../../network/known-options.ts";
import { DataError } from "../../errors.ts";
import { type Dataset, dataset } from "../../train/examples/dataset.ts";
import { split } from "../../train/examples/split.ts";
import { applyPreprocessing, appliedDataset } from "./apply.ts";
import { type Baseline, baseline } from "./baseline.ts";
import { type FitOptions, fittedTo } from "./fit.ts";
import { columnNotes } from "../columns/column-notes.ts";
import { inputWidth, type Preprocessing } from "../preprocessing.ts";
import { groupsFrom, timeColumn, weightsFrom } from "../columns/row-columns.ts";
import { type ChosenTargets, chooseTargets } from "../columns/several-targets.ts";
import { columnLabel, type Table } from "../table.ts";
import { type ChosenTarget, findColumn } from "../columns/target.ts";

/** How to make training and validation data of a table. */
export interface PrepareOptions extends Omit<FitOptions, "trainingRows"> {
  /** Part of the rows held back to measure on, below 1; 0 for none. Default 0.2. */
  readonly validation?: number;
  /** Chooses the rows held back. Default 0. */
  readonly seed?: number;
  /**
   * Which rows are held back: some at random, every class alike; the last ones of the file; or whole groups of rows, those
   * of one value in a column, which then is no input. Default "random".
   */
  readonly split?: "random" | "last" | { readonly group: string | number };
  /** The column that says how much each row counts in the cost; it is no input. Default: all count alike. */
  readonly weights?: string | number;
  /** Called when it is known how many inputs each row becomes, before memory is taken for them; may throw. */
  readonly onSize?: (size: { readonly rows: number; readonly inputs: number }) => void;
}

/** Data ready to train on. */
export interface Prepared {
  readonly preprocessing: Preprocessing;
  readonly training: Dataset;
  /** Null when nothing is held back. */
  readonly validation: Dataset | null;
  /** On the validation rows, or on the training rows when nothing is held back. */
  readonly baseline: Baseline;
  /** Rows of the table, from 0, in the order of `training` and `validation`. */
  readonly rows: { readonly training: Uint32Array; readonly validation: Uint32Array };
  /** What was found out or decided on the way, a sentence each; those of the table come first. */
  readonly notes: readonly string[];
}

/** Every option there is. */
const known: OptionNames<PrepareOptions> = {
  target: true,
  task: true,
  standardize: true,
  maxCategories: true,
  apart: true,
  validation: true,
  seed: true,
  split: true,
  weights: true,
  onSize: true,
};

/**
 * From a table to data sets: target and task found, rows divided (every class alike), preprocessing fitted to the training
 * rows and applied to both parts.
 *
 * @throws DataError when there is nothing to learn from or to learn (see `chooseTarget` and `fitPreprocessing`), or a part
 * would be empty.
 * @throws OptionError when `validation` or the seed is out of its range.
 */
export function prepare(table: Table, options: PrepareOptions = {}): Prepared {
  checkTable("prepare", table);
  checkOptions("prepare", options, known);
  const target = chosenTargets(table, options);
  const notes = [...table.notes, `A ${target.task}: ${target.reason}.`];
  const rows = divided(table, target, options);
  if (target.classes !== null && rows.validation.length > 0) notes.push(...rareClasses(target.values, target.classes));
  if (rows.validation.length > 0) notes.push(...timeNotes(table, options));
  const apart = columnsApart(table, options, target.positions);
  const preprocessing = fittedTo(table, { ...options, apart, trainingRows: rows.training });
  options.onSize?.({ rows: target.rows.length, inputs: inputWidth(preprocessing) });
  for (const note of columnNotes(table, { ...target.first, rows: target.rows }, preprocessing)) notes.push(note);
  const training = applyPreprocessing(preprocessing, table, { rows: rows.training });
  const held =
    rows.validation.length === 0 ? null : applyPreprocessing(preprocessing, table, { rows: rows.validation });
  for (const note of held?.notes ?? []) notes.push(`Validation: ${note}`);
  const { weights } = options;
  const weightsOf = (of: Uint32Array): Float64Array | undefined =>
    weights === undefined ? undefined : weightsFrom(table, weights, of);
  return {
    preprocessing,
    training: appliedDataset(preprocessing, training, weightsOf(training.rows)),
    validation: held === null ? null : appliedDataset(preprocessing, held, weightsOf(held.rows)),
    baseline: baseline(preprocessing, (held ?? training).targets ?? []),
    rows: { training: training.rows, validation: held?.rows ?? new Uint32Array(0) },
    notes,
  };
}

/** What is to be divided. */
interface Divided {
  readonly task: ChosenTargets["task"];
  readonly reason: string;
  readonly rows: Uint32Array;
  /** Of one target, its values; else zeros. */
  readonly values: Float64Array;
  /** Of one target; else null. */
  readonly classes: readonly string[] | null;
  /** The targets' columns, from 1. */
  readonly positions: ReadonlySet<number>;
  /** The only target, or the first of several. */
  readonly first: ChosenTarget;
}

function chosenTargets(table: Table, options: PrepareOptions): Divided {
  const { task, reason, targets, rows } = chooseTargets(table, options);
  const positions = new Set(targets.map(({ column }) => column.position));
  const [first] = targets as readonly [ChosenTarget]; // as: there is one at least
  const own =
    targets.length === 1
      ? { values: first.values, classes: first.classes }
      : { values: new Float64Array(rows.length), classes: null };
  return { task, reason, rows, ...own, positions, first };
}

/** The rows of both parts; divided as `split` divides a data set, so that both ways agree. */
function divided(
  table: Table,
  { rows, values, classes }: Divided,
  { validation = 0.2, seed = 0, split: by = "random" }: PrepareOptions,
): { readonly training: Uint32Array; readonly validation: Uint32Array } {
  if (validation === 0) return { training: rows, validation: new Uint32Array(0) };
  if (rows.length < 2) {
    throw new DataError({
      where: "prepare",
      expected: "two rows with a target or more, to hold some back",
      got: `${rows.length}`,
      advice: "Take more data, or hold nothing back (validation 0).",
    });
  }
  // A data set whose inputs are the numbers of the rows.
  const numbered = dataset({
    inputs: { values: Float64Array.from(rows), columns: 1 },
    targets: Array.from(values),
    ...(classes === null ? {} : { classes }),
  });
  const how = typeof by === "object" ? { groups: groupsFrom(table, by.group, rows) } : { by };
  const parts = split(numbered, { validation, seed, ...how });
  // In the order of the file: neighbors in memory are read one after the other, and training shuffles anyway.
  return {
    training: Uint32Array.from(parts.training.inputs).sort(),
    validation: Uint32Array.from(parts.validation.inputs).sort(),
  };
}

/** The columns about the rows themselves, which are no inputs. */
function columnsApart(
  table: Table,
  { weights, split: by }: PrepareOptions,
  targets: ReadonlySet<number>,
): ReadonlyMap<number, string> {
  const apart = new Map<number, string>();
  const add = (name: string | number, where: string, reason: string): void => {
    const column = findColumn(table, name, where);
    if (targets.has(column.position)) {
      throw new DataError({
        where,
        expected: "a column other than the target",
        got: columnLabel(column),
        advice: "Name another.",
      });
    }
    apart.set(column.position, reason);
  };
  if (weights !== undefined) add(weights, "weights", "it says how much each row counts");
  if (typeof by === "object") add(by.group, "split", "it groups the rows for the split");
  return apart;
}

function timeNotes(table: Table, { split: by = "random" }: PrepareOptions): string[] {
  const column = by === "last" ? null : timeColumn(table);
  if (column === null) return [];
  return [
    `The rows seem to follow one another in time (${columnLabel(column)}). Rows held back at random lie between rows that ` +
      'are trained on, so validation may flatter: to measure on the latest rows, use --split last (split: "last").',
  ];
}

function rareClasses(values: Float64Array, classes: readonly string[]): string[] {
  const counts = classes.map(() => 0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  const rare = classes.filter((_, label) => counts[label] === 1).map((name) => JSON.stringify(name));
  if (rare.length === 0) return [];
  const names = rare.slice(0, 5).join(", ") + (rare.length > 5 ? ", …" : "");
  return rare.length === 1
    ? [`Class ${names} has a single row, which cannot be in both training and validation.`]
    : [`Classes ${names} have a single row each, which cannot be in both training and validation.`];
}
