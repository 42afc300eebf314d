// Seconds from the start of the process until a net knows 97 % of MNIST's validation images: 784-128-10, ReLU, softmax,
// Adam, 64 a step, the images in the order of the file, judged after every epoch. 49,984 images to learn from (781 whole
// batches of the first 50,000), the last 10,000 of the training file to judge by. Reading the data is part of the time.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { trainingImages } from "../mnist-images.mjs";
import { cacheFolder, fileOf, nets, readTask, writeNumbers } from "../nets.mjs";
import { startSide } from "./side-child.mjs";
import { quantile } from "./statistics.mjs";

const program = fileURLToPath(new URL("../learn-process.mjs", import.meta.url));
const small = nets.find(({ optimizer }) => optimizer === "adam");
const net = { ...small, batches: 781 };
const VALIDATION_IMAGES = 10_000;
const WANTED = 0.97;
const MOST_EPOCHS = 20;

/** The net's first weights, with images and digits for data; and the validation images. */
function writeData() {
  const files = { training: `${cacheFolder}mnist-training.f32`, validation: `${cacheFolder}mnist-validation.f32` };
  if (existsSync(files.training) && existsSync(files.validation)) return files;
  const parts = (images) => [images.inputs, Float32Array.from(images.labels)];
  const first = readTask(small, fileOf(small)).layers.flatMap(({ weights, biases }) => [weights, biases]);
  writeNumbers(files.training, joined([...first, ...parts(trainingImages(0, net.batch * net.batches))]));
  writeNumbers(files.validation, joined(parts(trainingImages(50_000, VALIDATION_IMAGES))));
  return files;
}

function joined(arrays) {
  const whole = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

/** One entry for each side that `learns`: `seconds`, `epochs`, `accuracy`; or `failure`. */
export async function measureLearning(sides, { rounds, node, log }) {
  const files = writeData();
  const validation = { file: files.validation, rows: VALIDATION_IMAGES, wanted: WANTED, mostEpochs: MOST_EPOCHS };
  const job = { net, file: files.training, validation };
  const entries = sides.filter(({ learns }) => learns).map((side) => ({ side: side.name, times: [] }));
  for (let round = 1; round <= rounds; round++) {
    for (const entry of entries) {
      if (entry.failure !== undefined) continue;
      log(`learning, round ${round}: ${entry.side}`);
      const side = sides.find(({ name }) => name === entry.side);
      const { seconds, ...rest } = await learn(side, job, node);
      Object.assign(entry, rest);
      if (seconds !== undefined) entry.times.push(seconds);
    }
  }
  return entries.map(({ times, ...entry }) =>
    times.length === 0 ? entry : { ...entry, seconds: quantile(times, 0.5) },
  );
}

async function learn(side, job, node) {
  const child = startSide(side, job, { node, program });
  try {
    for (;;) {
      const { epoch, accuracy } = await child.next();
      const seconds = (performance.timeOrigin + performance.now() - child.startedMs) / 1000;
      if (accuracy >= WANTED) return { seconds, epochs: epoch, accuracy };
      if (epoch === MOST_EPOCHS) return { failure: `${(100 * accuracy).toFixed(1)} % after ${epoch} epochs` };
    }
  } catch (error) {
    return { failure: error.message };
  } finally {
    await child.end();
  }
}
