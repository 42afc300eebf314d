import { OptionError } from "../errors.ts";
import type { Engine, EngineName } from "./engine.ts";
import { referenceEngine } from "./reference/engine.ts";
import { wasmEngine } from "./wasm/session.ts";

/** Every engine, by name. */
const engines: Readonly<Record<EngineName, Engine>> = {
  reference: referenceEngine,
  wasm: wasmEngine,
};

/**
 * The engine of that name.
 *
 * @throws OptionError when there is none, for callers without types.
 */
export function engineNamed(name: EngineName): Engine {
  if (!Object.hasOwn(engines, name)) {
    const names = Object.keys(engines).join(" or ");
    throw new OptionError(`engine: expected ${names}, got ${JSON.stringify(name)}. Choose one of them.`);
  }
  return engines[name];
}
