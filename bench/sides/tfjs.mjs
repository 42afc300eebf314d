// TensorFlow.js on its wasm and cpu backends: `optimizer.minimize` over fused layers. `trainOnBatch` of its layers package
// took a quarter longer on 784-128-10. In Node its wasm backend has SIMD but no threads.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
// Its loading registers the gradients.
import { version_layers as version } from "@tensorflow/tfjs-layers";
import { targetRows } from "../nets.mjs";

/** Readies a backend by name. */
export async function startBackend(name) {
  if (name === "cpu") await import("@tensorflow/tfjs-backend-cpu");
  else {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    const file = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(join(dirname(file), "/"));
  }
  if (version !== tf.version_core)
    throw new Error(`tfjs: expected layers as core, ${tf.version_core}. Run npm ci --prefix bench.`);
  await tf.setBackend(name);
  await tf.ready();
}

export async function open(task, { backend }) {
  await startBackend(backend);
  const { net } = task;
  const { widths, batch } = net;
  const layers = task.layers.map(({ weights, biases }, i) => ({
    w: tf.variable(tf.transpose(tf.tensor2d(weights, [biases.length, widths[i]]))),
    b: tf.variable(tf.tensor1d(biases)),
  }));
  const targets = targetRows(task);
  const rowsOf = (values, k, width) =>
    tf.tensor2d(values.slice(k * batch * width, (k + 1) * batch * width), [batch, width]);
  const batches = Array.from({ length: net.batches }, (_, k) => ({
    x: rowsOf(task.inputs, k, widths[0]),
    t: rowsOf(targets, k, widths.at(-1)),
  }));
  const optimizer =
    net.optimizer === "adam" ? tf.train.adam(net.learningRate, 0.9, 0.999, 1e-8) : tf.train.sgd(net.learningRate);
  const costOf = costFunction(net, layers);
  const variables = layers.flatMap(({ w, b }) => [w, b]);
  let done = 0;
  const runOne = (isCostWanted) => {
    const { x, t } = batches[done++ % net.batches];
    return optimizer.minimize(() => costOf(x, t), isCostWanted, variables);
  };
  return {
    run: async (steps) => {
      for (let i = 1; i < steps; i++) runOne(false);
      const cost = runOne(true);
      const [value] = await cost.data();
      cost.dispose();
      return value;
    },
    layers: async () =>
      Promise.all(layers.map(async ({ w, b }) => ({ weights: await tf.transpose(w).data(), biases: await b.data() }))),
    accuracy: async (inputs, labels) => {
      const predicted = tf.tidy(() =>
        tf.argMax(outputOf(net, layers, tf.tensor2d(inputs, [labels.length, widths[0]])), 1),
      );
      const values = await predicted.data();
      predicted.dispose();
      return values.reduce((sum, value, i) => sum + (value === labels[i] ? 1 : 0), 0) / labels.length;
    },
  };
}

/** The last layer's weighted input. */
function outputOf(net, layers, x) {
  return layers.reduce(
    (a, { w, b }, i) =>
      tf.fused.matMul({ a, b: w, bias: b, activation: i === layers.length - 1 ? "linear" : net.activation }),
    x,
  );
}

function costFunction(net, layers) {
  const scale = tf.scalar(0.5 / net.batch);
  return (x, t) => {
    const z = outputOf(net, layers, x);
    if (net.cost === "crossEntropy") return tf.losses.softmaxCrossEntropy(t, z);
    return tf.mul(tf.sum(tf.squaredDifference(tf.sigmoid(z), t)), scale);
  };
}
