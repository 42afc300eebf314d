import { compareDecimals, decimalText, rounded } from "./decimal.ts";
import { termOf, termText } from "./system-names.ts";
import { type Override, valueIn } from "./system-values.ts";
import {
  type AskedNumber,
  type EarlierNumber,
  isRight,
  type NumberRead,
  numberToDecimal,
  readNumber,
} from "./typed-number.ts";

/** A number of the learner's own that is wrong. */
interface OwnNumber {
  readonly override: Override;
  readonly read: NumberRead;
  readonly text: string;
}

/** Beyond this an own number is no value of a sheet's networks; what follows from it tells nothing. */
const LARGEST = 1e6;
/** Every set of own numbers is tried, so there are not to be many; the latest count. */
const MOST_OWN = 5;

/**
 * Whether a typed number is what follows from wrong answers of the learner to questions that this one follows (error carried
 * forward): `z2 = -1.5`, as they typed it; null when it is not.
 *
 * An own number counts when it was read and is wrong, and is not 0, ±1 or beyond 10^6, from which too much follows at once. What
 * follows must differ from the true value, must not be 0 at the decimals asked for, and must not be an own number itself.
 *
 * @param exact the true value.
 */
export function followedNumber(
  { question, asks, system }: AskedNumber,
  typed: NumberRead,
  { exact, earlier }: { readonly exact: number; readonly earlier: readonly EarlierNumber[] },
): string | null {
  const own = earlier
    .filter((each) => question.follows.includes(each.question.id) && each.question.given.name === question.given.name)
    .flatMap((each) => ownNumber(each))
    .slice(-MOST_OWN);
  for (const used of subsetsOf(own)) {
    const value = valueIn(system.stateWith(used.map(({ override }) => override)), asks);
    // Less than rounding makes of it is no dependence.
    const isOther = Math.abs(value - exact) > 1e-9 * Math.max(Math.abs(value), Math.abs(exact));
    if (!Number.isFinite(value) || !isOther) continue;
    const follows = numberToDecimal(value);
    const isTrivial =
      rounded(follows, question.decimals).units === 0n ||
      own.some(({ read }) => compareDecimals(read.decimal, follows) === 0 || isSameTyped(read, typed));
    if (!isTrivial && isRight(typed, follows, question.decimals)) return used.map(({ text }) => text).join(" and ");
  }
  return null;
}

function isSameTyped(left: NumberRead, right: NumberRead): boolean {
  return compareDecimals(left.decimal, right.decimal) === 0;
}

/** The learner's number for an earlier question, when it is wrong and something can follow from it. */
function ownNumber({ question, asks, system, answer }: EarlierNumber): readonly OwnNumber[] {
  const state = system.own();
  const read = readNumber(state, answer);
  const term = termOf(question.given, asks);
  const exact = valueIn(state, asks);
  if (typeof read === "string" || term === null || !Number.isFinite(exact)) return [];
  if (isRight(read, numberToDecimal(exact), question.decimals)) return [];
  const value = Number(decimalText(read.decimal));
  if (value === 0 || Math.abs(value) === 1 || Math.abs(value) > LARGEST) return [];
  const shown = read.decimals === null ? String(Number(value.toPrecision(6))) : decimalText(read.decimal);
  return [{ override: { term, value }, read, text: `${termText(term)} = ${shown}` }];
}

/** Every set of at least one of them, larger ones first: all their numbers are what a learner goes on with. */
function subsetsOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const all = Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((__, i) => (bits >> i) % 2 === 1));
  return all.filter((each) => each.length > 0).sort((left, right) => right.length - left.length);
}
