import { compareDecimals, type Decimal, decimalText, magnitude, rounded, truncated, unitsAt } from "./decimal.ts";
import { chainSlips } from "./chain-slips.ts";
import { namesOf, type SystemTerm, termOf, termText } from "./system-names.ts";
import { slopesFrom, type SystemState, termValue } from "./system-values.ts";
import { isRightAt, type NumberRead, numberToDecimal } from "./typed-number.ts";
import type { NamedSlip, SlipValue, WrongNumber } from "./wrong-number.ts";

/**
 * The slip that leads to a wrong number, found without the author's work: the first, in order of likelihood, whose number is the
 * typed one. Names: `sign`, `rounding`, `twice`, `half`, `power-of-ten`, `factor-missing`, `other-quantity`,
 * `value-for-derivative`, `derivative-at-activation`, `path-missing`, `term-missing`, `digits-swapped`. Null when none fits.
 *
 * A number is the typed one when that is it, rounded or cut off where it ends, and enough of its digits are there to tell: two
 * for the slips that change the true value, three for those that take another value of the system, four in a larger one, where
 * some value is near every number. One that is met exactly (x = 1.5) needs two. A typed 0 is nobody's.
 */
export function numberSlip(wrong: WrongNumber): NamedSlip | null {
  const { typed, exact, decimals } = wrong;
  if (typed.decimal.units === 0n || exact === 0) return null;
  const truth = numberToDecimal(exact);
  const places = typed.decimals ?? decimals;
  const isEnough = places >= decimals || significantDigits(typed.decimal) >= 2;
  if (isEnough && isRightAt(opposite(typed.decimal), truth, places)) return signSlip;
  if (isRoundedWrongly(typed, truth)) return roundingSlip;
  const near = nearValues(wrong);
  const far = farValues(wrong);
  // Someone who typed more decimals than asked for may have rounded on the way: then those asked for tell.
  const found =
    near.find((each) => isTyped(each, typed, places, 2)) ??
    far.find((each) => isTyped(each, typed, places, far.length < MANY ? 3 : 4)) ??
    near.find((each) => places > decimals && isTyped(each, typed, decimals, 3));
  if (found !== undefined) return { slip: found.slip, message: found.message };
  return hasSwappedDigits(typed, truth, decimals) ? swappedSlip : null;
}

/** Candidates in a network of 2-3-2 are about 200; with three digits, every tenth wrong number meets one of 400 by chance. */
const MANY = 400;

const signSlip: NamedSlip = { slip: "sign", message: "The size is right, the sign is not." };
const roundingSlip: NamedSlip = {
  slip: "rounding",
  message: "The first digits are right, but the last one is not rounded right.",
};
const swappedSlip: NamedSlip = {
  slip: "digits-swapped",
  message: "Two digits next to each other seem to be swapped.",
};

function opposite({ units, decimals }: Decimal): Decimal {
  return { units: -units, decimals };
}

/** Whether a slip's value is what was typed, at so many decimals, and has so many digits there; or is it exactly. */
function isTyped({ value }: SlipValue, typed: NumberRead, places: number, digits: number): boolean {
  if (!Number.isFinite(value) || value === 0) return false;
  // Most candidates are far off, and exact decimals take their time.
  const own = Number(typed.decimal.units) / 10 ** typed.decimal.decimals;
  if (Math.abs(value - own) > 2 * 10 ** -places + 1e-9 * Math.abs(own)) return false;
  const candidate = numberToDecimal(value);
  if (compareDecimals(candidate, typed.decimal) === 0) return ownDigits(candidate) >= 2;
  return isRightAt(typed.decimal, candidate, places) && significantDigits(rounded(candidate, places)) >= digits;
}

function significantDigits({ units }: Decimal): number {
  return units === 0n ? 0 : magnitude(units).toString().length;
}

/** Significant digits without the zeros that a number ends in: 2 of 0.250. */
function ownDigits({ units }: Decimal): number {
  return magnitude(units).toString().replace(/0+$/, "").length;
}

/** The last typed digit is one more than the number cut off there, where rounding does not go up. */
function isRoundedWrongly({ decimal, decimals }: NumberRead, truth: Decimal): boolean {
  if (decimals === null || decimals === 0 || !isSameSign(decimal.units, truth.units)) return false;
  const cut = truncated(truth, decimals);
  const down = magnitude(cut.units);
  // Where nothing was cut off, there is nothing to round.
  const isUp = down > 0n && compareDecimals(cut, truth) !== 0 && magnitude(decimal.units) === down + 1n;
  return isUp && decimal.units !== rounded(truth, decimals).units;
}

function isSameSign(left: bigint, right: bigint): boolean {
  return left > 0n === right > 0n;
}

/** What a slip with the true value itself gives. */
function nearValues({ state, exact, asks }: WrongNumber): readonly SlipValue[] {
  const hasHalf = hasHalfInCost(state);
  const isCost = asks.kind === "symbol" && asks.name === state.given.system.cost;
  const twice = !hasHalf
    ? "Twice what is asked for: a factor 2 too many."
    : isCost
      ? "Twice what is asked for: the ½ of the cost is missing."
      : "Twice what is asked for: did you forget the ½ of the cost, which cancels the 2 of its derivative?";
  const shifts = [1, -1, 2, -2, 3, -3];
  return [
    { value: 2 * exact, slip: "twice", message: twice },
    { value: exact / 2, slip: "half", message: "Half of what is asked for: a factor ½ too many, or a 2 missing." },
    ...shifts.map((shift) => ({
      value: exact * 10 ** shift,
      slip: "power-of-ten",
      message: "The digits are right, the decimal point is not where it belongs.",
    })),
  ];
}

/** Whether the equation of the cost starts from a half, as `1/2 (y - t)^2` does. */
function hasHalfInCost({ given }: SystemState): boolean {
  const { system, network } = given;
  if (network !== null) return network.net.cost.text.startsWith("1/2");
  const equation = system.equations.find(({ name }) => name === system.cost);
  let formula = equation?.formula;
  while (formula?.kind === "operation" && formula.operator === "*") formula = formula.left;
  if (formula?.kind === "number") return formula.value === 0.5;
  if (formula?.kind !== "operation" || formula.operator !== "/") return false;
  return formula.right.kind === "number" && formula.right.value === 2;
}

/** What a slip with other values of the system gives: a factor forgotten, another quantity, the rarer slips. */
function farValues(wrong: WrongNumber): readonly SlipValue[] {
  const chain = chainSlips(wrong);
  const isFactor = ({ slip }: SlipValue): boolean => slip === "factor-missing";
  return [...chain.filter(isFactor), ...otherQuantities(wrong), ...chain.filter((each) => !isFactor(each))];
}

/** Every other value and derivative of the cost; of a derivative first other derivatives, of the like first. */
function otherQuantities({ asks, state }: WrongNumber): readonly SlipValue[] {
  const { system } = state.given;
  const asked = termOf(state.given, asks);
  const names = namesOf(system);
  const values = names.map((of): SystemTerm => ({ of, by: null }));
  const of = asked === null || asked.by === null ? system.cost : asked.of;
  const slopes = names.filter((by) => by !== of).map((by): SystemTerm => ({ of, by }));
  const from = slopesFrom(state, of);
  const terms = asked?.by === null ? [...values, ...slopes] : [...slopes, ...values];
  const wanted = asked === null ? "what is asked for" : termText(asked);
  const isLike = ({ of: other, by }: SystemTerm): boolean =>
    asked !== null && letterOf(by ?? other) === letterOf(asked.by ?? asked.of);
  return [...terms.filter(isLike), ...terms.filter((term) => !isLike(term))]
    .map((term) => ({ term, value: term.by === null ? termValue(state, term) : (from.get(term.by) ?? 0) }))
    .filter(({ value }) => Math.abs(value) !== 1)
    .map(({ term, value }) => ({
      value,
      slip: "other-quantity",
      message: `That is ${termText(term)}, not ${wanted}.`,
    }));
}

/** `w` of `w_12^1`. */
function letterOf(name: string): string {
  return name.replace(/[_0-9^].*$/, "");
}

/** Whether swapping two neighboring digits of the true number, rounded or cut off, gives the typed one. */
function hasSwappedDigits({ decimal, decimals }: NumberRead, truth: Decimal, asked: number): boolean {
  const places = decimals ?? asked;
  const own = digitsOf(decimal, places);
  return [rounded(truth, places), truncated(truth, places)].some((each) => {
    const digits = digitsOf(each, places);
    if (digits.length !== own.length || significantDigits(each) < 2 || !isSameSign(each.units, decimal.units))
      return false;
    const first = Array.from(digits).findIndex((digit, i) => digit !== own[i]);
    if (first < 0) return false;
    const swapped = Array.from(digits);
    [swapped[first], swapped[first + 1]] = [swapped[first + 1] ?? "", swapped[first] ?? ""];
    return swapped.join("") === own;
  });
}

function digitsOf({ units, decimals }: Decimal, places: number): string {
  return decimalText({ units: magnitude(unitsAt({ units, decimals }, places)), decimals: places }).replace(".", "");
}
