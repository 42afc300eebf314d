import type { SynchronousEngine } from "../src/engine/engine.ts";
import { createMachine, type MachineOptions, type WasmMachine } from "../src/engine/wasm/machine.ts";
import { openSession, wasmEngine } from "../src/engine/wasm/session.ts";

/** A machine with all of its threads there, which divides all that can be divided; never works alone unless paced. */
export function threadedMachine(threads: number, options: MachineOptions = {}): WasmMachine {
  const machine = createMachine({ threads, leastSavedNanoseconds: 0, isPaced: false, ...options });
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; machine.threads() < threads; waits++) {
    if (waits > 10_000) throw new Error("the threads do not come");
    Atomics.wait(clock, 0, 0, 5);
  }
  return machine;
}

/** The wasm engine with its sessions on such a machine, all on the same one: starting threads takes a while. */
export function threadedEngine(threads: number, options: MachineOptions = {}): SynchronousEngine {
  return engineOn(() => threadedMachine(threads, options));
}

/** The wasm engine on memory that could be shared, where no other thread ever comes. */
export function lonelyEngine(): SynchronousEngine {
  return engineOn(() => createMachine({ threads: 2, startThread: () => ({ end: () => {} }) }));
}

/** Its machine is made when it is first used. */
function engineOn(createIt: () => WasmMachine): SynchronousEngine {
  let machine: WasmMachine | null = null;
  return {
    ...wasmEngine,
    open: () => ({ ...openSession((machine ??= createIt())), close: () => {} }),
  };
}
