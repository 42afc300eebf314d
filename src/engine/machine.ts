import type { Matrix, Plan } from "../plan/instruction.ts";
import type { StepsResult, Values } from "./engine.ts";

/**
 * What runs plans: a memory of floats that is written, read and computed on, wherever it lies. Offsets are in floats from its
 * start. A session (`openSession`) needs no more of a machine than this.
 */
export interface Machine {
  /**
   * Reserves zeroed floats, aligned to 16 of them, and returns their offset; the memory grows when needed.
   * @throws OptionError when there is no more to be had.
   */
  readonly allocate: (floats: number) => number;
  /** Copies `rows` rows of `columns` numbers, which lie in `values` without gaps from `first` on, to a matrix. */
  readonly write: (to: Matrix, values: ArrayLike<number>, first: number, rows: number, columns: number) => void;
  /** Copies rows of a matrix to `values`, without gaps, from `first` on. */
  readonly read: (from: Matrix, values: Values, first: number, rows: number, columns: number) => void;
  /** Makes a plan ready to run. */
  readonly load: (plan: Plan) => LoadedPlan;
  /**
   * Runs a plan once.
   * @param extents positions in use along each variable axis of the plan
   * @param seed for random numbers: a whole number from 0 to 2^53 − 1
   * @param step number of the step, for random numbers, likewise
   */
  readonly run: (plan: LoadedPlan, extents: readonly number[], seed: number, step: number) => void;
  /**
   * Runs a plan for many steps, in one call.
   * @throws EngineError when a worker thread has ended; what the plan computed is then of no use.
   */
  readonly runSteps: (plan: LoadedPlan, job: StepsJob) => StepsResult;
  /** Ends what the machine has started, such as worker threads; it goes on with one. */
  readonly close: () => void;
}

declare const loadedBrand: unique symbol;
/** A plan in a machine; only that machine understands it. */
export interface LoadedPlan {
  readonly [loadedBrand]?: never;
}

/** What the steps of one call do. */
export interface StepsJob {
  readonly extents: readonly number[];
  /** Tables, and the matrices that `columns` numbers of each chosen row are copied to; `pitch`: numbers from row to row. */
  readonly tables: readonly {
    readonly offset: number;
    readonly pitch: number;
    readonly columns: number;
    readonly output: Matrix;
  }[];
  /** Row numbers in the order of their use: `batchSize` for each step. */
  readonly order: Uint32Array;
  readonly batchSize: number;
  readonly steps: number;
  /** Numbers that change from step to step: one for each, and where it goes. */
  readonly scalars: readonly { readonly values: Float64Array; readonly output: number }[];
  readonly seed: number;
  readonly firstStep: number;
  /** Offset of a number that is added up over the steps; the first step to leave it NaN or infinite is the last. */
  readonly watch: number;
}
