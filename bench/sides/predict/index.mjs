// Every side that predicts, in the order of the tables. A side is
// - `name`, `label`;
// - `module` and `settings` for predict-process.mjs, and `environment`;
// - `missing()`: what there is to install, or null; `package` on npm;
// - `computes(net)`, where it cannot compute the net itself: `{ net, note }`, the nearest it can.
import { existsSync } from "node:fs";
import { missingEngine } from "../backpass.mjs";

const backpass = (name, label, settings, environment = {}) => ({
  name,
  label,
  module: "backpass.mjs",
  settings,
  environment,
  missing: () => missingEngine(settings.engine),
});

const peer = (name, label, packageName, module, rest = {}) => ({
  name,
  label,
  module,
  package: packageName,
  settings: {},
  missing: () =>
    existsSync(new URL(`../../node_modules/${packageName}/package.json`, import.meta.url))
      ? null
      : `needs the package ${packageName}: npm ci --prefix bench --ignore-scripts`,
  ...rest,
});

/** brain.js has one activation for all layers, and no softmax. */
const forBrain = (net) => ({
  net: { ...net, activation: "sigmoid", output: "sigmoid", cost: "quadratic" },
  note: "sigmoid in every layer; row by row",
});

export const predictingSides = [
  backpass("predictor-wasm", "predictor, wasm", { engine: "wasm", call: "predictor" }),
  backpass("predictor-fast", "predictor, fast", { engine: "fast", call: "predictor" }),
  backpass("predictor-blas", "predictor, blas", { engine: "blas", call: "predictor" }, { BACKPASS_BLAS_THREADS: "1" }),
  backpass("predict-wasm", "predict(net, rows)", { engine: "wasm", call: "predict" }),
  { name: "plain-loop", label: "plain loop", module: "plain-loop.mjs", settings: {}, missing: () => null },
  peer("onnx-1", "onnxruntime-node", "onnxruntime-node", "onnx.mjs", { settings: { threads: 1 } }),
  peer("onnx-2", "onnxruntime-node, 2 threads", "onnxruntime-node", "onnx.mjs", { settings: { threads: 2 } }),
  peer("predict-tfjs", "TensorFlow.js wasm", "@tensorflow/tfjs-backend-wasm", "tfjs.mjs", {
    settings: { backend: "wasm" },
  }),
  peer("predict-brain", "brain.js", "brain.js", "brain.mjs", { computes: forBrain }),
];
