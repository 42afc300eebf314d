/** What marks a quantity after a step: `w^{new}`, `w_{t+1}`, `w'`, `w^+`. */
const after =
  /(?:[\^_]\s*(?:\\(?:text|mathrm|textrm)\s*)?[({]?\s*(?:\\(?:text|mathrm|textrm)\s*\{\s*)?\(?\s*(?:new|neu|next|[tnk]\s*\+\s*1|\+)\s*\)?\s*\}?\s*[)}]?|['′])\s*$/u;
/** The same before the step, in the formula: `w^{old}`, `w_{old}`, `w_t`, `w^{(t)}`. */
const oldMark =
  /[\^_]\s*(?:\\(?:text|mathrm|textrm)\s*)?[({]?\s*(?:\\(?:text|mathrm|textrm)\s*\{\s*)?(?:old|alt)\s*\}?\s*[)}]?/gu;
const numberedMark = /(?:_t(?![\p{L}0-9])|[\^_]\{\s*\(?\s*t\s*\)?\s*\}|[\^_]\(\s*t\s*\))/gu;

/** The name of a quantity without the mark that it is the one after a step; null where it has none. */
export function withoutStepMark(left: string): string | null {
  const bare = left.replace(after, "");
  return bare === left ? null : bare;
}

/**
 * The right side of a step without the marks of its quantities before the step, with blanks in their place. `_t` is one only where
 * the left side counts steps, `w_{t+1}`.
 */
export function withoutOldMarks(right: string, left: string): string {
  const blank = (found: string): string => " ".repeat(found.length);
  const named = right.replaceAll(oldMark, blank);
  return /t\s*\+\s*1/u.test(left) ? named.replaceAll(numberedMark, blank) : named;
}
