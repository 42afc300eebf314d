import {
  asTerm,
  atomOf,
  type Canon,
  isFoldable,
  isOne,
  numberOf,
  numberSum,
  powerOfTerm,
  product,
  scale,
  signatureOfNumber,
  soleFactor,
  type Sum,
  sumAtom,
  times,
} from "./canonical-sum.ts";
import { isInteger, powerOfRational, type Rational, rationalOne, squareRootOfRational } from "../numeric/rational.ts";

/** base^exponent, or null when it is better left as it is. */
export function raised(canon: Canon, base: Sum, exponent: Sum): Sum | null {
  const value = numberOf(base);
  const power = numberOf(exponent);
  if (power?.numerator === 0n || isOne(value)) return numberSum(canon, rationalOne);
  if (isOne(power)) return base;
  if (value !== null) return raisedNumber(canon, value, exponent);
  const natural = naturalPower(canon, base, exponent);
  if (natural !== null) return natural;
  if (power !== null && isInteger(power)) {
    const term = powerOfTerm(canon, asTerm(canon, base), power);
    return term === null ? null : product(canon, term.coefficient, term.factors);
  }
  return raisedRoot(canon, base, exponent);
}

function raisedNumber(canon: Canon, value: Rational, exponent: Sum): Sum | null {
  const power = numberOf(exponent);
  if (value.numerator <= 0n) {
    const isDefined =
      power !== null && isInteger(power) && isFoldable(power) && (value.numerator < 0n || power.numerator > 0n);
    return isDefined ? numberSum(canon, powerOfRational(value, Number(power.numerator))) : null;
  }
  if (power !== null && isInteger(power)) {
    return isFoldable(power) ? numberSum(canon, powerOfRational(value, Number(power.numerator))) : null;
  }
  if (power?.denominator === 2n && isFoldable(power)) {
    const root = squareRootOfRational(value);
    if (root !== null) return numberSum(canon, powerOfRational(root, Number(power.numerator)));
  }
  const atom = atomOf(canon, `n${signatureOfNumber(value)}`, "number", () => value);
  return product(canon, rationalOne, [{ atom, exponent }]);
}

/** (e^u)^v = e^(u·v), for any v. */
function naturalPower(canon: Canon, base: Sum, exponent: Sum): Sum | null {
  const sole = soleFactor(base);
  if (sole?.factor.atom.role !== "e" || !isOne(sole.coefficient)) return null;
  const { factor } = sole;
  const number = numberOf(exponent);
  const combined = number === null ? times(canon, factor.exponent, exponent) : scale(canon, factor.exponent, number);
  return product(canon, rationalOne, [{ atom: factor.atom, exponent: combined }]);
}

/**
 * A power that is no whole number. (u^p)^q = u^(p·q) holds unless p is an even number, where u^p forgets the sign of u;
 * anything else stays whole under its root.
 */
function raisedRoot(canon: Canon, base: Sum, exponent: Sum): Sum {
  const sole = soleFactor(base);
  const power = numberOf(exponent);
  if (sole !== null && isOne(sole.coefficient)) {
    const { factor } = sole;
    const inner = numberOf(factor.exponent);
    const isEven = inner === null || (isInteger(inner) && inner.numerator % 2n === 0n);
    if (isOne(inner)) return product(canon, rationalOne, [{ atom: factor.atom, exponent }]);
    if (power !== null && !isEven) {
      return product(canon, rationalOne, [{ atom: factor.atom, exponent: scale(canon, factor.exponent, power) }]);
    }
  }
  return product(canon, rationalOne, [{ atom: sumAtom(canon, base), exponent }]);
}
