import { log } from "./deterministic-math.ts";
import { cosPi, sinPi } from "./deterministic-trigonometry.ts";
import { fillWords, type Sequence } from "./philox.ts";

/**
 * Standard normal numbers (mean 0, deviation 1) of a sequence, into all of `output`: number 2i and 2i + 1 come from
 * uniform numbers u, v at the same two positions, `√(−2 log(1 − u))` times cos 2πv and sin 2πv. With 24 bits in u none
 * is beyond ±5.77.
 *
 * Source: Box and Muller, "A note on the generation of random normal deviates" (1958).
 */
export function fillNormal(output: Float32Array | Float64Array, sequence: Sequence): void {
  const words = new Uint32Array(Math.min(output.length + (output.length % 2), 1024));
  for (let start = 0; start < output.length; start += words.length) {
    fillWords(words, sequence, start);
    const count = Math.min(words.length, output.length - start);
    for (let i = 0; i < count; i += 2) {
      const radius = Math.sqrt(-2 * log(1 - (words[i]! >>> 8) * 2 ** -24));
      const halfTurns = (words[i + 1]! >>> 8) * 2 ** -23;
      output[start + i] = radius * cosPi(halfTurns);
      // Beyond the end of an output of odd length, a typed array ignores the write.
      output[start + i + 1] = radius * sinPi(halfTurns);
    }
  }
}
