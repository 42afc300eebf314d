import { add, call, divide, E, multiply, negate, number, power, subtract } from "../build.ts";
import { type Canon, type Factor, isOne, negated, numberOf, type Sum, type Term } from "./canonical-sum.ts";
import { formulaOfRational, isInteger, negateRational, printsAsDecimal, type Rational } from "../numeric/rational.ts";
import type { Formula } from "../tree.ts";

/** How e^u is to be written: as the formula that came in did. */
export type ExponentialStyle = "power" | "call";

/** Builds formulas from canonical sums, each once, so that sharing is kept. */
export interface Writer {
  readonly canon: Canon;
  readonly style: ExponentialStyle;
  readonly written: Map<Sum, Formula>;
}

/**
 * A sum as a person would write it: a term with a plus first, subtraction for the others, one quotient per term, √ for
 * the power ½, and no leading minus where turning a difference around avoids it: (t - a)·x, not -(a - t)·x.
 */
export function formulaOfSum(writer: Writer, sum: Sum): Formula {
  const known = writer.written.get(sum);
  if (known !== undefined) return known;
  const formula = writeSum(writer, sum);
  writer.written.set(sum, formula);
  return formula;
}

function writeSum(writer: Writer, sum: Sum): Formula {
  const positive = sum.terms.findIndex(({ coefficient }) => coefficient.numerator > 0n);
  const [first, ...others] = positive > 0 ? toFront(sum.terms, positive) : sum.terms;
  if (first === undefined) return number(0);
  let written = writeLeading(writer, first);
  for (const term of others) {
    const isNegative = term.coefficient.numerator < 0n;
    const size = writeTerm(writer, isNegative ? opposite(term) : term, -1);
    written = isNegative ? subtract(written, size) : add(written, size);
  }
  return written;
}

function toFront(terms: readonly Term[], position: number): readonly Term[] {
  const front = terms.slice(position, position + 1);
  return [...front, ...terms.toSpliced(position, 1)];
}

function opposite(term: Term): Term {
  return { ...term, coefficient: negateRational(term.coefficient) };
}

function writeLeading(writer: Writer, term: Term): Formula {
  if (term.coefficient.numerator > 0n) return writeTerm(writer, term, -1);
  const turned = term.factors.findIndex(isTurnable);
  return turned < 0 ? negate(writeTerm(writer, opposite(term), -1)) : writeTerm(writer, opposite(term), turned);
}

/** A difference to an odd power: its sign can be taken inside. */
function isTurnable({ atom, exponent }: Factor): boolean {
  const power = numberOf(exponent);
  if (atom.role !== "sum" || power === null || !isInteger(power) || power.numerator % 2n === 0n) return false;
  const { terms } = atom.content as Sum; // as: the role says so
  const [first, second] = terms;
  return terms.length === 2 && first !== undefined && second !== undefined
    ? first.coefficient.numerator < 0n !== second.coefficient.numerator < 0n
    : false;
}

/** A term with a coefficient above 0; the factor at `turned` is written with the opposite sign. */
function writeTerm(writer: Writer, term: Term, turned: number): Formula {
  const { coefficient } = term;
  const above: Formula[] = [];
  const below: Formula[] = [];
  if (printsAsDecimal(coefficient)) above.push(formulaOfRational(coefficient));
  else {
    if (coefficient.numerator !== 1n) above.push(number(Number(coefficient.numerator)));
    if (coefficient.denominator !== 1n) below.push(number(Number(coefficient.denominator)));
  }
  for (const [position, factor] of term.factors.entries()) {
    const base = position === turned ? turnedFactor(writer.canon, factor) : factor;
    const exponent = numberOf(factor.exponent);
    if (exponent !== null && exponent.numerator < 0n) below.push(writePower(writer, base, negateRational(exponent)));
    else above.push(writePower(writer, base, exponent));
  }
  const product = above.reduce<Formula | null>((left, right) => (left === null ? right : multiply(left, right)), null);
  if (below.length === 0) return product ?? number(1);
  return divide(product ?? number(1), below.reduce(multiply));
}

function turnedFactor(canon: Canon, factor: Factor): Factor {
  canon.isUnsettled = true;
  // as: only factors that are sums are turned
  return { ...factor, atom: { ...factor.atom, content: negated(canon, factor.atom.content as Sum) } };
}

/** A factor with its exponent, or with `size` in place of a number as exponent. */
function writePower(writer: Writer, factor: Factor, size: Rational | null): Formula {
  if (factor.atom.role === "e") return writeExponential(writer, factor, size);
  const base = writeAtom(writer, factor);
  if (size === null) return power(base, formulaOfSum(writer, factor.exponent));
  if (isOne(size)) return base;
  if (size.numerator === 1n && size.denominator === 2n) return call("sqrt", base);
  return power(base, formulaOfRational(size));
}

function writeExponential(writer: Writer, factor: Factor, size: Rational | null): Formula {
  if (isOne(size)) return E;
  const exponent = size === null ? formulaOfSum(writer, factor.exponent) : formulaOfRational(size);
  return writer.style === "call" ? call("exp", exponent) : power(E, exponent);
}

function writeAtom(writer: Writer, { atom }: Factor): Formula {
  // as: the role says what the content is
  if (atom.role === "sum") return formulaOfSum(writer, atom.content as Sum);
  if (atom.role === "number") return formulaOfRational(atom.content as Rational);
  return atom.content as Formula;
}
