// The WebAssembly machine: runs the words that encode.ts makes of a plan. Memory belongs to the host, which keeps clear
// of the first `heapBase()` bytes. Maps, and stretches of small instructions, are functions that the host makes of their
// formulas (map-code.ts, stretch-code.ts) and puts into the imported table; what those call is exported.
export { cos, sin } from "./circular";
export { erf, exp, expm1, log, log1p, sigmoid, sign, tanh } from "./elementary";
export { multiply, multiplyRightTransposed } from "./multiply";
export { power } from "./power";
export { reduceBoth, reduceColumns, reduceRows } from "./reduce";
export { transpose } from "./transpose";
import { multiply, MULTIPLY_BYTES, multiplyRightTransposed } from "./multiply";
import * as code from "./opcodes";
import { random } from "./random";
import { reduceBoth, reduceColumns, reduceRows } from "./reduce";
import { barrier, count, enlist, jobAddress, meetAt, nextJob, publish, scratch, SHARED_BYTES, thread } from "./threads";
import { transpose } from "./transpose";

/** Bytes of scratch for each thread. */
export function scratchBytes(): usize {
  return MULTIPLY_BYTES + 64;
}

/** First byte that the host may use. */
export function heapBase(): usize {
  return scratch + scratchBytes();
}

/** Bytes that threads share to wait for one another. */
export function sharedBytes(): usize {
  return SHARED_BYTES;
}

/** Host: readies it to work with other threads. `canSleep`: it may wait without spinning; the page's own thread may not. */
export function host(shared: usize, canSleep: bool): void {
  if (ASC_FEATURE_THREADS) meetAt(shared, canSleep);
}

/** Any other thread: takes part in every job from here on, until it is told to end. */
export function work(number: i32, scratchAt: usize, shared: usize): void {
  if (ASC_FEATURE_THREADS) {
    meetAt(shared, true);
    enlist(number, scratchAt);
    // No job is for less than all threads, so the first to come is number 1, or the end, if that came before this thread.
    let job = 0;
    while (true) {
      job = nextJob(job);
      if (jobAddress() == 0) return;
      runShare(jobAddress());
    }
  }
}

/** Runs the instructions from `pc` on up to END. */
export function run(pc: usize, seedLow: u32, seedHigh: u32, stepLow: u32, stepHigh: u32): void {
  while (true) {
    switch (load<i32>(pc)) {
      case code.CALL: call_indirect<void>(load<u32>(pc, 8), pc); break;
      case code.MULTIPLY: multiply(pc); break;
      case code.MULTIPLY_RIGHT_TRANSPOSED: multiplyRightTransposed(pc); break;
      case code.REDUCE_ROWS: reduceRows(pc); break;
      case code.REDUCE_COLUMNS: reduceColumns(pc); break;
      case code.REDUCE_BOTH: reduceBoth(pc); break;
      case code.RANDOM: random(pc, seedLow, seedHigh, stepLow, stepHigh); break;
      case code.TRANSPOSE: transpose(pc); break;
      case code.BARRIER: barrier(); break;
      case code.LOOP: loop(pc, seedLow, seedHigh, stepLow, stepHigh); break;
      default: return;
    }
    pc += load<usize>(pc, 4) << 2;
  }
}

/**
 * One instruction: the instructions in it, up to END, for every position. From one to the next some of their words, which
 * hold addresses, move on; at the end they are what they were.
 */
function loop(pc: usize, seedLow: u32, seedHigh: u32, stepLow: u32, stepHigh: u32): void {
  const positions = load<i32>(pc, 8);
  const moves = load<i32>(pc, 12);
  const body = pc + 16 + usize(moves << 3);
  for (let i = 0; i < positions; ++i) {
    run(body, seedLow, seedHigh, stepLow, stepHigh);
    move(pc + 16, body, moves, 1);
  }
  move(pc + 16, body, moves, -positions);
}

/** Moves words of a loop's body on; of each `list` has the place in the body and the step, in bytes. */
function move(list: usize, body: usize, moves: i32, times: i32): void {
  for (; moves > 0; --moves) {
    const word = body + load<usize>(list);
    store<i32>(word, load<i32>(word) + load<i32>(list, 4) * times);
    list += 8;
  }
}

/**
 * Many runs: gathers the rows of each step from the tables, sets the step's scalars, runs, adds up the watched number;
 * a step that leaves it not finite is the last. Returns the number of steps done; their sum is at `job`.
 * `threads`: 1, or all, when all have come. The words of the job are explained in machine.ts.
 */
export function runSteps(job: usize, threads: i32): i32 {
  // Of no steps there is nothing to wait at, so nobody is called.
  publish(job, load<i32>(job, 8) > 0 ? threads : 1);
  return runShare(job);
}

/** What this thread does in a job. */
function runShare(job: usize): i32 {
  const steps = load<i32>(job, 8);
  const batch = load<i32>(job, 12);
  let order = load<usize>(job, 16);
  const tables = load<i32>(job, 20);
  const scalars = load<i32>(job, 24);
  let values = load<usize>(job, 28);
  const watch = load<usize>(job, 32);
  const seed = load<u64>(job, 40);
  let step = load<u64>(job, 48);
  const tableList = job + 56;
  const scalarList = tableList + usize(tables) * 20;
  const plans = scalarList + usize(scalars << 2);
  const pc = load<usize>(plans + usize(count > 1 ? (1 + thread) << 2 : 0));
  const firstRow = batch * thread / count;
  const rows = batch * (thread + 1) / count - firstRow;
  let total: f64 = 0;
  let done = 0;
  while (done < steps) {
    if (rows > 0) {
      const from = order + usize(firstRow << 2);
      for (let t = 0; t < tables; ++t) {
        const at = tableList + usize(t) * 20;
        const stride = load<usize>(at, 16);
        const to = load<usize>(at, 12) + usize(firstRow) * stride;
        gather(from, rows, load<usize>(at), load<usize>(at, 4), load<usize>(at, 8), to, stride);
      }
    }
    if (thread == 0) {
      for (let s = 0; s < scalars; ++s) {
        f32.store(load<usize>(scalarList + usize(s << 2)), f32.load(values));
        values += 4;
      }
    }
    barrier();
    run(pc, u32(seed), u32(seed >>> 32), u32(step), u32(step >>> 32));
    barrier();
    const watched = f32.load(watch);
    // The next step's rows may go where the watched number is, and the host changes memory when it is back: all must
    // have seen it by then.
    barrier();
    total += f64(watched);
    ++done;
    if (!isFinite(watched)) break;
    ++step;
    order += usize(batch << 2);
  }
  if (thread == 0) f64.store(job, total);
  return done;
}

/** Copies `bytes` of each of `count` rows of a table, by the row numbers at `order`; not a byte more. `pitch`: from row to row. */
function gather(order: usize, count: i32, table: usize, pitch: usize, bytes: usize, to: usize, stride: usize): void {
  do {
    const from = table + load<usize>(order) * pitch;
    if (bytes > 256) {
      memory.copy(to, from, bytes);
    } else {
      // In line: the call would take longer than the copy.
      let at: usize = 0;
      for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
      for (; at < bytes; at += 4) store<u32>(to + at, load<u32>(from + at));
    }
    order += 4;
    to += stride;
  } while (--count);
}
