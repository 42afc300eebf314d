import {
  addIntervals,
  compileFormula,
  type Interval,
  interval,
  magnitude,
  mignitude,
  multiplyIntervals,
  pointInterval,
} from "../../formula/index.ts";
import type { AnalyzedFunction } from "./analyzed-function.ts";
import type { Largest } from "./claim.ts";
import { type Constant, enclosureOf, isZero, negateConstant } from "./constant.ts";
import { dyadicBoxes, joined, TAIL_FACTOR } from "./line-search.ts";
import { candidatesBetween, middleOf } from "./place.ts";
import { BoxQueue } from "./box-queue.ts";
import { TAIL_START } from "./tail-arithmetic.ts";

/** Relative distance of the bounds at which a magnitude counts as known: six digits are printed. */
const CLOSE = 1e-9;
/** Intervals examined at most. */
const BUDGET = 5_000;
const FARTHEST = 2 ** 66;

/** Magnitudes that float64 can still be rounded from. */
const BEYOND = 1e300;

/** Round places, where a largest value often is, and is exact. */
const ROUND = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 8, -8, 10, -10, 0.5, -0.5];

/** A stretch of the line, with what is known of the slope's magnitude on it. */
interface Box {
  readonly argument: Interval;
  /** null for a bounded stretch; else the tail from `start` on, on this side. */
  readonly tail: { readonly start: number; readonly side: 1 | -1 } | null;
  readonly upper: number;
  /** Below this it is nowhere on the stretch. */
  readonly lower: number;
}

/**
 * Where the magnitude of a derivative is largest, proved; null where the proof does not succeed within its budget.
 *
 * Branch and bound over the whole line: each stretch has a bound from above, by intervals and the mean value theorem
 * (`g(x) ∈ g(m) + g′(X)(x − m)`), far away by envelopes; the stretch with the largest bound is halved until that bound is
 * that of a value which is taken, or of a limit (R. E. Moore, "Methods and applications of interval analysis", 1979).
 */
export function largestOf(analyzed: AnalyzedFunction): Largest | null {
  const ends = ([-1, 1] as const).map((side) => ({ side, limit: analyzed.slopeLimit({ toward: "infinity", side }) }));
  const unbounded = ends.filter(
    ({ limit }) => limit?.kind === "infinite" || (limit?.kind === "oscillates" && limit.isUnbounded),
  );
  if (unbounded.length > 0) return { kind: "unbounded", toward: unbounded.map(({ side }) => infinityOf(side)) };
  const search = new LargestSearch(analyzed);
  for (const { limit } of ends)
    if (limit?.kind === "tends") search.limit = Math.max(search.limit, mignitude(limit.value));
  const top = search.run();
  if (top === null) return null;
  if (top.kind === "pole") return { kind: "unbounded", toward: top.at.toSorted((one, other) => one - other) };
  const { upper } = top;
  const lower = Math.max(search.best, search.limit);
  const bounds: readonly [number, number] = [lower, upper];
  const size = magnitudeBetween(lower, upper);
  if (search.best < search.limit && search.best < upper) {
    const toward = ends.filter(
      ({ limit }) => limit?.kind === "tends" && mignitude(limit.value) >= search.limit * (1 - CLOSE),
    );
    return { kind: "approached", toward: toward.map(({ side }) => infinityOf(side)), magnitude: size, bounds };
  }
  return search.located(size, bounds);
}

function infinityOf(side: 1 | -1): "minusInfinity" | "plusInfinity" {
  return side > 0 ? "plusInfinity" : "minusInfinity";
}

/** The roundest number between two that are as good as equal. */
function magnitudeBetween(low: number, high: number): number {
  for (let digits = 1; digits <= 15; digits += 1) {
    const value = Number(middleOf(low, high).toPrecision(digits));
    if (value >= low && value <= high) return value;
  }
  return middleOf(low, high);
}

/** The state of one branch and bound. */
class LargestSearch {
  /** The largest magnitude that is surely taken, and where. */
  best = 0;
  bestAt = 0;
  /** The largest that is surely approached far away. */
  limit = 0;
  private examined = 0;
  private readonly queue = new BoxQueue<Box>((box) => box.upper);
  private readonly analyzed: AnalyzedFunction;
  private readonly slope: (values: readonly number[]) => number;

  constructor(analyzed: AnalyzedFunction) {
    this.analyzed = analyzed;
    this.slope = compileFormula(analyzed.derivative, [analyzed.by]);
  }

  run():
    | { readonly kind: "bound"; readonly upper: number }
    | { readonly kind: "pole"; readonly at: readonly number[] }
    | null {
    for (const z of ROUND) this.tryPoint(z);
    const { period } = this.analyzed;
    const half = period === null ? Infinity : enclosureOf(period).high / 2;
    const isOnePeriod = half < FARTHEST;
    const reach = isOnePeriod ? half : TAIL_START;
    for (const box of dyadicBoxes(-reach, reach)) this.push(box);
    if (!isOnePeriod) for (const side of [-1, 1] as const) this.pushTail(TAIL_START, side);
    let poleTrials = 0;
    for (;;) {
      const box = this.queue.peek();
      if (box === undefined) return { kind: "bound", upper: this.best };
      if (box.upper < BEYOND && box.upper <= Math.max(this.best, this.limit) * (1 + CLOSE))
        return { kind: "bound", upper: box.upper };
      // Beyond float64 nothing is compared any more.
      if (this.examined > BUDGET || this.best > BEYOND) return null;
      this.queue.pop();
      const narrow = box.tail === null && isNarrow(box.argument, 1e-10);
      if (box.upper === Infinity && narrow) {
        poleTrials += 1;
        if (poleTrials > 6) return null;
        const pole = this.poleIn(box.argument);
        if (pole !== null) return { kind: "pole", at: pole };
        if (isNarrow(box.argument, 1e-14)) return null;
      }
      if (!this.split(box)) return null;
    }
  }

  /** The places of the largest magnitude, whose value is settled. */
  located(size: number, bounds: readonly [number, number]): Largest {
    const enough = bounds[0];
    // Constant where its own derivative is exactly 0.
    const isFlat = ({ tail, lower, argument }: Box): boolean =>
      tail === null && lower >= enough * (1 - CLOSE) && argument.high > argument.low && this.isConstantOn(argument);
    const around = (): Largest => ({ kind: "many", around: this.bestAt, magnitude: size, bounds });
    const settled: Interval[] = [];
    let open = this.queue.items().filter((box) => box.upper >= enough);
    if (open.some(isFlat)) return around();
    for (
      let round = 0;
      round < 60 && open.length > 0 && open.length <= 200 && this.examined <= 2 * BUDGET;
      round += 1
    ) {
      const next: Box[] = [];
      for (const box of open) {
        if (box.tail !== null) return this.attained(size, bounds);
        const middle = middleOf(box.argument.low, box.argument.high);
        for (const half of [interval(box.argument.low, middle), interval(middle, box.argument.high)]) {
          const examinedHalf = this.examine(half);
          if (examinedHalf === null || examinedHalf.upper < this.best) continue;
          if (isFlat(examinedHalf)) return around();
          if (isNarrow(half, 1e-7)) settled.push(half);
          else next.push(examinedHalf);
        }
      }
      open = next;
    }
    if (open.length > 0) return this.attained(size, bounds);
    const clusters = joined(settled).filter(({ low, high }) => high - low <= 1e-5 * Math.max(1, Math.abs(low)));
    if (clusters.length === 0 || clusters.length !== joined(settled).length)
      return { kind: "value", magnitude: size, bounds };
    if (clusters.length > 4) return { kind: "many", around: this.bestAt, magnitude: size, bounds };
    return this.pointsOf(clusters, size, bounds);
  }

  /** Where nothing is known of other places: the best one, when it reaches the bound exactly. */
  private attained(size: number, bounds: readonly [number, number]): Largest {
    if (this.best < bounds[1]) return { kind: "value", magnitude: size, bounds };
    if (this.analyzed.period !== null) return { kind: "many", around: this.bestAt, magnitude: size, bounds };
    return { kind: "points", at: [this.bestAt], isExact: true, magnitude: size, bounds };
  }

  private pointsOf(
    clusters: readonly { low: number; high: number }[],
    magnitudeFound: number,
    bounds: readonly [number, number],
  ): Largest {
    const places = clusters.map((cluster) => this.placeIn(cluster, bounds));
    const taken = places.find(({ isTaken }) => isTaken);
    if (this.analyzed.period !== null && taken !== undefined) {
      return { kind: "many", around: taken.at, magnitude: magnitudeFound, bounds };
    }
    const at = places.map(({ at: place }) => place);
    if (places.every(({ isTaken }) => !isTaken))
      return { kind: "approached", toward: at, magnitude: magnitudeFound, bounds };
    return { kind: "points", at, isExact: places.every(({ isExact }) => isExact), magnitude: magnitudeFound, bounds };
  }

  /** The place of a cluster, whether it is exact, and whether the largest value is taken there. */
  private placeIn(
    { low, high }: { low: number; high: number },
    bounds: readonly [number, number],
  ): { at: number; isExact: boolean; isTaken: boolean } {
    const { derivativeIn, curvatureIn, writtenIn } = this.analyzed;
    const isSmooth = derivativeIn(interval(low, high)).coverage === 3 && writtenIn(interval(low, high)).coverage >= 2;
    const candidate = candidatesBetween(low, high)[0];
    const point = candidate === undefined ? null : enclosureOf(candidate);
    const place = point === null ? middleOf(low, high) : Number(middleOf(point.low, point.high).toPrecision(15)) + 0;
    if (point === null) return { at: place, isExact: false, isTaken: isSmooth };
    const here = derivativeIn(point);
    const isTaken = writtenIn(point).coverage >= 2 && here.coverage >= 2 && mignitude(here) >= bounds[0] * (1 - CLOSE);
    const isCritical = curvatureIn !== null && magnitude(curvatureIn(point)) === 0;
    return {
      at: place,
      isExact: isTaken && (isCritical || !isSmooth || mignitude(here) >= bounds[1]),
      isTaken: isTaken || isSmooth,
    };
  }

  private isConstantOn(argument: Interval): boolean {
    const { derivativeIn, curvatureIn } = this.analyzed;
    if (curvatureIn === null || derivativeIn(argument).coverage !== 3) return false;
    const { low, high, coverage } = curvatureIn(argument);
    return coverage >= 2 && low === 0 && high === 0;
  }

  private tryPoint(z: number): void {
    // Float64 first: most points are far from the best.
    if (!(Math.abs(this.slope([z])) > this.best * (1 - CLOSE) || this.best === 0)) return;
    const point = pointInterval(z);
    if (this.analyzed.writtenIn(point).coverage < 2) return;
    const value = this.analyzed.derivativeIn(point);
    if (value.coverage < 2) return;
    const size = mignitude(value);
    if (size > this.best) [this.best, this.bestAt] = [size, z];
  }

  private push(argument: Interval): void {
    const box = this.examine(argument);
    if (box !== null && box.upper >= this.best) this.queue.push(box);
  }

  private pushTail(start: number, side: 1 | -1): void {
    this.examined += 1;
    const { range } = this.analyzed.slopeTail(start, side);
    if (range.coverage === 0) return;
    this.queue.push({ argument: range, tail: { start, side }, upper: magnitude(range), lower: 0 });
  }

  private examine(argument: Interval): Box | null {
    this.examined += 1;
    const { writtenIn, derivativeIn, curvatureIn } = this.analyzed;
    if (writtenIn(argument).coverage === 0) return null;
    const plain = derivativeIn(argument);
    if (plain.coverage === 0) return null;
    const middle = middleOf(argument.low, argument.high);
    this.tryPoint(middle);
    let [upper, lower] = [magnitude(plain), mignitude(plain)];
    if (curvatureIn !== null && plain.coverage === 3 && upper > this.best) {
      const curvature = curvatureIn(argument);
      if (curvature.coverage >= 2) {
        const center = pointInterval(middle);
        const distance = addIntervals(argument, pointInterval(-middle));
        const mean = addIntervals(derivativeIn(center), multiplyIntervals(curvature, distance));
        upper = Math.min(upper, magnitude(mean));
        lower = Math.max(lower, mignitude(mean));
      }
    }
    return { argument, tail: null, upper, lower };
  }

  /** Halves a stretch, or moves a tail outward; false when there is nothing left to halve. */
  private split({ argument, tail }: Box): boolean {
    if (tail !== null) {
      const next = tail.start * TAIL_FACTOR;
      if (next > FARTHEST) return false;
      for (let from = tail.start; from < next; from *= 2) {
        this.push(tail.side > 0 ? interval(from, 2 * from) : interval(-2 * from, -from));
      }
      this.pushTail(next, tail.side);
      return true;
    }
    const middle = middleOf(argument.low, argument.high);
    if (!(middle > argument.low && middle < argument.high)) return false;
    this.push(interval(argument.low, middle));
    this.push(interval(middle, argument.high));
    return true;
  }

  /** Places, one of them in the interval, where the slope is proved to be unbounded. */
  private poleIn({ low, high }: Interval): readonly number[] | null {
    const found = candidatesBetween(low, high).find((candidate) => this.isPole(candidate));
    if (found === undefined) return null;
    const mirrored = negateConstant(found);
    return [found, ...(!isZero(found) && this.isPole(mirrored) ? [mirrored] : [])].map((place) => {
      const enclosure = enclosureOf(place);
      return Number(middleOf(enclosure.low, enclosure.high).toPrecision(15)) + 0;
    });
  }

  private isPole(place: Constant): boolean {
    return ([-1, 1] as const).some((side) => {
      const limit = this.analyzed.slopeLimit({ toward: place, side });
      return limit?.kind === "infinite" || (limit?.kind === "oscillates" && limit.isUnbounded);
    });
  }
}

function isNarrow({ low, high }: Interval, tolerance: number): boolean {
  return high - low <= tolerance * Math.max(1, Math.abs(low));
}
