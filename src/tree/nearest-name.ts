/**
 * The candidate closest to a mistyped name, for "did you mean": the fewest letters added, dropped, changed or swapped with their
 * neighbor, regardless of case. Null where that would be a guess: when more than a third of the letters would differ (more than one
 * of 3 to 5), for names of one or two letters, which are near everything, where three letters or fewer would be changed
 * into others (`sin` and `min`), and for short names that differ in their numbers, of which one is as likely as another
 * (`a_4^1` and `a_1^1`).
 */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const typed = name.toLowerCase();
  let best: string | null = null;
  let bestDistance = mostEdits(typed.length) + 1;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    if (Math.abs(known.length - typed.length) >= bestDistance) continue;
    const distance = editDistance(typed, known);
    if (distance < bestDistance && !isGuess(typed, known)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `Did you mean "sigmoid"?` where a candidate is close to a mistyped name, else `otherwise`: the end of a message. */
export function didYouMean(name: unknown, candidates: readonly string[], otherwise: string): string {
  const nearest = typeof name === "string" ? nearestName(name, candidates) : null;
  return nearest === null ? otherwise : `Did you mean ${JSON.stringify(nearest)}?`;
}

function mostEdits(letters: number): number {
  if (letters < 3) return 0;
  return letters < 6 ? 1 : Math.floor(letters / 3);
}

/** Names of so many letters are near everything of their length. */
const SHORT = 3;

/** Whether two names that are near each other are as likely to be meant each for itself. */
function isGuess(typed: string, known: string): boolean {
  if (typed === known) return false;
  const [word, number] = [typed.replace(/[^\p{L}]/gu, ""), typed.replace(/[^0-9]/g, "")];
  const otherNumber = known.replace(/[^0-9]/g, "");
  if (word.length <= SHORT && number !== "" && otherNumber !== "" && number !== otherNumber) return true;
  const isShort = Math.max(typed.length, known.length) <= SHORT;
  const isRearranged = Array.from(typed).sort().join("") === Array.from(known).sort().join("");
  return isShort && typed.length === known.length && !isRearranged;
}

/** Levenshtein's distance, in which two neighbors that are swapped are one edit (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, position) => position);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const changed = (last[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(changed, (last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swapped));
    }
    beforeLast = last;
    last = next;
  }
  return last[to.length] ?? 0;
}
