// The networks that every side trains, and the one place their first weights and data come from.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Generated files: first weights and data, reference results, compiled C. Git ignores it. */
export const cacheFolder = fileURLToPath(new URL(".cache/", import.meta.url));

const classifier = {
  activation: "relu",
  output: "softmax",
  cost: "crossEntropy",
  optimizer: "sgd",
  learningRate: 0.01,
};
const sigmoids = { activation: "sigmoid", output: "sigmoid", cost: "quadratic", optimizer: "sgd", learningRate: 0.1 };

/**
 * A network: its widths n_0 … n_L, examples a step, how many different batches its data have, activation of the hidden
 * layers and the last, cost, update rule. The quadratic cost is ½Σ(a − t)², each cost the mean over the batch.
 */
const net = (name, batch, batches, settings) => ({
  name: settings.optimizer === "adam" ? `${name} b${batch} adam` : `${name} b${batch}`,
  widths: name.split("-").map(Number),
  batch,
  batches,
  ...settings,
});

/** Smallest first. Softmax of one output is constant, so the smallest has a sigmoid and the quadratic cost. */
export const nets = [
  net("1-1-1", 1, 4096, sigmoids),
  net("2-8-2", 16, 256, classifier),
  net("64-32-10", 32, 64, classifier),
  net("784-30-10", 10, 100, sigmoids),
  net("784-128-10", 64, 64, classifier),
  // A small rate: with a usual one the net knows its few rows by heart within the window, and numbers become denormal.
  net("784-128-10", 64, 64, { ...classifier, optimizer: "adam", learningRate: 0.00001 }),
  net("784-512-512-10", 128, 32, classifier),
  // Its batches repeat 8 rows, so that the reference engine can do with a batch of 8: the mean over them is the same.
  net("1024-4096-4096-1000", 256, 4, { ...classifier, distinct: 8 }),
];

/** Matrix products of one step: forward, `∂C/∂w`, and δ of every layer but the first. Rows × columns, summed over depth. */
export function productsOf({ widths, batch }) {
  return widths
    .slice(1)
    .flatMap((units, i) => [
      { rows: batch, columns: units, depth: widths[i], layout: "NT" },
      { rows: units, columns: widths[i], depth: batch, layout: "TN" },
      ...(i === 0 ? [] : [{ rows: batch, columns: widths[i], depth: units, layout: "NN" }]),
    ]);
}

/** Floating-point operations of a step's products. */
export function flopsOf(net) {
  return productsOf(net).reduce((sum, { rows, columns, depth }) => sum + 2 * rows * columns * depth, 0);
}

/** Numbers from 0 to 1, the same everywhere: a 32-bit counter, mixed (Steele, Lea, Flood's SplitMix in 32 bits). */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Where the numbers of a network lie in its file, in floats: weights and biases layer by layer, inputs, targets. */
function sectionsOf({ widths, batch, batches, cost }) {
  const rows = batch * batches;
  const sections = widths.slice(1).flatMap((units, i) => [units * widths[i], units]);
  return [...sections, rows * widths[0], rows * (cost === "crossEntropy" ? 1 : widths.at(-1))];
}

/**
 * The file with a network's first weights and data, little-endian float32, made on the first call. Weights are uniform in
 * ±√(6/n_(l−1)), or ±√(6/(n_(l−1) + n_l)) before a sigmoid; biases in ±0.1; inputs and values from 0 to 1; labels even.
 */
export function fileOf(net) {
  const { widths, batch, batches, activation, cost, distinct = batch } = net;
  const settings = JSON.stringify([widths, batch, batches, activation, cost, distinct]);
  const key = createHash("sha256").update(settings).digest("hex");
  const file = `${cacheFolder}${net.name.replaceAll(" ", "-")}-${key.slice(0, 8)}.f32`;
  if (existsSync(file)) return file;
  const random = randomNumbers(1);
  const sizes = sectionsOf(net);
  const numbers = new Float32Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  const fill = (count, next) => {
    for (let i = 0; i < count; i++) numbers[at + i] = next(i);
    at += count;
  };
  widths.slice(1).forEach((units, i) => {
    const reach = Math.sqrt(6 / (widths[i] + (activation === "sigmoid" ? units : 0)));
    fill(units * widths[i], () => reach * (2 * random() - 1));
    fill(units, () => 0.2 * random() - 0.1);
  });
  const fillRows = (size, next) => {
    const width = size / (batch * batches);
    for (let k = 0; k < batches; k++) {
      const from = at;
      fill(distinct * width, next);
      for (let row = distinct; row < batch; row += distinct) fill(distinct * width, (i) => numbers[from + i]);
    }
  };
  fillRows(sizes.at(-2), random);
  fillRows(sizes.at(-1), cost === "crossEntropy" ? () => Math.floor(widths.at(-1) * random()) : random);
  writeNumbers(file, numbers);
  return file;
}

/** Writes a file of floats in one go: a run broken off leaves none that is half. */
export function writeNumbers(file, numbers) {
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(`${file}.new`, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  renameSync(`${file}.new`, file);
}

/** A network's file in parts: `layers` of weights `[n_l, n_(l−1)]` and biases, `inputs`, `targets` (labels or values). */
export function readTask(net, file) {
  const bytes = readFileSync(file);
  const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let at = 0;
  const parts = sectionsOf(net).map((size) => numbers.subarray(at, (at += size)));
  const layers = net.widths.slice(1).map((_, i) => ({ weights: parts[2 * i], biases: parts[2 * i + 1] }));
  return { net, layers, inputs: parts.at(-2), targets: parts.at(-1) };
}

/** Targets of a task as values, `[rows, n_L]`: labels one-hot. */
export function targetRows({ net, targets }) {
  const width = net.widths.at(-1);
  if (net.cost !== "crossEntropy") return targets;
  const rows = new Float32Array(targets.length * width);
  targets.forEach((label, row) => (rows[row * width + label] = 1));
  return rows;
}
