// Many short training runs with threads, one after the other or two at a time, with memory that grows while threads start,
// wait and work, and ends at every moment. Prints a line of JSON a run; any other number than the first is an error.
import process from "node:process";
import { digits } from "../../dist/data/bundled/digits.js";
import { createMachine } from "../../dist/engine/wasm/machine.js";
import { openSession } from "../../dist/engine/wasm/session.js";
import { dense, network } from "../../dist/entries/index.js";
import { uniform } from "../../dist/random/philox.js";
import { trainWith } from "../../dist/train/loop/training-loop.js";

const [runs, seed] = process.argv.slice(2).map(Number);
const EPOCHS = 3;
const data = await digits();

/** A number of 0 … `below` − 1 that depends on the run and the place of its use alone. */
const choice = (run, place, below) => Math.floor(below * uniform(seed, run, place, 0));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function train(run, threads) {
  const machine = createMachine({ threads, leastSavedNanoseconds: 0, isPaced: false });
  const grow = (place) => {
    // 0.06 to 4 MB: so many pages are certainly new.
    for (let times = choice(run, place, 4); times > 0; times--)
      machine.allocate(16_384 * 4 ** choice(run, place + 1, 4));
  };
  let most = 1;
  const watched = {
    ...machine,
    runSteps: (plan, job) => {
      most = Math.max(most, machine.threads());
      return machine.runSteps(plan, job);
    },
  };
  // While the threads start: until they are there, or for a while, or not at all.
  const patience = [0, 10, Infinity, Infinity][choice(run, 1, 4)];
  for (let waits = 0; waits < patience && machine.threads() < threads; waits++) {
    grow(100 + 2 * waits);
    await sleep(choice(run, 2, 3));
  }
  const net = network(64, [dense(40, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
  const { weightsHash } = await trainWith({ openSession: () => openSession(watched) }, net, data, {
    epochs: EPOCHS,
    batchSize: 64,
    onEpoch: async ({ epoch }) => {
      grow(10 * epoch);
      // Beyond the time for which a thread looks before it sleeps, or not.
      if (choice(run, 10 * epoch + 5, 2) === 1) await sleep(choice(run, 10 * epoch + 6, 4));
    },
  });
  return { run, threads, most, hash: weightsHash };
}

const { hash } = await train(0, 1);
for (let run = 1; run <= runs; run++) {
  const startedMs = performance.now();
  // Every fourth run has another beside it, with threads of its own.
  const others = run % 4 === 0 ? [train(run + runs, 2)] : [];
  const outcomes = await Promise.all([train(run, 2 + choice(run, 0, 3)), ...others]);
  for (const outcome of outcomes) {
    if (outcome.hash !== hash) throw new Error(`run ${run}: expected ${hash}, got ${outcome.hash}`);
    console.log(JSON.stringify({ ...outcome, ms: Math.round(performance.now() - startedMs) }));
  }
}
