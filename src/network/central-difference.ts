/** One element of a gradient, by backpropagation and by differences. */
export interface ComparedElement {
  /** Position in the list of elements. */
  readonly position: number;
  readonly analytic: number;
  /** At a kink: the slope nearest to `analytic`, of those between the left and the right one. */
  readonly numeric: number;
  readonly relativeError: number;
  /** True where the function, or its slope, has a corner within the step. */
  readonly isKink: boolean;
}

/** A function of several numbers, near the place where its gradient is to be checked. */
export interface LocalFunction {
  /** The place: the numbers themselves. */
  readonly values: ArrayLike<number>;
  /** The function's value there. */
  readonly here: number;
  /** The function's value with one number replaced. */
  readonly valueWith: (position: number, replacement: number) => number;
}

/**
 * h of a difference, for numbers of size about 1. `(f(p + h) − f(p − h)) / 2h` errs by h²/6 of the third derivative and
 * by the rounding of f, 2⁻⁵³ of it, over h; the sum is least near the cube root of 2⁻⁵³, about 2⁻¹⁷·⁷.
 */
export const STEP: number = 2 ** -17;

/** The same for the secants that measure how large the gradient is nearby: far enough to leave a minimum. */
const NEARBY = 2 ** -2;

/**
 * Compares a gradient with central differences, element by element. The relative error is `|analytic − numeric|` over
 * the larger of the two, which counts as no smaller than 1e-2 of the largest element, here or nearby, and 1e-4 of the
 * function's value (what a difference can resolve). The first because what a float32 sum rounds by is relative to its
 * largest terms; nearby because at a perfect fit gradient and function are 0 but for that rounding and the h²/6, and
 * only the slopes of secants over 1/4 of the size of p tell what they are small against.
 *
 * @param bound relative error above which an element is examined for a kink
 * @param positions of the elements to compare; default: all
 * @param onElement called before each one
 */
export function compareWithDifferences(
  analytic: readonly number[],
  around: LocalFunction,
  bound: number,
  positions: readonly number[] = [...analytic.keys()],
  onElement: () => void = () => {},
): readonly ComparedElement[] {
  const numeric: number[] = [];
  const nearby: number[] = [];
  for (const position of positions) {
    onElement();
    numeric.push(centralDifference(around, position));
    nearby.push(steepestSecant(around, position));
  }
  const largest = [...analytic, ...numeric, ...nearby].reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const floor = Math.max(1e-2 * largest, 1e-4 * Math.abs(around.here));
  return positions.map((position, i) => {
    const ours = analytic[position] ?? Number.NaN;
    const theirs = numeric[i] ?? Number.NaN;
    const relativeError = relative(ours, theirs, floor);
    if (relativeError <= bound) return { position, analytic: ours, numeric: theirs, relativeError, isKink: false };
    const sides = slopesAtKink(around, position, bound * floor);
    if (sides === null) return { position, analytic: ours, numeric: theirs, relativeError, isKink: false };
    const nearest = Math.min(Math.max(ours, Math.min(...sides.slopes)), Math.max(...sides.slopes));
    const fromNearest = relative(ours, nearest, floor);
    // Where the slopes agree, only the curvature can jump; then the central difference alone was wrong.
    const isKink = sides.differ || fromNearest <= bound;
    return isKink
      ? { position, analytic: ours, numeric: nearest, relativeError: fromNearest, isKink }
      : { position, analytic: ours, numeric: theirs, relativeError, isKink };
  });
}

function relative(one: number, other: number, floor: number): number {
  const difference = Math.abs(one - other);
  return difference === 0 ? 0 : difference / Math.max(Math.abs(one), Math.abs(other), floor);
}

function sizeAt({ values }: LocalFunction, position: number): number {
  return Math.max(1, Math.abs(values[position] ?? 0));
}

function stepAt(around: LocalFunction, position: number): number {
  return STEP * sizeAt(around, position);
}

/** The larger slope of the secants to both sides; 0 where the function is not defined as far away as that. */
function steepestSecant(around: LocalFunction, position: number): number {
  const p = around.values[position] ?? 0;
  const far = NEARBY * sizeAt(around, position);
  const slopes = [-far, far].map((step) => Math.abs((around.valueWith(position, p + step) - around.here) / far));
  return Math.max(0, ...slopes.filter(Number.isFinite));
}

function centralDifference(around: LocalFunction, position: number): number {
  const p = around.values[position] ?? 0;
  const h = stepAt(around, position);
  return (around.valueWith(position, p + h) - around.valueWith(position, p - h)) / (2 * h);
}

/** The slopes on both sides, and whether they differ by more than an allowance. */
interface Sides {
  readonly slopes: readonly [left: number, right: number];
  readonly differ: boolean;
}

/**
 * The slopes to the left and to the right, or null where they excuse nothing. A smooth function's differ by h³ times its
 * fourth derivative, so by 1/512 of that over h/8; at a corner they do not follow that. At a jump they grow as the step
 * shrinks: there is no derivative to excuse. Slopes within `allowance` need no such test: whatever lies between them is
 * as good as either.
 */
function slopesAtKink(around: LocalFunction, position: number, allowance: number): Sides | null {
  const [left, right] = slopes(around, position, 1);
  const difference = Math.abs(right - left);
  if (difference <= allowance) return { slopes: [left, right], differ: false };
  const [nearLeft, nearRight] = slopes(around, position, 1 / 8);
  const nearDifference = Math.abs(nearRight - nearLeft);
  const isKink = Math.abs(difference - 512 * nearDifference) > difference / 2 && nearDifference <= 2 * difference;
  return isKink ? { slopes: [left, right], differ: true } : null;
}

/**
 * One-sided differences of second order, `(−3f(p) + 4f(p ± h) − f(p ± 2h)) / ±2h`, which err by h²/3 of the third
 * derivative. Those of first order err by h/2 of the second: more than a float64 gradient may.
 */
function slopes(around: LocalFunction, position: number, part: number): readonly [left: number, right: number] {
  const p = around.values[position] ?? 0;
  const h = part * stepAt(around, position);
  const towards = (step: number): number => {
    // Differences from f(p) first: they are small, so that their sum rounds little.
    const once = around.valueWith(position, p + step) - around.here;
    const twice = around.valueWith(position, p + 2 * step) - around.here;
    return (4 * once - twice) / (2 * step);
  };
  return [towards(-h), towards(h)];
}
