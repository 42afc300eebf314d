import { checkTable } from "../columns/check-table.ts";
import { checkOptions } from "../../network/known-options.ts";
import { DataError } from "../../errors.ts";
import { type Dataset, dataset } from "../../train/examples/dataset.ts";
import { shown } from "../columns/cell.ts";
import { nameFinder } from "../columns/known-name.ts";
import { matchColumns } from "../columns/match-columns.ts";
import { counted, expectedNumber, type Placement, placeInput } from "./place-inputs.ts";
import { readingNotes } from "../reading-notes.ts";
import { type Input, inputWidth, type Preprocessing, widthOf } from "../preprocessing.ts";
import { targetsIn } from "../columns/several-targets.ts";
import { type Column, columnLabel, missingCode, rowInFile, type Table } from "../table.ts";

/** Which rows to prepare, and what for. */
export interface ApplyOptions {
  /** Rows of the table, from 0. Default: all. */
  readonly rows?: ArrayLike<number>;
  /**
   * True: rows without a target are passed over, and a file without targets is an error. False: every row is prepared.
   * Default: true where the table has the target's column.
   */
  readonly targets?: boolean;
}

/** A table as numbers. */
export interface Applied {
  /** `rows × n_0`, row-major. */
  readonly inputs: { readonly values: Float32Array; readonly columns: number };
  /** Per row the number of its class, or the standardized amount; of several targets, row after row. Null without targets. */
  readonly targets: Float64Array | null;
  /** Rows of the table, from 0, in the order of `inputs`. */
  readonly rows: Uint32Array;
  /** What was passed over or not known, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Turns a table into the numbers a network was, or will be, trained on. Categories that training never saw are all zeros,
 * and noted. Memory: 4 bytes for each input of each row.
 *
 * @throws DataError when the table has not the columns of training, a column of numbers holds text, or a target is no
 * class of training; with row and column.
 */
export function applyPreprocessing(preprocessing: Preprocessing, table: Table, options: ApplyOptions = {}): Applied {
  checkTable("applyPreprocessing", table);
  checkOptions("applyPreprocessing", options, { rows: true, targets: true });
  const file = table.hasHeader ? { names: table.columns.map(({ name }) => name) } : { count: table.columns.length };
  const matched = matchColumns(preprocessing, file);
  const targets = targetsIn(preprocessing);
  const targetColumns = matched.targets.flatMap((at) => (at === null ? [] : (table.columns[at] ?? [])));
  const hasTargets = targetColumns.length === targets.length;
  if (options.targets === true && !hasTargets) {
    throw expectedTarget(targets.find((_, j) => matched.targets[j] === null) ?? preprocessing.target);
  }
  const notes = options.rows === undefined ? readingNotes(preprocessing, table) : [];
  const all =
    options.targets === false || !hasTargets
      ? null
      : targetColumns.map((column, j) =>
          targetsOf(targets[j] ?? preprocessing.target, preprocessing.isStandardized, table, column),
        );
  const wanted =
    options.rows === undefined ? Uint32Array.from({ length: table.rows }, (_, i) => i) : Uint32Array.from(options.rows);
  const rows =
    all === null ? wanted : wanted.filter((row) => all.every((each) => !Number.isNaN(each[row] ?? Number.NaN)));
  if (rows.length < wanted.length) {
    notes.push(
      `${counted(wanted.length - rows.length, "row has", "rows have")} no target and ${wanted.length - rows.length === 1 ? "is" : "are"} passed over.`,
    );
  }
  const columns = inputWidth(preprocessing);
  const values = new Float32Array(rows.length * columns);
  let at = 0;
  for (const [i, input] of preprocessing.inputs.entries()) {
    const column = table.columns[matched.inputs[i] ?? -1];
    if (column === undefined)
      throw new DataError({
        where: "applyPreprocessing",
        expected: columnLabel(input),
        got: "no such column",
        advice: "Pass a table with it.",
      });
    const place: Placement = { table, rows, values, columns, at, isStandardized: preprocessing.isStandardized };
    placeInput(input, column, place, notes);
    at += widthOf(input);
  }
  const rowMajor =
    all &&
    Float64Array.from(
      { length: rows.length * all.length },
      (_, i) => all[i % all.length]?.[rows[Math.floor(i / all.length)] ?? 0] ?? 0,
    );
  return { inputs: { values, columns }, targets: rowMajor, rows, notes };
}

/** The same as a data set to train or measure on. @throws DataError when it has no rows or no targets. */
export function appliedDataset(
  preprocessing: Preprocessing,
  { inputs, targets }: Applied,
  weights?: ArrayLike<number>,
): Dataset {
  if (targets === null) throw expectedTarget(preprocessing.target);
  if (targets.length === 0) {
    throw new DataError({
      where: "applyPreprocessing",
      expected: "rows with a target",
      got: "none",
      advice: "Fill in the targets, or pass more rows.",
    });
  }
  const { task, target } = preprocessing;
  const weighted = weights === undefined ? {} : { weights };
  if (task === "classification" && target.kind === "classes") {
    return dataset({ inputs, targets: Array.from(targets), classes: target.classes, ...weighted });
  }
  const all = targetsIn(preprocessing);
  const names = task === "multilabel" ? { classes: all.map(({ name }) => name) } : {};
  return dataset({ inputs, targets: { values: targets, columns: all.length }, ...names, ...weighted });
}

/** Per row of the table its class or standardized amount, NaN where it is missing. */
function targetsOf(
  target: Preprocessing["target"],
  isStandardized: boolean,
  table: Table,
  column: Column,
): Float64Array {
  const values = new Float64Array(table.rows).fill(Number.NaN);
  if (column.kind === "empty" || column.kind === "ignored") return values;
  if (target.kind === "number") {
    if (column.kind !== "number") throw expectedNumber(target, column, table);
    const [mean, deviation] = isStandardized ? [target.mean, target.deviation] : [0, 1];
    for (let row = 0; row < table.rows; row++) values[row] = ((column.values[row] ?? Number.NaN) - mean) / deviation;
    return values;
  }
  const labelOf = nameFinder(target.classes);
  const words = column.kind === "category" ? column : column.kind === "number" ? column.words : null;
  const known = words === null ? null : words.categories.map(labelOf);
  if (column.kind === "date") throw expectedClass(target, { row: table.firstRow, text: "a date" }, target.classes);
  if (column.kind === "text") throw expectedClass(target, column.firstText, target.classes);
  for (let row = 0; row < table.rows; row++) {
    let name: string;
    let label: number | null;
    if (words !== null) {
      const code = words.codes[row] ?? missingCode;
      if (code === missingCode) continue;
      name = words.categories[code] ?? "";
      label = known?.[code] ?? null;
    } else {
      const value = column.kind === "number" ? (column.values[row] ?? Number.NaN) : Number.NaN;
      if (Number.isNaN(value)) continue;
      name = String(value);
      label = labelOf(name);
    }
    if (label === null) throw expectedClass(target, { row: rowInFile(table, row), text: name }, target.classes);
    values[row] = label;
  }
  return values;
}

function expectedTarget(target: Pick<Input, "name" | "position">): DataError {
  return new DataError({
    where: "applyPreprocessing",
    expected: `the target ${columnLabel(target)}`,
    got: "a table without it",
    advice: "Add the column, or predict instead.",
  });
}

function expectedClass(
  target: Pick<Input, "name" | "position">,
  place: { readonly row: number; readonly text: string },
  classes: readonly string[],
): DataError {
  const listed = classes.slice(0, 10).map(shown).join(", ") + (classes.length > 10 ? ", …" : "");
  return new DataError({
    where: ["applyPreprocessing", `${columnLabel(target)}, row ${place.row}`],
    expected: `a class of training (${listed})`,
    got: shown(place.text),
    advice: "Correct the cell, or train with rows of that class.",
  });
}
