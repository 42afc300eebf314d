import type { Axis, InputNode, VariableNode } from "../graph/node.ts";
import type { Program } from "../graph/program.ts";

/**
 * Engines of this package: `wasm` (float32 SIMD, the same bits on every machine), `fast` (wasm with relaxed SIMD: faster
 * where the runtime has it, but the last bits differ by machine), `blas` (wasm with its larger matrix products sent to a
 * native BLAS; the last bits differ likewise), `reference` (float64, plain loops). `auto` is the default order: `wasm`, unless a BLAS
 * was asked for by naming one in the environment variable `BACKPASS_BLAS`.
 */
export type EngineName = "auto" | "blas" | "fast" | "reference" | "wasm";

/** What an engine is like: those who choose one read this, and never its name. */
export interface EngineProperties {
  /** For people to read, in messages and reports. */
  readonly name: string;
  /** In what numbers are stored and computed with. */
  readonly precision: "float64" | "float32";
  /** True where the same program and numbers give the same bits on every machine, runtime and number of threads. */
  readonly isReproducible: boolean;
  /** True where calls answer with values, false where they answer with promises of them. */
  readonly isSynchronous: boolean;
}

/** An engine whose calls return when their work is done. */
export interface SynchronousEngine extends EngineProperties {
  readonly isSynchronous: true;
  /** A fresh memory for variables and the programs that share them. Without threads, it goes with the garbage. */
  readonly open: (options?: SessionOptions) => Session;
}

/** An engine that answers later: one on a graphics processor, in another thread, on other machines. */
export interface AsynchronousEngine extends EngineProperties {
  readonly isSynchronous: false;
  /** Opens a session of its own. */
  readonly open: (options?: SessionOptions) => Promise<AsynchronousSession>;
}

/**
 * Runs programs. Engines differ in precision and speed, and in whether an answer can be waited for, never in meaning: one
 * contract suite holds for all. Every option `engine` of this package takes a name or such an object.
 */
export type Engine = SynchronousEngine | AsynchronousEngine;

/** How a session computes. */
export interface SessionOptions {
  /**
   * Threads to compute on, this one included. They start in the background and join when they are there; where they
   * cannot be had, and on engines that know none, one does it all. The numbers are the same, bit for bit. Default 1.
   * A session with more than one is to be closed.
   */
  readonly threads?: number;
}

/** Numbers row-major and dense: no padding, whatever the engine's own layout. */
export type Values = Float32Array | Float64Array;

/** Variables and the programs that read and update them. */
export interface Session {
  /** Sets a variable. Variables that were never written are 0. @throws ShapeError when the length is not the variable's. */
  readonly write: (variable: VariableNode, values: ArrayLike<number>) => void;
  /** A copy of a variable's values. */
  readonly read: (variable: VariableNode) => Values;
  /** Copies of all variables in use, to go back to with `restore`. */
  readonly snapshot: () => Snapshot;
  /** Puts the values of a snapshot back into the variables. */
  readonly restore: (snapshot: Snapshot) => void;
  /** Keeps a table of numbers (a data set) in the engine's memory, for `Executable.runSteps`. */
  readonly load: (values: ArrayLike<number>, columns: number) => Table;
  /** Overwrites rows of a table from `firstRow` on. */
  readonly refill: (table: Table, values: ArrayLike<number>, firstRow: number) => void;
  /** Compiles a program. */
  readonly prepare: (program: Program) => Executable;
  /** Ends what the session has started, such as other threads; on this package's engines it may be used on, with one thread. */
  readonly close: () => void;
}

declare const snapshotBrand: unique symbol;
/** Values of a session's variables at one moment; only that session understands it. */
export interface Snapshot {
  readonly [snapshotBrand]?: never;
}

/** Rows of numbers in an engine's memory. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
}

/** What a run depends on beside the variables. */
export interface RunOptions {
  /** Values of every input node of the program, row-major; for a variable axis, as many positions as `extents` says. */
  readonly inputs: ReadonlyMap<InputNode, ArrayLike<number>>;
  /** Positions in use along each variable axis; an axis not mentioned has its full size. */
  readonly extents?: ReadonlyMap<Axis, number>;
  /** For random nodes. Default 0. */
  readonly seed?: number;
  /** For random nodes: number of this step, from 0. Default 0. */
  readonly step?: number;
}

/** Many runs in one call: step s takes the next `batchSize` rows of `order`. */
export interface StepsOptions {
  /** Input nodes with a first axis of examples, and the table their rows come from. Same variable axis for all. */
  readonly tables: ReadonlyMap<InputNode, Table>;
  /** Row numbers, in the order they are to be used. */
  readonly order: Uint32Array;
  /** Position in `order` of the first row of the first step. */
  readonly start: number;
  readonly batchSize: number;
  readonly steps: number;
  /** Scalar input nodes, one value per step. */
  readonly scalars: ReadonlyMap<InputNode, Float64Array>;
  readonly seed: number;
  /** Number of the first step, from 0. */
  readonly firstStep: number;
  /** Name of a scalar output, summed over the steps; a step that makes it NaN or infinite is the last. */
  readonly watch: string;
}

/** What many runs in one call left. */
export interface StepsResult {
  /** Sum of the watched output over the finished steps, float64. */
  readonly total: number;
  /** Steps done. */
  readonly steps: number;
  /** True when the last of them left the watched output finite. */
  readonly isFinite: boolean;
}

/** A program compiled by an engine. */
export interface Executable {
  /**
   * One run: computes the outputs, applies the updates.
   * @throws ShapeError when an input has the wrong length.
   * @throws EngineError when a thread of the session broke down; so does `runSteps`. The variables are of no use then.
   */
  readonly run: (options: RunOptions) => void;
  /** Many runs in one call, over rows of tables. @throws EngineError as `run` does. */
  readonly runSteps: (options: StepsOptions) => StepsResult;
  /** A copy of an output of the last run, row-major, with the extents of that run. */
  readonly output: (name: string) => Values;
  /**
   * A shorter way for programs with a single input, whose first axis is that of the examples: a function that computes
   * one output of rows, and allocates nothing. An engine may do without; then `run` and `output` are used.
   */
  readonly rowFunction?: (input: InputNode, output: string) => RowFunction;
}

/**
 * Reads `count` rows of an input from row `first` of `inputs` on, and writes as many rows of an output to the same rows of
 * `out`. Whoever calls it has checked that they are there.
 */
export type RowFunction = (inputs: Values, out: Values, first: number, count: number) => void;

/** The same calls, each of which answers with a promise. They are carried out in the order in which they are made. */
export type Promised<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Promise<Answer>
    : Calls[Name];
};

/** A session that answers with promises: see `Session`. */
export interface AsynchronousSession extends Omit<Promised<Session>, "prepare"> {
  /** Compiles a program. */
  readonly prepare: (program: Program) => Promise<AsynchronousExecutable>;
}

/** A program that answers with promises: see `Executable`. */
export type AsynchronousExecutable = Promised<Omit<Executable, "rowFunction">>;

/** A session of either kind. What it answers is to be awaited, which does no harm to a value. */
export type AnySession = Session | AsynchronousSession;

/** A program of either kind, likewise. */
export type AnyExecutable = Executable | AsynchronousExecutable;
