import type { Formula, Interval } from "../../formula/index.ts";
import { addConstants, type Constant, enclosureOf, isZero, negateConstant, ONE, signOf, ZERO } from "./constant.ts";
import { CONSTANT_GROWTH, directionOf, LINEAR_GROWTH, powerOfGrowth } from "./growth.ts";
import { NotReached } from "./not-reached.ts";
import { addSeries, constantSeries, growthSeries, leadOf, type Series } from "./series.ts";
import { eventually } from "./series-arithmetic.ts";
import { isSteady, type Wave } from "./wave.ts";

/** What is proved of a quantity along a path. */
export type Limit =
  /** It tends to a number, which lies in `value`. */
  | { readonly kind: "tends"; readonly value: Interval; readonly isZero: boolean }
  /** It grows (1) or falls (−1) without bound. */
  | { readonly kind: "infinite"; readonly sign: 1 | -1 }
  /** It oscillates for ever, and has no limit; its magnitude grows without bound, or not. */
  | { readonly kind: "oscillates"; readonly isUnbounded: boolean }
  /** It has no value there. */
  | { readonly kind: "undefined" };

/** Where a limit is taken: toward ∞ or −∞, or toward a point from one side. */
export type Path =
  | { readonly toward: "infinity"; readonly side: 1 | -1 }
  | { readonly toward: Constant; readonly side: 1 | -1 };

/**
 * What a formula of one symbol tends to, proved from its leading behavior; null where the analysis does not reach.
 */
export function limitOf(formula: Formula, name: string, path: Path): Limit | null {
  const series = pathSeries(path);
  const found = eventually(formula, name, series);
  if (found.kind === "unknown") return null;
  if (found.kind === "undefined") return { kind: "undefined" };
  try {
    return limitOfSeries(found.series);
  } catch (error) {
    if (error instanceof NotReached) return null;
    throw error;
  }
}

/** z = ±s, or z = c ± 1/s. */
function pathSeries({ toward, side }: Path): Series {
  const sign = side > 0 ? ONE : negateConstant(ONE);
  if (toward === "infinity") return growthSeries(LINEAR_GROWTH, sign);
  return addSeries(constantSeries(toward), growthSeries(powerOfGrowth(LINEAR_GROWTH, negateConstant(ONE)), sign));
}

function limitOfSeries(series: Series): Limit {
  const zero: Limit = { kind: "tends", value: enclosureOf(ZERO), isZero: true };
  if (series.terms.length === 0) {
    if (series.rest === null || directionOf(series.rest) < 0) return zero;
    throw new NotReached("a limit");
  }
  const { wave, growth } = leadOf(series);
  const direction = directionOf(growth);
  if (direction < 0) return zero;
  if (direction === 0) {
    if (growth.key !== CONSTANT_GROWTH.key) throw new NotReached("a limit");
    return isSteady(wave)
      ? { kind: "tends", value: enclosureOf(wave.mean), isZero: false }
      : { kind: "oscillates", isUnbounded: false };
  }
  return limitOfGrowing(wave);
}

/** Of a wave times something that grows: its mean decides where it outweighs the rest; without a mean both signs come. */
function limitOfGrowing(wave: Wave): Limit {
  if (isSteady(wave)) return { kind: "infinite", sign: signOf(wave.mean) > 0 ? 1 : -1 };
  if (isZero(wave.mean)) return { kind: "oscillates", isUnbounded: true };
  const sizes = wave.parts.flatMap(({ cosine, sine }) => [sizeOf(cosine), sizeOf(sine)]);
  const excess = addConstants(sizeOf(wave.mean), negateConstant(sizes.reduce(addConstants)));
  if (signOf(excess) > 0) return { kind: "infinite", sign: signOf(wave.mean) > 0 ? 1 : -1 };
  throw new NotReached("whether an oscillation keeps its sign");
}

function sizeOf(value: Constant): Constant {
  return signOf(value) < 0 ? negateConstant(value) : value;
}
