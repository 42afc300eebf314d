import { OptionError } from "../errors.ts";
import { shown } from "./reader.ts";

/** Which numbers an option takes; all of them are finite. */
export interface NumberRange {
  readonly least: number;
  /** True where the least is too little itself. Default false. */
  readonly isAbove?: boolean;
  /** All are smaller than this. Default: there is no such bound. */
  readonly below?: number;
  /** Default false. */
  readonly isWhole?: boolean;
}

/** Whether a value is such a number. */
export function isInRange(value: unknown, range: NumberRange): value is number {
  const { least, isAbove = false, below = Infinity, isWhole = false } = range;
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (isWhole && !Number.isSafeInteger(value)) return false;
  return (isAbove ? value > least : value >= least) && value < below;
}

/** A range in words: "a whole number from 1 up", "a number above 0", "a fraction from 0 up, below 1". */
export function rangeWords({ least, isAbove = false, below, isWhole = false }: NumberRange): string {
  const kind = isWhole ? "a whole number" : below === 1 ? "a fraction" : "a number";
  const from = isAbove ? `above ${least}` : `from ${least} up`;
  return `${kind} ${from}${below === undefined ? "" : `, below ${below}`}`;
}

/** `value`, when an option takes it. @throws OptionError that names the option. */
export function checkedNumber(where: string, name: string, value: unknown, range: NumberRange): number {
  if (isInRange(value, range)) return value;
  const { least, isAbove = false, below, isWhole = false } = range;
  const from = isAbove ? `above ${least}` : `of ${least} or more`;
  throw new OptionError({
    where,
    expected: `${name} ${from}${below === undefined ? "" : ` and below ${below}`}`,
    got: shown(value),
    advice: `Give a ${isWhole ? "whole " : ""}number.`,
  });
}
