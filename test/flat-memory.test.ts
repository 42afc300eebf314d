import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { openSession } from "../src/engine/wasm/session.ts";
import { dataset, dense, network, predictor, train, trainer } from "../src/entries/index.ts";
import { uniform } from "../src/random/philox.ts";
import { trainWith } from "../src/train/loop/training-loop.ts";
import { threadedMachine } from "./threaded-engine.ts";

const EXAMPLES = 16_000;
const BATCH = 16;
/** For what epochs leave behind (reports) and the runtime compiles. A leak of one object a step would be 16 MB and more. */
const BOUND_BYTES = 6_000_000;

const inputs = Array.from({ length: EXAMPLES }, (_, i) => [uniform(1, 1, 0, 2 * i), uniform(1, 1, 0, 2 * i + 1)]);
const labels = inputs.map(([x, y]) => (x! * x! + y! * y! < 0.6 ? 1 : 0));
const examples = dataset({ inputs, targets: labels, classes: ["out", "in"] });
const smallNetwork = () => network(2, [dense(8, "relu"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 });

test("memory stays flat over 1,000,000 steps of train()", async () => {
  let settled = Number.NaN;
  let last = 0;
  const epochs = (1_000_000 * BATCH) / EXAMPLES;
  await train(smallNetwork(), examples, {
    epochs,
    batchSize: BATCH,
    onEpoch: ({ epoch }) => {
      if (epoch === 100) settled = bytesInUse();
      if (epoch === epochs) last = bytesInUse();
    },
  });
  expect(last - settled).toBeLessThan(BOUND_BYTES);
}, 300_000);

test("memory stays flat over 1,000,000 steps with a second thread, which takes part when the clock says so", async () => {
  // Not in every step: where a core is busy with other things these small ones would take a hundred times as long.
  const machine = threadedMachine(2, { isPaced: true });
  let settled = Number.NaN;
  let last = 0;
  const epochs = (1_000_000 * BATCH) / EXAMPLES;
  await trainWith({ openSession: () => openSession(machine) }, smallNetwork(), examples, {
    epochs,
    batchSize: BATCH,
    onEpoch: ({ epoch }) => {
      expect(machine.threads()).toBe(2);
      if (epoch === 100) settled = bytesInUse();
      if (epoch === epochs) last = bytesInUse();
    },
  });
  expect(last - settled).toBeLessThan(BOUND_BYTES);
}, 300_000);

test("memory stays flat over 20,000 steps of which each is done by two threads", async () => {
  const machine = threadedMachine(2);
  let settled = Number.NaN;
  let last = 0;
  await trainWith({ openSession: () => openSession(machine) }, smallNetwork(), examples, {
    epochs: 20,
    batchSize: BATCH,
    onEpoch: ({ epoch }) => {
      if (epoch === 10) settled = bytesInUse();
      if (epoch === 20) last = bytesInUse();
    },
  });
  expect(last - settled).toBeLessThan(BOUND_BYTES);
}, 300_000);

test("memory stays flat over 200,000 steps of a trainer with batches of changing size", () => {
  const net = smallNetwork();
  const loop = trainer(net, { learningRate: 0.1 });
  const batches = [16, 1, 7, 12].map((size) => ({
    inputs: inputs.slice(0, size) as [number, number][],
    targets: labels.slice(0, size),
  }));
  const run = (steps: number): void => {
    for (let step = 0; step < steps; step++) {
      const { inputs: rows, targets } = batches[step % batches.length]!;
      loop.step(rows, targets);
    }
  };
  run(20_000);
  const settled = bytesInUse();
  run(200_000);
  expect(bytesInUse() - settled).toBeLessThan(BOUND_BYTES);
}, 300_000);

test.each([1, 300])(
  "a predictor allocates nothing in a call of %i rows that is given room for its answers",
  (count) => {
    const prepared = predictor(smallNetwork());
    const [rows, out] = [new Float32Array(2 * count), new Float32Array(2 * count)];
    const heapOf = (calls: number): number => {
      bytesInUse();
      const before = process.memoryUsage().heapUsed;
      for (let call = 0; call < calls; call++) prepared.predict(rows, out);
      return process.memoryUsage().heapUsed - before;
    };
    // Until the compiler has done its work.
    heapOf(60_000);
    // The smallest thing that can be allocated takes 12 bytes; what is seen is the runtime's own, code for instance.
    expect(heapOf(60_000)).toBeLessThan(60_000 * 6);
  },
);

/** Heap and array buffers, the memory of WebAssembly among them, after a full collection. */
function bytesInUse(): number {
  setFlagsFromString("--expose-gc");
  // The flag adds `gc` to contexts made from now on.
  const collect = runInNewContext("gc") as () => void;
  // Buffers are given back in the background, by a thread that a busy machine keeps waiting; a second collection begins by
  // finishing what the first left.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
