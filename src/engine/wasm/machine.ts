import { EngineError, OptionError } from "../../errors.ts";
import { type Plan, positionsIn } from "../../plan/instruction.ts";
import { splitPlan } from "../../plan/split.ts";
import { nanosecondsOf } from "../../plan/work.ts";
import type { StepsResult } from "../engine.ts";
import type { LoadedPlan, Machine, StepsJob } from "../machine.ts";
import { type Crew, type CrewExports, type CrewOptions, createCrew } from "./crew.ts";
import { encodePlan, type ExtentWord } from "./encode.ts";
import { readMatrix, writeMatrix } from "./matrix-copies.ts";
import { kernelBytes } from "./kernel-bytes.ts";
import { createPace, type Pace } from "./pace.ts";
import { createPlanFunctions, functionTable } from "./plan-functions.ts";
import { threadStarter } from "./thread-starter.ts";

/** A machine that is a WebAssembly instance with its memory. */
export interface WasmMachine extends Machine {
  /**
   * The memory as floats, for what computes on it from outside. Memory that grows gets a new view: ask for it when
   * needed, keep it for no longer.
   */
  readonly floats: () => Float32Array<ArrayBufferLike>;
  /** Threads that the next run has: 1 until all of them are there. */
  readonly threads: () => number;
}

/** A plan in the machine's memory. */
interface WasmPlan extends LoadedPlan {
  /** Offset of the first word of the plan for one thread, then of the plans of several threads, where there are any. */
  readonly starts: readonly number[];
  /** Words of all of them that hold the extent of a variable axis; `word` is an offset in memory. */
  readonly extentWords: readonly ExtentWord[];
  /** The extents that those words hold now. */
  readonly extents: number[];
  readonly pace: Pace;
  /** About how long one thread takes for it. */
  readonly milliseconds: number;
}

/** What `kernels/index.ts` exports. */
interface Exports extends CrewExports {
  readonly heapBase: () => number;
  readonly run: (words: number, seedLow: number, seedHigh: number, stepLow: number, stepHigh: number) => void;
  readonly runSteps: (job: number, threads: number) => number;
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
const NO_ROWS = new Uint32Array(0);

/** Words of a job before its lists (see `writeJob`), and of each table. */
const JOB_WORDS = 14;
const TABLE_WORDS = 5;

/** Compiled on first use, once for all machines; null where the runtime lacks what a module needs. */
const compiled = new Map<string, WebAssembly.Module | null>();

function compile(kind: "exact" | "fast", sharing: "single" | "shared"): WebAssembly.Module | null {
  const key = `${kind} ${sharing}`;
  let module = compiled.get(key);
  if (module === undefined) {
    module = compiledIfValid(kernelBytes(kind, sharing));
    compiled.set(key, module);
  }
  return module;
}

function compiledIfValid(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    // Valid, and yet not compiled: a page's policy may forbid it. To validate first would take as long again.
    if (WebAssembly.validate(bytes)) throw error;
    return null;
  }
}

/** The kernels; exact ones in place of fast ones where the runtime has no relaxed SIMD. */
function kernels(isFast: boolean, isShared: boolean): WebAssembly.Module {
  const sharing = isShared ? "shared" : "single";
  const module = (isFast ? compile("fast", sharing) : null) ?? compile("exact", sharing);
  if (module === null) {
    throw new EngineError({
      where: "wasm",
      expected: "a runtime with WebAssembly SIMD",
      got: "one without",
      advice: 'Use Node 20.19 or later or a current browser, or the engine "reference".',
    });
  }
  return module;
}

/** True where the engine `fast` differs from `wasm`: the runtime has relaxed SIMD. */
export function hasRelaxedSimd(): boolean {
  return compile("fast", "single") !== null;
}

/** How many threads a machine has; and, for tests, what they are. */
export interface MachineOptions extends CrewOptions {
  /** With the host's own. One, silently, where the host cannot share memory with others. Default 1. */
  readonly threads?: number;
  /** True for products that are rounded once, where runtime and processor can. Default false. */
  readonly isFast?: boolean;
  /** A plan's instruction is divided when that saves so much. Default: what pays. */
  readonly leastSavedNanoseconds?: number;
  /** False to have all threads work on every job, as soon as they are there. Default: while that is faster. */
  readonly isPaced?: boolean;
}

/** A machine with an empty memory of its own. Without threads nothing is to be closed: it goes with the garbage. */
export function createMachine(options: MachineOptions = {}): WasmMachine {
  const shared = (options.threads ?? 1) > 1 ? sharedMemory(options) : null;
  const memory = shared ?? ownMemory();
  const module = kernels(options.isFast ?? false, shared !== null);
  let crew: Crew | null = null;
  const table = functionTable();
  const env = { memory, table, waiting: () => crew?.waiting(), learn: () => {} };
  const instance = new WebAssembly.Instance(module, { env });
  const exports = instance.exports as unknown as Exports; // as: the module is ours
  let end = roundUp(exports.heapBase() / FLOAT_BYTES, ALIGNMENT_FLOATS);
  let view = new Float32Array(memory.buffer);
  let integers = new Int32Array(memory.buffer);
  let doubles = new Float64Array(memory.buffer);
  let job = { offset: 0, words: 0 };
  let perStep = { offset: 0, words: 0 };

  const floats = (): Float32Array<ArrayBufferLike> => view;
  const allocate = (count: number): number => {
    const offset = end;
    const next = offset + roundUp(count, ALIGNMENT_FLOATS);
    const missing = Math.ceil((next * FLOAT_BYTES + SLACK_BYTES - memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) {
      grow(memory, missing);
      // Nothing else lets the memory grow. To ask for its buffer takes as long as a small network.
      view = new Float32Array(memory.buffer);
      integers = new Int32Array(memory.buffer);
      doubles = new Float64Array(memory.buffer);
    }
    end = next;
    return offset;
  };

  const setExtents = (plan: WasmPlan, extents: readonly number[]): void => {
    let isSame = true;
    for (let i = 0; i < extents.length; i++) if (extents[i] !== plan.extents[i]) isSame = false;
    if (isSame) return;
    for (let i = 0; i < extents.length; i++) plan.extents[i] = extents[i]!;
    for (const { word, extent } of plan.extentWords) integers[word] = positionsIn(extent, extents);
  };

  const loadWords = (plan: Plan): { readonly start: number; readonly extentWords: readonly ExtentWord[] } => {
    const encoded = encodePlan(plan, planFunctions.numberOf);
    const start = allocate(encoded.words.length);
    integers.set(encoded.words, start);
    return { start, extentWords: encoded.extents.map((each) => ({ ...each, word: start + each.word })) };
  };

  /** Memory that is kept at its largest need. */
  const atLeast = (place: typeof job, needed: number): typeof job =>
    needed <= place.words ? place : reserved(Math.max(needed, 2 * place.words));
  const reserved = (count: number): typeof job => ({ offset: allocate(count), words: count });

  const runSteps = (plan: WasmPlan, options: StepsJob): StepsResult => {
    setExtents(plan, options.extents);
    const { order, steps, scalars } = options;
    const needed = JOB_WORDS + TABLE_WORDS * options.tables.length + scalars.length + plan.starts.length;
    job = atLeast(job, needed);
    perStep = atLeast(perStep, order.length + steps * scalars.length);
    integers.set(order, perStep.offset);
    const scalarsAt = perStep.offset + order.length;
    for (let column = 0; column < scalars.length; column++) {
      const { values } = scalars[column]!;
      for (let step = 0; step < steps; step++) view[scalarsAt + step * scalars.length + column] = values[step]!;
    }
    writeJob(integers, job.offset, plan, options, { order: perStep.offset, scalars: scalarsAt });
    const address = job.offset * FLOAT_BYTES;
    const done = crew === null ? exports.runSteps(address, 1) : runPaced(crew, plan, address);
    const total = doubles[job.offset / 2]!;
    return { total, steps: done, isFinite: done === 0 || Number.isFinite(floats()[options.watch]) };
  };

  /** Runs the job with all threads or alone, whichever is faster. */
  const runPaced = (crew: Crew, { pace, milliseconds }: WasmPlan, address: number): number => {
    const there = crew.threadsForNextJob(milliseconds);
    const isTogether = there > 1 && (options.isPaced === false || pace.isTogether());
    const startedMs = performance.now();
    try {
      const steps = exports.runSteps(address, isTogether ? there : 1);
      pace.report(isTogether, performance.now() - startedMs, steps);
      return steps;
    } catch (error) {
      // The others stand at a barrier that this thread will not come to.
      if (isTogether) crew.end();
      throw error;
    }
  };

  const planFunctions = createPlanFunctions(
    { memory, table, exports: instance.exports, isShared: shared !== null },
    (bytes, first, count) => crew?.publish(bytes, first, count),
  );
  if (shared !== null) crew = createCrew({ module, memory, exports, allocate }, options.threads ?? 1, options);
  const zero = allocate(1);

  return {
    allocate,
    floats,
    write: (to, values, first, rows, columns) => writeMatrix(floats(), to, values, first, rows, columns),
    read: (from, values, first, rows, columns) => readMatrix(floats(), from, values, first, rows, columns),
    load: (plan): WasmPlan => {
      const plans = crew === null ? [] : splitPlan(plan, crew.threads, options.leastSavedNanoseconds);
      const loaded = [plan, ...plans].map(loadWords);
      planFunctions.link();
      return {
        starts: loaded.map(({ start }) => start),
        extentWords: loaded.flatMap(({ extentWords }) => extentWords),
        extents: [],
        pace: createPace(),
        milliseconds: plan.instructions.reduce((sum, each) => sum + nanosecondsOf(each), 0) / 1e6,
      };
    },
    run: (given, extents, seed, step) => {
      const plan = given as WasmPlan; // as: only `load` above makes one
      if (crew !== null) {
        const nothing = { tables: [], order: NO_ROWS, batchSize: 0, scalars: [], watch: zero };
        runSteps(plan, { ...nothing, extents, steps: 1, seed, firstStep: step });
        return;
      }
      setExtents(plan, extents);
      exports.run(plan.starts[0]! * FLOAT_BYTES, seed, high(seed), step, high(step));
    },
    runSteps: (plan, options) => runSteps(plan as WasmPlan, options), // as: likewise
    threads: () => crew?.present() ?? 1,
    close: () => crew?.end(),
  };
}

/** @throws EngineError where the process may not reserve the addresses that memory of WebAssembly takes. */
function ownMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAX_PAGES });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // V8 reserves 10 GB of addresses, of which hardly any become memory, to save a check at every access.
    throw new EngineError({
      where: "wasm",
      expected: "10 GB of addresses to reserve for an engine's memory",
      got: "fewer: there is a limit on this process (ulimit -v), or other engines have them",
      advice:
        'Raise the limit; or start Node with NODE_OPTIONS="--disable-wasm-trap-handler", which reserves ' +
        'none and computes the same; or take the engine "reference".',
    });
  }
}

/** Memory that threads may share, or null where there is none to be had. */
function sharedMemory(options: CrewOptions): WebAssembly.Memory | null {
  if ((options.startThread ?? threadStarter()) === null) return null;
  try {
    return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAX_PAGES, shared: true });
  } catch {
    return null;
  }
}

/**
 * The words of a job: total (2, float64, written by the run), steps, batch, row numbers, count of tables, count of
 * scalars, values of the scalars, watched number, nothing, seed (2), first step (2); then for each table: table, bytes from
 * row to row, bytes to copy of each, destination, its stride; then the destination of each scalar; then the plans. Addresses and strides in bytes.
 */
function writeJob(
  words: Int32Array,
  from: number,
  plan: WasmPlan,
  job: StepsJob,
  at: { readonly order: number; readonly scalars: number },
): void {
  const { tables, scalars } = job;
  let place = from + JOB_WORDS;
  const add = (offset: number): void => {
    words[place++] = offset * FLOAT_BYTES;
  };
  words[from] = words[from + 1] = 0;
  words[from + 2] = job.steps;
  words[from + 3] = job.batchSize;
  words[from + 4] = at.order * FLOAT_BYTES;
  words[from + 5] = tables.length;
  words[from + 6] = scalars.length;
  words[from + 7] = at.scalars * FLOAT_BYTES;
  words[from + 8] = job.watch * FLOAT_BYTES;
  words[from + 9] = 0;
  words[from + 10] = job.seed;
  words[from + 11] = high(job.seed);
  words[from + 12] = job.firstStep;
  words[from + 13] = high(job.firstStep);
  for (const { offset, pitch, columns, output } of tables) {
    add(offset);
    add(pitch);
    add(columns);
    add(output.offset);
    add(output.stride);
  }
  for (const { output } of scalars) add(output);
  for (const start of plan.starts) add(start);
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
    throw new OptionError({
      where: "wasm memory",
      expected: "at most 4096 MiB, and what this machine can spare",
      got: `a need of ${mebibytes} MiB`,
      advice: "Use smaller batches, a narrower network, or load the data in parts.",
    });
  }
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
