import { divide, E, type Formula, number, PI, postorder, replaceSubformula, toText } from "../../formula/index.ts";
import { shortNumber } from "../short-number.ts";

/** A slip by its stable name, and what to tell the learner. */
export interface Slip {
  readonly slip: string;
  readonly message: string;
}

/** A value of a wrong formula, and the true one at the same place. */
export interface ValuePair {
  readonly typed: number;
  readonly exact: number;
}

/** Relative spread within which quotients of values are one number. */
const SPREAD = 1e-8;
/** A difference that may come of a rounded number: 2.7 for e. */
const ROUNDED = 2e-2;
/** Rounding of float64. */
const EQUAL = 1e-11;

/**
 * What the values of a wrong formula beside the true ones tell, where no slip was found: that it is off by a factor that is the same
 * at every place; that one of its numbers is rounded, as with another in its place it is right; or that it is right in some places
 * only, where it tells cases apart. Null when they tell nothing.
 *
 * @param pairs null where the formula has no value somewhere
 * @param isRight whether another formula is right
 */
export function nearSlip(
  answer: Formula,
  pairs: readonly ValuePair[] | null,
  isRight: (formula: Formula) => boolean,
): Slip | null {
  if (pairs === null || pairs.length < 3) return null;
  const quotients = pairs.map(({ typed, exact }) => typed / exact);
  const [first = Number.NaN] = quotients;
  if (!quotients.every(Number.isFinite) || first === 0) return null;
  const isNear = quotients.every((each) => Math.abs(each - 1) < ROUNDED);
  const near = isNear ? (roundedNumber(answer, isRight) ?? rightInPlaces(answer, quotients)) : null;
  if (near !== null) return near;
  // Of one value that comes again and again any other value is off by the same factor.
  const distinct = new Set(pairs.map(({ exact }) => exact.toPrecision(6)));
  if (Math.abs(first - 1) <= SPREAD) return null;
  const isSame = quotients.every((each) => Math.abs(each - first) <= SPREAD * Math.abs(first));
  if (!isSame || (distinct.size < 3 && !isConstant(answer))) return rightInPlaces(answer, quotients);
  return { slip: "constant-factor", message: `Off by a factor that is always the same: ${shortNumber(first)}.` };
}

function isConstant(formula: Formula): boolean {
  return postorder(formula).every(({ kind }) => !["symbol", "application", "derivative", "sum"].includes(kind));
}

/** Numbers of an answer that are looked at. */
const mostNumbers = 4;

function roundedNumber(answer: Formula, isRight: (formula: Formula) => boolean): Slip | null {
  const numbers = new Map<number, Formula>();
  for (const part of postorder(answer)) {
    if (part.kind === "number" && !Number.isInteger(part.value)) numbers.set(part.value, part);
  }
  for (const [value, part] of [...numbers].slice(0, mostNumbers)) {
    const meant = meantBy(value).find((formula) => isRight(replaceSubformula(answer, part, formula)));
    if (meant === undefined) continue;
    const isTooMuch = meant.kind === "number" && meant.value === 0;
    const reason = isTooMuch
      ? `${toText(part)} does not belong there.`
      : `the number ${toText(part)} in it is rounded.`;
    const advice = isTooMuch ? "" : " Write e for 2.718…, and fractions.";
    return { slip: "rounded", message: `That is nearly equal, not equal: ${reason}${advice}` };
  }
  return null;
}

/** What a decimal may be a rounded form of, the plainest first: e, π, a fraction, or nothing at all. */
function meantBy(value: number): readonly Formula[] {
  const isNear = (other: number): boolean => other !== value && Math.abs(other - value) <= 5e-2 * Math.abs(value);
  const fractions = Array.from({ length: 16 }, (_, i) => i + 1)
    .map((below) => ({ above: Math.round(value * below), below }))
    .filter(({ above, below }) => above > 0 && above !== below && isNear(above / below))
    .map(({ above, below }) => (below === 1 ? number(above) : divide(number(above), number(below))));
  return [
    ...(isNear(Math.E) ? [E] : []),
    ...(isNear(Math.PI) ? [PI] : []),
    ...(isNear(1 / Math.E) ? [divide(number(1), E)] : []),
    ...fractions,
    ...(value < 0.05 ? [number(0)] : []),
  ];
}

const kinked: ReadonlySet<string> = new Set(["min", "max", "abs", "sign", "relu"]);

/** What has cases, and is right at some places and wrong at others. */
function rightInPlaces(answer: Formula, quotients: readonly number[]): Slip | null {
  const right = quotients.filter((each) => Math.abs(each - 1) <= EQUAL).length;
  if (right === 0) return null;
  const parts = postorder(answer);
  const part =
    parts.find(({ kind }) => kind === "choice" || kind === "comparison") ??
    parts.find((each) => each.kind === "call" && kinked.has(each.name));
  if (part === undefined) return null;
  const text = toText(part.kind === "choice" ? part.condition : part);
  return { slip: "case", message: `That is right in some places only: look at ${text}.` };
}
