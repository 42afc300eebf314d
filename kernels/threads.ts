// What threads need: scratch memory of their own, and places to wait for one another. The module for one thread is built
// without the `threads` feature; there `count` stays 1, and of this file only `scratch` is left in it.
//
// Every thread runs its own list of instructions over the same memory; a BARRIER in all lists is where they meet.

/** Start of this thread's scratch, a multiple of 64. The thread of the host has its own where the module's data end. */
export let scratch: usize = (__heap_base + 63) & ~63;

/** Number of this thread. 0 is that of the host, which the others work for. */
export let thread: i32 = 0;
/** Threads at work in the present job. */
export let count: i32 = 1;

// A cache line for each, from `shared` on: what one thread spins on is not to move when another thing changes.
/** Number of the present job. */
const JOB: usize = 0;
/** Address of the present job; 0 tells the threads to end. */
const ADDRESS: usize = 4;
/** Threads of the present job. */
const COUNT: usize = 8;
/** Pages of memory that the present job may use. */
const PAGES: usize = 16;
/** Address of the newest record of functions made of plans (see plan-functions.ts); 0: none. */
const FUNCTIONS: usize = 20;
/** Threads that wait, or have waited, for their first job. */
const READY: usize = 12;
/** Barriers passed by all. */
const PASSED: usize = 64;
/** Threads that stand at the present barrier. */
const ARRIVED: usize = 128;
/** Threads that sleep. */
const SLEEPING: usize = 192;

/** Bytes of the memory that the threads share to wait for one another. */
export const SHARED_BYTES: usize = 256;

/**
 * How often a thread looks before it sleeps: 0.1 to 0.6 ms in V8. Waking takes 6 to 40 µs, as long as many an instruction;
 * with 20,000 or fewer a network with a step of 45 µs took four times as long. JavaScriptCore (Bun) takes longer when more
 * threads look than there are cores: runs with 3 threads on 2 cores took 12 s there, 1 s in Node. The pace avoids that.
 */
const SPINS: i32 = 100_000;
/** The host sleeps for 0.1 s at most: it has to ask whether the others are alive. */
const HOST_SLEEP_NANOSECONDS: i64 = 100_000_000;

let shared: usize = 0;
let maySleep: bool = false;

/** Tells the host that a thread has been waiting for another for a good while; the host's thread may throw there. */
// @ts-ignore: decorator
@external("env", "waiting")
declare function waiting(): void;

/** Any other thread: puts the functions of a record, and of those before it, into this thread's table. */
// @ts-ignore: decorator
@external("env", "learn")
declare function learn(record: usize): void;

/** The newest record that this thread has learned. */
let learned: usize = 0;

/** Says where to meet the others, and whether this thread may sleep: the page's own may not. */
export function meetAt(address: usize, canSleep: bool): void {
  shared = address;
  maySleep = canSleep;
}

/** Host: starts a job for `threads` threads, itself among them; 1: the others go on waiting. */
export function publish(job: usize, threads: i32): void {
  count = threads;
  if (ASC_FEATURE_THREADS) {
    if (threads == 1) return;
    store<usize>(shared + ADDRESS, job);
    store<i32>(shared + COUNT, threads);
    store<i32>(shared + PAGES, memory.size());
    atomic.add<i32>(shared + JOB, 1);
    wake(shared + JOB);
  }
}

/** Any other thread: takes its number and scratch. */
export function enlist(number: i32, scratchAt: usize): void {
  thread = number;
  scratch = scratchAt;
  atomic.add<i32>(shared + READY, 1);
}

/** Any other thread: waits for the job after number `before` and returns its number. */
export function nextJob(before: i32): i32 {
  const job = untilChanged(shared + JOB, before);
  // Engines tell a thread a little later than the host that the memory has grown; V8 never does when it grew while the
  // thread was being started. To grow by nothing makes them look: a thread that only waited would wait for ever.
  while (memory.size() < load<i32>(shared + PAGES)) {
    memory.grow(0);
    waiting();
  }
  count = load<i32>(shared + COUNT);
  const functions = load<usize>(shared + FUNCTIONS);
  if (functions != learned) {
    learn(functions);
    learned = functions;
  }
  return job;
}

/** Address of the present job. */
export function jobAddress(): usize {
  return load<usize>(shared + ADDRESS);
}

/** Waits until all threads are here. What they wrote before is seen by all after. */
// @ts-ignore: decorator
@inline
export function barrier(): void {
  if (ASC_FEATURE_THREADS) {
    if (count > 1) meet();
  }
}

function meet(): void {
  const passed = atomic.load<i32>(shared + PASSED);
  if (atomic.add<i32>(shared + ARRIVED, 1) == count - 1) {
    atomic.store<i32>(shared + ARRIVED, 0);
    atomic.store<i32>(shared + PASSED, passed + 1);
    wake(shared + PASSED);
  } else {
    untilChanged(shared + PASSED, passed);
  }
}

/** Spins, then sleeps, until the word differs; returns its new value. */
function untilChanged(address: usize, before: i32): i32 {
  while (true) {
    for (let i = SPINS; i > 0; --i) {
      const now = atomic.load<i32>(address);
      if (now != before) return now;
    }
    if (maySleep) {
      // Counted before it looks once more: whoever changes the word after that look sees the count and wakes it.
      atomic.add<i32>(shared + SLEEPING, 1);
      atomic.wait<i32>(address, before, thread == 0 ? HOST_SLEEP_NANOSECONDS : -1);
      atomic.sub<i32>(shared + SLEEPING, 1);
    }
    waiting();
  }
}

// @ts-ignore: decorator
@inline
function wake(address: usize): void {
  if (atomic.load<i32>(shared + SLEEPING) != 0) atomic.notify(address, -1);
}
