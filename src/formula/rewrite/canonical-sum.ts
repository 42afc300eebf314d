import { spend } from "../budget.ts";
import {
  addRationals,
  contentOf,
  isInteger,
  isPrintable,
  multiplyRationals,
  negateRational,
  powerOfRational,
  type Rational,
  rationalOne,
} from "../numeric/rational.ts";
import type { Formula } from "../tree.ts";

/**
 * The form the simplifier computes in: a formula as Σ coefficient · Π atom^exponent. Like terms and like factors meet
 * because each has a key that does not depend on order; the order itself is that of first appearance, so that what was
 * written `w - eta*g` is not turned around.
 */
export interface Sum {
  readonly terms: readonly Term[];
  /** Equal for sums of the same terms in any order, within one simplification. */
  readonly key: number;
}

export interface Term {
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
  /** Of the factors alone: like terms share it. */
  readonly key: number;
}

export interface Factor {
  readonly atom: Atom;
  /** Never 0. */
  readonly exponent: Sum;
}

/** What the simplifier does not look into when it multiplies: a symbol, a call, a number under a root, a sum. */
export interface Atom {
  readonly id: number;
  readonly content: Formula | Sum | Rational;
  readonly role: "formula" | "e" | "sum" | "number";
  /** u when the content is the formula log(u). */
  readonly logarithmOf: Sum | null;
}

/** The atoms and keys of one simplification. */
export interface Canon {
  readonly keys: Map<string, number>;
  readonly atoms: Map<string, Atom>;
  /** What `asTerm` and `commonFactors` found, by the key of the sum. */
  readonly sumsAsTerms: Map<number, Term>;
  readonly commonFactors: Map<number, readonly Factor[]>;
  readonly presentable: Map<Sum, boolean>;
  /**
   * Whether something was done that may let a further round find more: a difference taken for the opposite of one met
   * before or written the other way around, a factor canceled within a sum, parentheses that went.
   */
  isUnsettled: boolean;
}

export function newCanon(): Canon {
  return {
    keys: new Map(),
    atoms: new Map(),
    sumsAsTerms: new Map(),
    commonFactors: new Map(),
    presentable: new Map(),
    isUnsettled: false,
  };
}

function keyOf(canon: Canon, signature: string): number {
  const known = canon.keys.get(signature);
  if (known !== undefined) return known;
  canon.keys.set(signature, canon.keys.size);
  return canon.keys.size - 1;
}

/** The atom of this signature; what it stands for is made only the first time. */
export function atomOf(
  canon: Canon,
  signature: string,
  role: Atom["role"],
  content: () => Atom["content"],
  logarithmOf: Sum | null = null,
): Atom {
  const known = canon.atoms.get(signature);
  if (known !== undefined) return known;
  const atom: Atom = { id: canon.atoms.size, content: content(), role, logarithmOf };
  canon.atoms.set(signature, atom);
  return atom;
}

export function signatureOfNumber({ numerator, denominator }: Rational): string {
  return `${numerator}/${denominator}`;
}

function termOf(canon: Canon, coefficient: Rational, factors: readonly Factor[]): Term {
  spend(8 + 8 * factors.length);
  const parts = factors.map(({ atom, exponent }) => `${atom.id}^${exponent.key}`).toSorted();
  return { coefficient, factors, key: keyOf(canon, `t ${parts.join(" ")}`) };
}

/** The sum of terms, like ones collected. */
export function sumOf(canon: Canon, terms: readonly Term[]): Sum {
  spend(12 + 12 * terms.length);
  const collected = new Map<number, Term>();
  for (const term of terms) {
    const like = collected.get(term.key);
    const coefficient = like === undefined ? term.coefficient : addRationals(like.coefficient, term.coefficient);
    collected.set(term.key, { ...(like ?? term), coefficient });
  }
  const kept = [...collected.values()].filter(({ coefficient }) => coefficient.numerator !== 0n);
  const parts = kept.map(({ key, coefficient }) => `${key}*${signatureOfNumber(coefficient)}`).toSorted();
  return { terms: kept, key: keyOf(canon, `s ${parts.join(" ")}`) };
}

export function numberSum(canon: Canon, value: Rational): Sum {
  return sumOf(canon, [termOf(canon, value, [])]);
}

/** An atom by itself. */
export function atomSum(canon: Canon, atom: Atom): Sum {
  return sumOf(canon, [termOf(canon, rationalOne, [{ atom, exponent: numberSum(canon, rationalOne) }])]);
}

/** The value of a sum that is a number, else null. */
export function numberOf(sum: Sum): Rational | null {
  const [term, more] = sum.terms;
  if (term === undefined) return { ...rationalOne, numerator: 0n };
  return more === undefined && term.factors.length === 0 ? term.coefficient : null;
}

export function isOne(value: Rational | null): boolean {
  return value?.numerator === 1n && value.denominator === 1n;
}

/** factor · sum, multiplied out. */
export function scale(canon: Canon, sum: Sum, factor: Rational): Sum {
  if (isOne(factor)) return sum;
  const scaled = sum.terms.map((term) => ({ ...term, coefficient: multiplyRationals(term.coefficient, factor) }));
  return sumOf(
    canon,
    scaled.flatMap((term) => flat(canon, term)),
  );
}

/** The terms of ±(a+b), which need no parentheses; any other term alone. */
function flat(canon: Canon, term: Term): readonly Term[] {
  if (!isUnit(term.coefficient) || soleSum(term) === null) return [term];
  canon.isUnsettled = true;
  return opened(canon, term);
}

export function negated(canon: Canon, sum: Sum): Sum {
  return scale(canon, sum, negateRational(rationalOne));
}

/** left + right. A term like 2·(a+b) is multiplied out where one of its parts meets a like term, and only there. */
export function plus(canon: Canon, left: Sum, right: Sum): Sum {
  const terms = [...left.terms, ...right.terms].flatMap((term) => flat(canon, term));
  const counts = new Map<number, number>();
  for (const { key } of terms.flatMap((term) => opened(canon, term))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const isShared = ({ key }: Term): boolean => (counts.get(key) ?? 0) > 1;
  return sumOf(
    canon,
    terms.flatMap((term) => {
      const inner = opened(canon, term);
      return inner.some(isShared) ? inner : [term];
    }),
  );
}

/** The terms of c·(a+b) multiplied out; any other term alone. */
function opened(canon: Canon, term: Term): readonly Term[] {
  const inner = soleSum(term);
  return inner === null ? [term] : scale(canon, inner, term.coefficient).terms;
}

/** The sum s of a term c·s, else null. */
function soleSum(term: Term): Sum | null {
  const [factor, more] = term.factors;
  if (factor === undefined || more !== undefined || factor.atom.role !== "sum") return null;
  return isOne(numberOf(factor.exponent)) ? (factor.atom.content as Sum) : null; // as: the role says so
}

export function times(canon: Canon, left: Sum, right: Sum): Sum {
  const leftNumber = numberOf(left);
  const rightNumber = numberOf(right);
  if (leftNumber?.numerator === 0n || rightNumber?.numerator === 0n) return sumOf(canon, []);
  if (leftNumber !== null && isUnit(leftNumber)) return scale(canon, right, leftNumber);
  if (rightNumber !== null && isUnit(rightNumber)) return scale(canon, left, rightNumber);
  const a = asTerm(canon, left);
  const b = asTerm(canon, right);
  return product(canon, multiplyRationals(a.coefficient, b.coefficient), [...a.factors, ...b.factors]);
}

function isUnit({ numerator, denominator }: Rational): boolean {
  return denominator === 1n && (numerator === 1n || numerator === -1n);
}

/** Π factors with like ones collected; u^0 is 1. */
export function product(canon: Canon, coefficient: Rational, factors: readonly Factor[]): Sum {
  const collected = new Map<number, Factor>();
  for (const factor of factors) {
    const like = collected.get(factor.atom.id);
    const exponent = like === undefined ? factor.exponent : plus(canon, like.exponent, factor.exponent);
    collected.set(factor.atom.id, { atom: factor.atom, exponent });
  }
  let result = coefficient;
  const kept: Factor[] = [];
  for (const factor of collected.values()) {
    if (factor.exponent.terms.length === 0) continue;
    const exponent = numberOf(factor.exponent);
    if (exponent === null || !isInteger(exponent)) kept.push(factor);
    else {
      const whole = wholePowerOfAtom(canon, factor, exponent);
      result = multiplyRationals(result, whole.coefficient);
      kept.push(...whole.factors);
    }
  }
  // Taking a sum apart can bring out a factor that is there already.
  if (new Set(kept.map(({ atom }) => atom.id)).size < kept.length) return product(canon, result, kept);
  const canceled = canceledFactor(canon, kept);
  if (canceled !== null) return product(canon, multiplyRationals(result, canceled.coefficient), canceled.factors);
  const term = termOf(canon, result, kept);
  return sumOf(canon, soleSum(term) !== null && isUnit(result) ? opened(canon, term) : [term]);
}

/** An atom that met enough of its roots to be a whole power: √2·√2 is a number, √(2a+2b)² is 2·(a+b). */
function wholePowerOfAtom(canon: Canon, factor: Factor, exponent: Rational): Term {
  const { atom } = factor;
  // as: the role says what the content is
  if (atom.role === "number" && isFoldable(exponent)) {
    return termOf(canon, powerOfRational(atom.content as Rational, Number(exponent.numerator)), []);
  }
  if (atom.role !== "sum") return termOf(canon, rationalOne, [factor]);
  const inner = asTerm(canon, atom.content as Sum);
  if (inner.factors.length === 1 && inner.factors[0]?.atom === atom) return termOf(canon, rationalOne, [factor]);
  return powerOfTerm(canon, inner, exponent) ?? termOf(canon, rationalOne, [factor]);
}

/** Exponents beyond this give numbers that could not be printed anyway. */
export function isFoldable({ numerator }: Rational): boolean {
  return numerator <= 64n && numerator >= -64n;
}

/** (c·Πf)^n = c^n·Πf^n for a whole n; null when the number c^n is not worth having. */
export function powerOfTerm(canon: Canon, term: Term, exponent: Rational): Term | null {
  if (!isUnit(term.coefficient) && !isFoldable(exponent)) return null;
  const isEven = exponent.numerator % 2n === 0n;
  const coefficient = isUnit(term.coefficient)
    ? isEven
      ? rationalOne
      : term.coefficient
    : powerOfRational(term.coefficient, Number(exponent.numerator));
  const factors = term.factors.map((factor) => ({ ...factor, exponent: scale(canon, factor.exponent, exponent) }));
  return termOf(canon, coefficient, factors);
}

/** A sum as one term: the number its terms have in common is taken out, the rest becomes an atom. */
export function asTerm(canon: Canon, sum: Sum): Term {
  const [only, more] = sum.terms;
  if (only !== undefined && more === undefined) return only;
  const known = canon.sumsAsTerms.get(sum.key);
  if (known !== undefined) return known;
  const term = withoutContent(canon, sum);
  canon.sumsAsTerms.set(sum.key, term);
  return term;
}

function withoutContent(canon: Canon, sum: Sum): Term {
  const isAllNegative = sum.terms.every(({ coefficient }) => coefficient.numerator < 0n);
  const size = contentOf(sum.terms.map((term) => term.coefficient));
  const content = isAllNegative ? negateRational(size) : size;
  const inner = scale(canon, sum, powerOfRational(content, -1));
  if (inner.terms.length !== sum.terms.length) {
    // Parentheses have gone, and like terms may have met.
    const term = asTerm(canon, inner);
    return { ...term, coefficient: multiplyRationals(term.coefficient, content) };
  }
  const exponent = numberSum(canon, rationalOne);
  // a - b and b - a are one atom, in the direction that came first.
  const turned = canon.atoms.get(`+${negated(canon, inner).key}`);
  if (!isAllNegative && turned !== undefined && !canon.atoms.has(`+${inner.key}`)) {
    canon.isUnsettled = true;
    return termOf(canon, negateRational(content), [{ atom: turned, exponent }]);
  }
  return termOf(canon, content, [{ atom: sumAtom(canon, inner), exponent }]);
}

/** Finds (u·a + u·b)/u among factors and divides u out: the factors of the quotient, or null when there is none. */
function canceledFactor(canon: Canon, factors: readonly Factor[]): Term | null {
  for (const [position, factor] of factors.entries()) {
    const exponent = numberOf(factor.exponent);
    if (factor.atom.role !== "sum" || exponent === null || !isInteger(exponent)) continue;
    const sum = factor.atom.content as Sum; // as: the role says so
    const common = commonFactors(canon, sum).filter((shared) => {
      const divisor = factors.find(({ atom }) => atom === shared.atom);
      return divisor !== undefined && isOpposite(shared, exponent, divisor);
    });
    if (common.length === 0) continue;
    const divided = common.map((shared) => ({ ...shared, exponent: negated(canon, shared.exponent) }));
    const rest = sum.terms.flatMap((term) => product(canon, term.coefficient, [...term.factors, ...divided]).terms);
    const inner = asTerm(canon, sumOf(canon, rest));
    const whole = powerOfTerm(canon, { ...inner, factors: [...common, ...inner.factors] }, exponent);
    if (whole === null) continue;
    canon.isUnsettled = true;
    return { ...whole, factors: factors.toSpliced(position, 1, ...whole.factors) };
  }
  return null;
}

/** Whether shared^exponent and the divisor stand on different sides of the fraction. */
function isOpposite(shared: Factor, exponent: Rational, divisor: Factor): boolean {
  const inside = numberOf(shared.exponent);
  const outside = numberOf(divisor.exponent);
  if (inside === null || outside === null) return false;
  return inside.numerator * exponent.numerator < 0n !== outside.numerator < 0n;
}

/** A sum as an atom, just as it is. */
export function sumAtom(canon: Canon, sum: Sum): Atom {
  return atomOf(canon, `+${sum.key}`, "sum", () => sum);
}

/** Factors with a number as exponent, of the same sign in every term, each with the exponent nearest to 0. */
function commonFactors(canon: Canon, sum: Sum): readonly Factor[] {
  const known = canon.commonFactors.get(sum.key);
  if (known !== undefined) return known;
  const [first, ...others] = sum.terms;
  const common: Factor[] = [];
  for (const factor of first?.factors ?? []) {
    let nearest: Factor | null = factor;
    for (const { factors } of others) {
      const like = factors.find(({ atom }) => atom === factor.atom);
      nearest = like === undefined || nearest === null ? null : nearerToZero(nearest, like);
    }
    if (nearest !== null && nearerToZero(nearest, nearest) !== null) common.push(nearest);
  }
  canon.commonFactors.set(sum.key, common);
  return common;
}

function nearerToZero(one: Factor, other: Factor): Factor | null {
  const a = numberOf(one.exponent);
  const b = numberOf(other.exponent);
  if (a === null || b === null || a.numerator < 0n !== b.numerator < 0n) return null;
  const isSmaller = a.numerator * b.denominator < b.numerator * a.denominator;
  return isSmaller === a.numerator > 0n ? one : other;
}

/** The coefficient and the factor of a sum c·f^v, else null. */
export function soleFactor({ terms }: Sum): { readonly coefficient: Rational; readonly factor: Factor } | null {
  const [term, more] = terms;
  const [factor, another] = term?.factors ?? [];
  if (term === undefined || more !== undefined || factor === undefined || another !== undefined) return null;
  return { coefficient: term.coefficient, factor };
}

/** Longer sums and products than this are not gathered into one: nobody reads them, and each step would copy them. */
const longestGathered = 128;

/** Whether a result is worth keeping: short enough, and with numbers that can be printed and read back. */
export function isPresentable(canon: Canon, sum: Sum): boolean {
  const known = canon.presentable.get(sum);
  if (known !== undefined) return known;
  const verdict =
    sum.terms.length <= longestGathered &&
    sum.terms.every(
      ({ coefficient, factors }) =>
        isPrintable(coefficient) &&
        factors.length <= longestGathered &&
        factors.every(({ exponent }) => isPresentable(canon, exponent)),
    );
  canon.presentable.set(sum, verdict);
  return verdict;
}
