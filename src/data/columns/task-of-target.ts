import { type Task } from "../preprocessing.ts";
import { type CategoryColumn, columnLabel, type NumberColumn, type Table } from "../table.ts";

/** Up to so many different whole numbers are taken for classes … */
const FEW_CLASSES = 10;
/** … when each of them has so many rows on average. */
const ROWS_PER_CLASS = 5;
/** Consecutive whole numbers are taken for classes up to here, when no class has more than 10 times the rows of another. */
const MANY_CLASSES = 100;
const LARGEST_IMBALANCE = 10;
/** From so many different numbers on, ones that are rare at both ends and frequent between are amounts. */
const FEWEST_AMOUNTS = 6;
/** A column that follows the target so closely makes amounts of more than 10 consecutive numbers. */
const CORRELATION_OF_AMOUNTS = 0.6;

/** What a target is, and why, in words. */
export interface TaskChoice {
  readonly task: Task;
  readonly reason: string;
}

/**
 * Chooses between classes and amounts. Words are classes. So are whole numbers when they are two; −1, 0 and 1; or at most
 * 10, none negative, with 5 rows each on average; or consecutive from 0 or 1 and about equally frequent (at most 100),
 * unless from 11 on an input follows them. But 6 and more consecutive ones that are rare at both ends are amounts, as are
 * all other numbers.
 */
export function chooseTask(table: Table, column: NumberColumn | CategoryColumn, task: Task | undefined): TaskChoice {
  if (task !== undefined) return { task, reason: "as asked for" };
  const label = columnLabel(column);
  if (column.kind === "category") {
    return { task: "classification", reason: `${label} holds words, ${column.categories.length} different` };
  }
  const counts = countsOfWholeNumbers(column);
  if (typeof counts === "string") return { task: "regression", reason: `${label} holds ${counts}` };
  const filled = table.rows - column.missing;
  const numbers = [...counts.keys()].sort((a, b) => a - b);
  const held = `${label} holds ${numbers.length} different whole numbers`;
  const classes = (why: string): TaskChoice => ({
    task: "classification",
    reason: `${held}${why} (--task regression to predict an amount)`,
  });
  const amounts = (why: string): TaskChoice => ({
    task: "regression",
    reason: `${held}${why}${2 * numbers.length > filled ? "" : " (--task classification to predict classes)"}`,
  });
  const [least = 0, greatest = 0] = [numbers[0], numbers.at(-1)];
  const span = `, from ${least} to ${greatest}`;
  if (numbers.length <= 2) return classes("");
  if (filled < ROWS_PER_CLASS * numbers.length) return amounts(`${span}, too few rows of each for classes`);
  const areConsecutive = greatest - least === numbers.length - 1;
  if (least < 0)
    return areConsecutive && least === -1 && greatest === 1 ? classes("") : amounts(`${span}, some negative`);
  const ordered = numbers.map((number) => counts.get(number) ?? 0);
  if (areConsecutive && numbers.length >= FEWEST_AMOUNTS && areRareAtEnds(ordered))
    return amounts(`${span}, frequent in the middle and rare at both ends`);
  if (numbers.length <= FEW_CLASSES) return classes("");
  const areClassNumbers = areConsecutive && (least === 0 || least === 1);
  if (!areClassNumbers || Math.max(...ordered) > LARGEST_IMBALANCE * Math.min(...ordered)) return amounts(span);
  const follower = closestColumn(table, column);
  if (follower !== null && follower.correlation >= CORRELATION_OF_AMOUNTS) {
    return amounts(
      `${span}, which ${columnLabel(follower.column)} follows (correlation ${follower.sign}${follower.correlation.toFixed(2)})`,
    );
  }
  return classes(`${span}, about equally frequent`);
}

/** How often each number occurs; in words what they are where one is not whole, or there are more than could be classes. */
function countsOfWholeNumbers(column: NumberColumn): Map<number, number> | string {
  const counts = new Map<number, number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return `numbers that are not all whole (${Number(value.toPrecision(7))})`;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MANY_CLASSES) return `more than ${MANY_CLASSES} different numbers`;
  }
  return counts;
}

/** True for counts that rise to a peak and fall again, to a tenth of it or less at both ends. */
function areRareAtEnds(counts: readonly number[]): boolean {
  const peak = Math.max(...counts);
  const top = counts.indexOf(peak);
  const ends = Math.max(counts[0] ?? 0, counts.at(-1) ?? 0);
  if (top === 0 || top === counts.length - 1 || 10 * ends > peak) return false;
  // Chance makes a smaller one of two neighbors the larger now and then: by three roots of the count.
  const mayFollow = (before: number, after: number): boolean => after >= before - 3 * Math.sqrt(before + 1);
  return counts.every(
    (count, i) => i === 0 || (i <= top ? mayFollow(counts[i - 1] ?? 0, count) : mayFollow(count, counts[i - 1] ?? 0)),
  );
}

interface Follower {
  readonly column: NumberColumn;
  readonly correlation: number;
  readonly sign: "" | "−";
}

/** The column of numbers with the largest correlation, by size, to the target. */
function closestColumn(table: Table, target: NumberColumn): Follower | null {
  let best: Follower | null = null;
  for (const column of table.columns) {
    if (column.kind !== "number" || column === target) continue;
    const r = correlation(column.values, target.values);
    if (best === null || Math.abs(r) > best.correlation)
      best = { column, correlation: Math.abs(r), sign: r < 0 ? "−" : "" };
  }
  return best;
}

/** Pearson's correlation over the rows that have both; 0 where one does not vary. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [count, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] ?? Number.NaN, y[i] ?? Number.NaN];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    // Welford's running moments: nothing cancels.
    count += 1;
    const [dx, dy] = [a - meanX, b - meanY];
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (a - meanX);
    yy += dy * (b - meanY);
    xy += dx * (b - meanY);
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy);
  return scale > 0 && Number.isFinite(scale) ? xy / scale : 0;
}
