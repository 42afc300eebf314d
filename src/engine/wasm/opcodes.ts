// The one list of codes that the encoder (TypeScript) and the interpreter (AssemblyScript) share: `kernels/` imports
// this very file, so it keeps to what both languages read alike, constants with literal values.

// Instructions. Each is a run of 32-bit words: code, length in words, then what `encode.ts` says of it.
export const END = 0;
export const MULTIPLY = 1;
export const MULTIPLY_RIGHT_TRANSPOSED = 2;
export const MAP = 3;
export const REDUCE_ROWS = 4;
export const REDUCE_COLUMNS = 5;
export const REDUCE_BOTH = 6;
export const RANDOM = 7;
export const TRANSPOSE = 8;
export const BARRIER = 9;

// Kinds of reduction.
export const SUM = 0;
export const MEAN = 1;
export const MAX_OF = 2;

// How a map's space is cut into tiles.
/** One run of floats, rows after rows. */
export const TILES_FLAT = 0;
/** A tile lies within one row. */
export const TILES_IN_ROW = 1;
/** A tile covers whole rows. */
export const TILES_OF_ROWS = 2;

// Where an operand of a map's operation lies: the low two bits of its address, which is a multiple of 16.
/** One vector, the same at every position. */
export const UNIFORM = 0;
/** A vector register: scratch memory, as long as a tile. */
export const REGISTER = 1;
/** In memory, moving with the tile over rows and columns. */
export const MOVING = 2;
/** In memory, moving with the tile over columns only. */
export const MOVING_IN_ROW = 3;

// Operations of a map: d = f(a, b, c, e), six words: code, d, a, b, c, e.
export const COPY = 0;
export const ADD = 1;
export const SUBTRACT = 2;
export const MULTIPLIED = 3;
export const DIVIDE = 4;
export const NEGATE = 5;
export const POWER = 6;
export const LESS = 7;
export const LESS_EQUAL = 8;
export const EQUAL = 9;
export const NOT_EQUAL = 10;
/** a ≠ 0 ? b : c */
export const SELECT = 11;
export const EXP = 12;
export const EXPM1 = 13;
export const LOG = 14;
export const LOG1P = 15;
export const SQRT = 16;
export const ABS = 17;
export const SIGN = 18;
export const SIN = 19;
export const COS = 20;
export const TANH = 21;
export const SIGMOID = 22;
export const ERF = 23;
export const MIN = 24;
export const MAX = 25;
/** max(a, 0) */
export const RELU = 26;
/** a · a */
export const SQUARE = 27;
/** a · b + c */
export const MULTIPLY_ADD = 28;
/** a · b − c */
export const MULTIPLY_SUBTRACT = 29;
/** c − a · b */
export const SUBTRACT_PRODUCT = 30;
/** a · b + c · e */
export const SUM_OF_PRODUCTS = 31;
/** a · (1 − a) · b */
export const LOGISTIC_SLOPE = 32;
/** a < b ? c : e */
export const SELECT_LESS = 33;
/** a ≤ b ? c : e */
export const SELECT_LESS_EQUAL = 34;
/** a = b ? c : e */
export const SELECT_EQUAL = 35;
