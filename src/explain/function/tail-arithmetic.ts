import {
  type Arithmetic,
  callInterval,
  evaluatorIn,
  type Formula,
  functions,
  type FunctionName,
  type Interval,
  interval,
  intervalArithmetic,
  isEmpty,
  magnitude,
  mignitude,
  pointInterval,
  signOfInterval,
  symbol,
} from "../../formula/index.ts";
import {
  differenceBelow,
  type Envelope,
  envelope,
  fasterOf,
  highestOf,
  lowestOf,
  multiplyEnvelopes,
  powerOfEnvelope,
  sumAbove,
} from "./envelope.ts";

/**
 * A part of a formula for all s ≥ `start`: an interval with all its values, and envelopes of its magnitude, which keep what
 * an interval loses: that `s e^(-s)` is small although s is not.
 */
export interface Tail {
  readonly range: Interval;
  readonly below: Envelope | null;
  readonly above: Envelope | null;
}

/** Formulas for all s ≥ start ≥ 1, with proved bounds. */
function tailArithmetic(start: number): Arithmetic<Tail> {
  const tail = (range: Interval, below: Envelope | null, above: Envelope | null): Tail =>
    tightened({ range, below, above }, start);
  const bare = (range: Interval): Tail => tail(range, ...constantEnvelopes(range));
  const multiply = (u: Tail, v: Tail): Tail =>
    tail(
      intervalArithmetic.operation("*", u.range, v.range),
      multiplyEnvelopes("below", u.below, v.below),
      multiplyEnvelopes("above", u.above, v.above),
    );
  const add = (u: Tail, v: Tail): Tail => {
    const range = intervalArithmetic.operation("+", u.range, v.range);
    const above = sumAbove(u.above, v.above, start);
    const [left, right] = [signOfInterval(u.range), signOfInterval(v.range)];
    if (left === 0) return v;
    if (right === 0) return u;
    if (left !== null && left === right) return tail(range, fasterOf(u.below, v.below), above);
    for (const [fast, slow, sign] of [
      [u, v, left],
      [v, u, right],
    ] as const) {
      const below = differenceBelow(fast.below, slow.above, start);
      if (below === null) continue;
      const half =
        sign === null
          ? range
          : sign > 0
            ? { ...range, low: Math.max(0, range.low) }
            : { ...range, high: Math.min(0, range.high) };
      return tail(half, below, above);
    }
    return tail(range, null, above);
  };
  const power = (u: Tail, exponent: number): Tail => {
    const range = intervalArithmetic.operation("^", u.range, pointInterval(exponent));
    const [below, above] = exponent < 0 ? [u.above, u.below] : [u.below, u.above];
    return tail(range, powerOfEnvelope("below", below, exponent), powerOfEnvelope("above", above, exponent));
  };
  const negate = (u: Tail): Tail => ({ ...u, range: intervalArithmetic.negate(u.range) });
  const exponential = (u: Tail): Tail => {
    const range = callInterval("exp", u.range, undefined);
    const sign = signOfInterval(u.range);
    // |u| ≥ m s, or |u| ≤ m s, for all s ≥ start.
    const least =
      u.below !== null && u.below.power >= 1 && u.below.rate >= 0
        ? lowestOf({ ...u.below, power: u.below.power - 1 }, start)
        : 0;
    const most = u.above === null ? Infinity : highestOf({ ...u.above, power: u.above.power - 1 }, start);
    const [slow, fast] = [
      envelope("below", 1, 0, sign === 1 ? least : -most),
      envelope("above", 1, 0, sign === -1 ? -least : most),
    ];
    return tail(range, sign === null ? null : slow, sign === null ? null : fast);
  };
  const arithmetic: Arithmetic<Tail> = {
    number: (value) => bare(intervalArithmetic.number(value)),
    constant: (name) => bare(intervalArithmetic.constant(name)),
    negate,
    operation: (operator, u, v) => {
      switch (operator) {
        case "+":
          return add(u, v);
        case "-":
          return add(u, negate(v));
        case "*":
          return multiply(u, v);
        case "/": {
          const inverse = power(v, -1);
          const product = multiply(u, inverse);
          const range = meet(product.range, intervalArithmetic.operation("/", u.range, v.range));
          return tail(range, product.below, product.above);
        }
        case "^":
          if (v.range.low === v.range.high) return power(u, v.range.low);
          return bare(intervalArithmetic.operation("^", u.range, v.range));
      }
    },
    call: (name, u, v) => {
      const range = callInterval(name, u.range, v?.range);
      const byDefinition = (): Tail => {
        const { definition } = functions[name];
        if (definition === null) return bare(range);
        const found = evaluatorIn(definition(symbol("u")), arithmetic, "u")(u);
        return tail(meet(range, found.range), found.below, found.above);
      };
      return callOf(name, { u, v, range, tail, bare, exponential, power, add, byDefinition });
    },
    comparison: (relation, u, v) => {
      const difference = add(u, negate(v)).range;
      const isKnown = u.range.coverage >= 2 && v.range.coverage >= 2 && signOfInterval(difference) !== null;
      return bare(
        isKnown
          ? intervalArithmetic.comparison(relation, difference, pointInterval(0))
          : intervalArithmetic.comparison(relation, u.range, v.range),
      );
    },
    choice: (condition, one, other) => {
      const [then, otherwise] = [one(), other()];
      const range = intervalArithmetic.choice(
        condition.range,
        () => then.range,
        () => otherwise.range,
      );
      if (range === then.range) return then;
      return range === otherwise.range ? otherwise : bare(range);
    },
  };
  return arithmetic;
}

interface CallParts {
  readonly u: Tail;
  readonly v: Tail | undefined;
  readonly range: Interval;
  readonly tail: (range: Interval, below: Envelope | null, above: Envelope | null) => Tail;
  readonly bare: (range: Interval) => Tail;
  readonly exponential: (u: Tail) => Tail;
  readonly power: (u: Tail, exponent: number) => Tail;
  readonly add: (u: Tail, v: Tail) => Tail;
  readonly byDefinition: () => Tail;
}

/** What is known of each function's magnitude beside its range. */
function callOf(
  name: FunctionName,
  { u, v, range, tail, bare, exponential, power, add, byDefinition }: CallParts,
): Tail {
  const sign = signOfInterval(u.range);
  switch (name) {
    case "exp":
      return exponential(u);
    case "sqrt":
      return power(u, 0.5);
    case "abs":
      return tail(range, u.below, u.above);
    case "sin":
    case "tanh":
      return tail(range, null, u.above); // |sin u| ≤ |u|, |tanh u| ≤ |u|
    case "sigmoid":
    case "softplus": {
      // For u < 0: e^u/2 ≤ sigmoid(u) ≤ e^u, and e^u ln 2 ≤ softplus(u) ≤ e^u.
      const decay = exponential(u);
      const below =
        decay.below === null ? null : envelope("below", decay.below.factor / 2, decay.below.power, decay.below.rate);
      if (sign === -1) return tail(range, below, decay.above);
      if (name === "sigmoid" || sign === null) return bare(range);
      return tail(range, u.below, add(u, bare(pointInterval(1))).above);
    }
    case "log": {
      // ln s ≤ (ln start/start^(1/4)) s^(1/4) for s ≥ start ≥ e⁴, so of u ≤ c s^p: ln u ≤ |ln c| + p ln s.
      const { above } = u;
      if (above === null || above.rate > 0 || above.power < 0 || !(u.range.low >= 1)) return bare(range);
      const growth = tail(range, null, envelope("above", above.power * LOG_FACTOR, 0.25, 0));
      const constant = bare(pointInterval(Math.abs(Math.log(above.factor)) + 1e-9));
      return tail(range, null, add(growth, constant).above);
    }
    case "log1p":
      return tail(range, null, sign === 1 ? u.above : null);
    case "sinh":
    case "cosh":
    case "expm1":
      return byDefinition();
    case "relu":
    case "max":
    case "min":
      return tail(range, null, v === undefined ? u.above : sumAbove(u.above, v.above, TAIL_START));
    default:
      return bare(range);
  }
}

/** Where tails start at least: e⁴ is 54.6. */
export const TAIL_START = 64;
/** ln s/s^(1/4) falls from s = e⁴ on, where it is 4/e. */
const LOG_FACTOR = 4 / Math.E;

/** Bounds that do not depend on s. */
function constantEnvelopes(range: Interval): [Envelope | null, Envelope | null] {
  if (isEmpty(range)) return [null, null];
  return [envelope("below", mignitude(range), 0, 0), envelope("above", magnitude(range), 0, 0)];
}

function meet(left: Interval, right: Interval): Interval {
  if (isEmpty(left) || isEmpty(right)) return isEmpty(left) ? left : right;
  const [low, high] = [Math.max(left.low, right.low), Math.min(left.high, right.high)];
  return low <= high ? interval(low, high, left.coverage > right.coverage ? left.coverage : right.coverage) : left;
}

/** The range cut to what the envelopes allow, and envelopes where the range alone gives them. */
function tightened({ range, below, above }: Tail, start: number): Tail {
  if (isEmpty(range)) return { range, below: null, above: null };
  const most = above === null ? Infinity : highestOf(above, start);
  const least = below === null ? 0 : lowestOf(below, start);
  let [low, high] = [Math.max(range.low, -most), Math.min(range.high, most)];
  if (low >= 0) low = Math.max(low, Math.min(least, high));
  else if (high <= 0) high = Math.min(high, -Math.min(least, -low));
  const cut = interval(low, high, range.coverage);
  const [fixedBelow, fixedAbove] = constantEnvelopes(cut);
  return { range: cut, below: below ?? fixedBelow, above: above ?? fixedAbove };
}

/** A formula of one symbol for all values ≥ start (side 1), or ≤ −start (side −1); start ≥ 64. */
export function tailOf(formula: Formula, name: string, start: number, side: 1 | -1): Tail {
  const exact: Envelope = { factor: 1, power: 1, rate: 0 };
  const argument = interval(side > 0 ? start : -Infinity, side > 0 ? Infinity : -start);
  return evaluatorIn(formula, tailArithmetic(start), name)({ range: argument, below: exact, above: exact });
}

/** Whether the formula certainly is not 0 there: its sign for all of the tail, else null. */
export function tailSign(tail: Tail): -1 | 1 | null {
  const { range, below } = tail;
  if (range.coverage < 2) return null;
  if (range.low > 0 || (range.low >= 0 && below !== null)) return 1;
  return range.high < 0 || (range.high <= 0 && below !== null) ? -1 : null;
}
