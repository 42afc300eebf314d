// Backpass as it is used: `train` over a data set in memory, all that belongs to an epoch included.
import { dataset, parameter, train } from "backpass";
import { networkOf } from "../program.mjs";

export const sides = [
  {
    name: "wasm-train",
    label: "wasm, all of `train`",
    kind: "backpass",
    module: "backpass-train.mjs",
    settings: { engine: "wasm", threads: 1 },
    missing: () => null,
    mostGflop: 1, // where a step takes seconds, what is around it takes no time
  },
];

export function open(task, { engine, threads }) {
  const { net, inputs, targets } = task;
  const { batch, learningRate, optimizer, widths } = net;
  const options = { engine, threads, batchSize: batch, learningRate, optimizer, shuffle: false };
  const dataOf = (batches) => {
    const rows = batch * batches;
    const values = targets.subarray(0, (rows * targets.length) / (batch * net.batches));
    return dataset({
      inputs: { values: inputs.subarray(0, rows * widths[0]), columns: widths[0] },
      targets: net.cost === "crossEntropy" ? values : { values, columns: widths.at(-1) },
    });
  };
  let trained;
  let done = 0;
  let total = 0;
  return {
    // One step more than the last time, from the start: an epoch ends with its data, and tells its mean cost.
    run: async () => {
      trained = networkOf(task);
      const { history } = await train(trained, dataOf(++done), { ...options, epochs: 1 });
      const before = total;
      total = history[0].cost * done;
      return total - before;
    },
    layers: () =>
      trained.layers.map((_, i) => ({
        weights: parameter(trained, i + 1, "weights").values,
        biases: parameter(trained, i + 1, "biases").values,
      })),
    time: async ({ warmUpSeconds, seconds, leastSteps }) => {
      let warmUp = 0;
      let measured = 0;
      let steps = 0;
      const onEpoch = (report) => {
        if (warmUp < warmUpSeconds) {
          warmUp += report.seconds;
          return undefined;
        }
        measured += report.seconds;
        steps += net.batches;
        return measured >= seconds && steps >= leastSteps ? "stop" : undefined;
      };
      await train(networkOf(task), dataOf(net.batches), { ...options, epochs: 1e9, onEpoch });
      return { steps, seconds: measured };
    },
  };
}
