import { DataError } from "../../errors.ts";
import { shown } from "./cell.ts";
import { type DecimalSign, isBound, isMarked, isUsualAffix, splitAffix } from "./number-format.ts";
import type { Place } from "../table.ts";

/** A column with at least so many different numbers was meant as numbers … */
const MANY_NUMBERS = 20;
/** … or with so many of which most differ. */
const SOME_NUMBERS = 8;
/** A part of the cells so small is an accident whatever it says. */
const SMALL_PART = 0.1;
/** Different texts that are remembered. */
const MOST_WORDS = 50;
/** Words that come so often on average are markers or marks, not names. */
const TIMES_A_WORD = 5;

/** The texts in a column that may have been meant as numbers. */
export interface StrayTexts {
  add(text: string, row: number): void;
  readonly count: number;
  readonly first: Place | null;
  /** `"." 8 times, "None" 2 times`; of many, the first ones. */
  listed(): string;
  /**
   * True for a column of numbers with texts in between that are no names: few of them, the same few words again and
   * again, bounds (`<0.5`), numbers with a mark (`12.5*`), or amounts with different units.
   *
   * @param numbers cells that are numbers.
   * @param different numbers among these.
   */
  areStray(numbers: number, different: number): boolean;
}

/** None so far. */
export function strayTexts(): StrayTexts {
  const words = new Map<string, number>();
  let first: Place | null = null;
  let [count, amounts, bounds, unlisted] = [0, 0, 0, 0];
  return {
    add(text, row) {
      count += 1;
      first ??= { row, text };
      // A column of words is not looked at to its end.
      if (count < 1000 || amounts + bounds > 0) {
        const affixed = splitAffix(text);
        if (affixed !== null && isUsualAffix(affixed)) amounts += 1;
        else if (isBound(text) || isMarked(text)) bounds += 1;
      }
      const seen = words.get(text);
      if (seen !== undefined) words.set(text, seen + 1);
      else if (words.size < MOST_WORDS) words.set(text.length > 100 ? text.slice(0, 100) : text, 1);
      else unlisted += 1;
    },
    get count() {
      return count;
    },
    get first() {
      return first;
    },
    listed() {
      const times = (often: number): string => (often === 1 ? "once" : `${often.toLocaleString("en")} times`);
      const listed = [...words].slice(0, 3).map(([word, often]) => `${shown(word)} ${times(often)}`);
      return `${listed.join(", ")}${words.size > 3 ? ", …" : ""}`;
    },
    areStray(numbers, different) {
      const meant = numbers + amounts;
      const others = count - amounts;
      if (count === 0 || meant === 0) return false;
      // One word in most of the cells, beside numbers that differ: a marker of its own.
      if (meant < others)
        return unlisted === 0 && words.size <= 2 && different >= SOME_NUMBERS && 4 * different > 3 * meant;
      const variety = amounts > 0 ? different + amounts : different;
      if (variety <= MANY_NUMBERS && (variety < SOME_NUMBERS || 2 * variety <= meant)) return false;
      if (others <= SMALL_PART * (meant + others) || others === bounds) return true;
      return unlisted === 0 && (words.size <= 3 || TIMES_A_WORD * words.size <= count);
    },
  };
}

/**
 * What to do about a text among the numbers of column `name`, with the options that say it.
 */
export function adviceForText(name: string, text: string): string {
  const word = text.trim();
  const affixed = splitAffix(word);
  const others = `${optionText("columns", `${name}=category`)} if the column holds names, ${optionText("ignore", name)} to leave it out.`;
  if (affixed !== null && isUsualAffix(affixed))
    return `Correct the cell: write all amounts alike, in one unit or currency. Or say ${others}`;
  const bound = isBound(word) ? ` Or write a number in its place, perhaps ${word.replace(/[^\d.,]/g, "")}.` : "";
  if (isMarked(word)) return `Take what stands behind the number away, or put a minus sign before it. Or say ${others}`;
  const missing = word === "" || word.includes(",") ? "" : `${optionText("missing", word)} if the value is missing, `;
  return `Correct the cell, or say what it is: ${missing}${others}${bound}`;
}

/** An option as one types it, in quotes where a shell needs them. */
export function optionText(option: string, value: string): string {
  const isPlain = /^[\p{L}\p{N}_.,=/+-]+$/u.test(value) && !value.startsWith("-");
  return isPlain ? `--${option} ${value}` : `--${option}="${value.replace(/["\\$`]/g, "\\$&")}"`;
}

/** The error for such a column. */
export function expectedNumber(
  where: string,
  name: string,
  strays: Pick<StrayTexts, "count" | "first" | "listed">,
  numbers: number | null,
  kind: "number" | "date" = "number",
): DataError {
  const { row, text } = strays.first ?? { row: 0, text: "" };
  const others =
    numbers === null
      ? ""
      : ` as in ${numbers.toLocaleString("en")} other rows (${strays.count.toLocaleString("en")} hold text: ${strays.listed()})`;
  const second =
    strays.count === 1 && row <= 3 && numbers !== null && !/\d/.test(text)
      ? " If the row is a second line of names or units, take it out of the file."
      : "";
  return new DataError({
    where: ["readCsv", `${where}, row ${row}`],
    expected: `a ${kind}${others}`,
    got: shown(text),
    advice: `${adviceForText(name, text)}${second}`,
  });
}

/** The error for a column of numbers whose decimal sign is not that of the file. */
export function expectedOtherSign(
  where: string,
  name: string,
  strays: Pick<StrayTexts, "first">,
  decimal: DecimalSign,
): DataError {
  const { row, text } = strays.first ?? { row: 0, text: "" };
  const [sign, other] = decimal === "." ? ["point", ","] : ["comma", "."];
  return new DataError({
    where: ["readCsv", `${where}, row ${row}`],
    expected: `numbers with a decimal ${sign}, as the file has them`,
    got: `${shown(text)}, and so in all its rows`,
    advice:
      `Write all numbers the same way, or say --decimal ${other} for the whole file, ` +
      `${optionText("columns", `${name}=category`)} if the column holds names, ` +
      `${optionText("ignore", name)} to leave it out.`,
  });
}
