import type { Engine, EngineName } from "./engine.ts";
import { referenceEngine } from "./reference/engine.ts";
import { wasmEngine } from "./wasm/session.ts";

/** Every engine, by name. */
const engines: Readonly<Record<EngineName, Engine>> = {
  reference: referenceEngine,
  wasm: wasmEngine,
};

/** The engine of that name. */
export function engineNamed(name: EngineName): Engine {
  return engines[name];
}
