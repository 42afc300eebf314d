import { visibleLine } from "../../page/index.ts";

/**
 * A text of others, safe to show on one line of a terminal: control characters, which could move the cursor or change
 * colors, and those that are not seen or turn the direction of writing are written out (`\u001b`); line breaks and tabs
 * become spaces. The terminal makes visible by itself what it is given; this is for texts that must stay on their line.
 */
export function printable(text: string): string {
  return visibleLine(text);
}

/** A remark on standard error, on one line. */
export function noteLine(text: string): string {
  return `note: ${printable(text)}\n`;
}

/** A text on one line, cut to at most `width` characters with an ellipsis. */
export function shortened(text: string, width: number): string {
  // A character may become six, so that no more of a long text than this is looked at.
  const characters = Array.from(printable(text.slice(0, 2 * width)));
  const isWhole = text.length <= 2 * width && characters.length <= width;
  return isWhole ? characters.join("") : `${characters.slice(0, width - 1).join("")}…`;
}
