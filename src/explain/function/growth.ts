import {
  addConstants,
  type Constant,
  constantKey,
  isZero,
  multiplyConstants,
  negateConstant,
  ONE,
  signOf,
  ZERO,
} from "./constant.ts";
import { NotReached } from "./not-reached.ts";

/**
 * How fast a quantity grows as s → ∞: `s^p (ln s)^q (ln ln s)^r … e^E`, with E a sum of growing terms, each a constant times a
 * growth again. Any two can be compared: the logarithm of their quotient is a sum of growing terms, whose largest
 * decides (G. H. Hardy, "Orders of infinity", 1910).
 */
export interface Growth {
  /** Exponents of s, ln s, ln ln s and ln ln ln s. */
  readonly powers: readonly Constant[];
  /** E: the largest term first, none as slow as a multiple of ln s. */
  readonly exponent: readonly ExponentTerm[];
  readonly key: string;
}

export interface ExponentTerm {
  readonly constant: Constant;
  readonly growth: Growth;
}

const LOGARITHMS = 4;

/** A growth from its parts; the terms of the exponent may come in any order, and are joined. */
export function growthOf(powers: readonly Constant[], terms: readonly ExponentTerm[]): Growth {
  const exponent: ExponentTerm[] = [];
  for (const term of terms) {
    const same = exponent.findIndex(({ growth }) => growth.key === term.growth.key);
    const known = exponent[same];
    if (known === undefined) exponent.push(term);
    else exponent[same] = { ...known, constant: addConstants(known.constant, term.constant) };
  }
  const kept = exponent.filter(({ constant }) => !isZero(constant)).sort((a, b) => compareGrowths(b.growth, a.growth));
  const padded = Array.from({ length: LOGARITHMS }, (_, i) => powers[i] ?? ZERO);
  const key = `${padded.map(constantKey).join(",")}[${kept.map((each) => `${constantKey(each.constant)}*${each.growth.key}`).join("+")}]`;
  if (key.length > 4000) throw new NotReached("a growth of many parts");
  return { powers: padded, exponent: kept, key };
}

/** No growth: 1. */
export const CONSTANT_GROWTH: Growth = growthOf([], []);

/** s^power, or with `level` 1 (ln s)^power, and so on. */
export function powerGrowth(power: Constant, level = 0): Growth {
  return growthOf(
    Array.from({ length: LOGARITHMS }, (_, i) => (i === level ? power : ZERO)),
    [],
  );
}

export const LINEAR_GROWTH: Growth = powerGrowth(ONE);

export function multiplyGrowths(left: Growth, right: Growth): Growth {
  if (left.key === CONSTANT_GROWTH.key) return right;
  if (right.key === CONSTANT_GROWTH.key) return left;
  const powers = left.powers.map((power, i) => addConstants(power, right.powers[i] ?? ZERO));
  return growthOf(powers, [...left.exponent, ...right.exponent]);
}

export function powerOfGrowth(growth: Growth, exponent: Constant): Growth {
  return growthOf(
    growth.powers.map((power) => multiplyConstants(power, exponent)),
    growth.exponent.map((term) => ({ ...term, constant: multiplyConstants(term.constant, exponent) })),
  );
}

/**
 * 1 when left/right → ∞, −1 when it → 0, 0 when they are the same growth.
 * @throws NotReached when a constant's sign is not known.
 */
export function compareGrowths(left: Growth, right: Growth): -1 | 0 | 1 {
  if (left.key === right.key) return 0;
  let known = compared.get(left);
  if (known === undefined) {
    known = new Map();
    compared.set(left, known);
  }
  const before = known.get(right.key);
  if (before !== undefined) return before;
  const result = directionOf(multiplyGrowths(left, powerOfGrowth(right, negateConstant(ONE))));
  known.set(right.key, result);
  return result;
}

/** Comparisons made: the same growths meet again and again in sums of products. */
const compared = new WeakMap<Growth, Map<string, -1 | 0 | 1>>();

/** 1 for a growth that tends to ∞, −1 for one that tends to 0, 0 for the constant. */
export function directionOf(growth: Growth): -1 | 0 | 1 {
  const level = growth.powers.findIndex((power) => !isZero(power));
  const slow = growth.powers[level];
  const [fast] = growth.exponent;
  if (fast === undefined) return slow === undefined ? 0 : signOf(slow);
  if (slow === undefined || level + 1 >= LOGARITHMS) return signOf(fast.constant);
  // e^E against s^p: E against p ln s.
  const isFaster = compareGrowths(fast.growth, powerGrowth(ONE, level + 1));
  return isFaster > 0 ? signOf(fast.constant) : signOf(slow);
}
