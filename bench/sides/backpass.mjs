// Backpass on its engines. The step is the program that `train` compiles, run over data in memory as `train` runs it.
import { engineFrom } from "backpass/engine";
import { openProgram } from "../program.mjs";

/** Opens a task; `settings` are the session's, and the engine's name. */
export const open = (task, settings) => openProgram(task, settings);

/** Why an engine is not to be had here, or null. */
export function missingEngine(engine) {
  try {
    engineFrom(engine);
    return null;
  } catch (error) {
    return error.message;
  }
}

const side = (name, label, settings, environment = {}) => ({
  name,
  label,
  kind: "backpass",
  learns: true,
  module: "backpass.mjs",
  settings,
  environment,
  missing: () => missingEngine(settings.engine),
});

export const sides = [
  side("wasm-1", "wasm", { engine: "wasm", threads: 1 }),
  side("wasm-2", "wasm, 2 threads", { engine: "wasm", threads: 2 }),
  side("fast-1", "fast", { engine: "fast", threads: 1 }),
  side("fast-2", "fast, 2 threads", { engine: "fast", threads: 2 }),
  side("blas-1", "blas", { engine: "blas", threads: 1 }, { BACKPASS_BLAS_THREADS: "1" }),
  side("blas-2", "blas, 2 threads", { engine: "blas", threads: 1 }, { BACKPASS_BLAS_THREADS: "2" }),
];
