import { dataStream, integersBelow } from "../../random/index.ts";
import type { Choice } from "../sheet.ts";
import { nameStream } from "./name-stream.ts";

/** The seed under which choices stand as the author wrote them; it is the default of every command. */
const AUTHORS_SEED = 1;

/** `All of the above`, `both (a) and (b)`: a choice that speaks of the places of others. */
const OF_PLACES =
  /\b(?:all|any|both|each|either|neither|none|some|one|two|three)(?: of)?(?: the)? (?:above|below|these|those|them|others?)\b/i;

/** `(a)`, `A and B`: a choice that calls others by their letters. */
const OF_LETTERS = /(?<!\p{L})\([a-h1-9]\)|(?<!\p{L})[A-H] (?:and|or) [A-H](?!\p{L})/u;

/**
 * Choices in the order in which a seed shows them: as they are written for seed 1, shuffled for every other, each order equally
 * likely (Fisher and Yates). The order is a function of seed and question alone, so a letter means the same choice wherever the seed
 * is known. Choices of which one speaks of the places of others keep their order.
 */
export function shuffledChoices(choices: readonly Choice[], seed: number, question: string): readonly Choice[] {
  if (!canShuffle(choices) || seed === AUTHORS_SEED) return choices;
  const pick = integersBelow({ seed, stream: dataStream(nameStream(`choices of ${question}`)), step: 0 });
  const shown = [...choices];
  for (let last = shown.length - 1; last > 0; last -= 1) {
    const other = pick(last + 1);
    const [left, right] = [shown[other], shown[last]];
    if (left !== undefined && right !== undefined) [shown[other], shown[last]] = [right, left];
  }
  return shown;
}

function canShuffle(choices: readonly Choice[]): boolean {
  return choices.every(({ text }) => {
    const words = text.text.replace(/\$[^$]*\$/g, "");
    return !OF_PLACES.test(words) && !OF_LETTERS.test(words);
  });
}
