import { fillWords, integerOf, type Sequence } from "./philox.ts";
import { checkedSeed } from "./seed.ts";
import { shuffleStream } from "./streams.ts";

/**
 * The numbers 0 … count − 1 in the random order of epoch `epoch` (from 0): any order is equally likely, and it depends
 * on nothing but the three arguments, so a resumed run goes on with the same orders.
 *
 * @throws OptionError when the seed is not a whole number from 0 up.
 */
export function permutation(count: number, seed: number, epoch: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  shuffle(order, { seed: checkedSeed(seed, "permutation"), stream: shuffleStream, step: epoch });
  return order;
}

/** Shuffles in place with the numbers of `sequence` (Fisher and Yates, from the end). */
export function shuffle(order: Uint32Array, sequence: Sequence): void {
  const words = new Uint32Array(256);
  let position = 0;
  let at = words.length;
  for (let last = order.length - 1; last > 0;) {
    if (at === words.length) {
      fillWords(words, sequence, position);
      position += words.length;
      at = 0;
    }
    const chosen = integerOf(words[at]!, last + 1);
    at += 1;
    if (chosen < 0) continue;
    const moved = order[last]!;
    order[last] = order[chosen]!;
    order[chosen] = moved;
    last -= 1;
  }
}
