/**
 * A text of others with everything that is not seen written out, as JSON would: `\u001b` for an escape, `\u202e` for a mark
 * that turns the direction of writing. So it can neither command a terminal nor look like another text. Line breaks and tabs
 * stay; characters beyond U+FFFF become the escapes of their two halves, so that JSON stays the same JSON.
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, escapes);
}

/** The same on one line: line breaks and tabs become spaces. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/[\t\n\r]+/g, " "));
}

/**
 * A text for a page or an SVG: what XML forbids, and what turns the direction of the text after it, is written out. Marks
 * that join letters or go with one of them belong to some scripts, and stay.
 */
export function visibleInPage(text: string): string {
  return text.replace(HIDDEN_IN_PAGE, escapes);
}

function escapes(characters: string): string {
  let escaped = "";
  for (let i = 0; i < characters.length; i++) {
    escaped += `\\u${characters.charCodeAt(i).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}

/**
 * Unicode's control and format characters (categories Cc, Cf), line and paragraph separators, halves of characters, and
 * letters without a shape; but tab and line feed, which every text may have.
 */
const HIDDEN = /(?![\t\n])(?:[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5)/gu;

/** Control characters, embeddings, overrides and isolates of direction, halves of characters, and what is no character. */
const HIDDEN_IN_PAGE = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
