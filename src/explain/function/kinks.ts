import {
  childrenOf,
  compileFormula,
  type Formula,
  intervalFunction,
  interval,
  literalValue,
  magnitude,
  number,
  postorder,
  subtract,
  symbolsOf,
} from "../../formula/index.ts";
import type { AnalyzedFunction } from "./analyzed-function.ts";
import type { JumpClaim, KinkClaim } from "./claim.ts";
import { type Constant, enclosureOf } from "./constant.ts";
import { joined, MEASURED_REACH, searchLine } from "./line-search.ts";
import type { Limit } from "./limit.ts";
import { candidatesBetween, middleOf } from "./place.ts";
import { resolvedTail } from "./resolved-tail.ts";
import { tailOf, tailSign } from "./tail-arithmetic.ts";

/** Kinks and jumps of a function, and how far they were looked for. */
export interface Kinks {
  readonly claims: readonly (KinkClaim | JumpClaim)[];
  readonly isComplete: boolean;
  readonly reach: number;
}

/** Conditions whose zeros are looked for. */
const MOST_SWITCHES = 16;

/** Places looked at more closely: a formula with more, such as |sin z|, has its kinks again and again. */
const MOST_PLACES = 24;

/**
 * The places where the slope or the function jumps: zeros of what the formula branches on, isolated on the whole line.
 * At each the values on both sides are compared, exactly where the place is a constant that a person would write, else by
 * enclosures.
 */
export function kinksOf(analyzed: AnalyzedFunction): Kinks {
  const { by, formula, period } = analyzed;
  const claims: (KinkClaim | JumpClaim)[] = [];
  const clusters: { low: number; high: number }[] = [];
  const switches = switchesOf(formula);
  let isComplete = switches.length <= MOST_SWITCHES;
  for (const condition of switches.slice(0, MOST_SWITCHES)) {
    const inInterval = intervalFunction(condition, by);
    const result = searchLine(
      (start, side) => isTailSettled(condition, by, start, side),
      (argument) => {
        const { low, high, coverage } = inInterval(argument);
        const isFlat = low === 0 && high === 0;
        return coverage === 0 || isFlat || low > 0 || high < 0 ? "nothing" : "perhaps";
      },
      period,
    );
    isComplete &&= result.isComplete;
    for (const cluster of result.clusters) clusters.push({ ...cluster });
  }
  const half = period === null ? Infinity : (enclosureOf(period).low / 2) * (1 - 1e-9);
  const near = joined(clusters)
    .filter(({ high }) => high > -half)
    .toSorted((one, other) => Math.abs(middleOf(one.low, one.high)) - Math.abs(middleOf(other.low, other.high)));
  if (near.length > MOST_PLACES) isComplete = false;
  for (const { low, high } of near.slice(0, MOST_PLACES)) {
    const claim = claimAt(analyzed, low, high);
    if (claim !== null) claims.push(claim);
  }
  const last = near[MOST_PLACES];
  const reach =
    isComplete || last === undefined
      ? MEASURED_REACH
      : Math.min(MEASURED_REACH, Math.abs(middleOf(last.low, last.high)));
  // Of a formula with too many conditions not even a stretch was searched whole.
  if (switches.length > MOST_SWITCHES)
    return { claims: claims.toSorted((one, other) => one.at - other.at), isComplete, reach: 0 };
  return { claims: claims.toSorted((one, other) => one.at - other.at), isComplete, reach };
}

/** The condition is not 0 from there on, or 0 everywhere, or without a value. */
function isTailSettled(condition: Formula, by: string, start: number, side: 1 | -1): boolean {
  const resolved = resolvedTail(condition, by, start, side);
  if (symbolsOf(resolved).length === 0) return true;
  const tail = tailOf(resolved, by, start, side);
  const { low, high, coverage } = tail.range;
  return coverage === 0 || (low === 0 && high === 0) || tailSign(tail) !== null;
}

/** The formulas at whose zeros a formula may have a corner. */
function switchesOf(formula: Formula): readonly Formula[] {
  return postorder(formula).flatMap((part): readonly Formula[] => {
    const [u = number(0), v = number(0)] = childrenOf(part);
    if (symbolsOf(part).length !== 1) return [];
    if (part.kind === "comparison") return [subtract(u, v)];
    if (part.kind === "operation" && part.operator === "^") return isWhole(v) ? [] : [u];
    if (part.kind !== "call") return [];
    if (part.name === "min" || part.name === "max") return [subtract(u, v)];
    return ["relu", "abs", "sign", "sqrt"].includes(part.name) ? [u] : [];
  });
}

function isWhole(exponent: Formula): boolean {
  const value = literalValue(exponent);
  return value !== null && Number.isInteger(value);
}

function claimAt(analyzed: AnalyzedFunction, low: number, high: number): KinkClaim | JumpClaim | null {
  for (const candidate of candidatesBetween(low, high)) {
    const claim = exactClaim(analyzed, candidate);
    if (claim !== null) return claim;
  }
  return enclosedClaim(analyzed, low, high);
}

/** A number that a limit is known to be, to ten digits. */
function settledValue(limit: Limit | null): number | null {
  if (limit?.kind === "infinite") return limit.sign * Infinity;
  if (limit?.kind !== "tends") return null;
  const { low, high } = limit.value;
  return high - low <= 1e-10 * Math.max(Math.abs(low), 1e-300) ? middleOf(low, high) + 0 : null;
}

function exactClaim(analyzed: AnalyzedFunction, at: Constant): KinkClaim | JumpClaim | null {
  const { by, derivative, valueLimit, slopeLimit } = analyzed;
  const [before, after] = ([-1, 1] as const).map((side) => settledValue(valueLimit({ toward: at, side })));
  if (before === null || after === null || before === undefined || after === undefined) return null;
  if (!Number.isFinite(before) || !Number.isFinite(after)) return null;
  const { low, high } = enclosureOf(at);
  const place = Number(middleOf(low, high).toPrecision(15)) + 0;
  if (differ(before, after)) return { kind: "jump", at: place, left: before, right: after, basis: "proved" };
  const [left, right] = ([-1, 1] as const).map((side) => settledValue(slopeLimit({ toward: at, side })));
  if (left === null || right === null || left === undefined || right === undefined || !differ(left, right)) return null;
  const used = compileFormula(derivative, [by])([place]);
  const isNumber = low === high || at.factors.length === 0;
  return {
    kind: "kink",
    at: place,
    isExact: true,
    left,
    right,
    used: isNumber && Number.isFinite(used) ? used + 0 : null,
    basis: "proved",
  };
}

/** Different by more than the ten digits that are known. */
function differ(left: number, right: number): boolean {
  if (left === right) return false;
  if (!Number.isFinite(left) || !Number.isFinite(right)) return true;
  return Math.abs(left - right) > 1e-9 * Math.max(Math.abs(left), Math.abs(right));
}

/**
 * A kink whose place is known by bounds alone: the slopes beside it lie in intervals apart, by far more than the curvature
 * explains over so short a way.
 */
function enclosedClaim(analyzed: AnalyzedFunction, low: number, high: number): KinkClaim | null {
  const { writtenIn, derivativeIn, curvatureIn } = analyzed;
  const beside = Math.max(high - low, 1e-12 * Math.max(1, Math.abs(low)));
  if (curvatureIn === null || high - low > 1e-8 * Math.max(1, Math.abs(low))) return null;
  const around = interval(low - 2 * beside, high + 2 * beside);
  if (writtenIn(around).coverage !== 3) return null;
  const [left, right] = [
    derivativeIn(interval(low - 2 * beside, low - beside)),
    derivativeIn(interval(high + beside, high + 2 * beside)),
  ];
  if (left.coverage !== 3 || right.coverage !== 3) return null;
  const gap = left.low > right.high ? left.low - right.high : right.low - left.high;
  const curvature = curvatureIn(around);
  if (curvature.coverage < 2) return null;
  const explained = magnitude(curvature) * (around.high - around.low);
  const size = Math.max(magnitude(left), magnitude(right));
  if (!(gap > 2 * explained && gap > 1e-6 * size)) return null;
  const at = Number(middleOf(low, high).toPrecision(12));
  return {
    kind: "kink",
    at,
    isExact: false,
    left: slopeFrom(left.low, left.high),
    right: slopeFrom(right.low, right.high),
    used: null,
    basis: "proved",
  };
}

function slopeFrom(low: number, high: number): number {
  return Number(middleOf(low, high).toPrecision(8)) + 0;
}
