import { DataError } from "../../errors.ts";
import { isShortestText, numberIn, shortestNumber, shown } from "./cell.ts";
import { growingNumbers, type GrowingNumbers } from "./growing.ts";
import { daysOfCompactDate, daysOfIsoDate } from "./iso-date.ts";
import { markersThatAreValues } from "./missing-marker.ts";
import { type DecimalSign, isUsualAffix, numberAs, splitAffix } from "./number-format.ts";
import { expectedNumber, expectedOtherSign, optionText, strayTexts } from "./stray-text.ts";
import { type Column, type ColumnKind, columnLabel, missingCode, type Place } from "../table.ts";
import { categoryText, type TextCodes, textCodes } from "./text-codes.ts";

/** More different words than this are no categories. Their number also bounds the memory a column of text takes. */
const MOST_CATEGORIES = 10_000;
/** Different texts of amounts (1.50, $3) that are kept beside the numbers, in case words follow. */
const MOST_AMOUNTS = 200;
/** With so many different numbers, an unusual word beside every one of them is a unit. */
const MANY_NUMBERS = 20;

/** Digits that a sign groups, where the decimal sign is the key. */
const GROUPED: Readonly<Record<DecimalSign, RegExp>> = {
  ".": /\d[,'’\u00A0\u2009\u202F ]\d/,
  ",": /\d[.'’\u00A0\u2009\u202F ]\d/,
};

/** What the reader is told of a column before it reads it. */
export interface ColumnPlan {
  readonly name: string;
  readonly position: number;
  /** Null: to be found out. */
  readonly kind: ColumnKind | null;
  /** Keep numbers as float64 whatever comes. */
  readonly isDouble: boolean;
  /** Categories that a model knows: they are values, also where they read as markers of a missing one. */
  readonly known: ReadonlySet<string> | null;
}

/** What is the same for all columns of a file. */
export interface CellRules {
  /** Cells that stand for a missing value, in lower case, without spaces around them. */
  readonly missing: ReadonlySet<string>;
  readonly decimal: DecimalSign;
  /** True when nothing has shown yet which sign it is: a cell that has the other one is then a mistake to be told. */
  readonly isDecimalOpen: boolean;
}

/** A column in the making: cells in the order of their rows, then `finish`. */
export interface ColumnBuilder {
  /** @throws DataError when text comes in a column that was said to hold numbers. */
  add(text: string, row: number): void;
  /**
   * @param notes gets a sentence for what was decided and is not to be seen in the column.
   * @throws DataError for a column of numbers with a stray text, an infinity, or two kinds of decimal sign.
   */
  finish(notes: string[]): Column;
}

/** How the cells of a column give numbers: as they are, as dates, or with the same words around each. */
interface Reading {
  readonly kind: "plain" | "date" | "affix";
  readonly affix: string;
  readonly isUsual: boolean;
  readonly parse: (text: string) => number;
}

/**
 * Collects one column without keeping its texts: as numbers (or dates, or amounts with a unit) until another text comes,
 * from there as categories. A category is its text, so the texts of numbers are kept where the number does not tell them
 * (007, 1E3, 1.50), as long as they are few.
 */
export function columnBuilder(plan: ColumnPlan, rules: CellRules): ColumnBuilder {
  const where = columnLabel(plan);
  const isNumeric = plan.kind === "number" || plan.kind === "date";
  let reading: Reading | null = null;
  /** True where a number that is written as `String` would write it needs no further look. */
  let isPlain = false;
  let numbers: GrowingNumbers | null = plan.kind === "category" ? null : growingNumbers(plan.isDouble);
  let texts: TextCodes | "full" | null = plan.kind === "category" ? textCodes() : null;
  let mostTexts = MOST_CATEGORIES;
  const markers = new Map<string, number>();
  const strays = strayTexts();
  const count = { rows: 0, missing: 0, numbers: 0 };
  let firstInfinity: Place | null = null;
  let firstNumber: Place | null = null;
  let firstOtherSign: Place | null = null;
  let firstZeros: Place | null = null;
  let firstLong: Place | null = null;
  let [others, grouped, booked] = [0, null as Place | null, null as Place | null];
  let areOtherSigns = rules.decimal === "." && plan.kind === null;

  // As most cells are numbers, the markers are looked up only for the others, unless one is a number: −999.
  const hasNumericMarkers = [...rules.missing].some((marker) => !Number.isNaN(numberIn(marker)));
  const isMarker = (text: string): boolean => text.length < 64 && rules.missing.has(text.trim().toLowerCase());

  const keepText = (text: string | null, row: number): void => {
    if (texts === null || texts === "full" || texts.add(text, mostTexts)) return;
    if (plan.kind === "category") {
      throw new DataError({
        where: ["readCsv", `${where}, row ${row}`],
        expected: `at most ${MOST_CATEGORIES.toLocaleString("en")} categories`,
        got: `one more, ${shown(text ?? "")}`,
        advice: `Read the column as numbers, or leave it out (${optionText("ignore", plan.name)}).`,
      });
    }
    texts = "full";
  };

  /** The cells so far as texts, where their numbers tell them. */
  const startTexts = (): void => {
    texts = textCodes();
    const values = numbers?.soFar() ?? [];
    let rows = 0;
    for (const value of values) {
      rows += 1;
      if (texts.add(Number.isNaN(value) ? null : textOfNumber(value), mostTexts)) continue;
      texts = "full";
      return;
    }
    for (; rows < count.rows; rows++) texts.add(null, mostTexts);
  };

  const addMissing = (marker: string | null, row: number): void => {
    count.missing += 1;
    if (marker !== null) markers.set(marker, (markers.get(marker) ?? 0) + 1);
    // Before the first number it may still become a column of categories, in which the marker is one.
    if (texts === null && marker !== null && count.numbers === 0) startTexts();
    numbers?.push(Number.NaN);
    keepText(marker, row);
  };

  const addNumber = (value: number, text: string, row: number): void => {
    if (count.numbers === 0 && strays.count === 0 && plan.kind === null) texts = null;
    count.numbers += 1;
    firstNumber ??= { row, text };
    if (!Number.isFinite(value)) firstInfinity ??= { row, text };
    const isTold = reading?.kind === "plain" && isShortestText(text);
    if (!isTold) noteSpelling(value, text, row);
    if (texts === null && !isTold && plan.kind === null) startTexts();
    numbers?.push(value);
    keepText(text, row);
  };

  /** The same for a number that its text adds nothing to. */
  const addPlainNumber = (value: number, text: string, row: number): void => {
    if (count.numbers === 0 && strays.count === 0 && plan.kind === null) texts = null;
    count.numbers += 1;
    firstNumber ??= { row, text };
    numbers?.push(value);
    if (texts !== null) keepText(text, row);
  };

  const noteSpelling = (value: number, text: string, row: number): void => {
    const trimmed = text.trim();
    if (/^-?\d+$/.test(trimmed)) {
      if (/^-?0\d/.test(trimmed)) firstZeros ??= { row, text };
      if (trimmed.length > 15 && String(value) !== trimmed) firstLong ??= { row, text };
      return;
    }
    if (trimmed.startsWith("(")) booked ??= { row, text };
    if (mostTexts !== MOST_AMOUNTS && strays.count === 0 && !/^[\d.]+e\d+$/i.test(trimmed)) mostTexts = MOST_AMOUNTS;
    if (
      grouped === null &&
      (rules.decimal === "," || Number.isNaN(Number(text))) &&
      GROUPED[rules.decimal].test(trimmed)
    )
      grouped = { row, text };
  };

  const addText = (text: string, row: number): void => {
    if (
      reading?.kind === "plain" &&
      firstOtherSign === null &&
      rules.isDecimalOpen &&
      !Number.isNaN(numberAs(text, otherSign(rules.decimal)))
    ) {
      firstOtherSign = { row, text };
    }
    if (firstOtherSign !== null && !Number.isNaN(numberAs(text, otherSign(rules.decimal)))) others += 1;
    areOtherSigns &&= /\d/.test(text) && !Number.isNaN(numberAs(text, otherSign(rules.decimal)));
    strays.add(text, row);
    if (isNumeric) throw expectedNumber(where, plan.name, strays, null);
    mostTexts = MOST_CATEGORIES;
    if (texts === null) startTexts();
    numbers = null;
    keepText(text, row);
  };

  const finishCategories = (notes: string[]): Column => {
    const base = {
      name: plan.name,
      position: plan.position,
      markers: [...markers].map(([text, cells]) => ({ text, cells })),
    };
    const isForced = plan.kind !== null;
    if (texts === null || texts === "full") {
      return {
        ...base,
        kind: "text",
        missing: count.missing,
        firstText: strays.first ?? firstNumber ?? { row: 0, text: "" },
      };
    }
    const codes = texts.finish();
    const { names } = texts;
    const marking = new Set([...markers.keys()].map(categoryText));
    const values = names.filter((name) => !marking.has(name));
    const kept = markersThatAreValues([...marking], values, plan.known);
    for (const marker of kept) {
      if (plan.known === null)
        notes.push(
          `In ${columnLabel(plan)}, ${shown(marker)} is taken for a value, as the others there are of its kind, not for a missing one.`,
        );
    }
    const categories = names.filter((name) => !marking.has(name) || kept.has(name));
    const codeOf = new Map(categories.map((name, code) => [name, code]));
    const recoded = names.map((name) => codeOf.get(name) ?? missingCode);
    let missing = 0;
    for (let i = 0; i < codes.length; i++) {
      const code = recoded[codes[i] ?? missingCode] ?? missingCode;
      codes[i] = code;
      if (code === missingCode) missing += 1;
    }
    return {
      ...base,
      markers: base.markers.filter(({ text }) => !kept.has(categoryText(text))),
      kind: "category",
      missing,
      codes,
      categories,
      firstText: strays.first,
      isForced,
    };
  };

  return {
    add(text, row) {
      if (plan.kind === "ignored") {
        if (text.trim() === "" || isMarker(text)) count.missing += 1;
        return;
      }
      const plain = isPlain ? shortestNumber(text) : Number.NaN;
      if (!Number.isNaN(plain)) addPlainNumber(plain, text, row);
      else if (text === "") addMissing(null, row);
      else if (reading === null && isMarker(text)) addMissing(text, row);
      else {
        reading ??= readingOf(text, plan.kind, rules.decimal);
        // The first cells may be no dates where the others are: 0000-00-00.
        if (plan.kind === null && count.numbers === 0 && strays.count > 0 && !Number.isNaN(daysOfIsoDate(text)))
          reading = readingOf(text, null, rules.decimal);
        isPlain = reading.kind === "plain" && plan.kind !== "category" && rules.decimal === "." && !hasNumericMarkers;
        const value = plan.kind === "category" ? numberAs(text, rules.decimal) : reading.parse(text);
        const isText = Number.isNaN(value);
        if ((isText || hasNumericMarkers) && isMarker(text)) addMissing(text, row);
        else if (!isText) addNumber(value, text, row);
        else if (plan.kind === "category") {
          strays.add(text, row);
          keepText(text, row);
        } else addText(text, row);
      }
      count.rows += 1;
    },
    finish(notes) {
      const base = {
        name: plan.name,
        position: plan.position,
        missing: count.missing,
        markers: [...markers].map(([text, cells]) => ({ text, cells })),
      };
      if (plan.kind === "ignored") return { ...base, markers: [], kind: "ignored" };
      if (plan.kind === null && count.numbers + strays.count === 0) return { ...base, kind: "empty" };
      const isForced = plan.kind !== null;
      if (numbers === null) {
        if (firstOtherSign !== null && firstNumber !== null && !isForced && others === strays.count)
          throw expectedOneDecimalSign(where, firstNumber, firstOtherSign);
        const parse = reading?.kind === "date" ? daysOfIsoDate : (text: string) => numberAs(text, rules.decimal);
        const different =
          texts === null || texts === "full"
            ? Infinity
            : texts.names.filter((name) => !Number.isNaN(parse(name))).length;
        if (areOtherSigns && count.numbers === 0 && texts !== null && areNoNames(texts, strays.count))
          throw expectedOtherSign(where, plan.name, strays, rules.decimal);
        if (!isForced && strays.areStray(count.numbers, different))
          throw expectedNumber(where, plan.name, strays, count.numbers, reading?.kind === "date" ? "date" : "number");
        return finishCategories(notes);
      }
      if (firstInfinity !== null) throw expectedFinite(where, firstInfinity, plan.name);
      const values = numbers.finish();
      if (reading?.kind === "date") return { ...base, kind: "date", values: Float64Array.from(values), isForced };
      if (!isForced) {
        const code = firstLong ?? firstZeros;
        const isUnit =
          reading?.kind !== "affix" || reading.isUsual || texts === "full" || (texts?.names.length ?? 0) > MANY_NUMBERS;
        if (code !== null || !isUnit) {
          if (code !== null) notes.push(codeNote(plan, code, code === firstLong));
          return finishCategories(notes);
        }
      }
      if (reading?.kind === "affix")
        notes.push(
          `In ${columnLabel(plan)}, ${reading.affix} is read off every number (${shown(firstNumber?.text ?? "")} is ${values.find((value) => !Number.isNaN(value))}).`,
        );
      if (grouped !== null)
        notes.push(
          `In ${columnLabel(plan)}, digits are grouped: ${shown(grouped.text)} in row ${grouped.row} is ${readingOf(grouped.text, plan.kind, rules.decimal).parse(grouped.text)}.`,
        );
      if (booked !== null)
        notes.push(
          `In ${columnLabel(plan)}, parentheses are a minus sign: ${shown(booked.text)} in row ${booked.row} is ${readingOf(booked.text, plan.kind, rules.decimal).parse(booked.text)}.`,
        );
      const same = isForced || reading?.kind !== "plain" ? null : sameNumber(texts, rules.decimal);
      if (same !== null)
        notes.push(
          `In ${columnLabel(plan)}, ${same.map(shown).join(" and ")} are the same number (${optionText("columns", `${plan.name}=category`)} if they are names, such as versions).`,
        );
      return {
        ...base,
        kind: "number",
        values,
        isForced,
        words: reading?.kind === "plain" ? wordsOf(texts, rules.decimal) : null,
      };
    },
  };
}

/** From so many cells on, amounts are told from lists such as 0,1. */
const CELLS_TO_SEE_AMOUNTS = 10;

/** True where most texts of a column differ: they name nothing that comes again. */
function areNoNames(texts: TextCodes | "full", cells: number): boolean {
  return cells >= CELLS_TO_SEE_AMOUNTS && (texts === "full" || 2 * texts.names.length > cells);
}

/** Two decimal fractions, or exponents, that are written differently and are one number: 1.1 and 1.10; null without such. */
function sameNumber(texts: TextCodes | "full" | null, decimal: DecimalSign): readonly [string, string] | null {
  if (texts === null || texts === "full") return null;
  const written = new Map<number, string>();
  for (const name of texts.names) {
    const value = numberAs(name, decimal);
    const before = written.get(value);
    if (before === undefined) written.set(value, name);
    else if (!Number.isInteger(value) || /\de/i.test(name + before)) return [before, name];
  }
  return null;
}

function otherSign(decimal: DecimalSign): DecimalSign {
  return decimal === "." ? "," : ".";
}

function daysOfAnyDate(text: string): number {
  const days = daysOfIsoDate(text);
  return Number.isNaN(days) ? daysOfCompactDate(text) : days;
}

/** How the first cell of a column is to be read, and with it the others. */
function readingOf(text: string, kind: ColumnKind | null, decimal: DecimalSign): Reading {
  const plain: Reading = { kind: "plain", affix: "", isUsual: true, parse: (cell) => numberAs(cell, decimal) };
  if (kind === "date" || (kind === null && !Number.isNaN(daysOfIsoDate(text)))) {
    // Numbers are dates where somebody says so.
    const parse = kind === null ? daysOfIsoDate : daysOfAnyDate;
    return { kind: "date", affix: "", isUsual: true, parse };
  }
  if (kind === "category" || !Number.isNaN(numberAs(text, decimal))) return plain;
  const first = splitAffix(text);
  if (first === null || Number.isNaN(numberAs(first.number, decimal))) return plain;
  const isUsual = isUsualAffix(first);
  // A word before the number makes a name of it: A0001. Unless somebody says it is a number.
  if (!isUsual && first.prefix !== "" && kind !== "number") return plain;
  const affix = [first.prefix, first.suffix].filter((part) => part !== "").map((part) => shown(part));
  return {
    kind: "affix",
    affix: affix.length === 0 ? "the parenthesis" : affix.join(" and "),
    isUsual,
    parse: (cell) => {
      const parts = splitAffix(cell);
      if (parts === null || parts.prefix !== first.prefix || parts.suffix !== first.suffix) return Number.NaN;
      return numberAs(parts.number, decimal);
    },
  };
}

/** The texts of a column of numbers, where they say more than the numbers: as many different ones as numbers. */
function wordsOf(
  texts: TextCodes | "full" | null,
  decimal: DecimalSign,
): { codes: Uint16Array; categories: readonly string[] } | null {
  if (texts === null || texts === "full") return null;
  const { names } = texts;
  const values = new Set(names.map((name) => numberAs(name, decimal)));
  return values.size === names.length ? { codes: texts.finish(), categories: names } : null;
}

/** The shortest decimal that the stored number may have come from: 0.1, not the 0.10000000149 of its float32. */
function textOfNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const short = Number(value.toPrecision(7));
  return String(Math.fround(short) === Math.fround(value) && Math.fround(value) === value ? short : value);
}

function codeNote(plan: ColumnPlan, { row, text }: Place, isLong: boolean): string {
  const why = isLong ? "has more digits than a number keeps" : "starts with a zero";
  return (
    `${columnLabel(plan).replace(/^c/, "C")} is taken for codes, not amounts: ${shown(text)} in row ${row} ${why} ` +
    `(${optionText("columns", `${plan.name}=number`)} for amounts).`
  );
}

function expectedFinite(where: string, first: Place, name: string): DataError {
  return new DataError({
    where: ["readCsv", `${where}, row ${first.row}`],
    expected: "a finite number",
    got: shown(first.text),
    advice:
      `Correct the cell, leave it empty or say ${optionText("missing", first.text.trim())} if the value is ` +
      `missing, or leave the column out (${optionText("ignore", name)}).`,
  });
}

function expectedOneDecimalSign(where: string, one: Place, other: Place): DataError {
  return new DataError({
    where: ["readCsv", where],
    expected: "one decimal sign",
    got: `${shown(one.text)} in row ${one.row} and ${shown(other.text)} in row ${other.row}`,
    advice: "Write all numbers the same way, or say which it is: --decimal . or --decimal ,",
  });
}
