// What a side tells of its weights, so that two can be compared without moving hundreds of megabytes.

/** Numbers taken of an array, evenly, at most. */
const SAMPLES = 512;

/** Of one array of parameters: evenly spaced numbers from it, and its sum. The sides in Python and C do the same. */
export function summaryOf(values) {
  const stride = Math.ceil(values.length / SAMPLES);
  const sample = [];
  for (let i = 0; i < values.length; i += stride) sample.push(values[i]);
  let sum = 0;
  for (const value of values) sum += value;
  return { sample, sum };
}

/** Of every layer's `{ weights, biases }`, in that order. */
export const summariesOf = (layers) => layers.flatMap(({ weights, biases }) => [summaryOf(weights), summaryOf(biases)]);
