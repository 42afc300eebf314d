import type { Engine } from "../src/engine/engine.ts";
import { createMachine, type Machine } from "../src/engine/wasm/machine.ts";
import { openSession } from "../src/engine/wasm/session.ts";

/** A machine with all of its threads there, which divides all that can be divided, and never works alone. */
export function threadedMachine(threads: number): Machine {
  const machine = createMachine({ threads, leastSavedNanoseconds: 0, isPaced: false });
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; machine.threads() < threads; waits++) {
    if (waits > 10_000) throw new Error("the threads do not come");
    Atomics.wait(clock, 0, 0, 5);
  }
  return machine;
}

/** The wasm engine with its sessions on such a machine, all on the same one: starting threads takes a while. */
export function threadedEngine(threads: number): Engine {
  let machine: Machine | null = null;
  return {
    name: "wasm",
    precision: "float32",
    open: () => ({ ...openSession((machine ??= threadedMachine(threads))), close: () => {} }),
  };
}
