import { shown } from "./cell.ts";
import { daysOfCompactDate } from "./iso-date.ts";
import { lookAlikes } from "./known-name.ts";
import type { Preprocessing } from "../preprocessing.ts";
import { identityNotes } from "./row-identity.ts";
import { scaleCells, scaleNote } from "./scale-cells.ts";
import { optionText } from "./stray-text.ts";
import { columnLabel, type Table } from "../table.ts";
import type { ChosenTarget } from "./target.ts";
import { targetTellers, tellerNote } from "./target-teller.ts";

/** Markers of missing values that are told one by one. */
const MOST_MARKERS = 5;
/** From so many numbers that are dates on, they are no accident. */
const DATES_TO_SEE = 10;
/** What columns of codes are called. */
const CODE_NAME =
  /^(zip|zip ?code|post(al)?[ _.-]?code|plz|isbn|ean|upc|gtin|sku|phone|phone ?(no|number)|tel|telephone|mobile|fax|iban|ssn|account[ _.-]?(no|number))$/i;

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
    ...missingNote(table, positions),
    ...few(
      identityNotes(
        table,
        positions.filter((position) => !days.some((day) => day.position === position)),
      ),
    ),
    ...few(codeNotes(table, positions)),
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

/** Which texts of the columns that are learned from count as missing. */
function missingNote(table: Table, positions: readonly number[]): string[] {
  const found = positions.flatMap((position) => {
    const column = table.columns[position - 1];
    return (column?.markers ?? [])
      .filter(({ text }) => text.trim() !== "")
      .map(
        ({ text, cells }) =>
          `${shown(text.trim())} in ${columnLabel(column ?? { name: "", position })} (${cells.toLocaleString("en")} ${cells === 1 ? "row" : "rows"})`,
      );
  });
  if (found.length === 0) return [];
  const more = found.length > MOST_MARKERS ? ` and ${found.length - MOST_MARKERS} more` : "";
  return [
    `Missing values are ${found.slice(0, MOST_MARKERS).join(", ")}${more} (--missing= to read markers as values).`,
  ];
}

/** Numbers that are codes or dates by their name or look, and are learned from as amounts. */
function codeNotes(table: Table, positions: readonly number[]): string[] {
  return positions.flatMap((position) => {
    const column = table.columns[position - 1];
    if (column?.kind !== "number" || column.isForced) return [];
    const label = capitalized(columnLabel(column));
    if (areCompactDates(column.values))
      return [
        `${label} holds numbers that look like dates (${column.values.find((value) => !Number.isNaN(value))}) and are learned from as amounts: ${optionText("columns", `${column.name}=date`)} reads them as dates.`,
      ];
    if (!CODE_NAME.test(column.name) || !column.values.every((value) => Number.isNaN(value) || Number.isInteger(value)))
      return [];
    return [
      `${label} is learned from as amounts, though its name speaks of codes: ${optionText("columns", `${column.name}=category`)} reads them as names, ${optionText("ignore", column.name)} leaves them out.`,
    ];
  });
}

function areCompactDates(values: ArrayLike<number>): boolean {
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (!(value >= 19_000_101 && value <= 21_001_231) || Number.isNaN(daysOfCompactDate(String(value)))) return false;
    count += 1;
  }
  return count >= DATES_TO_SEE;
}

function alikeNotes({ target, inputs }: Preprocessing): string[] {
  const listed = (names: readonly string[]): string => names.map(shown).map(withSeenSpaces).join(", ");
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

/** Spaces and signs that look like another one, or like nothing, as their codes. */
function withSeenSpaces(text: string): string {
  return text.replace(/[\p{Cf}\p{Zs}]/gu, (sign) =>
    sign === " " ? sign : `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
