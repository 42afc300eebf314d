// Backpass on its engines. The step is the program that `train` compiles, run over data in memory as `train` runs it.
import { engineNamed } from "backpass/engine";
import { readFileSync } from "node:fs";
import { openProgram } from "../program.mjs";

/** Opens a task; `settings` are the session's, and the engine's name. */
export const open = (task, settings) => openProgram(task, settings);

/** Why an engine is not to be had here, or null. */
function whyWithout(engine) {
  try {
    engineNamed(engine);
    return null;
  } catch (error) {
    return error.message;
  }
}

/** The library's fast mode, a setting of the session; as long as there is none, its columns are left out. */
const FAST = { fast: true };
const hasFast = () => /\bfast\?:/.test(readFileSync(new URL("../../dist/engine/engine.d.ts", import.meta.url), "utf8"));
const whyWithoutFast = () => (hasFast() ? null : "this version of Backpass has no fast mode");

const side = (name, label, settings, environment = {}) => ({
  name,
  label,
  kind: "backpass",
  learns: true,
  module: "backpass.mjs",
  settings,
  environment,
  missing: () => ("fast" in settings ? whyWithoutFast() : whyWithout(settings.engine)),
});

export const sides = [
  side("wasm-1", "wasm", { engine: "wasm", threads: 1 }),
  side("wasm-2", "wasm, 2 threads", { engine: "wasm", threads: 2 }),
  side("fast-1", "wasm, fast", { engine: "wasm", threads: 1, ...FAST }),
  side("fast-2", "wasm, fast, 2 threads", { engine: "wasm", threads: 2, ...FAST }),
  side("blas-1", "blas", { engine: "blas", threads: 1 }, { BACKPASS_BLAS_THREADS: "1" }),
  side("blas-2", "blas, 2 threads", { engine: "blas", threads: 1 }, { BACKPASS_BLAS_THREADS: "2" }),
];
