import { DataError } from "../errors.ts";
import { categoryName, hasDecimalComma, numberIn, shown } from "./cell.ts";
import { type GrowingCodes, growingCodes, type GrowingNumbers, growingNumbers } from "./growing.ts";
import { type Column, columnLabel, missingCode, type Place } from "./table.ts";

/** More different words than this are no categories. Their number also bounds the memory a column of text takes. */
const MOST_CATEGORIES = 10_000;
/** A column with at least so many different numbers, and text in at most one of ten cells, was meant as numbers. */
const MANY_NUMBERS = 20;
const LARGEST_PART_OF_STRAY_TEXT = 0.1;

/** What the reader is told of a column before it reads it. */
export interface ColumnPlan {
  readonly name: string;
  readonly position: number;
  /** Null: to be found out. */
  readonly kind: "number" | "category" | "ignored" | null;
  /** Keep numbers as float64 whatever comes. */
  readonly isDouble: boolean;
}

/** What is the same for all columns of a file. */
export interface CellRules {
  /** Cells that stand for a missing value, in lower case, without spaces around them. */
  readonly missing: ReadonlySet<string>;
  /** False when the comma separates the columns. */
  readonly allowsDecimalComma: boolean;
}

/** A column in the making: cells in the order of their rows, then `finish`. */
export interface ColumnBuilder {
  /** @throws DataError when text comes in a column that was said to hold numbers. */
  add(text: string, row: number): void;
  /** @throws DataError for a column of numbers with a stray text, an infinity, or two kinds of decimal sign. */
  finish(): Column;
}

/**
 * Collects one column without keeping its texts: as numbers until a text comes; from there as categories (the numbers so
 * far become names); and only as counts once there are more than 10,000 of those.
 */
export function columnBuilder(plan: ColumnPlan, rules: CellRules): ColumnBuilder {
  const where = `readCsv: ${columnLabel(plan)}`;
  let numbers: GrowingNumbers | null =
    plan.kind === "category" || plan.kind === "ignored" ? null : growingNumbers(plan.isDouble);
  let categories: Categories | null = plan.kind === "category" ? emptyCategories() : null;
  const count = { missing: 0, numbers: 0, texts: 0 };
  let firstText: Place | null = null;
  let firstInfinity: Place | null = null;
  let firstPoint: Place | null = null;
  let firstComma: Place | null = null;

  // As most cells are numbers, the markers are looked up only for the others, unless one is a number: −999.
  const hasNumericMarkers = [...rules.missing].some((marker) => !Number.isNaN(numberIn(marker)));
  const isMarker = (text: string): boolean => text.length < 64 && rules.missing.has(text.trim().toLowerCase());

  const addMissing = (row: number): void => {
    count.missing += 1;
    if (numbers !== null) numbers.push(Number.NaN);
    else keepCategory(null, row);
  };

  const readNumber = (text: string, row: number): number => {
    const value = numberIn(text);
    if (!Number.isNaN(value)) {
      if (rules.allowsDecimalComma && firstPoint === null && text.includes(".")) firstPoint = { row, text };
      return value;
    }
    if (!rules.allowsDecimalComma || !hasDecimalComma(text)) return Number.NaN;
    firstComma ??= { row, text };
    return Number(text.replace(",", "."));
  };

  const becomeCategories = (soFar: GrowingNumbers): void => {
    categories = emptyCategories();
    for (const value of soFar.finish()) {
      if (!addCategory(categories, Number.isNaN(value) ? null : nameOfNumber(value))) {
        categories = null;
        return;
      }
    }
  };

  const addText = (text: string, row: number): void => {
    count.texts += 1;
    firstText ??= { row, text };
    if (numbers !== null) {
      if (plan.kind === "number") throw expectedNumber(where, firstText);
      const soFar = numbers;
      numbers = null;
      becomeCategories(soFar);
    }
    keepCategory(categoryName(text), row);
  };

  const keepCategory = (name: string | null, row: number): void => {
    if (categories === null || addCategory(categories, name)) return;
    if (plan.kind === "category") {
      throw new DataError(
        `${where}, row ${row}: expected at most ${MOST_CATEGORIES.toLocaleString("en")} categories, got one more, ` +
          `${shown(name ?? "")}. Read the column as numbers, or leave it out.`,
      );
    }
    categories = null;
  };

  return {
    add(text, row) {
      if (plan.kind === "ignored") return;
      if (text === "") return addMissing(row);
      const value = readNumber(text, row);
      const isText = Number.isNaN(value);
      if ((isText || hasNumericMarkers) && isMarker(text)) return addMissing(row);
      if (isText) return addText(text, row);
      count.numbers += 1;
      if (!Number.isFinite(value)) firstInfinity ??= { row, text };
      if (numbers !== null) numbers.push(value);
      else keepCategory(categoryName(text), row);
    },
    finish() {
      const base = { name: plan.name, position: plan.position, missing: count.missing };
      if (plan.kind === "ignored") return { ...base, kind: "ignored" };
      if (plan.kind === null && count.numbers + count.texts === 0) return { ...base, kind: "empty" };
      const isForced = plan.kind !== null;
      if (numbers !== null) {
        if (firstInfinity !== null) throw expectedFinite(where, firstInfinity);
        if (firstPoint !== null && firstComma !== null) throw expectedOneDecimalSign(where, firstPoint, firstComma);
        return { ...base, kind: "number", values: numbers.finish(), isForced };
      }
      if (firstText !== null && !isForced && isStray(count, categories)) {
        throw expectedNumber(where, firstText, count);
      }
      if (categories !== null) {
        const { codes, names } = categories;
        return { ...base, kind: "category", codes: codes.finish(), categories: [...names.keys()], firstText, isForced };
      }
      return { ...base, kind: "text", firstText: firstText ?? { row: 0, text: "" } };
    },
  };
}

interface Categories {
  readonly names: Map<string, number>;
  readonly codes: GrowingCodes;
}

function emptyCategories(): Categories {
  return { names: new Map(), codes: growingCodes() };
}

/** False, and nothing added, when there are too many. */
function addCategory({ names, codes }: Categories, name: string | null): boolean {
  if (name === null) {
    codes.push(missingCode);
    return true;
  }
  let code = names.get(name);
  if (code === undefined) {
    if (names.size === MOST_CATEGORIES) return false;
    code = names.size;
    names.set(copied(name), code);
  }
  codes.push(code);
  return true;
}

/** A string of its own: a long cell is a window on the piece it was cut from, and would keep all of that alive. */
function copied(text: string): string {
  // Engines store strings of up to 12 characters by themselves.
  return text.length <= 12 ? text : structuredClone(text);
}

/** The shortest decimal that the stored number may have come from: 0.1, not the 0.10000000149 of its float32. */
function nameOfNumber(value: number): string {
  const short = Number(value.toPrecision(7));
  return String(Math.fround(short) === Math.fround(value) && Math.fround(value) === value ? short : value);
}

/** True for a column of numbers with a few cells of text in between. */
function isStray(count: { numbers: number; texts: number }, categories: Categories | null): boolean {
  if (count.texts > LARGEST_PART_OF_STRAY_TEXT * (count.numbers + count.texts)) return false;
  if (categories === null) return true;
  let different = 0;
  for (const name of categories.names.keys()) if (Number.isFinite(numberIn(name))) different += 1;
  return different > MANY_NUMBERS;
}

function expectedNumber(where: string, first: Place, count?: { numbers: number; texts: number }): DataError {
  const others =
    count === undefined ? "" : ` as in ${count.numbers.toLocaleString("en")} other rows (${count.texts} hold text)`;
  return new DataError(
    `${where}, row ${first.row}: expected a number${others}, got ${shown(first.text)}. ` +
      "Correct the cell, leave it empty if the value is missing, or say which kind of column it is.",
  );
}

function expectedFinite(where: string, first: Place): DataError {
  return new DataError(
    `${where}, row ${first.row}: expected a finite number, got ${shown(first.text)}. ` +
      "Correct the cell, or leave it empty if the value is missing.",
  );
}

function expectedOneDecimalSign(where: string, point: Place, comma: Place): DataError {
  return new DataError(
    `${where}: expected one decimal sign, got ${shown(point.text)} in row ${point.row} and ${shown(comma.text)} in row ` +
      `${comma.row}. Write all numbers of the column the same way.`,
  );
}
