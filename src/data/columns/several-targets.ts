import { DataError, OptionError } from "../../errors.ts";
import type { ClassTarget, NumberTarget, Preprocessing, Task } from "../preprocessing.ts";
import { columnLabel, type Table } from "../table.ts";
import { type ChosenTarget, chooseTarget, findColumn } from "./target.ts";

/** Which columns to predict, and as what. */
export interface TargetsOptions {
  /** A name or number of a column, or several: then all are amounts, or all are two-valued, labels that may hold at once. */
  readonly target?: string | number | readonly (string | number)[];
  /** Default: inferred, see `chooseTargets`. */
  readonly task?: Task;
}

/** The columns to predict, and their values. */
export interface ChosenTargets {
  readonly task: Task;
  /** Why that task, in words. */
  readonly reason: string;
  /** In the order asked for. */
  readonly targets: readonly ChosenTarget[];
  /** Rows of the table, from 0, that have all of them. */
  readonly rows: Uint32Array;
}

/**
 * Finds the targets of a table. One is judged by `chooseTarget`. Several that hold two different values each are labels
 * (`multilabel`); several of numbers are amounts to predict at once (`regression`).
 *
 * @throws DataError when there is no such column, one comes twice, or several do not go together: words of three kinds or
 *   more are predicted by a model of their own.
 * @throws OptionError when the task is not one for so many targets.
 */
export function chooseTargets(table: Table, { target = -1, task }: TargetsOptions = {}): ChosenTargets {
  const asked = typeof target === "object" ? target : [target];
  const [only] = asked;
  if (only === undefined)
    throw new OptionError({ where: "target", expected: "a column or more", got: "none", advice: "Name one." });
  if (asked.length === 1) return ofOne(table, only, task);
  const columns = asked.map((each) => findColumn(table, each));
  const twice = columns.find(({ position }, i) => columns.findIndex((other) => other.position === position) < i);
  if (twice !== undefined) {
    throw new DataError({
      where: "target",
      expected: "different columns",
      got: `${columnLabel(twice)} twice`,
      advice: "Name each once.",
    });
  }
  if (columns.length >= table.columns.length) {
    throw new DataError({
      where: "target",
      expected: "a column to learn from beside the targets",
      got: `all ${columns.length} as targets`,
      advice: "Name fewer.",
    });
  }
  const labels = task === "regression" ? [] : asked.map((each) => labelsOf(table, each));
  const isLabels = labels.length > 0 && labels.every((each) => each !== null);
  if (!isLabels && task !== undefined && task !== "regression") throw expectedTwo(table, columns);
  const targets = isLabels
    ? labels.filter((each) => each !== null)
    : asked.map((each) => amountsOf(table, each, task === undefined));
  const reason = isLabels
    ? `${targets.length} columns of two values each, of which several may hold at once`
    : `${targets.length} columns of numbers, predicted at once`;
  const counts = new Uint32Array(table.rows);
  for (const { rows } of targets) for (const row of rows) counts[row] = (counts[row] ?? 0) + 1;
  const rows = Uint32Array.from(counts.keys()).filter((row) => counts[row] === targets.length);
  if (rows.length === 0)
    throw new DataError({
      where: "target",
      expected: "rows that have all targets",
      got: "none",
      advice: "Name fewer.",
    });
  return { task: isLabels ? "multilabel" : "regression", reason, targets, rows };
}

function ofOne(table: Table, target: string | number, task: Task | undefined): ChosenTargets {
  if (task === "multilabel") {
    throw new OptionError({
      where: "target",
      expected: 'two targets or more for the task "multilabel"',
      got: "one",
      advice: 'Name several, or take "classification".',
    });
  }
  const chosen = chooseTarget(table, { target, ...(task === undefined ? {} : { task }) });
  return { task: chosen.task, reason: chosen.reason, targets: [chosen], rows: chosen.rows };
}

/** The column as one of two classes; null when it holds more. */
function labelsOf(table: Table, target: string | number): ChosenTarget | null {
  const column = findColumn(table, target);
  if (column.kind === "category" && column.categories.length > 2) return null;
  if (column.kind === "number" && new Set(column.values.filter((value) => !Number.isNaN(value))).size > 2) return null;
  const chosen = chooseTarget(table, { target, task: "classification" });
  return chosen.classes?.length === 2 ? chosen : null;
}

function amountsOf(table: Table, target: string | number, isInferred: boolean): ChosenTarget {
  const column = findColumn(table, target);
  if (column.kind === "category" && isInferred) {
    throw new DataError({
      where: ["target", columnLabel(column)],
      expected: "numbers, or two values, beside other targets",
      got: `${column.categories.length} different words`,
      advice: "Train a model for this target alone.",
    });
  }
  return chooseTarget(table, { target, task: "regression" });
}

function expectedTwo(
  table: Table,
  columns: readonly { readonly name: string; readonly position: number }[],
): DataError {
  const many = columns.find(({ position }) => labelsOf(table, position) === null);
  return new DataError({
    where: ["target", many === undefined ? "a column" : columnLabel(many)],
    expected: "two different values, as labels have that may hold at once",
    got: "more",
    advice: "Train a model for this target alone, or take the task regression.",
  });
}

/** All targets of a preprocessing, in the order of the outputs. */
export function targetsIn({ target, moreTargets = [] }: Preprocessing): readonly (ClassTarget | NumberTarget)[] {
  return [target, ...moreTargets];
}

/** The names of the targets: `a`, or `a, b`. */
export function targetNames(preprocessing: Preprocessing): string {
  return targetsIn(preprocessing)
    .map(({ name }) => name)
    .join(", ");
}
