// brain.js 2, the class that computes on the CPU. It has neither batches nor softmax, and no class-wise cost.
import { createRequire } from "node:module";

/** A network of brain.js with these weights and biases, and the settings of its training, if there are any. */
export function openBrain({ widths }, layers, training = {}) {
  // Its ES module does not load in Node.
  const { NeuralNetwork } = createRequire(import.meta.url)("brain.js");
  const brain = new NeuralNetwork({
    inputSize: widths[0],
    hiddenLayers: widths.slice(1, -1),
    outputSize: widths.at(-1),
  });
  // It takes no momentum of 0.
  brain.updateTrainingOptions({ activation: "sigmoid", momentum: 1e-30, ...training });
  brain.initialize();
  layers.forEach(({ weights, biases }, i) => {
    brain.weights[i + 1] = Array.from(biases, (_, j) => weights.slice(j * widths[i], (j + 1) * widths[i]));
    brain.biases[i + 1] = biases.slice();
  });
  return brain;
}

export function open({ net, layers, inputs, targets }) {
  const { widths, optimizer, learningRate, batches, updatesPerStep } = net;
  const brain = openBrain(net, layers, { learningRate, ...(optimizer === "adam" ? { praxis: "adam" } : {}) });
  const last = widths.at(-1);
  const patterns = Array.from({ length: batches }, (_, row) => ({
    input: inputs.slice(row * widths[0], (row + 1) * widths[0]),
    output: targets.slice(row * last, (row + 1) * last),
  }));
  let done = 0;
  // `trainPattern` is what its `train` calls for every example.
  const runOne = () => {
    for (let i = 0; i < updatesPerStep; i++) brain.trainPattern(patterns[done++ % batches]);
  };
  const runOneWithCost = () => {
    let total = 0;
    for (let i = 0; i < updatesPerStep; i++) total += brain.trainPattern(patterns[done++ % batches], true);
    return (total * last) / 2 / updatesPerStep; // it tells the mean square over the outputs
  };
  return {
    run: (steps) => {
      for (let i = 1; i < steps; i++) runOne();
      return runOneWithCost();
    },
    layers: () =>
      layers.map((_, i) => ({
        weights: Float32Array.from(brain.weights[i + 1].flatMap((row) => Array.from(row))),
        biases: brain.biases[i + 1],
      })),
  };
}
