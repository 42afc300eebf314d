// The peers in JavaScript, and what each computes where it cannot compute a net as it is.
import { existsSync } from "node:fs";

const side = (name, label, packageName, module, rest = {}) => ({
  name,
  label,
  kind: "javascript",
  module,
  package: packageName,
  settings: {},
  missing: () =>
    existsSync(new URL(`../node_modules/${packageName}/package.json`, import.meta.url))
      ? null
      : `needs the package ${packageName}: npm ci --prefix bench --ignore-scripts`,
  ...rest,
});

/** brain.js has neither batches nor softmax, and one activation for all layers. */
function forBrain(net) {
  const { batch, batches } = net;
  const what = { activation: "sigmoid", output: "sigmoid", cost: "quadratic" };
  return {
    net: { ...net, ...what, batch: 1, batches: batch * batches, updatesPerStep: batch },
    note: batch === 1 ? null : `${batch} updates by one example each; sigmoid and quadratic cost`,
  };
}

/** js-pytorch's ReLU has a slope below 0, and its one update rule is an Adam of its own. */
function forJsPyTorch(net) {
  const isRelu = net.activation === "relu";
  const isAdam = net.optimizer === "adam";
  const notes = [
    ...(isRelu ? ["ReLU with slope 0.001 below 0"] : []),
    isAdam ? "Adam without bias correction, β₂ 0.99" : "gradient descent by a loop of ours, it has Adam alone",
  ];
  const activation = isRelu ? "leakyRelu" : net.activation;
  const optimizer = isAdam ? "adamUncorrected" : net.optimizer;
  return { net: { ...net, activation, slope: 0.001, optimizer }, note: notes.join("; ") };
}

export const sides = [
  side("jax-js", "jax-js", "@jax-js/jax", "jax.mjs", { learns: true }),
  side("tfjs-wasm", "TensorFlow.js wasm", "@tensorflow/tfjs-backend-wasm", "tfjs.mjs", {
    settings: { backend: "wasm" },
    learns: true,
    mostGflop: 1, // the largest net would take it 20 s a step
  }),
  // Those below multiply in plain JavaScript: a step of the largest net would take them minutes.
  side("tfjs-cpu", "TensorFlow.js cpu", "@tensorflow/tfjs-backend-cpu", "tfjs.mjs", {
    settings: { backend: "cpu" },
    mostGflop: 1,
  }),
  side("brain.js", "brain.js", "brain.js", "brain.mjs", { computes: forBrain, mostGflop: 1 }),
  side("js-pytorch", "js-pytorch", "js-pytorch", "js-pytorch.mjs", { computes: forJsPyTorch, mostGflop: 0.1 }),
];
