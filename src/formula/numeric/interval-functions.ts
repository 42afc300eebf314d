import { functions } from "../functions.ts";
import { addIntervals, multiplyIntervals, negateInterval, restrictedFrom, wholePower } from "./interval-operations.ts";
import {
  type Coverage,
  EMPTY,
  hull,
  type Interval,
  interval,
  isEmpty,
  isPoint,
  lesser,
  pointInterval,
  roundedDown,
  roundedUp,
  signOfInterval,
} from "./interval.ts";
import type { FunctionName } from "../tree.ts";

/** f(u), or f(u, v), over intervals. */
export function callInterval(name: FunctionName, u: Interval, v: Interval | undefined): Interval {
  if (isEmpty(u) || (v !== undefined && isEmpty(v))) return EMPTY;
  switch (name) {
    case "exp":
      return monotone(Math.exp, u, { from: 0 });
    case "expm1":
      return monotone(Math.expm1, u, { from: -1 });
    case "log":
      return logarithm(Math.log, u, 0);
    case "log1p":
      return logarithm(Math.log1p, u, -1);
    case "sqrt":
      return monotone(Math.sqrt, restrictedFrom(u, 0), { from: 0 });
    case "abs":
      return even((value) => value, u);
    case "sign":
      return signed(u);
    case "sin":
      return cosine(addIntervals(u, negateInterval(HALF_PI)), u);
    case "cos":
      return cosine(u, u);
    case "sinh":
      return monotone(Math.sinh, u, {});
    case "cosh":
      return even(Math.cosh, u);
    case "tanh":
      return monotone(Math.tanh, u, { from: -1, to: 1 });
    case "sigmoid":
    case "softplus":
      return monotone(evaluatorOf(name), u, name === "sigmoid" ? { from: 0, to: 1 } : { from: 0 });
    case "logcosh":
      return even(evaluatorOf(name), u);
    case "relu":
      return interval(Math.max(0, u.low), Math.max(0, u.high), u.coverage);
    case "erf":
      return errorFunction(u);
    case "min":
    case "max": {
      const other = v ?? u;
      const take = name === "min" ? Math.min : Math.max;
      return interval(take(u.low, other.low), take(u.high, other.high), lesser(u.coverage, other.coverage));
    }
  }
}

/** u^v: for a whole v every u, else u ≥ 0, as in float64. */
export function powerInterval(u: Interval, v: Interval): Interval {
  if (isEmpty(u) || isEmpty(v)) return EMPTY;
  if (isPoint(v) && Number.isInteger(v.low) && Math.abs(v.low) <= 1e6) {
    const whole = wholePower(u, v.low);
    return isEmpty(whole) ? whole : { ...whole, coverage: lesser(whole.coverage, v.coverage) };
  }
  const isWholePossible = Math.floor(v.high) >= Math.ceil(v.low);
  const base = restrictedFrom(u, 0);
  if (isEmpty(base)) return isWholePossible ? interval(-Infinity, Infinity, 1) : EMPTY;
  const coverage = lesser(base.coverage, v.coverage);
  if (isWholePossible && u.low < 0) return interval(-Infinity, Infinity, 1);
  if (base.high === 0) {
    if (v.low > 0) return interval(0, 0, coverage);
    return interval(0, Infinity, 1);
  }
  const positive = callInterval(
    "exp",
    multiplyIntervals(v, callInterval("log", withoutZero(base), undefined)),
    undefined,
  );
  if (base.low > 0) return { ...positive, coverage };
  if (v.low > 0) return interval(0, positive.high, coverage);
  return interval(0, Infinity, lesser(coverage, v.high < 0 ? 1 : 2));
}

function withoutZero(u: Interval): Interval {
  return u.low > 0 ? u : { ...u, low: 0 };
}

const HALF_PI: Interval = interval(roundedDown(Math.PI / 2), roundedUp(Math.PI / 2));

function evaluatorOf(name: FunctionName): (value: number) => number {
  const definition = functions[name];
  return definition.arity === 1 ? definition.evaluate : (value) => definition.evaluate(value, value);
}

/** Arguments at which each function's value is exact: no rounding is added there. */
function isExactAt(f: (value: number) => number, argument: number, value: number): boolean {
  if (argument === 0) return true;
  return (f === Math.sqrt && value * value === argument && Number.isInteger(value)) || !Number.isFinite(argument);
}

function monotone(
  f: (value: number) => number,
  u: Interval,
  { from = -Infinity, to = Infinity }: { readonly from?: number; readonly to?: number },
): Interval {
  if (isEmpty(u)) return EMPTY;
  const [low, high] = [f(u.low), f(u.high)];
  return interval(
    Math.max(from, isExactAt(f, u.low, low) ? low : roundedDown(low)),
    Math.min(to, isExactAt(f, u.high, high) ? high : roundedUp(high)),
    u.coverage,
  );
}

/** A function with f(−u) = f(u) that rises from 0 on. */
function even(f: (value: number) => number, u: Interval): Interval {
  const coverage = u.coverage;
  const [left, right] = [Math.abs(u.low), Math.abs(u.high)];
  const nearest = u.low <= 0 && u.high >= 0 ? 0 : Math.min(left, right);
  const isIdentity = f(0.3) === 0.3;
  const bounds = isIdentity
    ? interval(nearest, Math.max(left, right))
    : monotone(f, interval(nearest, Math.max(left, right)), { from: f(0) });
  return { ...bounds, coverage };
}

/** The logarithm from its pole at `from` up. */
function logarithm(f: (value: number) => number, u: Interval, from: number): Interval {
  if (u.high <= from) return EMPTY;
  const coverage: Coverage = u.low > from ? u.coverage : lesser(u.coverage, 1);
  const low = u.low <= from ? -Infinity : exactOr(f, u.low, roundedDown);
  return interval(low, exactOr(f, u.high, roundedUp), coverage);
}

function exactOr(f: (value: number) => number, argument: number, rounding: (value: number) => number): number {
  const value = f(argument);
  return value === 0 || !Number.isFinite(argument) ? value : rounding(value);
}

function signed(u: Interval): Interval {
  const sign = signOfInterval(u);
  if (sign !== null) return interval(sign, sign, u.coverage);
  return interval(u.low < 0 ? -1 : 0, u.high > 0 ? 1 : 0, lesser(u.coverage, 2));
}

/** cos(u), where `exact` is what the user wrote: at the point 0 of sin and cos the value is exact. */
function cosine(u: Interval, exact: Interval): Interval {
  const isSine = u !== exact;
  if (isPoint(exact)) {
    const value = isSine ? Math.sin(exact.low) : Math.cos(exact.low);
    if (exact.low === 0) return { ...pointInterval(value), coverage: exact.coverage };
    if (!Number.isFinite(value)) return interval(-1, 1, exact.coverage);
    return interval(Math.max(-1, roundedDown(value)), Math.min(1, roundedUp(value)), exact.coverage);
  }
  const isFar = !(Math.abs(u.low) < 1e9 && Math.abs(u.high) < 1e9);
  if (isFar || u.high - u.low >= 6.28) return interval(-1, 1, u.coverage);
  const ends = [exact.low, exact.high].map((end) => (isSine ? Math.sin(end) : Math.cos(end)));
  // A multiple of π this close to the interval counts as in it: more than rounding can hide.
  const slack = 1e-14 * (1 + Math.max(Math.abs(u.low), Math.abs(u.high)));
  const [first, last] = [Math.ceil((u.low - slack) / Math.PI), Math.floor((u.high + slack) / Math.PI)];
  let hasTop = false;
  let hasBottom = false;
  for (let k = first; k <= last; k += 1) {
    if (k % 2 === 0) hasTop = true;
    else hasBottom = true;
  }
  const low = hasBottom ? -1 : Math.max(-1, roundedDown(Math.min(...ends)));
  const high = hasTop ? 1 : Math.min(1, roundedUp(Math.max(...ends)));
  return interval(low, high, u.coverage);
}

/** erf, whose evaluation is good to 1e-15 of 1; below 6 it may be less than 1 by less than that. */
function errorFunction(u: Interval): Interval {
  const f = evaluatorOf("erf");
  const slack = (value: number): number => (value === 0 ? 0 : 4e-15 * Math.abs(value));
  const [low, high] = [f(u.low), f(u.high)];
  return interval(Math.max(-1, low - slack(low)), Math.min(1, high + slack(high)), u.coverage);
}

/** The values of a choice whose condition is known, or not. */
export function choiceInterval(condition: Interval, then: Interval, otherwise: Interval): Interval {
  if (isEmpty(condition)) return then; // NaN is not 0
  const isHeld = condition.low > 0 || condition.high < 0;
  const isNever = condition.low === 0 && condition.high === 0;
  if (condition.coverage >= 2 && isHeld) return then;
  if (condition.coverage >= 2 && isNever) return otherwise;
  const known = lesser(then.coverage, otherwise.coverage);
  if (isEmpty(then) && isEmpty(otherwise)) return EMPTY;
  return hull(then, otherwise, known === 0 ? 1 : lesser(known, 2));
}
