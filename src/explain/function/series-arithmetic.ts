import {
  type Arithmetic,
  evaluatorIn,
  type Formula,
  type FunctionName,
  functions,
  type Relation,
  symbol,
} from "../../formula/index.ts";
import { E_CONSTANT, fractionOfNumber, negateConstant, ONE, PI_CONSTANT, rationalConstant, ZERO } from "./constant.ts";
import { CONSTANT_GROWTH } from "./growth.ts";
import { NotDefined, NotReached } from "./not-reached.ts";
import {
  addSeries,
  boundedBy,
  constantSeries,
  eitherOf,
  eventualSign,
  multiplySeries,
  negateSeries,
  powerOfSeries,
  type Series,
} from "./series.ts";
import { errorFunctionOf, exponentialOf, generalPower, logarithmOf, sineOf } from "./series-functions.ts";

/** A part of a formula as s → ∞: a series, no value from some s on, or something that the analysis does not reach. */
export type Eventual =
  | { readonly kind: "series"; readonly series: Series }
  | { readonly kind: "undefined" }
  | { readonly kind: "unknown" };

const UNDEFINED: Eventual = { kind: "undefined" };
const UNKNOWN: Eventual = { kind: "unknown" };

function eventual(compute: () => Series): Eventual {
  try {
    return { kind: "series", series: compute() };
  } catch (error) {
    if (error instanceof NotDefined) return UNDEFINED;
    if (error instanceof NotReached) return UNKNOWN;
    throw error;
  }
}

/** Computes with the series of both; undefined and unknown parts make the whole so. */
function of(parts: readonly Eventual[], compute: (...series: readonly Series[]) => Series): Eventual {
  if (parts.some(({ kind }) => kind === "undefined")) return UNDEFINED;
  const series = parts.flatMap((part) => (part.kind === "series" ? [part.series] : []));
  return series.length < parts.length ? UNKNOWN : eventual(() => compute(...series));
}

/** Operations that a formula's analysis may take: a small part of a second. */
const MOST_OPERATIONS = 600;

/** Formulas as a quantity grows without bound: exact leading behavior, where it is reached. */
export function seriesArithmetic(): Arithmetic<Eventual> {
  let operations = 0;
  const counted = (result: () => Eventual): Eventual => {
    operations += 1;
    return operations > MOST_OPERATIONS ? UNKNOWN : result();
  };
  const arithmetic: Arithmetic<Eventual> = {
    number: (value) => eventual(() => constantSeries(rationalConstant(fractionOfNumber(value)))),
    constant: (name) => eventual(() => constantSeries(name === "e" ? E_CONSTANT : PI_CONSTANT)),
    negate: (u) => of([u], (a = ZERO_SERIES) => negateSeries(a)),
    operation: (operator, u, v) =>
      counted(() =>
        of([u, v], (a = ZERO_SERIES, b = ZERO_SERIES) => {
          switch (operator) {
            case "+":
              return addSeries(a, b);
            case "-":
              return addSeries(a, negateSeries(b));
            case "*":
              return multiplySeries(a, b);
            case "/":
              return multiplySeries(a, powerOfSeries(b, negateConstant(ONE)));
            case "^":
              return generalPower(a, b);
          }
        }),
      ),
    call: (name, u, v) => counted(() => callOf(name, u, v, arithmetic)),
    comparison: (relation, u, v) => counted(() => comparisonOf(relation, u, v)),
    choice: (condition, then, otherwise) => {
      if (condition.kind === "undefined") return then(); // NaN is not 0
      const sign = signOrNull(condition);
      if (sign !== null) return sign === 0 ? otherwise() : then();
      return of([then(), otherwise()], (a = ZERO_SERIES, b = ZERO_SERIES) => eitherOf(a, b));
    },
  };
  return arithmetic;
}

const ZERO_SERIES: Series = constantSeries(ZERO);
const ONE_SERIES: Series = constantSeries(ONE);

function signOrNull(value: Eventual): -1 | 0 | 1 | null {
  if (value.kind !== "series") return null;
  try {
    return eventualSign(value.series);
  } catch (error) {
    if (error instanceof NotReached) return null;
    throw error;
  }
}

function callOf(name: FunctionName, u: Eventual, v: Eventual | undefined, arithmetic: Arithmetic<Eventual>): Eventual {
  switch (name) {
    case "exp":
      return of([u], (a = ZERO_SERIES) => exponentialOf(a));
    case "log":
      return of([u], (a = ZERO_SERIES) => logarithmOf(a));
    case "sqrt":
      return of([u], (a = ZERO_SERIES) => powerOfSeries(a, rationalConstant({ above: 1n, below: 2n })));
    case "sin":
    case "cos":
      return bounded(
        of([u], (a = ZERO_SERIES) => sineOf(a, name === "cos")),
        u,
      );
    case "erf":
      return bounded(
        of([u], (a = ZERO_SERIES) => errorFunctionOf(a)),
        u,
      );
    case "tanh":
    case "sigmoid":
      return bounded(byDefinition(name, u, arithmetic), u);
    case "sign":
      return bounded(
        bySign(u, (_, sign) => (sign === 0 ? ZERO_SERIES : sign > 0 ? ONE_SERIES : negateSeries(ONE_SERIES))),
        u,
      );
    case "abs": {
      const known = bySign(u, (a, sign) => (sign < 0 ? negateSeries(a) : a));
      return known.kind === "unknown" ? of([u], (a = ZERO_SERIES) => eitherOf(a, a)) : known;
    }
    case "relu":
      return extreme("max", { kind: "series", series: ZERO_SERIES }, u);
    case "min":
    case "max":
      return extreme(name, u, v ?? u);
    default:
      return byDefinition(name, u, arithmetic);
  }
}

/** A function whose values lie between −1 and 1: where no more is known of it, that. */
function bounded(found: Eventual, u: Eventual): Eventual {
  return found.kind === "unknown" && u.kind !== "undefined"
    ? { kind: "series", series: boundedBy(CONSTANT_GROWTH) }
    : found;
}

function bySign(u: Eventual, compute: (series: Series, sign: -1 | 0 | 1) => Series): Eventual {
  return of([u], (a = ZERO_SERIES) => compute(a, eventualSign(a)));
}

function byDefinition(name: FunctionName, u: Eventual, arithmetic: Arithmetic<Eventual>): Eventual {
  const { definition } = functions[name];
  return definition === null ? UNKNOWN : evaluatorIn(definition(symbol("u")), arithmetic, "u")(u);
}

function extreme(name: "min" | "max", u: Eventual, v: Eventual): Eventual {
  const sign = signOrNull(of([u, v], (a = ZERO_SERIES, b = ZERO_SERIES) => addSeries(a, negateSeries(b))));
  if (sign !== null) return sign > 0 === (name === "max") ? u : v;
  return of([u, v], (a = ZERO_SERIES, b = ZERO_SERIES) => eitherOf(a, b));
}

function comparisonOf(relation: Relation, u: Eventual, v: Eventual): Eventual {
  const truth = (holds: boolean): Eventual => ({ kind: "series", series: holds ? ONE_SERIES : ZERO_SERIES });
  // A side without a value compares as NaN does in float64: only != holds.
  if (u.kind === "undefined" || v.kind === "undefined") return truth(relation === "!=");
  const sign = signOrNull(of([u, v], (a = ZERO_SERIES, b = ZERO_SERIES) => addSeries(a, negateSeries(b))));
  if (sign === null) return { kind: "series", series: boundedBy(CONSTANT_GROWTH) };
  const order = sign < 0 ? "<" : sign > 0 ? ">" : "=";
  return truth(relation === "!=" ? order !== "=" : relation.includes(order));
}

/** A formula along a path: its one symbol given as a series in s. */
export function eventually(formula: Formula, name: string, path: Series): Eventual {
  return evaluatorIn(formula, seriesArithmetic(), name)({ kind: "series", series: path });
}
