import { type Dataset, dataset } from "../../train/examples/dataset.ts";

/**
 * The exclusive or of two inputs: 4 examples, one output, 1 where exactly one input is 1. The smallest task that needs
 * a hidden layer (Minsky and Papert, "Perceptrons", 1969).
 */
export function xor(): Dataset<2, 1> {
  return dataset({
    inputs: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    targets: [[0], [1], [1], [0]],
  });
}
