// A seeded training run that every thread takes part in, for any runtime: Node, Bun, Deno and pages load this file as it is.
import { digits } from "../../dist/data/bundled/digits.js";
import { createMachine } from "../../dist/engine/wasm/machine.js";
import { openSession } from "../../dist/engine/wasm/session.js";
import { dense, network, schedule } from "../../dist/entries/index.js";
import { trainWith } from "../../dist/train/loop/training-loop.js";

/** How long threads may take to come, on a machine that is busy with other things. */
const PATIENCE_MS = 60_000;

/**
 * @typedef {object} Outcome
 * @property {number} threads threads that every job of the run had
 * @property {string} hash of the trained weights
 * @property {number} seconds the training took, without the start of the threads
 */

/**
 * Trains with that many threads, where they can be had. All of what can be divided is, and no job is done alone.
 * @param {number} threads
 * @returns {Promise<Outcome>}
 */
export async function threadedRun(threads) {
  const machine = createMachine({ threads, leastSavedNanoseconds: 0, isPaced: false });
  try {
    await allHere(machine, threads);
    const seen = new Set();
    const watched = {
      ...machine,
      runSteps: (plan, job) => {
        seen.add(machine.threads());
        return machine.runSteps(plan, job);
      },
    };
    const { weightsHash: hash, seconds } = await trainWith(
      { openSession: () => openSession(watched) },
      network(64, layers(), { cost: "crossEntropy", seed: 7, regularization: { l2: 0.0001 } }),
      await digits(),
      { epochs: 4, batchSize: 50, optimizer: "adam", learningRate: 0.003, schedule: schedule("cosine"), seed: 7 },
    );
    if (seen.size !== 1) throw new Error(`expected every job with as many threads, got ${[...seen].join(" and ")}`);
    return { threads: [...seen][0], seconds, hash };
  } finally {
    machine.close();
  }
}

/** Two hidden layers, of widths that no number of threads divides evenly, with all that could differ between machines. */
function layers() {
  return [dense(57, "gelu", { dropout: 0.2 }), dense(38, "tanh", { dropout: 0.1 }), dense(10, "softmax")];
}

async function allHere(machine, threads) {
  // Without shared memory no thread will come.
  if (!(machine.floats().buffer instanceof (globalThis.SharedArrayBuffer ?? function none() {}))) return;
  const startedMs = performance.now();
  while (machine.threads() < threads) {
    if (performance.now() - startedMs > PATIENCE_MS) throw new Error(`${threads} threads: they did not come`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
