// The one list of codes that the encoder (TypeScript) and the machine (AssemblyScript) share: `kernels/` imports
// this very file, so it keeps to what both languages read alike, constants with literal values.

// Instructions. Each is a run of 32-bit words: code, length in words, then what `encode.ts` says of it.
export const END = 0;
export const MULTIPLY = 1;
export const MULTIPLY_RIGHT_TRANSPOSED = 2;
/** A function that was made of the plan. */
export const CALL = 3;
export const REDUCE_ROWS = 4;
export const REDUCE_COLUMNS = 5;
export const REDUCE_BOTH = 6;
export const RANDOM = 7;
export const TRANSPOSE = 8;
export const BARRIER = 9;
/** Instructions that are done for every position of an axis. */
export const LOOP = 10;

// Kinds of reduction.
export const SUM = 0;
export const MEAN = 1;
export const MAX_OF = 2;
