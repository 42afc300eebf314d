import { DataError } from "../../errors.ts";
import { compareDecimals, type Decimal, rounded, truncated } from "./decimal.ts";
import { followedNumber } from "./followed-number.ts";
import { correct, type Judgement, notRight, unreadable } from "../judgement.ts";
import { numberSlip } from "./number-slips.ts";
import { type SystemState, valueIn } from "./system-values.ts";
import {
  type AskedNumber,
  type EarlierNumber,
  isRight,
  isRightAt,
  isWithin,
  type NumberRead,
  numberToDecimal,
  readNumber,
  type TypedNumber,
} from "./typed-number.ts";
import type { NamedSlip } from "./wrong-number.ts";

/** A wrong number that the author expects, read. */
export interface ExpectedSlip {
  readonly answer: TypedNumber;
  readonly message: string;
}

/** What else there is to know for judging a number. */
export interface NumberContext {
  /** The author's slips; they go before those that are found without the author. Default none. */
  readonly slips?: readonly ExpectedSlip[];
  /** The learner's answers to other questions; those the question follows count. Default none. */
  readonly earlier?: readonly EarlierNumber[];
}

/**
 * Judges a typed number against the value that the equations give.
 *
 * - `correct`: equal to the value rounded or truncated at the decimals asked for, or closer to it than half a unit there,
 *   and typed with as many decimals, or more; with fewer only when it is the value itself (0.03 for 0.03). An expression of numbers
 *   (`1/8`, `e^-2`) has all its decimals. Right as well: what follows from the learner's own wrong number in a question that this one
 *   follows (`followedNumber`).
 * - `form`: an expression with the right value that names quantities of the system.
 * - `close`: of the right sign and off by less than ten units of the last decimal asked for, or rounded or truncated right, typed with
 *   one decimal fewer than asked for at least; but no number that is given.
 * - `unreadable`: an expression without a finite value, or with names that the system does not know.
 *
 * Everything is compared in exact decimals; the value is taken to twelve significant digits, so that 0.0125 is halfway between
 * 0.012 and 0.013 (both are right) whatever its float64 is. A typed −0 is 0. A 0 is right only where the value rounds or truncates to 0
 * at the decimals asked for, and never close otherwise, as it has no sign. Values of any size are judged by
 * decimals alone: below the last decimal all are 0, above 10^12 the digits that float64 arithmetic cannot vouch for count as 0.
 *
 * @throws DataError when the question's own value is not finite.
 * @throws FormulaError when the question asks for what the system has not.
 */
export function judgeNumber(asked: AskedNumber, answer: TypedNumber, context: NumberContext = {}): Judgement {
  const { question, asks, system } = asked;
  const { decimals } = question;
  const state = system.own();
  const exact = valueIn(state, asks);
  if (!Number.isFinite(exact)) {
    throw new DataError({
      where: `question "${question.id}"`,
      expected: `a finite value of ${question.asks.text}`,
      got: `${exact}`,
      advice: "Change what is given.",
    });
  }
  if (answer.formula.kind === "comparison") return unreadable("This is a comparison. Type a number.");
  const typed = readNumber(state, answer);
  if (typeof typed === "string") return unreadable(typed);
  const truth = numberToDecimal(exact);
  if (isRight(typed, truth, decimals)) {
    if (!typed.hasQuantities) return correct();
    return notRight("form", `The value is right, but a number is asked for. Type it with ${inDecimals(decimals)}.`);
  }
  const followed = typed.hasQuantities ? null : followedNumber(asked, typed, { exact, earlier: context.earlier ?? [] });
  if (followed !== null) return correct(`Right: it follows from your ${followed}.`);

  const expected = context.slips?.find((each) => {
    const slip = readNumber(state, each.answer);
    if (typeof slip === "string") return false;
    const places = Math.min(typed.decimals ?? decimals, slip.decimals ?? decimals, decimals);
    // A 0 is no number cut off after few decimals.
    const isZero = typed.decimal.units === 0n;
    return isZero ? slip.decimal.units === 0n : isRightAt(typed.decimal, slip.decimal, places);
  });
  const slip = numberSlip({ asks, state, exact, typed, decimals });
  if (typed.hasQuantities)
    return notRight("wrong", expected?.message ?? slip?.message ?? WRONG, slipName(expected, slip));
  const mayBeClose = hasDecimals(typed, decimals) && !isGiven(typed.decimal, state);
  if (hasTooFewDecimals(typed, truth, decimals)) {
    const message = `Right as far as it goes. Give ${inDecimals(decimals)}.`;
    return notRight(mayBeClose ? "close" : "wrong", message, "too-few-decimals");
  }
  if (mayBeClose && isClose(typed.decimal, truth, decimals)) {
    const message = expected?.message ?? (slip?.slip === "rounding" ? slip.message : CLOSE);
    return notRight("close", message, expected === undefined && slip?.slip === "rounding" ? slip.slip : null);
  }
  const named = slip ?? (typed.decimal.units === 0n && exact !== 0 ? zeroSlip(exact) : null);
  return notRight("wrong", expected?.message ?? named?.message ?? WRONG, slipName(expected, named));
}

/** A 0 that is none. */
function zeroSlip(exact: number): NamedSlip {
  const advice = Math.abs(exact) < 0.05 ? "It is small, but not 0: keep more digits on the way." : "It is not 0.";
  return { slip: "zero", message: advice };
}

const WRONG = "Not right.";
const CLOSE = "Close, but not the number: check the last digits, and round at the end only.";

function slipName(expected: ExpectedSlip | undefined, slip: { readonly slip: string } | null): string | null {
  return expected === undefined ? (slip?.slip ?? null) : "author";
}

/** Right where it ends, but that is before the decimals asked for; a 0 only where all of those are 0 as well. */
function hasTooFewDecimals({ decimal, decimals: typed }: NumberRead, truth: Decimal, decimals: number): boolean {
  if (typed === null || typed >= decimals) return false;
  const places = decimal.units === 0n ? decimals : typed;
  return [rounded(truth, places), truncated(truth, places)].some((each) => compareDecimals(decimal, each) === 0);
}

/** Whether a numeral has one decimal fewer than asked for at least, and one in any case: `1` is nearly nothing. */
function hasDecimals({ decimals: typed }: NumberRead, decimals: number): boolean {
  return typed === null || typed >= Math.max(Math.min(decimals, 1), decimals - 1);
}

/** Whether a number is one of those that are given, such as the weight before a step. */
function isGiven(typed: Decimal, { given: { system } }: SystemState): boolean {
  const values = [...Object.values(system.given), ...Object.values(system.parameters)];
  return values.some((value) => Number.isFinite(value) && compareDecimals(typed, numberToDecimal(value)) === 0);
}

/** Off by less than ten units of the last decimal, and of the same sign. */
function isClose(typed: Decimal, truth: Decimal, decimals: number): boolean {
  const hasSign = (typed.units > 0n && truth.units > 0n) || (typed.units < 0n && truth.units < 0n);
  return hasSign && isWithin(typed, truth, { halfUnits: 20n, decimals });
}

function inDecimals(decimals: number): string {
  return decimals === 1 ? "1 decimal" : `${decimals} decimals`;
}
