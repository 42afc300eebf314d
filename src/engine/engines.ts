import { OptionError } from "../errors.ts";
import { blasEngine, isBlasAskedFor } from "./blas/engine.ts";
import type { Engine, EngineName } from "./engine.ts";
import { referenceEngine } from "./reference/engine.ts";
import { fastEngine, wasmEngine } from "./wasm/session.ts";

/** Every engine, by name. */
const engines: Readonly<Record<EngineName, () => Engine>> = {
  auto: () => (isBlasAskedFor() ? blasEngine() : wasmEngine),
  wasm: () => wasmEngine,
  fast: () => fastEngine,
  blas: blasEngine,
  reference: () => referenceEngine,
};

/** The names that `engineNamed` takes. */
export const engineNames: readonly EngineName[] = ["auto", "wasm", "fast", "blas", "reference"];

/**
 * The engine of that name.
 *
 * @throws OptionError when there is none, for callers without types; for `blas` also where koffi or a BLAS is missing, with
 * the way to get it.
 */
export function engineNamed(name: EngineName): Engine {
  if (!Object.hasOwn(engines, name)) {
    throw new OptionError(
      `engine: expected ${engineNames.join(", ")}, got ${JSON.stringify(name)}. Choose one of them.`,
    );
  }
  return engines[name]();
}
