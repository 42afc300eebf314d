import { optionText } from "./stray-text.ts";
import { type CategoryColumn, columnLabel, missingCode, type NumberColumn, type Table } from "../table.ts";
import type { ChosenTarget } from "./target.ts";
import { correlation } from "./task-of-target.ts";

/** Rows that a rule has to hold for before it is told. */
const ROWS_TO_SEE = 20;
/** The part of the target's variance that a straight line explains where a column is the target in other units. */
const LINE = 0.99999;

/** A column from which the target can be read off. */
export interface TargetTeller {
  readonly name: string;
  readonly position: number;
  /** In words, as what goes on after the column's name. */
  readonly how: string;
}

/**
 * Columns that give the target away: each value of theirs goes with one class and each class with one value, or the
 * target is a linear function of them. Where another column is learned from alone, it is not told.
 *
 * @param positions of the columns that are learned from, from 1.
 */
export function targetTellers(table: Table, target: ChosenTarget, positions: readonly number[]): TargetTeller[] {
  if (positions.length < 2 || target.rows.length < ROWS_TO_SEE) return [];
  const tellers: TargetTeller[] = [];
  for (const position of positions) {
    const column = table.columns[position - 1];
    if (column === undefined || (column.kind !== "number" && column.kind !== "category")) continue;
    const how = target.classes === null ? asLine(column, target) : asName(column, target);
    if (how !== null) tellers.push({ name: column.name, position, how });
  }
  return tellers;
}

/** The same as a sentence. */
export function tellerNote({ name, position, how }: TargetTeller): string {
  const label = columnLabel({ name, position }).replace(/^c/, "C");
  return `${label} gives the target away: ${how}. If it is not known when you predict, leave it out (${optionText("ignore", name)}).`;
}

function asLine(column: NumberColumn | CategoryColumn, { rows, values }: ChosenTarget): string | null {
  if (column.kind === "category") return null;
  const r = correlation(
    Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN),
    values,
  );
  return r * r > LINE ? "the target is a linear function of it" : null;
}

function asName(column: NumberColumn | CategoryColumn, { rows, values, classes }: ChosenTarget): string | null {
  const classOf = new Map<number, number>();
  const valueOf = new Map<number, number>();
  for (const [i, row] of rows.entries()) {
    const value = column.kind === "number" ? (column.values[row] ?? Number.NaN) : (column.codes[row] ?? missingCode);
    const label = values[i] ?? 0;
    if ((classOf.get(value) ?? label) !== label || (valueOf.get(label) ?? value) !== value) return null;
    classOf.set(value, label);
    valueOf.set(label, value);
  }
  return classOf.size === classes?.length
    ? "each of its values goes with one class, and each class with one value"
    : null;
}
