/** `factor · s^power · e^(rate s)`: a bound on a magnitude for all s from some start on. */
export interface Envelope {
  readonly factor: number;
  readonly power: number;
  readonly rate: number;
}

/** Which side of the magnitude it bounds; rounding goes to the safe side of it. */
export type Side = "above" | "below";

/** Far above what a few operations in float64 lose. */
const SLACK = 2 ** -40;
/** Powers are multiples of this, so that their sums are exact. */
const POWER_STEP = 1 / 64;

/** An envelope that is safe on its side, or null when it says nothing. */
export function envelope(side: Side, factor: number, power: number, rate: number): Envelope | null {
  const isBelow = side === "below";
  const safe = isBelow ? factor * (1 - SLACK) : factor * (1 + SLACK) + Number.MIN_VALUE;
  const steps = power / POWER_STEP;
  const whole = isBelow ? Math.floor(steps) : Math.ceil(steps);
  if (!Number.isFinite(safe) || !Number.isFinite(rate) || Math.abs(whole) > 1e6 || (isBelow && !(safe > 0)))
    return null;
  return { factor: safe, power: whole * POWER_STEP, rate };
}

/** A rate that is as written where the arithmetic was exact, else moved to the safe side. */
function safeRate(side: Side, rate: number, isExact: boolean): number {
  if (isExact) return rate;
  return side === "below" ? rate - Math.abs(rate) * SLACK : rate + Math.abs(rate) * SLACK;
}

export function multiplyEnvelopes(side: Side, u: Envelope | null, v: Envelope | null): Envelope | null {
  if (u === null || v === null) return null;
  const rate = u.rate + v.rate;
  const isExact = rate - u.rate === v.rate && rate - v.rate === u.rate;
  return envelope(side, u.factor * v.factor, u.power + v.power, safeRate(side, rate, isExact));
}

/** u^exponent, which turns to the other side when the exponent is negative: then `u` must be of the other side. */
export function powerOfEnvelope(side: Side, u: Envelope | null, exponent: number): Envelope | null {
  if (u === null) return null;
  const isExact = exponent === -1 || u.rate === 0;
  return envelope(side, u.factor ** exponent, u.power * exponent, safeRate(side, u.rate * exponent, isExact));
}

/** The largest value from s = start on; may be infinite. */
export function highestOf({ factor, power, rate }: Envelope, start: number): number {
  if (rate > 0 || (rate === 0 && power > 0)) return Infinity;
  const peak = rate < 0 ? Math.max(start, -power / rate) : start;
  return factor * Math.exp(power * Math.log(peak) + rate * peak) * (1 + SLACK) + Number.MIN_VALUE;
}

/** The smallest value from s = start on. */
export function lowestOf({ factor, power, rate }: Envelope, start: number): number {
  if (rate < 0 || (rate === 0 && power < 0) || power < 0) return 0;
  return factor * Math.exp(power * Math.log(start) + rate * start) * (1 - SLACK);
}

/** Whether u grows at least as fast as v. */
function isFaster(u: Envelope, v: Envelope): boolean {
  return u.rate > v.rate || (u.rate === v.rate && u.power >= v.power);
}

/** v as a part of u, for s ≥ start: v ≤ share · u. */
function shareOf(v: Envelope, u: Envelope, start: number): number {
  const quotient = { factor: v.factor / u.factor, power: v.power - u.power, rate: v.rate - u.rate };
  return highestOf(quotient, start);
}

/** A bound of u + v from above. */
export function sumAbove(u: Envelope | null, v: Envelope | null, start: number): Envelope | null {
  if (u === null || v === null) return null;
  const [fast, slow] = isFaster(u, v) ? [u, v] : [v, u];
  return envelope("above", fast.factor * (1 + shareOf(slow, fast, start)), fast.power, fast.rate);
}

/** The faster of two bounds from below. */
export function fasterOf(u: Envelope | null, v: Envelope | null): Envelope | null {
  if (u === null || v === null) return u ?? v;
  return isFaster(u, v) ? u : v;
}

/** A bound of |u| − |v| from below, where u (bounded below) outgrows v (bounded above). */
export function differenceBelow(u: Envelope | null, v: Envelope | null, start: number): Envelope | null {
  if (u === null || v === null || !isFaster(u, v)) return null;
  return envelope("below", u.factor * (1 - shareOf(v, u, start)), u.power, u.rate);
}
