import { functions } from "../functions.ts";
import type { Operator, Relation } from "../tree.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** The operators on float64 numbers. */
export const float64Operators: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
};

/** The relations between float64 numbers; with NaN only != holds. */
export const float64Relations: Readonly<Record<Relation, (left: number, right: number) => boolean>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
};

/** Float64, with infinities and NaN; functions as the runtime and `special-functions.ts` have them. */
export const float64Arithmetic: Arithmetic<number> = {
  number: (value) => value,
  constant: (name) => (name === "e" ? Math.E : Math.PI),
  negate: (u) => -u,
  operation: (operator, u, v) => float64Operators[operator](u, v),
  call: (name, u, v = Number.NaN) => functions[name].evaluate(u, v),
  comparison: (relation, u, v) => (float64Relations[relation](u, v) ? 1 : 0),
  choice: (condition, then, otherwise) => (condition !== 0 ? then() : otherwise()),
};
