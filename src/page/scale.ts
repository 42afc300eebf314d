/** Where an axis puts values, and which it names. */
export interface Scale {
  /** 0 at the beginning of the axis, 1 at its end. */
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/**
 * Evenly spaced, from one round number to another, with round ticks.
 *
 * @param beyond part of a step by which values may lie beyond the last tick.
 */
export function linearScale(values: readonly number[], beyond = 0.05): Scale {
  const [least, most] = limits(values);
  const step = roundStep((most - least) / 4);
  // A value a hair beyond a round number needs no step of its own.
  const [from, to] = [Math.floor(least / step + beyond) * step, Math.ceil(most / step - beyond) * step];
  const count = Math.round((to - from) / step);
  return {
    place: (value) => (value - from) / (to - from),
    // As whole multiples: a sum of steps would not end at round numbers.
    ticks: Array.from({ length: count + 1 }, (_, i) => Math.round(from / step + i) * step),
  };
}

/** Evenly spaced between two ends that need not be round, with about `count` round ticks. */
export function scaleBetween(from: number, to: number, count = 5): Scale {
  const step = roundStep((to - from) / count);
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  return {
    place: (value) => (value - from) / (to - from),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12))),
  };
}

/** Spaced by ratio, where values differ by a factor of 3 and more; else `linearScale`. */
export function logarithmicScale(values: readonly number[]): Scale {
  const [least, most] = rangeOf(values);
  // Values of 0 or below have no logarithm.
  if (!(least > 0) || most < 3 * least) return linearScale(values);
  const [from, to] = [Math.log10(least), Math.log10(most)];
  const ticks: number[] = [];
  for (let decade = Math.floor(from); decade <= to; decade++) {
    for (const digit of to - from > 2.5 ? [1] : to - from > 1.2 ? [1, 3] : [1, 2, 5]) {
      const tick = Number((digit * 10 ** decade).toPrecision(12));
      if (Math.log10(tick) >= from - 1e-9 && Math.log10(tick) <= to + 1e-9) ticks.push(tick);
    }
  }
  return { place: (value) => (Math.log10(Math.max(value, least)) - from) / (to - from), ticks };
}

/** Whole numbers from 1 to `last`, such as epochs: the ticks are 1, the last, and a few round ones between. */
export function countingScale(last: number): Scale {
  return { place: (number) => (number - 1) / Math.max(1, last - 1), ticks: countingTicks(last) };
}

function countingTicks(last: number): number[] {
  const step = Math.max(1, roundStep(last / 6));
  const between: number[] = [];
  for (let number = step; number < last - step / 2; number += step) if (number > 1 + step / 2) between.push(number);
  return last === 1 ? [1] : [1, ...between, last];
}

/** Least and greatest of those that are finite; Infinity and −Infinity when none is. */
export function rangeOf(values: readonly number[]): readonly [least: number, greatest: number] {
  let [least, most] = [Infinity, -Infinity];
  // A loop: a long run has more epochs than a function may have arguments.
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

/** A range below this has no steps that float64 can tell apart. */
const LEAST_RANGE = 1e-300;

/** Least and greatest, a little apart at least. */
function limits(values: readonly number[]): readonly [number, number] {
  const [least, most] = rangeOf(values);
  if (most < least) return [0, 1];
  return most - least > Math.max(LEAST_RANGE, 1e-9 * Math.abs(most)) ? [least, most] : [least - 0.5, most + 0.5];
}

/** 1, 2 or 5 times a power of ten, the least that is not below `wanted`. */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((each) => each * power >= wanted) ?? 10;
  return factor * power;
}
