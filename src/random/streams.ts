/**
 * What random numbers are for. Each purpose has 2²⁴ streams of its own, so that no two uses of one seed share numbers:
 * a network initialized with seed 1 and shuffled with seed 1 sees independent ones.
 */
const PURPOSES = { initialWeights: 1, dropout: 2, shuffle: 3, split: 4, data: 5 } as const;

const STREAMS_PER_PURPOSE = 2 ** 24;

/**
 * Stream of the first values of a parameter; position: row-major.
 *
 * @param layer 1 … L, below 2²⁰.
 * @param parameter which of its layer's parameters it is, from 0 to 15.
 */
export function initialWeightsStream(layer: number, parameter: number = 0): number {
  return PURPOSES.initialWeights * STREAMS_PER_PURPOSE + parameter * 2 ** 20 + layer;
}

/** Stream of the dropout mask of layer `layer` (1 … L); step: the training step, position: row-major in `a`. */
export function dropoutStream(layer: number): number {
  return PURPOSES.dropout * STREAMS_PER_PURPOSE + layer;
}

/** Stream that orders the examples; step: the epoch. */
export const shuffleStream: number = PURPOSES.shuffle * STREAMS_PER_PURPOSE;

/** Stream that divides examples into training and validation. */
export const splitStream: number = PURPOSES.split * STREAMS_PER_PURPOSE;

/** Stream of generated data; `part` (0 … 2²⁴ − 1) sets apart what one generator draws (radius, noise …). */
export function dataStream(part: number): number {
  return PURPOSES.data * STREAMS_PER_PURPOSE + part;
}
