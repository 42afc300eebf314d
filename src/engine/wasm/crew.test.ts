import { afterEach, describe, expect, test } from "vitest";
import { EngineError } from "../../errors.ts";
import type { Plan } from "../../plan/instruction.ts";
import { createMachine, type WasmMachine, type MachineOptions } from "./machine.ts";
import { type StartedThread, threadStarter } from "./thread-starter.ts";

const startThread = threadStarter()!;
const machines: WasmMachine[] = [];
afterEach(() => machines.splice(0).forEach((machine) => machine.close()));

/** A machine that always works with all its threads, and those threads. */
function machineWithThreads(threads: number, options: MachineOptions = {}) {
  const started: StartedThread[] = [];
  const machine = createMachine({
    threads,
    leastSavedNanoseconds: 0,
    isPaced: false,
    startThread: (...given) => {
      const thread = startThread(...given);
      started.push(thread);
      return thread;
    },
    ...options,
  });
  machines.push(machine);
  return { machine, started };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waits = 0; !isSo(); waits++) {
    if (waits > 2000) throw new Error("it never came");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** u ← 2u for the 64 × 64 numbers at `offset`. */
function doublingPlan(offset: number): Plan {
  const two = { kind: "number", value: 2 } as const;
  const u = { kind: "symbol", name: "u", indices: [], layer: null } as const;
  return {
    arenaFloats: 0,
    instructions: [
      {
        kind: "map",
        rows: { size: 64, variable: null },
        width: 64,
        operands: [{ symbol: "u", offset, pattern: "full" }],
        equations: [{ symbol: "v", formula: { kind: "operation", operator: "*", left: two, right: u }, offset }],
      },
    ],
  };
}

/** That for numbers of its own, 1 at first; and how to run it. */
function doubling(machine: WasmMachine) {
  const offset = machine.allocate(64 * 64);
  machine.floats().fill(1, offset, offset + 64 * 64);
  const loaded = machine.load(doublingPlan(offset));
  return {
    offset,
    run: () => machine.run(loaded, [], 0, 0),
    values: () => new Set(machine.floats().subarray(offset, offset + 64 * 64)),
  };
}

describe("the threads of a machine", () => {
  test("join when they are there, and until then it works alone", async () => {
    const { machine } = machineWithThreads(3);
    const { run, values } = doubling(machine);
    expect(machine.threads()).toBe(1);
    run();
    expect(values()).toEqual(new Set([2]));
    await until(() => machine.threads() === 3);
    run();
    expect(values()).toEqual(new Set([4]));
  });

  test("wake up for work after a long sleep", async () => {
    const { machine } = machineWithThreads(2);
    const { run, values } = doubling(machine);
    await until(() => machine.threads() === 2);
    run();
    await new Promise((resolve) => setTimeout(resolve, 300));
    run();
    expect(values()).toEqual(new Set([4]));
  });

  test("find memory that has grown since they came", async () => {
    const { machine } = machineWithThreads(2);
    await until(() => machine.threads() === 2);
    for (let times = 0; times < 20; times++) {
      machine.allocate(1_000_000);
      const { run, values } = doubling(machine);
      run();
      expect(values()).toEqual(new Set([2]));
    }
  });

  test("end with close(), and the machine goes on alone", async () => {
    const { machine } = machineWithThreads(2);
    const { run, values } = doubling(machine);
    await until(() => machine.threads() === 2);
    machine.close();
    expect(machine.threads()).toBe(1);
    run();
    expect(values()).toEqual(new Set([2]));
  });

  test("that are killed in mid-run end it with an error that says so", async () => {
    const { machine, started } = machineWithThreads(2, { patienceMs: 300 });
    const { run } = doubling(machine);
    await until(() => machine.threads() === 2);
    started[0]!.end();
    // Long enough for the thread to be gone, though not for this thread, which is busy, to hear of it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    expect(run).toThrow(EngineError);
    expect(run).toThrow("wasm threads: expected 2 threads to go on, got one that has not answered for 0.30 s.");
  });

  test("that are killed while they work end the run with an error that says so", async () => {
    const { machine, started } = machineWithThreads(3, { patienceMs: 300 });
    const { run } = doubling(machine);
    await until(() => machine.threads() === 3);
    run();
    // It ends a few milliseconds later, without a turn for this thread to hear of it.
    started[1]!.end();
    const untilItFails = (): void => {
      for (const startedMs = performance.now(); performance.now() - startedMs < 20_000;) run();
    };
    expect(untilItFails).toThrow(
      "wasm threads: expected 3 threads to go on, got one that has not answered for 0.30 s.",
    );
    expect(run).toThrow(EngineError);
    expect(machine.threads()).toBe(1);
  });

  test("are waited for longer when a step is long", async () => {
    const { machine, started } = machineWithThreads(2, { patienceMs: 300 });
    const { offset } = doubling(machine);
    const [instruction] = doublingPlan(offset).instructions;
    // Thought to take 2 µs each, 10 ms in all; twenty times that is waited beside the 300 ms.
    const long = machine.load({ arenaFloats: 0, instructions: new Array(5000).fill(instruction) });
    await until(() => machine.threads() === 2);
    started[0]!.end();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    expect(() => machine.run(long, [], 0, 0)).toThrow("got one that has not answered for 0.50 s.");
  });

  test("end when the machine's own thread fails in a run, and it goes on alone", async () => {
    const { machine } = machineWithThreads(2);
    const { run, values } = doubling(machine);
    await until(() => machine.threads() === 2);
    run();
    // Nobody divides a sum over rows and columns, so the others are at a barrier when this one fails.
    const beyond = machine.floats().buffer.byteLength / 4 + 1_000_000_000;
    const faulty = machine.load({
      arenaFloats: 0,
      instructions: [
        {
          kind: "reduce",
          along: "both",
          reduction: "sum",
          rows: { size: 4, variable: null },
          columns: { size: 4, variable: null },
          input: { offset: beyond, stride: 4 },
          output: 0,
        },
      ],
    });
    expect(() => machine.run(faulty, [], 0, 0)).toThrow(WebAssembly.RuntimeError);
    expect(machine.threads()).toBe(1);
    run();
    expect(values()).toEqual(new Set([4]));
  });

  test("that die between two runs fail the next one at once", async () => {
    const { machine, started } = machineWithThreads(2);
    const { run } = doubling(machine);
    await until(() => machine.threads() === 2);
    started[0]!.end();
    await until(() => machine.threads() === 1);
    expect(run).toThrow("expected 2 threads to go on, got a worker that ended.");
  });

  test("are done without when one cannot be started", async () => {
    const { machine } = machineWithThreads(2, {
      startThread: () => {
        throw new Error("not here");
      },
    });
    const { run, values } = doubling(machine);
    run();
    expect(values()).toEqual(new Set([2]));
  });

  test("are done without when one ends before it has come", async () => {
    let endFirst = (): void => {};
    const { machine, started } = machineWithThreads(3, {
      startThread: (start, onEnd) => {
        if (start.thread === 2) return startThread(start, onEnd);
        endFirst = () => onEnd("it was not to be");
        return { end: () => {} };
      },
    });
    const { run, values } = doubling(machine);
    endFirst();
    expect(started).toEqual([]);
    run();
    expect(values()).toEqual(new Set([2]));
    expect(machine.threads()).toBe(1);
  });
});
