import { type Expectation, FormulaError, type TextPlace } from "../../errors.ts";
import { dataStream, integersBelow } from "../../random/index.ts";
import {
  compareDecimals,
  type Decimal,
  decimalText,
  parseDecimal,
  subtractDecimals,
  unitsAt,
} from "../numbers/decimal.ts";
import { nameStream } from "./name-stream.ts";

const numeral = String.raw`(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?`;
/** Not within a name or a longer number: `2.1..3` is one range from 2.1, `x1..3` none. */
const pattern = new RegExp(
  String.raw`(?<![\p{L}0-9_.])(${numeral})\s*\.\.\s*([-−]?${numeral})(?:\s+by\s+([-−]?${numeral}))?(?:\s+(not\s+0)(?![0-9.]))?`,
  "gu",
);

/** More numbers are no range of a sheet, but a slip in it. */
const MOST_VALUES = 1_000_000n;

/** A text in which every range has become a number. */
export interface DrawnText {
  readonly text: string;
  /** True when it had a range. */
  readonly isVariant: boolean;
}

/**
 * Puts a number for every range of a text: `1..5`, `-1..1 by 0.25`, `0.5..2.5`, `-2..2 not 0`. The number is drawn from
 * the grid that starts at the lower end, each of its values equally likely, and is written exactly as the grid has it.
 * The step is 1 unless it is said, or an end has decimals: then it is one unit of the last of them (0.1 for `0.5..2`,
 * 0.01 for `0.5..2.25`). A minus before the lower end belongs to it, unless it stands after something to subtract from. Comments
 * (`#` to the end of the line) are left alone.
 *
 * What is drawn is a function of seed, block and position (the first range, the second …) alone.
 *
 * @param block name of the block, so that two blocks draw different numbers.
 * @throws FormulaError with line and column in the text: ends the wrong way around, a step that is not above 0, a grid without a
 * number, or with more than a million.
 */
export function drawRanges(text: string, seed: number, block: string): DrawnText {
  let count = 0;
  let drawn = "";
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, low = "", high = "", step, nonZero] = match;
    if (/#[^\n]*$/.test(text.slice(0, match.index))) continue;
    const start = signedStart(text, match.index);
    const span = { start, end: match.index + whole.length };
    const lower = (start < match.index ? "-" : "") + low;
    const [, other] = /^\s+not\s+(\S+)/.exec(text.slice(span.end)) ?? [];
    if (other !== undefined) {
      const expectation = {
        expected: '"not 0" after a range',
        got: `"not ${other}"`,
        advice: "Only 0 can be left out.",
      };
      throw new FormulaError({ where: "", place: placeIn(text, span.end + 1), ...expectation }, text, span);
    }
    const values = gridOf(lower, high, step ?? null, nonZero !== undefined);
    if ("expected" in values) {
      throw new FormulaError({ where: "", place: placeIn(text, start), ...values }, text, span);
    }
    const pick = integersBelow({ seed, stream: dataStream(nameStream(block)), step: count });
    drawn += text.slice(done, start) + decimalText(values.at(pick(values.count)));
    done = span.end;
    count += 1;
  }
  return { text: drawn + text.slice(done), isVariant: count > 0 };
}

/** Where the lower end begins: at its minus, when there is nothing before that to subtract from. */
function signedStart(text: string, index: number): number {
  const before = /[-−]\s*$/u.exec(text.slice(0, index));
  if (before === null) return index;
  return /[\p{L}0-9_)\].′']\s*$/u.test(text.slice(0, before.index)) ? index : before.index;
}

interface Grid {
  readonly count: number;
  readonly at: (position: number) => Decimal;
}

/** The numbers of a range, or what is wrong with it. */
function gridOf(
  lowText: string,
  highText: string,
  stepText: string | null,
  isWithoutZero: boolean,
): Grid | Expectation {
  const got = `${lowText}..${highText}`;
  const low = parseDecimal(lowText);
  const high = parseDecimal(highText);
  const finest = Math.max(low?.decimals ?? 0, high?.decimals ?? 0);
  const step = stepText === null ? { units: 1n, decimals: finest } : parseDecimal(stepText);
  if (low === null || high === null || step === null) {
    return { expected: "a range of numbers that a float64 can be", got, advice: "Use smaller ones." };
  }
  if (compareDecimals(low, high) > 0) {
    return { expected: "a range from the smaller end to the larger", got, advice: `Write ${highText}..${lowText}.` };
  }
  if (step.units <= 0n)
    return { expected: "a step above 0", got: `${stepText}`, advice: 'Write one such as "by 0.1".' };
  const decimals = Math.max(finest, step.decimals);
  const first = unitsAt(low, decimals);
  const width = unitsAt(subtractDecimals(high, low), decimals);
  const unit = unitsAt(step, decimals);
  const size = width / unit + 1n;
  if (size > MOST_VALUES) {
    const expected = `a range of at most ${MOST_VALUES} numbers`;
    return { expected, got: `${size}`, advice: "Make it shorter, or its step larger." };
  }
  // The position of 0 on the grid, passed over when it is not wanted.
  const zero = isWithoutZero && first <= 0n && -first % unit === 0n ? -first / unit : -1n;
  const isPassed = zero >= 0n && zero < size;
  const count = Number(isPassed ? size - 1n : size);
  if (count === 0) return { expected: "a range with a number other than 0", got, advice: "Make it wider." };
  return {
    count,
    at: (position) => {
      const place = BigInt(position) + (isPassed && BigInt(position) >= zero ? 1n : 0n);
      return { units: first + place * unit, decimals };
    },
  };
}

function placeIn(text: string, position: number): TextPlace {
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: Array.from(before.at(-1) ?? "").length + 1 };
}
