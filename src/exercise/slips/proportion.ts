import { shortNumber } from "../formulas/short-number.ts";

/** A slip by its stable name, and what to tell the learner. */
export interface Slip {
  readonly slip: string;
  readonly message: string;
}

/** Relative spread within which quotients of values are one number. */
const SPREAD = 1e-8;
/** A difference that comes of a rounded number, not of another formula. */
const ROUNDED = 1e-3;

/**
 * What the quotients of a wrong formula's values and the true ones tell, where no slip was found: that they are always the same
 * number, or so near 1 that some number must have been rounded. Null when they tell nothing.
 */
export function proportionSlip(typed: readonly (number | null)[], exact: readonly (number | null)[]): Slip | null {
  const quotients = typed.map((value, i) => (value ?? Number.NaN) / (exact[i] ?? Number.NaN));
  const [first = Number.NaN] = quotients;
  if (quotients.length < 3 || !quotients.every(Number.isFinite) || first === 0) return null;
  if (quotients.every((each) => Math.abs(each - 1) < ROUNDED)) {
    const message =
      "That is nearly equal, not equal: a number in it is rounded, or too much. Write e for 2.718…, and fractions.";
    return { slip: "rounded", message };
  }
  if (!quotients.every((each) => Math.abs(each - first) <= SPREAD * Math.abs(first))) return null;
  return { slip: "constant-factor", message: `Off by a factor that is always the same: ${shortNumber(first)}.` };
}
