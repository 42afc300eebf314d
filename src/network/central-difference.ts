/** One element of a gradient, by backpropagation and by differences. */
export interface ComparedElement {
  /** Position in the list of elements. */
  readonly position: number;
  readonly analytic: number;
  /** At a kink: the slope nearest to `analytic`, of those between the left and the right one. */
  readonly numeric: number;
  readonly relativeError: number;
  /** True where the function has a corner within the step. */
  readonly isKink: boolean;
}

/** A function of several numbers, near the place where its gradient is to be checked. */
export interface Surroundings {
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
const STEP = 2 ** -17;

/**
 * Compares a gradient with central differences, element by element. The relative error is `|analytic − numeric|` over
 * the larger of the two, which counts as no smaller than 1e-2 of the largest element (what a float32 sum rounds by is
 * relative to its largest terms) and 1e-4 of the function's value (what a difference can resolve).
 *
 * @param bound relative error above which an element is examined for a kink
 */
export function compareWithDifferences(
  analytic: readonly number[],
  around: Surroundings,
  bound: number,
): readonly ComparedElement[] {
  const numeric = analytic.map((_, position) => centralDifference(around, position));
  const largest = [...analytic, ...numeric].reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const floor = Math.max(1e-2 * largest, 1e-4 * Math.abs(around.here));
  return analytic.map((ours, position) => {
    const theirs = numeric[position] ?? Number.NaN;
    const relativeError = relative(ours, theirs, floor);
    if (relativeError <= bound) return { position, analytic: ours, numeric: theirs, relativeError, isKink: false };
    const slopes = slopesAtKink(around, position, floor);
    if (slopes === null) return { position, analytic: ours, numeric: theirs, relativeError, isKink: false };
    const nearest = Math.min(Math.max(ours, Math.min(...slopes)), Math.max(...slopes));
    return { position, analytic: ours, numeric: nearest, relativeError: relative(ours, nearest, floor), isKink: true };
  });
}

function relative(one: number, other: number, floor: number): number {
  const difference = Math.abs(one - other);
  return difference === 0 ? 0 : difference / Math.max(Math.abs(one), Math.abs(other), floor);
}

function stepAt({ values }: Surroundings, position: number): number {
  return STEP * Math.max(1, Math.abs(values[position] ?? 0));
}

function centralDifference(around: Surroundings, position: number): number {
  const p = around.values[position] ?? 0;
  const h = stepAt(around, position);
  return (around.valueWith(position, p + h) - around.valueWith(position, p - h)) / (2 * h);
}

/**
 * The slopes to the left and to the right, or null where the function is smooth. A smooth function's slopes over h
 * differ by h times its curvature, so by an eighth over h/8; at a corner they do not follow that. At a jump they grow as
 * the step shrinks: there is no derivative to excuse.
 */
function slopesAtKink(around: Surroundings, position: number, floor: number): readonly [number, number] | null {
  const [left, right] = slopes(around, position, 1);
  const [nearLeft, nearRight] = slopes(around, position, 1 / 8);
  const jump = Math.abs(right - left);
  const nearJump = Math.abs(nearRight - nearLeft);
  // Slopes that differ by less than 1e-5 of the floor may do so by rounding.
  const isKink = jump > 1e-5 * floor && Math.abs(jump - 8 * nearJump) > jump / 2 && nearJump <= 2 * jump;
  return isKink ? [left, right] : null;
}

function slopes(around: Surroundings, position: number, part: number): readonly [left: number, right: number] {
  const p = around.values[position] ?? 0;
  const h = part * stepAt(around, position);
  return [(around.here - around.valueWith(position, p - h)) / h, (around.valueWith(position, p + h) - around.here) / h];
}
