import { OptionError } from "../../errors.ts";
import type { Matrix, Plan } from "../../plan/instruction.ts";
import { encodePlan } from "./encode.ts";
import { moduleBase64 } from "./module.generated.ts";

/** One WebAssembly instance with its memory: runs plans whose offsets are floats from the start of that memory. */
export interface Machine {
  readonly memory: WebAssembly.Memory;
  /**
   * Reserves zeroed floats, aligned to 64 bytes, and returns their offset in floats; the memory grows when needed.
   * @throws OptionError when that would be more than the 4 GiB WebAssembly can address, or than the host can give.
   */
  allocate(floats: number): number;
  /** The memory as floats. Memory that grows gets a new view: ask for it when needed, keep it for no longer. */
  floats(): Float32Array;
  /** Encodes a plan into the memory. */
  load(plan: Plan): LoadedPlan;
  /**
   * Runs a plan once.
   * @param extents positions in use along each variable axis of the plan
   * @param seed for random numbers: a whole number from 0 to 2^53 − 1
   * @param step number of the step, for random numbers, likewise
   */
  run(plan: LoadedPlan, extents: readonly number[], seed: number, step: number): void;
  /** Runs a plan for many steps, in one call. */
  runSteps(plan: LoadedPlan, job: StepsJob): StepsSum;
}

/** A plan in a machine's memory. */
export interface LoadedPlan {
  /** Offset of its first word. */
  readonly start: number;
  /** Words that hold the extent of a variable axis: offset, and number of the axis. */
  readonly extentWords: readonly { readonly offset: number; readonly variable: number }[];
  /** The extents that those words hold now. */
  readonly extents: number[];
}

/** What the steps of one call do. Offsets in floats. */
export interface StepsJob {
  readonly extents: readonly number[];
  /** Tables (rows of `columns` numbers, without padding) and the matrices their chosen rows are copied to. */
  readonly tables: readonly { readonly offset: number; readonly columns: number; readonly output: Matrix }[];
  /** Offset of the row numbers (32-bit) in the order of their use: `batchSize` for each step. */
  readonly order: number;
  readonly batchSize: number;
  readonly steps: number;
  /** Numbers that change from step to step: a matrix [step, scalar] without padding, and where each goes. */
  readonly scalars: { readonly offset: number; readonly outputs: readonly number[] };
  readonly seed: number;
  readonly firstStep: number;
  /** Offset of a number that is added up over the steps; the first step to leave it NaN or infinite is the last. */
  readonly watch: number;
}

export interface StepsSum {
  /** Sum of the watched number, float64. */
  readonly total: number;
  /** Steps done. */
  readonly steps: number;
  readonly isFinite: boolean;
}

/** What `kernels/index.ts` exports. */
interface Exports {
  readonly heapBase: () => number;
  readonly run: (words: number, seedLow: number, seedHigh: number, stepLow: number, stepHigh: number) => void;
  readonly runSteps: (job: number) => number;
}

const FLOAT_BYTES = 4;
const PAGE_BYTES = 65_536;
const MAX_PAGES = 65_536;
/** The module's own scratch takes 72 KB of them. */
const INITIAL_PAGES = 2;
/** Vectors may be read, never written, up to a cache line beyond the last float. */
const SLACK_BYTES = 64;
const ALIGNMENT_FLOATS = 16;
const TWO_32 = 2 ** 32;

/** Words of a job before its lists (see `writeJob`), and of each table. */
const JOB_WORDS = 14;
const TABLE_WORDS = 4;

let compiled: WebAssembly.Module | null = null;

/** Compiled on first use, once for all machines. */
function compiledModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(moduleBase64), (character) => character.charCodeAt(0)));
  return compiled;
}

/** A machine with an empty memory of its own. Nothing to close: it goes with the garbage. */
export function createMachine(): Machine {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAX_PAGES });
  const instance = new WebAssembly.Instance(compiledModule(), { env: { memory } });
  const exports = instance.exports as unknown as Exports; // as: the module is ours
  let end = roundUp(exports.heapBase() / FLOAT_BYTES, ALIGNMENT_FLOATS);
  let view = new Float32Array(memory.buffer);
  let job = { offset: 0, words: 0 };

  const floats = (): Float32Array => {
    if (view.buffer !== memory.buffer) view = new Float32Array(memory.buffer);
    return view;
  };
  const words = (offset: number, count: number): Int32Array =>
    new Int32Array(memory.buffer, offset * FLOAT_BYTES, count);

  const allocate = (count: number): number => {
    const offset = end;
    const next = offset + roundUp(count, ALIGNMENT_FLOATS);
    const missing = Math.ceil((next * FLOAT_BYTES + SLACK_BYTES - memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) grow(memory, missing);
    end = next;
    return offset;
  };

  const setExtents = (plan: LoadedPlan, extents: readonly number[]): void => {
    if (extents.every((extent, i) => extent === plan.extents[i])) return;
    extents.forEach((extent, i) => (plan.extents[i] = extent));
    const all = new Int32Array(memory.buffer);
    for (const { offset, variable } of plan.extentWords) all[offset] = extents[variable]!;
  };

  return {
    memory,
    allocate,
    floats,
    load: (plan) => {
      const encoded = encodePlan(plan, allocate);
      const start = allocate(encoded.words.length);
      words(start, encoded.words.length).set(encoded.words);
      for (const { offset, value } of encoded.constants) floats().fill(value, offset, offset + 4);
      return {
        start,
        extentWords: encoded.extents.map(({ word, variable }) => ({ offset: start + word, variable })),
        extents: [],
      };
    },
    run: (plan, extents, seed, step) => {
      setExtents(plan, extents);
      exports.run(plan.start * FLOAT_BYTES, seed, high(seed), step, high(step));
    },
    runSteps: (plan, options) => {
      setExtents(plan, options.extents);
      const needed = JOB_WORDS + TABLE_WORDS * options.tables.length + options.scalars.outputs.length;
      if (needed > job.words) job = { offset: allocate(needed), words: needed };
      writeJob(words(job.offset, needed), plan, options);
      const steps = exports.runSteps(job.offset * FLOAT_BYTES);
      const total = new Float64Array(memory.buffer, job.offset * FLOAT_BYTES, 1)[0]!;
      return { total, steps, isFinite: steps === 0 || Number.isFinite(floats()[options.watch]) };
    },
  };
}

/**
 * The words of a job: total (2, float64, written by the run), plan, steps, batch, row numbers, count of tables, count of
 * scalars, values of the scalars, watched number, seed (2), first step (2); then for each table: table, bytes of a row,
 * destination, its stride; then the destination of each scalar. Addresses and strides in bytes.
 */
function writeJob(words: Int32Array, plan: LoadedPlan, job: StepsJob): void {
  const { tables, scalars } = job;
  const bytes = (offset: number): number => offset * FLOAT_BYTES;
  words.set([
    0,
    0,
    bytes(plan.start),
    job.steps,
    job.batchSize,
    bytes(job.order),
    tables.length,
    scalars.outputs.length,
  ]);
  words.set([bytes(scalars.offset), bytes(job.watch), job.seed, high(job.seed), job.firstStep, high(job.firstStep)], 8);
  const lists = tables.flatMap((table) => [table.offset, table.columns, table.output.offset, table.output.stride]);
  words.set([...lists, ...scalars.outputs].map(bytes), JOB_WORDS);
}

/** Bits 32 … 63 of a whole number; WebAssembly and typed arrays take bits 0 … 31 from the number itself. */
function high(value: number): number {
  return Math.floor(value / TWO_32);
}

function grow(memory: WebAssembly.Memory, pages: number): void {
  try {
    memory.grow(pages);
  } catch {
    const total = memory.buffer.byteLength / PAGE_BYTES + pages;
    const mebibytes = Math.ceil(total / 16);
    throw new OptionError(
      `wasm memory: expected at most 4096 MiB, and what this machine can spare, got a need of ${mebibytes} MiB. ` +
        "Use smaller batches, a narrower network, or load the data in parts.",
    );
  }
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
