import type { Engine, EngineName } from "./engine.ts";
import { referenceEngine } from "./reference/engine.ts";

/** Every engine, by name. */
const engines: Readonly<Record<EngineName, Engine>> = {
  reference: referenceEngine,
  wasm: referenceEngine,
};

/** The engine of that name. */
export function engineNamed(name: EngineName): Engine {
  return engines[name];
}
