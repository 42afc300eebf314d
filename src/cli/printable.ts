/**
 * A text of others, safe to show on one line of a terminal: control characters, which could move the cursor or change
 * colors, and those that turn the direction of writing are written out (`\u001b`); line breaks and tabs become spaces.
 */
export function printable(text: string): string {
  return text.replace(/[\t\n\r]+/g, " ").replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** C0, DEL, C1, line and paragraph separators, marks of direction, and halves of characters. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

/** The same, cut to at most `width` characters with an ellipsis. */
export function shortened(text: string, width: number): string {
  // A character may become six, so that no more of a long text than this is looked at.
  const characters = Array.from(printable(text.slice(0, 2 * width)));
  const isWhole = text.length <= 2 * width && characters.length <= width;
  return isWhole ? characters.join("") : `${characters.slice(0, width - 1).join("")}…`;
}
