import type { Formula } from "../formula/tree.ts";
import type { Reduction } from "../graph/node.ts";

/**
 * A plan is a program made flat for a machine with one linear memory: instructions with offsets.
 *
 * Every tensor has at most two axes and lies row-major with a leading dimension ("stride"): the width of its last axis
 * rounded up so that SIMD loads never straddle rows (see `layout.ts`). A vector is one row; a scalar one row of width 1.
 * The floats between width and stride hold garbage: they may be computed on, but never reach a valid position.
 *
 * Offsets are in floats (4 bytes), multiples of 4, from the start of the plan's memory.
 */
export interface Plan {
  readonly instructions: readonly Instruction[];
  /** Floats of memory the plan uses beyond the variables' own (its arena). */
  readonly arenaFloats: number;
}

/** A number of positions: fixed, or that of the variable axis `axis` (at most `size`), known at each run. */
export interface Extent {
  readonly size: number;
  /** Index into the plan's list of variable axes, or null when fixed. */
  readonly variable: number | null;
  /**
   * First of these positions, when they are a part of an axis (see `split.ts`); default 0. Of a variable axis, they are
   * those of `size` positions from there on that the run uses: none, when it ends before.
   */
  readonly from?: number;
}

/** A row-major matrix in memory: element (i, j) at `offset + i * stride + j`. */
export interface Matrix {
  readonly offset: number;
  readonly stride: number;
}

export type Instruction =
  | MultiplyInstruction
  | MapInstruction
  | ReduceInstruction
  | RandomInstruction
  | TransposeInstruction
  | BarrierInstruction;

/**
 * `output[i, j] = Σ_k left[i, k] · right[k, j] (+ bias[j])`: i < rows, j < columns, k < depth. With `update`:
 * `output[i, j] = from[i, j] − factor · Σ_k left[i, k] · right[k, j]`, where the output may lie on `from`.
 */
export interface MultiplyInstruction {
  readonly kind: "multiply";
  readonly rows: Extent;
  readonly columns: Extent;
  readonly depth: Extent;
  readonly left: Matrix;
  /** True when `left` lies in memory as [k, i]. */
  readonly isLeftTransposed: boolean;
  readonly right: Matrix;
  /** True when `right` lies in memory as [j, k]. */
  readonly isRightTransposed: boolean;
  readonly output: Matrix;
  /** Offset of a vector of `columns` floats added to every row, or null. */
  readonly bias: number | null;
  /** `factor` is the offset of a number. The depth is then at most `MOST_UPDATE_TERMS`, and there is no bias. */
  readonly update?: { readonly from: Matrix; readonly factor: number };
}

/** Terms that a product adds up in one go, which is what an update in it takes: `CHUNK` of kernels/multiply.ts. */
export const MOST_UPDATE_TERMS = 256;

/**
 * How a map's operand moves over the iteration space of `rows` × `width` (width: the stride of the outputs):
 * - `full`: as the space, element (i, j) at `offset + i * width + j`;
 * - `row`: a vector along the columns, the same for every row: `offset + j`;
 * - `column`: a vector along the rows, the same for every column: `offset + i`;
 * - `scalar`: one number: `offset`.
 */
export type Pattern = "full" | "row" | "column" | "scalar";

export interface MapOperand {
  readonly symbol: string;
  readonly offset: number;
  readonly pattern: Pattern;
}

/** One equation of a fused map; later equations may use the symbols of earlier ones. */
export interface MapEquation {
  readonly symbol: string;
  readonly formula: Formula;
  /** Where the values go (pattern `full`), or null when only later equations use them. */
  readonly offset: number | null;
}

/**
 * Formulas applied at every position of a `rows` × `width` space; `width` is a stride, a multiple of 4, and all of it is
 * computed, padding included. An output may lie on an operand (a variable updated in place): a tile reads every operand
 * before it writes.
 */
export interface MapInstruction {
  readonly kind: "map";
  readonly rows: Extent;
  readonly width: number;
  readonly operands: readonly MapOperand[];
  readonly equations: readonly MapEquation[];
}

/**
 * Reduces `input` (rows × columns): `along: "columns"` gives one number per row (`output[i]`), `"rows"` one per column
 * (`output[j]`), `"both"` a single number. A mean divides by the number of positions reduced.
 */
export interface ReduceInstruction {
  readonly kind: "reduce";
  readonly reduction: Reduction;
  readonly along: "rows" | "columns" | "both";
  readonly rows: Extent;
  readonly columns: Extent;
  readonly input: Matrix;
  readonly output: number;
}

/** Uniform numbers: element (i, j) is number `(rows.from + i) * columns.size + j` of (seed, stream, step). */
export interface RandomInstruction {
  readonly kind: "random";
  readonly stream: number;
  readonly rows: Extent;
  readonly columns: Extent;
  readonly output: Matrix;
}

/** `output[j, i] = input[i, j]` */
export interface TransposeInstruction {
  readonly kind: "transpose";
  readonly rows: Extent;
  readonly columns: Extent;
  readonly input: Matrix;
  readonly output: Matrix;
}

/** In the lists of all threads: each waits here until all have come. */
export interface BarrierInstruction {
  readonly kind: "barrier";
}
