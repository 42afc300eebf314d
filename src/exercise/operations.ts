/**
 * How much work an answer may take, in the operations of `spend`: some ten times what the longest answers of people take, and some
 * tens of milliseconds. Reading and judging first; then, each with its own, naming the slip and looking for a counterexample, which
 * are left out where they would take more.
 */
export const answerOperations = 500_000;
export const slipOperations = 60_000;
export const counterexampleOperations = 40_000;

/** What each part of a sheet may take that is worked out once: a key, what is asked, a derivative of a function of its own. */
export const sheetOperations = 1_500_000;
