import { DataError, ShapeError } from "../errors.ts";

/** How much each example counts in the cost: a number from 0 up for each, of any scale. */
export type ExampleWeights = ArrayLike<number>;

/**
 * Weights of mean 1, `u_x / ū`, so that the cost of all the examples is `Σ_x u_x C_x / Σ_x u_x`.
 *
 * @param where what the message blames, such as `dataset: weights`.
 * @throws ShapeError when there are not as many as examples.
 * @throws DataError when one is no finite number from 0 up, or all are 0.
 */
export function meanOneWeights(where: string, given: ExampleWeights, examples: number): Float64Array {
  if (given.length !== examples) {
    throw new ShapeError({
      where,
      expected: `a weight for each of the ${examples} examples`,
      got: `${given.length}`,
      advice: "Pass as many as inputs.",
    });
  }
  const weights = Float64Array.from(given, (weight, i) => {
    if (typeof weight === "number" && weight >= 0 && weight < Infinity) return weight;
    throw new DataError({
      where: `${where}[${i}]`,
      expected: "a finite number from 0 up",
      got: String(weight),
      advice: "Correct it.",
    });
  });
  const mean = weights.reduce((sum, weight) => sum + weight / examples, 0);
  if (!(mean > 0) || mean === Infinity) {
    throw new DataError({
      where,
      expected: "weights with a mean above 0",
      got: `${mean}`,
      advice: "Give those examples more that are to count.",
    });
  }
  return weights.map((weight) => weight / mean);
}
