import { shown } from "./cell.ts";
import { lookAlikes } from "./known-name.ts";
import type { Preprocessing } from "./preprocessing.ts";
import { identityNotes } from "./row-identity.ts";
import { scaleCells, scaleNote } from "./scale-cells.ts";
import { optionText } from "./stray-text.ts";
import { columnLabel, type Table } from "./table.ts";
import type { ChosenTarget } from "./target.ts";
import { targetTellers, tellerNote } from "./target-teller.ts";

/** Columns of a kind that are told one by one. */
const MOST_TOLD = 20;

/**
 * What was decided about the columns of a table, and what looks wrong in them, a sentence each: columns left out; rows
 * without a target, with the marker that says so; columns that may number the rows or give the target away; cells that
 * stand apart; categories that differ in case only.
 */
export function columnNotes(table: Table, target: ChosenTarget, preprocessing: Preprocessing): string[] {
  const { inputs, dropped } = preprocessing;
  const positions = inputs.map(({ position }) => position);
  const days = inputs.filter((input) => input.kind === "date" && input.day === null);
  const measured = target.classes === null ? [...positions, target.column.position] : positions;
  return [
    ...few(dropped.map((each) => `${capitalized(columnLabel(each))} is left out: ${each.reason}.`)),
    ...days.map(
      (each) =>
        `${capitalized(columnLabel(each))}: the day itself is left out, as it only rises or falls through the file and identifies the row (${optionText("columns", `${each.name}=date`)} keeps it).`,
    ),
    ...unlabeledNote(table, target),
    ...identityNotes(
      table,
      positions.filter((position) => !days.some((day) => day.position === position)),
    ),
    ...few(targetTellers(table, target, positions).map(tellerNote)),
    ...few(scaleCells(table, measured).map(scaleNote)),
    ...few(alikeNotes(preprocessing)),
  ];
}

function few(notes: readonly string[]): string[] {
  if (notes.length <= MOST_TOLD) return [...notes];
  return [
    ...notes.slice(0, MOST_TOLD),
    `… and ${(notes.length - MOST_TOLD).toLocaleString("en")} columns more of this kind.`,
  ];
}

function unlabeledNote(table: Table, { column, rows }: ChosenTarget): string[] {
  const unlabeled = table.rows - rows.length;
  if (unlabeled === 0) return [];
  const markers = column.markers.map(
    ({ text, cells }) => `${shown(text)} (${cells.toLocaleString("en")} ${cells === 1 ? "row" : "rows"})`,
  );
  const which =
    markers.length === 0
      ? ""
      : `: ${markers.slice(0, 5).join(", ")} ${markers.length === 1 ? "counts" : "count"} as missing (--missing= to read such cells as values)`;
  return [
    `${unlabeled.toLocaleString("en")} of ${table.rows.toLocaleString("en")} rows have no target and are passed over${which}.`,
  ];
}

function alikeNotes({ target, inputs }: Preprocessing): string[] {
  const listed = (names: readonly string[]): string => names.map(shown).join(", ");
  const notes: string[] = [];
  if (target.kind === "classes") {
    for (const group of lookAlikes(target.classes))
      notes.push(
        `The classes ${listed(group)} differ only in how they are written: if they mean the same, write them alike.`,
      );
  }
  for (const input of inputs) {
    if (input.kind !== "category") continue;
    for (const group of lookAlikes(input.categories).slice(0, 3))
      notes.push(
        `${capitalized(columnLabel(input))}: the categories ${listed(group)} differ only in how they are written: if they mean the same, write them alike.`,
      );
  }
  return notes;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
