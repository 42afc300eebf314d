/** What stands for "not known" in files, in lower case. */
export const missingMarkers: readonly string[] = ["", "na", "n/a", "#n/a", "?", "null", "nan", "-"];

/**
 * The number a cell holds, spaces around it aside, or NaN for any other text. Decimal, with or without exponent; no
 * hexadecimal or binary numbers, which `Number` would take. Too large for a float64, or "Infinity": an infinity.
 */
export function numberIn(text: string): number {
  const value = Number(text);
  // 0 is what `Number` makes of nothing but spaces.
  if (value === 0 && text.trim() === "") return Number.NaN;
  if (Number.isNaN(value)) return infinityIn(text);
  return isRadixLiteral(text) ? Number.NaN : value;
}

/** `0x1f`, `0b10`, `0o7`: more likely the name of something than an amount. */
function isRadixLiteral(text: string): boolean {
  // The first character rules out nearly all numbers: "0" has the code 48, ASCII spaces those up to 32.
  const first = text.charCodeAt(0);
  return (first === 48 || first <= 32 || first > 127) && /^\s*0[xXbBoO]/.test(text);
}

/** "inf" in any case, with or without sign, is how Python and R write infinity. */
function infinityIn(text: string): number {
  if (text.length > 12 || !/^\s*[+-]?inf(inity)?\s*$/i.test(text)) return Number.NaN;
  return text.includes("-") ? -Infinity : Infinity;
}

/** True for a number with a decimal comma, as spreadsheets of many countries write it: `3,14`. */
export function hasDecimalComma(text: string): boolean {
  return text.length < 30 && /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i.test(text);
}

/**
 * The name a category goes by: the text without the spaces around it; a number by its value, so that `1`, `01` and `1.0`
 * are one category, whichever file they come from.
 */
export function categoryName(text: string): string {
  const trimmed = text.trim();
  const value = numberIn(trimmed);
  return Number.isFinite(value) ? String(value) : trimmed;
}

/** A cell as an error message shows it: quoted, cut to 40 characters, control characters escaped. */
export function shown(text: string): string {
  const cut = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return JSON.stringify(cut);
}
