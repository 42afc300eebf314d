import {
  addConstants,
  type Constant,
  constantKey,
  isZero,
  multiplyConstants,
  negateConstant,
  rationalConstant,
  signOf,
  ZERO,
} from "./constant.ts";
import { NotReached } from "./not-reached.ts";

/** A coefficient that may oscillate: `mean + Σ (cosine · cos(frequency s) + sine · sin(frequency s))`. */
export interface Wave {
  readonly mean: Constant;
  /** Frequencies are positive and all different. */
  readonly parts: readonly WavePart[];
}

interface WavePart {
  readonly frequency: Constant;
  readonly cosine: Constant;
  readonly sine: Constant;
}

const HALF = rationalConstant({ above: 1n, below: 2n });
const MOST_PARTS = 24;

export function steady(mean: Constant): Wave {
  return { mean, parts: [] };
}

/** cosine · cos(frequency s) + sine · sin(frequency s), for a frequency of either sign. */
export function waveOf(frequency: Constant, cosine: Constant, sine: Constant): Wave {
  const sign = signOf(frequency);
  if (sign === 0) return steady(cosine);
  if (sign > 0) return settled(ZERO, [{ frequency, cosine, sine }]);
  return settled(ZERO, [{ frequency: negateConstant(frequency), cosine, sine: negateConstant(sine) }]);
}

function settled(mean: Constant, parts: readonly WavePart[]): Wave {
  const byKey = new Map<string, WavePart>();
  for (const part of parts) {
    const key = constantKey(part.frequency);
    const known = byKey.get(key);
    byKey.set(
      key,
      known === undefined
        ? part
        : {
            frequency: part.frequency,
            cosine: addConstants(known.cosine, part.cosine),
            sine: addConstants(known.sine, part.sine),
          },
    );
  }
  const kept = [...byKey.values()].filter(({ cosine, sine }) => !isZero(cosine) || !isZero(sine));
  if (kept.length > MOST_PARTS) throw new NotReached("many frequencies");
  return { mean, parts: kept };
}

export function isZeroWave({ mean, parts }: Wave): boolean {
  return parts.length === 0 && isZero(mean);
}

export function isSteady({ parts }: Wave): boolean {
  return parts.length === 0;
}

/**
 * Whether it certainly is not 0 everywhere, and, with parts, whether it certainly varies: some amplitude has a known sign,
 * and the frequencies are known to differ.
 */
export function isCertain({ mean, parts }: Wave): boolean {
  if (parts.length === 0) return signOf(mean) !== 0;
  for (const [i, one] of parts.entries()) {
    for (const other of parts.slice(i + 1)) signOf(addConstants(one.frequency, negateConstant(other.frequency)));
  }
  return parts.some(({ cosine, sine }) => [cosine, sine].some((each) => !isZero(each) && signOf(each) !== 0));
}

export function addWaves(left: Wave, right: Wave): Wave {
  return settled(addConstants(left.mean, right.mean), [...left.parts, ...right.parts]);
}

export function scaledWave({ mean, parts }: Wave, factor: Constant): Wave {
  return settled(
    multiplyConstants(mean, factor),
    parts.map(({ frequency, cosine, sine }) => ({
      frequency,
      cosine: multiplyConstants(cosine, factor),
      sine: multiplyConstants(sine, factor),
    })),
  );
}

/** By the product formulas: `cos a cos b = (cos(a − b) + cos(a + b))/2`, and the like. */
export function multiplyWaves(left: Wave, right: Wave): Wave {
  let result = addWaves(scaledWave(right, left.mean), scaledWave({ mean: ZERO, parts: left.parts }, right.mean));
  for (const one of left.parts) {
    for (const other of right.parts) {
      const [cc, cs] = [multiplyConstants(one.cosine, other.cosine), multiplyConstants(one.cosine, other.sine)];
      const [sc, ss] = [multiplyConstants(one.sine, other.cosine), multiplyConstants(one.sine, other.sine)];
      const sum = addConstants(one.frequency, other.frequency);
      const difference = addConstants(one.frequency, negateConstant(other.frequency));
      const half = (value: Constant): Constant => multiplyConstants(value, HALF);
      const minus = (a: Constant, b: Constant): Constant => addConstants(a, negateConstant(b));
      result = addWaves(result, waveOf(difference, half(addConstants(cc, ss)), half(minus(sc, cs))));
      result = addWaves(result, waveOf(sum, half(minus(cc, ss)), half(addConstants(cs, sc))));
    }
  }
  return result;
}
