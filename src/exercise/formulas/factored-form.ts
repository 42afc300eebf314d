import { type Formula, literalValue, toText } from "../../formula/index.ts";
import { fractionOf, termsOf } from "../../formula/rewrite/flatten.ts";

/**
 * What keeps a formula from being factored: a sum in it whose terms have a factor in common, or that is a polynomial with a rational
 * root, `z^2 - 1`; or fewer factors than the key has. Null for nothing.
 */
export function factoredProblem(answer: Formula, key: Formula | null): string | null {
  const factors = factorsOf(answer);
  for (const { base } of factors) {
    const terms = termsOf(base);
    if (terms.length < 2) continue;
    const common = commonFactor(terms.map(({ term }) => term));
    if (common !== null) return `the terms of ${toText(base)} have the factor ${common} in common.`;
    const root = rationalRoot(base);
    if (root !== null) return `${toText(base)} is a product, as it is 0 at ${root}.`;
  }
  if (key !== null && countOf(factors) < countOf(factorsOf(key))) return "it can be written with more factors.";
  return null;
}

/** A factor that is no number, with its exponent; below a fraction line that is negative. */
interface Factor {
  readonly base: Formula;
  readonly exponent: number;
}

function factorsOf(formula: Formula): readonly Factor[] {
  const { above, below } = fractionOf(formula);
  return [...above.map((factor) => powerOf(factor, 1)), ...below.map((factor) => powerOf(factor, -1))].flatMap(
    ({ base, exponent }): readonly Factor[] => {
      if (literalValue(base) !== null) return [];
      // (2*z)^2 has the factors of 2*z.
      const isProduct = base.kind === "operation" && (base.operator === "*" || base.operator === "/");
      if (!isProduct) return [{ base, exponent }];
      return factorsOf(base).map((inner) => ({ base: inner.base, exponent: inner.exponent * exponent }));
    },
  );
}

function powerOf(factor: Formula, sign: 1 | -1): Factor {
  const isPower = factor.kind === "operation" && factor.operator === "^" && factor.left.kind !== "constant";
  const exponent = isPower ? literalValue(factor.right) : null;
  return isPower && exponent !== null && Number.isInteger(exponent)
    ? { base: factor.left, exponent: sign * exponent }
    : { base: factor, exponent: sign };
}

function countOf(factors: readonly Factor[]): number {
  return factors.reduce((count, { exponent }) => count + Math.abs(exponent), 0);
}

/** A factor that every term has, as text: one that is no number, or a whole number other than 1; null for none. */
function commonFactor(terms: readonly Formula[]): string | null {
  const [first, ...others] = terms.map((term) => new Map(factorsOf(term).map((each) => [toText(each.base), each])));
  for (const [text, { exponent }] of first ?? []) {
    const isEverywhere = others.every((each) => Math.sign(each.get(text)?.exponent ?? 0) === Math.sign(exponent));
    if (isEverywhere) return exponent > 0 ? text : `1/${text}`;
  }
  const numbers = terms.map(wholeFactor);
  const divisor = numbers.reduce((left, right) => greatestCommonDivisor(left, right), 0);
  return divisor > 1 ? String(divisor) : null;
}

/** The product of the whole numbers in a term, without its sign; 1 where they are no whole numbers. */
function wholeFactor(term: Formula): number {
  const { above, below } = fractionOf(term);
  const numbers = above.flatMap((factor) => literalValue(factor) ?? []);
  const product = Math.abs(numbers.reduce((left, right) => left * right, 1));
  return below.some((factor) => literalValue(factor) !== null) || !Number.isSafeInteger(product) ? 1 : product;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

/** Coefficients beyond this have more divisors than are tried. */
const LARGEST = 10_000;

/** A rational root of a polynomial with whole coefficients, as text, `z = 1/2`; null where there is none, or it is no such polynomial. */
function rationalRoot(sum: Formula): string | null {
  const polynomial = polynomialOf(sum);
  if (polynomial === null || polynomial.coefficients.length < 3) return null;
  const { name, coefficients } = polynomial;
  const [last = 0] = coefficients;
  const first = coefficients.at(-1) ?? 0;
  for (const above of divisorsOf(last)) {
    for (const below of divisorsOf(first)) {
      for (const root of [above, -above]) {
        if (greatestCommonDivisor(above, below) !== 1 || !isRoot(coefficients, root, below)) continue;
        return `${name} = ${below === 1 ? root : `${root}/${below}`}`;
      }
    }
  }
  return null;
}

function divisorsOf(value: number): readonly number[] {
  const size = Math.abs(value);
  return Array.from({ length: size }, (_, i) => i + 1).filter((each) => size % each === 0);
}

/** Exactly: Σ c_i p^i q^(n−i) = 0 */
function isRoot(coefficients: readonly number[], above: number, below: number): boolean {
  const degree = coefficients.length - 1;
  let sum = 0n;
  for (const [i, coefficient] of coefficients.entries()) {
    sum += BigInt(coefficient) * BigInt(above) ** BigInt(i) * BigInt(below) ** BigInt(degree - i);
  }
  return sum === 0n;
}

/** No polynomial of a question has a higher degree. */
const MOST_DEGREE = 12;

/** A sum as a polynomial in one thing, with whole coefficients from the constant on; null where it is none. */
function polynomialOf(sum: Formula): { readonly name: string; readonly coefficients: readonly number[] } | null {
  let name: string | null = null;
  const coefficients: number[] = [];
  for (const { term, isNegative } of termsOf(sum)) {
    const factors = factorsOf(term);
    const [factor, second] = factors;
    const isOther = factor !== undefined && name !== null && toText(factor.base) !== name;
    const degree = factor?.exponent ?? 0;
    if (second !== undefined || isOther || degree < 0 || degree > MOST_DEGREE) return null;
    const { above, below, isNegative: isNegated } = fractionOf(term);
    if (below.length > 0) return null;
    if (factor !== undefined) name = toText(factor.base);
    const size = above.reduce((product, each) => product * (literalValue(each) ?? 1), 1);
    coefficients[degree] = (coefficients[degree] ?? 0) + (isNegative === isNegated ? size : -size);
  }
  const all = Array.from(coefficients, (each) => each ?? 0);
  const isUsable = all.every((each) => Number.isSafeInteger(each) && Math.abs(each) <= LARGEST);
  return name === null || !isUsable || all[0] === 0 || all.at(-1) === 0 ? null : { name, coefficients: all };
}
