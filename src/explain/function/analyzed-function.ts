import { differentiate, type Formula, type Interval, intervalFunction, simplify, sizeOf } from "../../formula/index.ts";
import type { Constant } from "./constant.ts";
import { inDecayingForms } from "./decaying-forms.ts";
import { limitOf, type Limit, type Path } from "./limit.ts";
import { periodOf } from "./period.ts";
import { resolvedTail } from "./resolved-tail.ts";
import { type Tail, tailOf } from "./tail-arithmetic.ts";

/** A function and its derivative, both in forms that evaluate well, and the function as it was written. */
export interface FunctionForms {
  readonly written: Formula;
  readonly formula: Formula;
  readonly derivative: Formula;
}

/** One function of one symbol, ready for what is to be proved of it. */
export interface AnalyzedFunction {
  readonly by: string;
  /** The function as it was written: it says where there is a value. */
  readonly written: Formula;
  /** The function in a form that evaluates well. */
  readonly formula: Formula;
  readonly derivative: Formula;
  /** A period of function and derivative, where their form shows one. */
  readonly period: Constant | null;
  /** Enclosures over an interval. */
  readonly writtenIn: (argument: Interval) => Interval;
  readonly derivativeIn: (argument: Interval) => Interval;
  /** Of the derivative's own derivative; null for a long formula. */
  readonly curvatureIn: ((argument: Interval) => Interval) | null;
  /** Of the derivative, where the function has a value. */
  readonly slopeLimit: (path: Path) => Limit | null;
  readonly valueLimit: (path: Path) => Limit | null;
  /** Of the derivative from a distance on. */
  readonly slopeTail: (start: number, side: 1 | -1) => Tail;
}

/** Formulas with more distinct parts are looked at by values alone. */
export const MOST_PARTS = 600;
/** Second derivatives with more parts cost more than they help. */
const MOST_CURVATURE_PARTS = 300;

/** Prepares a function, with its derivative, in the symbol `by` alone; null when it is too long. */
export function analyzedFunction({ written, formula, derivative }: FunctionForms, by: string): AnalyzedFunction | null {
  if (sizeOf(written) + sizeOf(derivative) > MOST_PARTS) return null;
  const second = sizeOf(derivative) <= MOST_CURVATURE_PARTS / 2 ? simplify(differentiate(derivative, by)) : null;
  const isShort = second !== null && sizeOf(second) <= MOST_CURVATURE_PARTS;
  const decaying = inDecayingForms(derivative);
  const known = new Map<string, Limit | null>();
  const remembered = (key: string, compute: () => Limit | null): Limit | null => {
    if (!known.has(key)) known.set(key, compute());
    return known.get(key) ?? null;
  };
  const valueLimit = (path: Path): Limit | null => {
    const compute = (): Limit | null => limitOf(written, by, path);
    return path.toward === "infinity" ? remembered(`value ${path.side}`, compute) : compute();
  };
  const slopeLimit = (path: Path): Limit | null => {
    const compute = (): Limit | null => {
      // 1/z is a number at −1, but no derivative of ln(z) there.
      if (valueLimit(path)?.kind === "undefined") return { kind: "undefined" };
      return limitOf(derivative, by, path);
    };
    return path.toward === "infinity" ? remembered(`slope ${path.side}`, compute) : compute();
  };
  return {
    by,
    written,
    formula,
    derivative,
    period: periodOf(written, by),
    writtenIn: intervalFunction(written, by),
    derivativeIn: intervalFunction(decaying, by),
    curvatureIn: isShort ? intervalFunction(inDecayingForms(second), by) : null,
    slopeLimit,
    valueLimit,
    slopeTail: (start, side) => {
      const tail = tailOf(resolvedTail(decaying, by, start, side), by, start, side);
      const { coverage } = tailOf(written, by, start, side).range;
      return coverage === 0 ? { ...tail, range: { low: Infinity, high: -Infinity, coverage: 0 } } : tail;
    },
  };
}
