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

/**
 * True for a text that is what `String` gives of its number: nothing is lost by keeping the number alone. So are short
 * whole numbers without leading zeros, and fractions that do not end in 0.
 */
export function isShortestText(text: string): boolean {
  const { length } = text;
  if (length > 16) return false;
  let at = text.charCodeAt(0) === 45 ? 1 : 0;
  const first = text.charCodeAt(at);
  if (!isDigit(first)) return false;
  const start = at;
  while (isDigit(text.charCodeAt(at))) at += 1;
  if (first === 48 && at > start + 1) return false;
  // −0 is 0 as text.
  if (at === length) return first !== 48 || start === 0;
  if (text.charCodeAt(at) !== 46 || at + 1 === length) return false;
  const fraction = at + 1;
  at = fraction;
  while (isDigit(text.charCodeAt(at))) at += 1;
  // From 0.0000001 on, `String` writes exponents.
  return at === length && text.charCodeAt(length - 1) !== 48 && !(first === 48 && text.startsWith("00000", fraction));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A cell as an error message shows it: quoted, cut to 40 characters, control characters escaped. */
export function shown(text: string): string {
  const cut = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return JSON.stringify(cut);
}
