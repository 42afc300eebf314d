import type { Formula } from "../formula/tree.ts";
import type { Reduction } from "../graph/node.ts";

/**
 * A plan is a program made flat for a machine with one linear memory: instructions with offsets.
 *
 * Every tensor lies row-major, a row along its last axis, with a leading dimension ("stride"): the width of a row rounded
 * up so that SIMD loads never straddle rows (see `layout.ts`). A vector is one row; a scalar one row of width 1.
 * The floats between width and stride hold garbage: they may be computed on, but never reach a valid position.
 *
 * Instructions know two axes, rows and columns. Each stands for as many neighboring axes as all tensors of the instruction
 * walk together (see `collapse.ts`). What does not fit into two is done in loops: the instruction is carried out for every
 * position of a further axis, and the offsets of its tensors move on from one to the next.
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
  /** Positions for each one of the variable axis, where further axes are walked together with it; default 1. */
  readonly times?: number;
  /**
   * First of these positions, when they are a part of an axis (see `split.ts`); default 0. Of a variable axis, they are
   * those of `size` positions from there on that the run uses: none, when it ends before.
   */
  readonly from?: number;
}

/** Positions in use in a run. @param extents of the plan's variable axes */
export function positionsIn({ size, variable, times = 1, from = 0 }: Extent, extents: readonly number[]): number {
  return variable === null ? size : Math.min(size, Math.max(0, extents[variable]! * times - from));
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
 * `output[i, j] = from[i, j] − factor · Σ_k left[i, k] · right[k, j]`, where the output may lie on `from`. With `batch`:
 * so many products, `output[b, i, j] = Σ_k left[b, i, k] · right[b, k, j] (+ bias[j])`.
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
  /** `factor` is the offset of a number. The depth is then at most `MOST_UPDATE_TERMS`; there is neither bias nor batch. */
  readonly update?: { readonly from: Matrix; readonly factor: number };
  /** Floats from one product of the batch to the next, in each tensor. */
  readonly batch?: {
    readonly extent: Extent;
    readonly left: number;
    readonly right: number;
    readonly output: number;
  };
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

/** A further axis of a map: floats from one position to the next in the outputs and in each operand. */
export interface MapLoop {
  readonly extent: Extent;
  readonly output: number;
  /** In the order of the map's operands; 0 where an operand is the same at all positions. */
  readonly operands: readonly number[];
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
  /** Done for every position of these axes, the last one moving fastest. */
  readonly loops?: readonly MapLoop[];
}

/** Most equations of a map: bounds the registers of a tile. */
export const MOST_EQUATIONS = 24;
/** Most levels of operations in a map's formula: machine code is made of it by recursion. */
export const MOST_FORMULA_LEVELS = 1000;

/** A further axis of an instruction with one input: floats from one position to the next. */
export interface Loop {
  readonly extent: Extent;
  readonly input: number;
  readonly output: number;
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
  /** Done for every position of this axis. */
  readonly loop?: Loop;
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
  /** Done for every position of these axes, the last one moving fastest. */
  readonly loops?: readonly Loop[];
}

/** In the lists of all threads: each waits here until all have come. */
export interface BarrierInstruction {
  readonly kind: "barrier";
}
