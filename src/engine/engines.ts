import { OptionError } from "../errors.ts";
import { shown } from "../tree/reader.ts";
import { blasEngine, isBlasAskedFor } from "./blas/engine.ts";
import type { Engine, EngineName, SynchronousEngine } from "./engine.ts";
import { referenceEngine } from "./reference/engine.ts";
import { fastEngine, wasmEngine } from "./wasm/session.ts";

/** Every engine, by name. */
const engines: Readonly<Record<Exclude<EngineName, "auto">, () => SynchronousEngine>> = {
  wasm: () => wasmEngine,
  fast: () => fastEngine,
  blas: blasEngine,
  reference: () => referenceEngine,
};

/** The names that options `engine` take. */
export const engineNames: readonly EngineName[] = ["auto", "wasm", "fast", "blas", "reference"];

/** An engine by the name it has: `auto` as what it stands for, which is what reports tell. */
export function resolvedName(name: EngineName): Exclude<EngineName, "auto"> {
  if (name !== "auto") return name;
  return isBlasAskedFor() ? "blas" : "wasm";
}

/**
 * The engine that an option `engine` asks for: by its name, or itself.
 *
 * @throws OptionError when there is none of that name, or an object is no engine, for callers without types; for `blas`
 * also where koffi or a BLAS is missing, with the way to get it.
 */
export function engineFrom(given: EngineName | SynchronousEngine): SynchronousEngine;
export function engineFrom(given: EngineName | Engine): Engine;
export function engineFrom(given: EngineName | Engine): Engine {
  if (typeof given === "string" && engineNames.includes(given)) return engines[resolvedName(given)]();
  if (typeof given === "object" && given !== null) {
    checkEngine(given);
    return given;
  }
  throw new OptionError({
    where: "engine",
    expected: engineNames.join(", "),
    got: shown(given),
    advice: "Choose one of them.",
  });
}

/**
 * The same, for calls that return a result at once.
 *
 * @param where the function, which the message blames.
 * @param instead what there is for engines that answer with promises, such as `predictAsync`.
 * @throws OptionError as `engineFrom`, and for an asynchronous engine.
 */
export function synchronousEngine(where: string, given: EngineName | Engine, instead: string): SynchronousEngine {
  const engine = engineFrom(given);
  if (engine.isSynchronous) return engine;
  throw new OptionError({
    where,
    expected: "a synchronous engine",
    got: `"${engine.name}", which answers with promises`,
    advice: instead,
  });
}

/** @throws OptionError when an object without types lacks what an engine has. */
function checkEngine(engine: object): void {
  const has = (name: string, isRight: (value: unknown) => boolean): boolean => isRight(Reflect.get(engine, name));
  const isBoolean = (value: unknown): boolean => typeof value === "boolean";
  const missing = (
    [
      ["name", (value) => typeof value === "string"],
      ["precision", (value) => value === "float32" || value === "float64"],
      ["isReproducible", isBoolean],
      ["isSynchronous", isBoolean],
      ["open", (value) => typeof value === "function"],
    ] as const satisfies readonly (readonly [string, (value: unknown) => boolean])[]
  ).find(([name, isRight]) => !has(name, isRight));
  if (missing === undefined) return;
  const [name] = missing;
  throw new OptionError({
    where: "engine",
    expected: "an object with name, precision, isReproducible, isSynchronous and open",
    got: `${shown(Reflect.get(engine, name))} for ${name}`,
    advice: `See the type Engine, or name one of ${engineNames.join(", ")}.`,
  });
}
