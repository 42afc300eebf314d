import type { Arithmetic } from "./arithmetic.ts";
import { evaluatorIn } from "./evaluate-in.ts";
import { callInterval, choiceInterval, powerInterval } from "./interval-functions.ts";
import { addIntervals, divideIntervals, multiplyIntervals, negateInterval } from "./interval-operations.ts";
import {
  type Interval,
  interval,
  isEmpty,
  isPoint,
  lesser,
  pointInterval,
  roundedDown,
  roundedUp,
} from "./interval.ts";
import type { Formula, Relation } from "../tree.ts";

/**
 * Formulas over intervals of real numbers, every bound rounded outward: the result contains every value that the formula
 * has, in exact arithmetic, for arguments in the given interval (Moore, "Interval analysis", 1966). It may be wider.
 */
export const intervalArithmetic: Arithmetic<Interval> = {
  // A literal such as 0.1 means the decimal, which is not the float64 next to it.
  number: (value) =>
    Number.isInteger(value) || Number.isInteger(value * 1024)
      ? pointInterval(value)
      : interval(roundedDown(value), roundedUp(value)),
  constant: (name) => {
    const value = name === "e" ? Math.E : Math.PI;
    return interval(roundedDown(value), roundedUp(value));
  },
  negate: negateInterval,
  operation: (operator, u, v) => {
    switch (operator) {
      case "+":
        return addIntervals(u, v);
      case "-":
        return addIntervals(u, negateInterval(v));
      case "*":
        return multiplyIntervals(u, v);
      case "/":
        return divideIntervals(u, v);
      case "^":
        return powerInterval(u, v);
    }
  },
  call: callInterval,
  comparison: compareIntervals,
  choice: (condition, then, otherwise) => choiceInterval(condition, then(), otherwise()),
};

/** A formula in one symbol as a function from intervals to intervals. */
export function intervalFunction(formula: Formula, name: string): (argument: Interval) => Interval {
  return evaluatorIn(formula, intervalArithmetic, name);
}

function compareIntervals(relation: Relation, u: Interval, v: Interval): Interval {
  // A side without a value compares as NaN does in float64: only != holds.
  const ofNothing = relation === "!=";
  if (isEmpty(u) || isEmpty(v)) return pointInterval(ofNothing ? 1 : 0);
  const coverage = lesser(u.coverage, v.coverage);
  const verdict = verdictOf(relation, u, v);
  if (verdict === null || (coverage === 1 && verdict !== ofNothing)) return interval(0, 1, 2);
  return interval(verdict ? 1 : 0, verdict ? 1 : 0, coverage === 1 ? 3 : coverage);
}

function verdictOf(relation: Relation, u: Interval, v: Interval): boolean | null {
  switch (relation) {
    case "<":
      return u.high < v.low ? true : u.low >= v.high ? false : null;
    case "<=":
      return u.high <= v.low ? true : u.low > v.high ? false : null;
    case ">":
      return verdictOf("<", v, u);
    case ">=":
      return verdictOf("<=", v, u);
    case "==":
      if (isPoint(u) && isPoint(v) && u.low === v.low) return true;
      return u.high < v.low || v.high < u.low ? false : null;
    case "!=": {
      const equal = verdictOf("==", u, v);
      return equal === null ? null : !equal;
    }
  }
}
