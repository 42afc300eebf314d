import fc from "fast-check";
import {
  add,
  call,
  choose,
  compare,
  divide,
  E,
  evaluateWithError,
  type Formula,
  type FunctionName,
  functions,
  multiply,
  negate,
  number,
  PI,
  power,
  type Relation,
  subtract,
  symbol,
} from "../src/formula/index.ts";

/** Every function of the table, so that a new one is tested without being mentioned. */
// as: the keys of the table are its FunctionName
const names = Object.keys(functions) as FunctionName[];

const leaf = fc.oneof(
  fc.constantFrom("x", "y").map(symbol),
  fc.constantFrom(0, 1, 2, 3, 0.5, 1e-8, 10).map(number),
  fc.constantFrom(E, PI),
);
const exponents = fc.constantFrom(number(2), number(3), number(-1), number(-2), number(0.5), number(0), symbol("y"));
const relations = fc.constantFrom<Relation>("<", "<=", ">", ">=", "==", "!=");

/** Any formula in x and y, of every construct and function. */
export const arbitraryFormula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => {
  const part = tie("formula");
  const pair = fc.tuple(part, part);
  return {
    formula: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      pair.map(([left, right]) => add(left, right)),
      pair.map(([left, right]) => subtract(left, right)),
      pair.map(([left, right]) => multiply(left, right)),
      pair.map(([left, right]) => divide(left, right)),
      part.map(negate),
      fc.tuple(part, exponents).map(([base, exponent]) => power(base, exponent)),
      part.map((exponent) => power(E, exponent)),
      fc
        .tuple(fc.constantFrom(...names), part, part)
        .map(([name, u, v]) => call(name, ...[u, v].slice(0, functions[name].arity))),
      fc.tuple(relations, part, part).map(([relation, left, right]) => compare(relation, left, right)),
      fc.tuple(part, part, part).map(([condition, then, otherwise]) => choose(condition, then, otherwise)),
    ),
  };
}).formula;

const points = [
  { x: 1.3, y: 0.7 },
  { x: -0.9, y: 2.1 },
  { x: 0.31, y: -1.7 },
  { x: -1.2, y: -0.4 },
];

/**
 * The first point at which `before` and all its parts are finite and `after` differs from it by more than rounding
 * explains, or null.
 */
export function differingPoint(
  before: Formula,
  after: Formula,
): { x: number; y: number; before: number; after: number } | null {
  for (const point of points) {
    const expected = evaluateWithError(before, point);
    if (expected.hasInfinity || expected.hasNaN) continue;
    const { value, error } = evaluateWithError(after, point);
    // 1e3: the estimate of rounding is one of first order, and formulas drawn at random can be steep.
    const tolerance = 1e-9 * Math.max(1, Math.abs(expected.value)) + 1e3 * (error + expected.error);
    if (Math.abs(value - expected.value) > tolerance || Number.isNaN(value)) {
      return { ...point, before: expected.value, after: value };
    }
  }
  return null;
}
