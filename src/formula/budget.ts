import { BackpassError } from "../errors.ts";

/**
 * What somebody typed asks for more work than its budget has. The same text runs out of the same budget everywhere: operations
 * are counted, not seconds.
 */
export class OverBudget extends BackpassError {
  constructor() {
    super("formula", {
      where: "formula",
      expected: "one that takes less work",
      got: "one that is too large to work out",
      advice: "Write it shorter.",
    });
  }
}

/** Operations that are left to the work that is being done; without a budget there is no end to them. */
let left = Number.POSITIVE_INFINITY;

/**
 * Takes operations from the budget. Everything whose work grows with what was typed calls it: each looks at one part of a formula,
 * or works on one term, and takes about a tenth of a microsecond.
 *
 * @throws OverBudget when none are left.
 */
export function spend(operations: number): void {
  left -= operations;
  if (left < 0) throw new OverBudget();
}

/**
 * Does some work with so many operations, or with what is left of the budget around it, if that is less; what it takes is taken from
 * that, too.
 *
 * @throws OverBudget when they do not suffice.
 */
export function withBudget<Result>(operations: number, work: () => Result): Result {
  const before = left;
  const own = Math.min(operations, before);
  left = own;
  try {
    return work();
  } finally {
    left = before - (own - Math.max(0, left));
  }
}

/**
 * Does work whose result is kept for others, with a budget of its own: nothing is taken from the budget around it, so that what
 * an answer may take does not depend on what was asked before it.
 *
 * @throws OverBudget when the operations do not suffice.
 */
export function apart<Result>(operations: number, work: () => Result): Result {
  const before = left;
  left = operations;
  try {
    return work();
  } finally {
    left = before;
  }
}

/** Like `withBudget`, with another result where the operations do not suffice. Null where nothing is left around it, too. */
export function withinBudget<Result>(operations: number, work: () => Result, otherwise: () => Result): Result {
  try {
    return withBudget(operations, work);
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error;
    return otherwise();
  }
}

/** How many operations some work takes: for tests, and for choosing budgets. */
export function operationsOf(work: () => void): number {
  const most = Number.MAX_SAFE_INTEGER;
  let taken = 0;
  const before = left;
  left = most;
  try {
    work();
  } finally {
    taken = most - left;
    left = before;
  }
  return taken;
}
