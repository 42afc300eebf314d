import { spend } from "../budget.ts";
import { constantOf, type LinearForm, withoutZeros } from "./linear-form.ts";
import {
  addRationals,
  isInteger,
  isPrintable,
  multiplyRationals,
  negateRational,
  powerOfRational,
  type Rational,
  rational,
  rationalOne,
} from "../numeric/rational.ts";
import type { Formula, Operation } from "../tree.ts";
import { childrenOf, postorder } from "../walk.ts";

/**
 * factor · Π base^(coefficient · symbol), where a base is e or a prime number: `e^(2z)·6^(-z/2)`. The factor is positive; e
 * may also stand to a power without a symbol, a prime may not: √2 is no number of its own, as its square is 2.
 */
export interface ExponentialForm {
  readonly factor: Rational;
  /** Coefficients under base and symbol, as `powerName` writes them. */
  readonly powers: ReadonlyMap<string, Rational>;
}

/** What the power of a base with a symbol is called. The symbol is empty where there is none. */
export function powerName(base: string, symbol: string): string {
  return `${base} ${symbol}`;
}

/** Beyond this a whole power is worked out by itself, not as a form. */
const largestPower = 64n;

/** The exponential form of every part of a formula that has one, given the linear forms of its parts. */
export function exponentialForms(
  formula: Formula,
  linear: ReadonlyMap<Formula, LinearForm>,
): ReadonlyMap<Formula, ExponentialForm> {
  const forms = new Map<Formula, ExponentialForm>();
  for (const part of postorder(formula)) {
    const form = exponentialForm(part, forms, linear);
    spend(6 + 6 * (form?.powers.size ?? 0));
    const isUsable = form !== null && isPrintable(form.factor) && [...form.powers.values()].every(isPrintable);
    if (isUsable) forms.set(part, form);
  }
  return forms;
}

function exponentialForm(
  part: Formula,
  forms: ReadonlyMap<Formula, ExponentialForm>,
  linear: ReadonlyMap<Formula, LinearForm>,
): ExponentialForm | null {
  const [left, right] = childrenOf(part);
  const form = left === undefined ? undefined : forms.get(left);
  const other = right === undefined ? undefined : forms.get(right);
  // 1 + 1/1000 is a number like any other.
  const known = linear.get(part);
  const constant = known === undefined ? null : constantOf(known);
  if (constant !== null) return constant.numerator <= 0n ? null : { factor: constant, powers: new Map() };
  switch (part.kind) {
    case "constant":
      return part.name === "e" ? e : null;
    case "call": {
      const exponent = left === undefined ? undefined : linear.get(left);
      if (part.name === "exp") return exponent === undefined ? null : formToLinear(e, exponent);
      return part.name === "sqrt" && form !== undefined ? formToConstant(form, rational(1n, 2n)) : null;
    }
    case "operation":
      if (part.operator === "^") return form === undefined ? null : powerForm(part, form, linear);
      if (form === undefined || other === undefined) return null;
      return part.operator === "*" ? product(form, other) : part.operator === "/" ? quotient(form, other) : null;
    default:
      return null;
  }
}

const e: ExponentialForm = { factor: rationalOne, powers: new Map([[powerName("e", ""), rationalOne]]) };

function powerForm(
  { right }: Operation,
  base: ExponentialForm,
  linear: ReadonlyMap<Formula, LinearForm>,
): ExponentialForm | null {
  const exponent = linear.get(right);
  if (exponent === undefined) return null;
  const constant = constantOf(exponent);
  return constant === null ? formToLinear(base, exponent) : formToConstant(base, constant);
}

/** base^exponent for a number; the factor takes whole powers only. */
function formToConstant({ factor, powers }: ExponentialForm, exponent: Rational): ExponentialForm | null {
  const isOne = factor.numerator === 1n && factor.denominator === 1n;
  const size = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator;
  if (!isOne && (!isInteger(exponent) || size > largestPower)) return null;
  const raised = isOne ? rationalOne : powerOfRational(factor, Number(exponent.numerator));
  return {
    factor: raised,
    powers: withoutZeros([...powers].map(([name, value]) => [name, multiplyRationals(value, exponent)])),
  };
}

/** base^exponent for a sum of symbols, where the base is a number times a power of e. */
function formToLinear(base: ExponentialForm, exponent: LinearForm): ExponentialForm | null {
  const eName = powerName("e", "");
  if ([...base.powers.keys()].some((name) => name !== eName)) return null;
  const ofE = base.powers.get(eName);
  const factors: readonly (readonly [string, Rational])[] = [
    ...(ofE === undefined ? [] : [["e", ofE] as const]),
    ...[...primePowers(base.factor)].map(([prime, count]) => [String(prime), rational(BigInt(count), 1n)] as const),
  ];
  let factor: Rational | null = rationalOne;
  const powers: (readonly [string, Rational])[] = [];
  for (const [symbol, coefficient] of exponent) {
    if (symbol === "") {
      const constant = formToConstant({ factor: base.factor, powers: new Map() }, coefficient);
      if (constant === null) return null;
      factor = constant.factor;
      if (ofE !== undefined) powers.push([eName, multiplyRationals(ofE, coefficient)]);
      continue;
    }
    for (const [name, count] of factors) powers.push([powerName(name, symbol), multiplyRationals(count, coefficient)]);
  }
  return { factor, powers: withoutZeros(powers) };
}

function product(left: ExponentialForm, right: ExponentialForm): ExponentialForm {
  const powers = new Map(left.powers);
  for (const [name, value] of right.powers) {
    const other = powers.get(name);
    powers.set(name, other === undefined ? value : addRationals(other, value));
  }
  return { factor: multiplyRationals(left.factor, right.factor), powers: withoutZeros([...powers]) };
}

function quotient(left: ExponentialForm, right: ExponentialForm): ExponentialForm {
  const inverse = {
    factor: powerOfRational(right.factor, -1),
    powers: new Map([...right.powers].map(([name, value]) => [name, negateRational(value)])),
  };
  return product(left, inverse);
}

/** No larger divisor is looked for: what is left of a number then counts as a prime of its own. */
const largestDivisor = 100_000;

/** Exponents of the primes of a positive fraction of whole numbers up to 2^53. */
function primePowers({ numerator, denominator }: Rational): ReadonlyMap<number, number> {
  const powers = new Map<number, number>();
  for (const [value, direction] of [
    [Number(numerator), 1],
    [Number(denominator), -1],
  ] as const) {
    let rest = value;
    for (let divisor = 2; divisor <= largestDivisor && divisor * divisor <= rest; divisor += divisor === 2 ? 1 : 2) {
      while (rest % divisor === 0) {
        powers.set(divisor, (powers.get(divisor) ?? 0) + direction);
        rest /= divisor;
      }
    }
    if (rest > 1) powers.set(rest, (powers.get(rest) ?? 0) + direction);
  }
  return powers;
}

/**
 * Whether the bases of all forms are independent: e, primes, and what is left of large numbers, as long as no two of
 * those, or of those and primes, have a divisor in common.
 */
export function areIndependent(forms: Iterable<ExponentialForm>): boolean {
  const large = new Set<bigint>();
  for (const { powers } of forms) {
    for (const name of powers.keys()) {
      const base = Number(name.split(" ", 1)[0]);
      if (base > largestDivisor) large.add(BigInt(base));
    }
  }
  const bases = [...large];
  return bases.every((left, i) => bases.slice(i + 1).every((right) => rational(left, right).denominator === right));
}
