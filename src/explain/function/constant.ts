import {
  addIntervals,
  callInterval,
  type Interval,
  interval,
  multiplyIntervals,
  powerInterval,
  roundedDown,
  roundedUp,
} from "../../formula/index.ts";
import { spend } from "../../formula/budget.ts";
import { NotReached } from "./not-reached.ts";

/** An exact fraction with a positive denominator, in lowest terms. */
export interface Fraction {
  readonly above: bigint;
  readonly below: bigint;
}

/**
 * A real number: a fraction times powers of primes, of π, of e and of numbers known by an enclosure alone. Products and
 * powers are exact, so that √2·√2 is 2. A sum of different ones (1 + √2) becomes a new number with an enclosure, so that two
 * constants may be equal without that being seen: their difference then has no known sign.
 */
export interface Constant {
  readonly fraction: Fraction;
  /** By base, in the order of their names; exponents are fractions other than 0. */
  readonly factors: readonly Factor[];
}

interface Factor {
  readonly base: string;
  readonly value: Interval;
  readonly exponent: Fraction;
}

/** Longer numbers are given up: no textbook's formula needs 300 digits. */
const MOST_BITS = 1000;

/** above/below in lowest terms. */
export function fractionOf(above: bigint, below = 1n): Fraction {
  let [a, b] = [above < 0n ? -above : above, below < 0n ? -below : below];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = (a === 0n ? 1n : a) * (below < 0n ? -1n : 1n);
  return { above: above / divisor, below: below / divisor };
}

/** The decimal that a float64 prints as: 0.1 is 1/10. */
export function fractionOfNumber(value: number): Fraction {
  const [mantissa = "0", exponentText = "0"] = String(Math.abs(value)).split("e");
  const [whole = "0", decimals = ""] = mantissa.split(".");
  const exponent = Number(exponentText) - decimals.length;
  const digits = BigInt(whole + decimals) * (value < 0 ? -1n : 1n);
  const scale = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? fractionOf(digits, scale) : fractionOf(digits * scale);
}

export function addFractions(left: Fraction, right: Fraction): Fraction {
  return fractionOf(left.above * right.below + right.above * left.below, left.below * right.below);
}

export function multiplyFractions(left: Fraction, right: Fraction): Fraction {
  return fractionOf(left.above * right.above, left.below * right.below);
}

/** A number within which a fraction lies. */
export function fractionInterval({ above, below }: Fraction): Interval {
  const size = above < 0n ? -above : above;
  const shift = BigInt(bits(below) - bits(size) + 64);
  const scaled = shift >= 0n ? (size << shift) / below : size / (below << -shift);
  const value = (above < 0n ? -1 : 1) * Number(scaled) * 2 ** -Number(shift);
  const small = bits(size) <= 53 && bits(below) === 1;
  if (small) return interval(Number(above), Number(above));
  return interval(roundedDown(value), roundedUp(value));
}

function bits(value: bigint): number {
  return (
    value.toString(16).length * 4 -
    (value === 0n ? 4 : Math.clz32(Number.parseInt(value.toString(16)[0] ?? "0", 16)) - 28)
  );
}

/** A constant from its parts. */
function made(fraction: Fraction, factors: readonly Factor[]): Constant {
  if (bits(fraction.above < 0n ? -fraction.above : fraction.above) > MOST_BITS || bits(fraction.below) > MOST_BITS) {
    throw new NotReached("a number of too many digits");
  }
  const kept = fraction.above === 0n ? [] : factors;
  return { fraction, factors: kept };
}

/** An interval that contains the constant. */
export function enclosureOf({ fraction, factors }: Constant): Interval {
  return factors.reduce(
    (product, { value, exponent }) => multiplyIntervals(product, powerInterval(value, fractionInterval(exponent))),
    fractionInterval(fraction),
  );
}

export function rationalConstant(fraction: Fraction): Constant {
  return made(fraction, []);
}

export function wholeConstant(value: number): Constant {
  return rationalConstant(fractionOf(BigInt(value)));
}

export const ZERO: Constant = wholeConstant(0);
export const ONE: Constant = wholeConstant(1);

/** A number by its name, known to lie in an interval of one sign: `pi`, `e`, `exp(3/2)`. */
export function namedConstant(base: string, value: Interval): Constant {
  if (!Number.isFinite(value.low) || !Number.isFinite(value.high)) throw new NotReached("a number beyond float64");
  return made({ above: 1n, below: 1n }, [{ base, value, exponent: { above: 1n, below: 1n } }]);
}

export const PI_CONSTANT: Constant = namedConstant("pi", interval(roundedDown(Math.PI), roundedUp(Math.PI)));
export const E_CONSTANT: Constant = namedConstant("e", interval(roundedDown(Math.E), roundedUp(Math.E)));

/** A name that equal constants share; different ones may be equal all the same. */
export function constantKey({ fraction, factors }: Constant): string {
  const powers = factors.map(({ base, exponent }) => `${base}^${exponent.above}/${exponent.below}`);
  const key = [`${fraction.above}/${fraction.below}`, ...powers].join("*");
  // A sum of constants has the names of both in its own.
  spend(30 + (key.length >> 3));
  return key;
}

export function isZero({ fraction }: Constant): boolean {
  return fraction.above === 0n;
}

export function isOne({ fraction, factors }: Constant): boolean {
  return fraction.above === 1n && fraction.below === 1n && factors.length === 0;
}

/** The fraction that a constant is, or null. */
export function asFraction({ fraction, factors }: Constant): Fraction | null {
  return factors.length === 0 ? fraction : null;
}

/** The whole number that a constant is, or null. */
export function asWhole(value: Constant): number | null {
  const fraction = asFraction(value);
  return fraction !== null && fraction.below === 1n && bits(fraction.above < 0n ? -fraction.above : fraction.above) < 50
    ? Number(fraction.above)
    : null;
}

/** @throws NotReached when the enclosure of a factor does not tell. */
export function signOf({ fraction, factors }: Constant): -1 | 0 | 1 {
  if (fraction.above === 0n) return 0;
  let sign: -1 | 1 = fraction.above > 0n ? 1 : -1;
  for (const { value, exponent } of factors) {
    if (value.low > 0) continue;
    if (!(value.high < 0) || exponent.below !== 1n) throw new NotReached("the sign of a constant");
    if (exponent.above % 2n !== 0n) sign = sign > 0 ? -1 : 1;
  }
  return sign;
}

export function negateConstant(value: Constant): Constant {
  return made({ ...value.fraction, above: -value.fraction.above }, value.factors);
}

export function multiplyConstants(left: Constant, right: Constant): Constant {
  const exponents = new Map<string, Factor>();
  for (const factor of [...left.factors, ...right.factors]) {
    const known = exponents.get(factor.base);
    const exponent = known === undefined ? factor.exponent : addFractions(known.exponent, factor.exponent);
    exponents.set(factor.base, { ...factor, exponent });
  }
  let fraction = multiplyFractions(left.fraction, right.fraction);
  const factors: Factor[] = [];
  for (const factor of exponents.values()) {
    const { exponent, base } = factor;
    if (exponent.above === 0n) continue;
    // 2^(3/2) is 2·2^(1/2): the whole part of a prime's power joins the fraction.
    const remainder = ((exponent.above % exponent.below) + exponent.below) % exponent.below;
    const whole = /^\d+$/.test(base) ? (exponent.above - remainder) / exponent.below : 0n;
    if (whole !== 0n) fraction = multiplyFractions(fraction, wholePowerOf({ above: BigInt(base), below: 1n }, whole));
    const rest = addFractions(exponent, { above: -whole, below: 1n });
    if (rest.above !== 0n) factors.push({ ...factor, exponent: rest });
  }
  factors.sort((one, other) => (one.base < other.base ? -1 : 1));
  return made(fraction, factors);
}

export function addConstants(left: Constant, right: Constant): Constant {
  if (isZero(left)) return right;
  if (isZero(right)) return left;
  const key = (value: Constant): string => constantKey({ ...value, fraction: { above: 1n, below: 1n } });
  if (key(left) === key(right)) return made(addFractions(left.fraction, right.fraction), left.factors);
  const enclosure = addIntervals(enclosureOf(left), enclosureOf(right));
  const names = [constantKey(left), constantKey(right)].sort();
  return namedConstant(`(${names.join(" + ")})`, enclosure);
}

function wholePowerOf(base: Fraction, exponent: bigint): Fraction {
  const size = exponent < 0n ? -exponent : exponent;
  if (base.above === 1n && base.below === 1n) return base;
  const width = Math.max(bits(base.above < 0n ? -base.above : base.above), bits(base.below));
  if (Number(size) * width > 2 * MOST_BITS) throw new NotReached("a power of too many digits");
  const [above, below] = [base.above ** size, base.below ** size];
  return exponent < 0n ? fractionOf(below, above) : { above, below };
}

/**
 * value^exponent, for a positive value or a whole exponent.
 * @throws NotReached for a negative value with another exponent, and for 0 with one that is not positive.
 */
export function powerOfConstant(value: Constant, exponent: Fraction): Constant {
  if (exponent.above === 0n) return ONE;
  const sign = signOf(value);
  if (sign === 0) {
    if (exponent.above < 0n) throw new NotReached("a power of 0");
    return ZERO;
  }
  const raised = value.factors.map((factor) => ({ ...factor, exponent: multiplyFractions(factor.exponent, exponent) }));
  if (exponent.below === 1n) {
    const whole = made(wholePowerOf(value.fraction, exponent.above), []);
    return raised.reduce((sofar, factor) => multiplyConstants(sofar, made({ above: 1n, below: 1n }, [factor])), whole);
  }
  if (sign < 0) throw new NotReached("a root of a negative number");
  if (value.fraction.above < 0n || value.factors.some((factor) => !(factor.value.low > 0)))
    throw new NotReached("a root of a constant");
  let result = ONE;
  for (const [base, power] of [...primesOf(value.fraction.above, 1n), ...primesOf(value.fraction.below, -1n)]) {
    const prime = { base: String(base), value: fractionInterval({ above: base, below: 1n }) };
    const factor = { ...prime, exponent: multiplyFractions({ above: power, below: 1n }, exponent) };
    result = multiplyConstants(result, made({ above: 1n, below: 1n }, [factor]));
  }
  return raised.reduce((sofar, factor) => multiplyConstants(sofar, made({ above: 1n, below: 1n }, [factor])), result);
}

/** Prime factors below 2000, and what is left, each with its power times `sign`. */
function primesOf(value: bigint, sign: bigint): readonly (readonly [bigint, bigint])[] {
  const found: (readonly [bigint, bigint])[] = [];
  let rest = value;
  for (let prime = 2n; prime < 2000n && prime * prime <= rest; prime += 1n) {
    let count = 0n;
    for (; rest % prime === 0n; rest /= prime) count += 1n;
    if (count > 0n) found.push([prime, sign * count]);
  }
  if (rest > 1n) found.push([rest, sign]);
  return found;
}

/** e^value */
export function exponentialOfConstant(value: Constant): Constant {
  const fraction = asFraction(value);
  if (fraction !== null) return powerOfConstant(E_CONSTANT, fraction);
  return namedConstant(`exp(${constantKey(value)})`, callInterval("exp", enclosureOf(value), undefined));
}

/** ln(value) of a positive constant. */
export function logarithmOfConstant(value: Constant): Constant {
  if (isOne(value)) return ZERO;
  const [only, second] = value.factors;
  const isPowerOfE =
    value.fraction.above === 1n && value.fraction.below === 1n && only?.base === "e" && second === undefined;
  if (isPowerOfE) return rationalConstant(only.exponent);
  return namedConstant(`log(${constantKey(value)})`, callInterval("log", enclosureOf(value), undefined));
}
