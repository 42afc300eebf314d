import { interval, type Interval } from "../../formula/index.ts";
import { type Constant, enclosureOf } from "./constant.ts";
import { middleOf } from "./place.ts";
import { TAIL_START } from "./tail-arithmetic.ts";

/** What a test says of an interval: nothing is looked for there, or it cannot tell yet. */
export type Finding = "nothing" | "perhaps";

/** The intervals that a search could not exclude, joined where they touch, and how far it went. */
export interface SearchResult {
  readonly clusters: readonly { readonly low: number; readonly high: number }[];
  /** Every place beyond is excluded too; else the search covers −`reach` to `reach` only. */
  readonly isComplete: boolean;
  readonly reach: number;
}

/** What is measured where nothing can be said of the whole line. */
export const MEASURED_REACH = 20;
/** Tails are tried from 64 on, then from 16 times as far each time, up to about 10²⁰. */
export const TAIL_FACTOR = 16;
const FARTHEST = 2 ** 66;
/** Intervals examined at most; a formula of a usual size takes some ten milliseconds for them. */
const BUDGET = 6_000;
/** More clusters than this at once, and intervals are not cut further. */
const MOST_OPEN = 400;

/**
 * Looks for places on the whole line: `isTailFree(start, side)` proves that there are none beyond, `test` that there are none
 * in an interval. Of what is periodic, one period is searched. Intervals that are not excluded are halved until they are short.
 */
export function searchLine(
  isTailFree: (start: number, side: 1 | -1) => boolean,
  test: (argument: Interval) => Finding,
  period: Constant | null = null,
): SearchResult {
  if (period !== null) {
    const half = enclosureOf(period).high / 2;
    if (half < FARTHEST) return { clusters: searched(dyadicBoxes(-half, half), test), isComplete: true, reach: half };
  }
  const ends = ([-1, 1] as const).map((side) => {
    for (let start = TAIL_START; start <= FARTHEST; start *= TAIL_FACTOR) if (isTailFree(start, side)) return start;
    return null;
  });
  const [left, right] = ends;
  const isComplete = typeof left === "number" && typeof right === "number";
  const [from, to] = isComplete ? [-left, right] : [-MEASURED_REACH, MEASURED_REACH];
  const clusters = searched(dyadicBoxes(from, to), test);
  return { clusters, isComplete, reach: isComplete ? Math.max(left, right) : MEASURED_REACH };
}

function searched(boxes: readonly Interval[], test: (argument: Interval) => Finding): SearchResult["clusters"] {
  let open = boxes;
  let examined = 0;
  for (let round = 0; round < 120; round += 1) {
    const kept: Interval[] = [];
    let isShort = true;
    for (const box of open) {
      examined += 1;
      if (test(box) === "nothing") continue;
      const middle = middleOf(box.low, box.high);
      const isDone =
        box.high - box.low <= 1e-13 * Math.max(1e-3, Math.abs(middle)) || !(middle > box.low && middle < box.high);
      if (isDone) kept.push(box);
      else {
        isShort = false;
        kept.push(interval(box.low, middle), interval(middle, box.high));
      }
    }
    open = kept;
    if (isShort || examined > BUDGET || open.length > MOST_OPEN) break;
  }
  return joined(open);
}

/** From `from` to `to` in pieces that double away from 0. */
export function dyadicBoxes(from: number, to: number): Interval[] {
  const ends = new Set([from, to, 0]);
  for (let end = 0.5; end < Math.max(-from, to); end *= 2) for (const each of [end, -end]) ends.add(each);
  const sorted = [...ends].filter((end) => end >= from && end <= to).sort((one, other) => one - other);
  return sorted.slice(1).map((end, i) => interval(sorted[i] ?? from, end));
}

/** A stretch of the line. */
interface Stretch {
  readonly low: number;
  readonly high: number;
}

/** Stretches in order, those that touch as one. */
export function joined(boxes: readonly Stretch[]): Stretch[] {
  const clusters: { low: number; high: number }[] = [];
  for (const { low, high } of boxes.toSorted((one, other) => one.low - other.low)) {
    const last = clusters.at(-1);
    if (last !== undefined && low <= last.high) last.high = Math.max(last.high, high);
    else clusters.push({ low, high });
  }
  return clusters;
}
