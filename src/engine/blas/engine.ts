import type { SynchronousEngine } from "../engine.ts";
import { createMachine } from "../wasm/machine.ts";
import { openSession } from "../wasm/session.ts";
import { environmentValue, nativeHost } from "./host.ts";
import { type BlasLibrary, openLibrary } from "./library.ts";
import { blasMachine } from "./machine.ts";

let opened: { readonly library: BlasLibrary; readonly engine: SynchronousEngine } | null = null;

/**
 * The engine `blas`: the plan and the memory of `wasm`, with its larger matrix products computed by a native BLAS through
 * the package koffi. Faster where products are large; the last bits of its results depend on the library, the processor
 * and the number of threads, so weights are not the same on every machine.
 *
 * @throws OptionError without koffi or a BLAS, with the way to get them; it is tried again at the next call.
 */
export function blasEngine(): SynchronousEngine {
  return open().engine;
}

/** The library that `blasEngine` uses. @throws OptionError as that. */
export function blasLibrary(): BlasLibrary {
  return open().library;
}

/** True when the environment asks for a BLAS, by naming one in `BACKPASS_BLAS`. */
export function isBlasAskedFor(): boolean {
  return environmentValue("BACKPASS_BLAS") !== null;
}

/** An engine on this library. @param cutOver see `cutPlan` */
export function blasEngineOn(library: BlasLibrary, cutOver?: number): SynchronousEngine {
  return {
    name: "blas",
    precision: "float32",
    isReproducible: false,
    isSynchronous: true,
    open: () => openSession(blasMachine(createMachine(), library, cutOver)),
  };
}

function open(): { readonly library: BlasLibrary; readonly engine: SynchronousEngine } {
  if (opened === null) {
    const library = openLibrary(nativeHost());
    opened = { library, engine: blasEngineOn(library) };
  }
  return opened;
}
