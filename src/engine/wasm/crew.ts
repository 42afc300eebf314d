import { EngineError } from "../../errors.ts";
import { type StartedThread, type StartThread, threadStarter } from "./thread-starter.ts";

/** The worker threads of one machine. They start in the background, and the machine works alone until all are there. */
export interface Crew {
  /** With the machine's own. */
  readonly threads: number;
  /** Threads that are there now: `threads`, or 1 before all have come and after they have ended. */
  present(): number;
  /**
   * The same, for the next job.
   * @param stepMs about how long one of its steps takes one thread
   * @throws EngineError when a thread broke down
   */
  threadsForNextJob(stepMs: number): number;
  /** To be called by the machine's own thread when it has been waiting for the others for a while. @throws EngineError */
  waiting(): void;
  /** Gives the workers the functions of a module: see `PlanFunctions`. */
  publish(bytes: Uint8Array, first: number, count: number): void;
  /** Ends the workers. */
  end(): void;
}

/** Of the machine's exports, those for threads. */
export interface CrewExports {
  readonly scratchBytes: () => number;
  readonly sharedBytes: () => number;
  readonly host: (shared: number, canSleep: boolean) => void;
}

/** The machine that a crew works on. */
export interface CrewMachine {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly exports: CrewExports;
  readonly allocate: (floats: number) => number;
}

/** What tests put in place of the usual. */
export interface CrewOptions {
  readonly startThread?: StartThread;
  /** How long the machine waits for a thread that does not come, beside the time of a long step. Default 10 s. */
  readonly patienceMs?: number;
}

/** Far beyond what a step of a usual network takes. */
const PATIENCE_MS = 10_000;
/** So much longer may a step take than it is thought to, on a slow machine that is busy with other things. */
const SLOWEST = 20;
/** Time between two looks at the clock that counts at most: a computer that was asleep has not been waiting. */
const LONGEST_LOOK_MS = 500;
const FLOAT_BYTES = 4;

// Places in the shared words, in words: see kernels/threads.ts.
const JOB = 0;
const ADDRESS = 1;
const READY = 3;
const FUNCTIONS = 5;
const PASSED = 16;

/** Words of a record of functions before its bytes: the record before it, first number, count, length in bytes. */
const RECORD_WORDS = 4;

/** Starts `threads` − 1 workers. */
export function createCrew(machine: CrewMachine, threads: number, options: CrewOptions = {}): Crew {
  const { module, memory, exports, allocate } = machine;
  const startThread = options.startThread ?? threadStarter();
  let patienceMs = 0;
  const bytes = (count: number): number => allocate(count / FLOAT_BYTES) * FLOAT_BYTES;
  const shared = bytes(exports.sharedBytes());
  exports.host(shared, canSleep());
  const word = (place: number): number => Atomics.load(new Int32Array(memory.buffer, shared), place);

  let isOver = false;
  let failure: EngineError | null = null;
  const workers: StartedThread[] = [];
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    // Those that wait for a job end by themselves; a browser takes two seconds to end one that does not.
    const words = new Int32Array(memory.buffer, shared);
    words[ADDRESS] = 0;
    Atomics.add(words, JOB, 1);
    Atomics.notify(words, JOB);
    for (const worker of workers.splice(0)) worker.end();
  };
  const fail = (what: string): EngineError => {
    failure = new EngineError({
      where: "wasm threads",
      expected: `${threads} threads to go on`,
      got: what,
      advice: "Train again from the last epoch's parameters, with threads: 1 if this comes back.",
    });
    end();
    return failure;
  };
  const onEnd = (reason: string): void => {
    if (isOver) return;
    // One that never came is not missed: without it the machine works alone.
    if (word(READY) < threads - 1) end();
    else fail(`a worker that ended${reason === "" ? "" : ` (${reason})`}`);
  };
  try {
    for (let thread = 1; thread < threads; thread++) {
      const scratch = bytes(exports.scratchBytes());
      const worker = startThread?.({ module, memory, thread, scratch, shared }, onEnd);
      if (worker !== undefined) workers.push(worker);
    }
  } catch {
    end();
  }

  let look = { passed: 0, atMs: 0, waitedMs: 0 };
  const present = (): number => (!isOver && word(READY) === threads - 1 ? threads : 1);
  return {
    threads,
    present,
    threadsForNextJob: (stepMs) => {
      if (failure !== null) throw failure;
      patienceMs = (options.patienceMs ?? PATIENCE_MS) + SLOWEST * stepMs;
      look = { passed: 0, atMs: 0, waitedMs: 0 };
      return present();
    },
    waiting: () => {
      const passed = word(PASSED);
      const atMs = performance.now();
      if (passed !== look.passed || look.atMs === 0) {
        look = { passed, atMs, waitedMs: 0 };
        return;
      }
      look = { passed, atMs, waitedMs: look.waitedMs + Math.min(atMs - look.atMs, LONGEST_LOOK_MS) };
      if (look.waitedMs > patienceMs)
        throw fail(`one that has not answered for ${(patienceMs / 1000).toPrecision(2)} s`);
    },
    publish: (bytes, first, count) => {
      if (isOver) return;
      const record = allocate(RECORD_WORDS + Math.ceil(bytes.length / FLOAT_BYTES)) * FLOAT_BYTES;
      new Int32Array(memory.buffer, record, RECORD_WORDS).set([word(FUNCTIONS), first, count, bytes.length]);
      new Uint8Array(memory.buffer, record + RECORD_WORDS * FLOAT_BYTES, bytes.length).set(bytes);
      Atomics.store(new Int32Array(memory.buffer, shared), FUNCTIONS, record);
    },
    end,
  };
}

/** A page's own thread may not sleep. */
function canSleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}
